"""Character error of recognition against the text layer of the same pages, tesseract beside it.

``python -m benchmarks.accuracy_ocr [--pages N] [--seed S]``: pages of ../shared's bidding documents
are rasterised at 150 and 200 dpi, straight, skewed by 1° with noise, turned by 90° and by 180°.
Rows are compared where they stand, white space ignored: a character of the text layer belongs to
the row of recognised text at its height, and counts as missed where there is none.
"""

import argparse
import random
import shutil
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from rapidfuzz.distance import Levenshtein

from sousveil.parse.ocr.lines import read_image

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "tender-extract-pdfs"
VARIANTS = ("straight", "skewed", "turned 90", "turned 180")
RESOLUTIONS = (150, 200)
_FEWEST = 200
_DEGREES, _NOISE = 1.0, 12.0

Pick = tuple[str, int, str, int, bool]
Measured = tuple[str, int, int, int, float, int, int, float]


def picks(pages: int, seed: int) -> list[Pick]:
    """(file, page, variant, dpi, tesseract too): the same sample for every variant."""
    found = []
    for path in sorted(FOLDER.rglob("*.pdf")):
        pdf = pypdfium2.PdfDocument(path)
        for index in range(len(pdf)):
            text = pdf[index].get_textpage().get_text_range()
            if len("".join(text.split())) >= _FEWEST:
                found.append((str(path), index))
    chosen = random.Random(seed).sample(found, min(pages, len(found)))
    return [
        (path, index, variant, dpi, at % 10 == 0)
        for dpi in RESOLUTIONS
        for variant in VARIANTS
        for at, (path, index) in enumerate(chosen)
    ]


def measure(pick: Pick) -> Measured:
    """Variant, dpi, errors, characters and seconds; errors, characters and seconds of tesseract."""
    path, index, variant, dpi, also = pick
    page = pypdfium2.PdfDocument(path)[index]
    straight = np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3])
    image, back = varied(straight, variant)
    truth = characters(page, straight.shape)
    started = time.perf_counter()
    text, lines = read_image(image)
    seconds = time.perf_counter() - started
    height, width = image.shape[:2]
    rows: dict[int, list[tuple[float, float, float, str]]] = {}
    for line in lines:
        corners = np.array(line.corners).reshape(4, 2) / 10_000 * (width, height)
        place = np.hstack([corners, np.ones((4, 1))]) @ back.T
        top, bottom = place[:2, 1].mean(), place[2:, 1].mean()
        said = "".join(text[line.start : line.end].split())
        row = text.count("\n", 0, line.start)
        rows.setdefault(row, []).append((place[:, 0].min(), top, bottom, said))
    wrong = errors(truth, list(rows.values()))
    theirs = (0, 0, 0.0)
    if also and shutil.which("tesseract"):
        theirs = tesseract(image, truth)
    return (variant, dpi, wrong, len(truth), seconds, *theirs)


def varied(image: np.ndarray, variant: str) -> tuple[np.ndarray, np.ndarray]:
    """The image changed, and the 2 × 3 matrix that leads a point of it back."""
    height, width = image.shape[:2]
    if variant == "skewed":
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), _DEGREES, 1)
        moved = cv2.warpAffine(image, turn, (width, height), borderValue=(255, 255, 255))
        noise = np.random.default_rng(1).normal(0, _NOISE, moved.shape)
        noisy = np.clip(moved + noise, 0, 255).astype(np.uint8)
        return noisy, cv2.invertAffineTransform(turn)
    if variant == "turned 90":
        back = np.array([[0.0, -1.0, width], [1.0, 0.0, 0.0]])
        return np.ascontiguousarray(np.rot90(image)), back
    if variant == "turned 180":
        back = np.array([[-1.0, 0.0, width], [0.0, -1.0, height]])
        return np.ascontiguousarray(np.rot90(image, 2)), back
    return image, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def characters(page: pypdfium2.PdfPage, shape: tuple[int, ...]) -> list[tuple[float, float, str]]:
    """x, y and character of everything visible in the text layer, in pixels."""
    text = page.get_textpage()
    width, height = page.get_size()
    found = []
    for at in range(text.count_chars()):
        char = text.get_text_range(at, 1)
        if not char.strip():
            continue
        left, bottom, right, top = text.get_charbox(at)
        x, y = (left + right) / 2 / width, 1 - (top + bottom) / 2 / height
        found.append((x * shape[1], y * shape[0], char))
    return found


def errors(
    truth: list[tuple[float, float, str]], rows: list[list[tuple[float, float, float, str]]]
) -> int:
    """Edit distance row by row, and the characters that no row is near."""
    expected: list[list[tuple[float, str]]] = [[] for _ in rows]
    middles = np.array([np.mean([(top + bottom) / 2 for _, top, bottom, _ in row]) for row in rows])
    heights = np.array([np.mean([bottom - top for _, top, bottom, _ in row]) for row in rows])
    missed = 0
    for x, y, char in truth:
        at = int(np.argmin(np.abs(middles - y))) if rows else -1
        if at < 0 or abs(middles[at] - y) > max(heights[at], 1):
            missed += 1
        else:
            expected[at].append((x, char))
    wrong = missed
    for row, chars in zip(rows, expected, strict=True):
        said = "".join(words for *_, words in sorted(row))
        should = "".join(char for _, char in sorted(chars))
        wrong += Levenshtein.distance(should, said)
    return wrong


def tesseract(image: np.ndarray, truth: list[tuple[float, float, str]]) -> tuple[int, int, float]:
    """Errors of tesseract (chi_sim) on the image as it is, its lines in their order."""
    data = cv2.imencode(".png", image)[1].tobytes()
    started = time.perf_counter()
    run = subprocess.run(
        ["tesseract", "-", "-", "-l", "chi_sim", "--psm", "3"], input=data, capture_output=True
    )
    seconds = time.perf_counter() - started
    said = "".join(run.stdout.decode("utf-8", "replace").split())
    rows: dict[int, list[tuple[float, str]]] = {}
    for x, y, char in truth:
        rows.setdefault(round(y / 12), []).append((x, char))
    should = "".join(char for row in sorted(rows) for _, char in sorted(rows[row]))
    return Levenshtein.distance(should, said), len(truth), seconds


def main() -> None:
    """Print one line a variant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60, help="pages a variant")
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    if not FOLDER.is_dir():
        raise SystemExit(f"{FOLDER} is not there: nothing to measure.")
    sums: dict[tuple[str, int], np.ndarray] = {}
    with ProcessPoolExecutor(2) as pool:
        for variant, dpi, *numbers in pool.map(measure, picks(options.pages, options.seed)):
            key = (variant, dpi)
            sums[key] = sums.get(key, np.zeros(7)) + np.array([*numbers, 1.0])
    print("variant      dpi  pages  errors  seconds a page  tesseract's errors")
    for (variant, dpi), (wrong, total, seconds, theirs, of, _, count) in sums.items():
        peer = f"{theirs / of:.4f}" if of else "not installed"
        print(f"{variant:12}{dpi:4}{count:7.0f}{wrong / total:8.4f}{seconds / count:16.2f}  {peer}")


if __name__ == "__main__":
    main()
