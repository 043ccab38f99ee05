"""The recogniser: PP-OCR models that the rapidocr package ships, run by onnxruntime here.

They read Chinese (Simplified and Traditional), English and what else their alphabet holds; they do
not read Cyrillic, Arabic or Hebrew. Loaded where the first image is met: about a second, 300 MB.
"""

import ctypes
import warnings
from functools import cache
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Image: TypeAlias = npt.NDArray[np.uint8]
"""Height × width × 3, blue green red."""

Quads: TypeAlias = npt.NDArray[np.float64]
"""Boxes × 4 corners × (x, y), the corners clockwise from the upper left of the text."""

_LARGEST_SIDE = 4_000
"""Pixels; the library's own 2,000 would shrink an A3 page at 150 dpi."""

_KEPT_AT_MOST = 32 << 20
_DETECTED_SIDE = 2_816
"""Pixels of the longer side that lines are looked for in: beyond, memory runs out. They are read
from the whole image."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # malloc.h


@cache
def _ocr() -> Any:
    _keep_freed_memory()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rapidocr import RapidOCR

        return RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "critical",
                "Global.max_side_len": _LARGEST_SIDE,
                "Global.text_score": 0.0,
                # Line by line: padding a batch to its longest line takes more time than it saves.
                "Rec.rec_batch_num": 1,
                # One thread a worker: there is a worker for each processor.
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )


def _keep_freed_memory() -> None:
    """Tell the C library to use freed memory again instead of returning it to the system.

    Each line asks for many mebibytes anew; mapping and clearing them took a fifth of the time. The
    largest pieces, of large pages, still go back: kept, they would not fit the next page and fill
    the memory allowed. Only glibc has it (mallopt(3)); elsewhere recognition is a little slower.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    mallopt(_MMAP_THRESHOLD, _KEPT_AT_MOST)
    mallopt(_TRIM_THRESHOLD, 256 << 20)


def works() -> bool:
    """Whether the models load and run here."""
    try:
        detect(np.full((64, 64, 3), 255, np.uint8))
        recognise([np.full((48, 64, 3), 255, np.uint8)])
    except (ImportError, RuntimeError, OSError, MemoryError):
        return False
    return True


def detect(image: Image) -> Quads:
    """Where lines of text stand; of shape (0, 4, 2) where there are none."""
    height, width = image.shape[:2]
    share = min(1.0, _DETECTED_SIDE / max(height, width))
    if share < 1:
        size = (max(1, round(width * share)), max(1, round(height * share)))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    found = _ocr()._load_det_model()(image)
    if found.boxes is None or not len(found.boxes):
        return np.zeros((0, 4, 2))
    boxes: Quads = np.asarray(found.boxes, dtype=np.float64) / share
    return boxes


def recognise(crops: list[Image]) -> list[tuple[str, float]]:
    """The text of each crop, upright lines, and how sure it is (0 to 1)."""
    if not crops:
        return []
    from rapidocr.ch_ppocr_rec import TextRecInput

    found = _ocr()._load_rec_model()(TextRecInput(img=crops, return_word_box=False))
    return [(str(t), float(s)) for t, s in zip(found.txts, found.scores, strict=True)]


def upside_down(crops: list[Image]) -> list[tuple[bool, float]]:
    """Whether each crop stands on its head, and how sure that is."""
    if not crops:
        return []
    found = _ocr()._load_cls_model()(crops)
    return [(label == "180", float(score)) for label, score in found.cls_res]


def crop(image: Image, quad: npt.NDArray[np.float64]) -> Image:
    """The part of the image in a box, straightened."""
    from rapidocr.utils.process_img import get_rotate_crop_image

    part: Image = get_rotate_crop_image(image, quad.astype(np.float32))
    return part
