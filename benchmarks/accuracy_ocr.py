"""Character error of recognition against the text layer of the same pages, tesseract beside it.

``python -m benchmarks.accuracy_ocr [--pages N] [--seed S] [--out FILE]``: pages of ../shared's
bidding documents are rasterised at 150 and 200 dpi, straight, skewed by 1° with noise, turned by
90° and by 180°.

Lines are compared where they stand; white space is ignored. A character of the text layer belongs
to the recognised line that it stands in, and counts as missed where there is none.
What is drawn on the page but not in its text layer (headings of some of these documents) cannot be
judged: it is counted apart. Tesseract reads a tenth of the pages.
"""

import argparse
import json
import random
import shutil
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pypdfium2
from rapidfuzz.distance import Levenshtein

from benchmarks.measure import commit
from sousveil.parse.ocr.lines import read_image

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "tender-extract-pdfs"
VARIANTS = ("straight", "skewed", "turned 90", "turned 180")
RESOLUTIONS = (150, 200)
_FEWEST = 200
_DEGREES, _NOISE = 1.0, 12.0

_HYPHENS = {0xFFFE: "-", 0x02: "-"}

Pick = tuple[str, int, str, int, bool]
Character = tuple[float, float, str]
Line = tuple[float, float, float, float, str]
"""Left, right, top and bottom in the upright page, and what was recognised."""

Numbers = tuple[int, int, int, float]
Measured = tuple[str, int, Numbers, Numbers]


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
    """Variant and dpi, then ours and tesseract's: errors, characters recognised where the text
    layer has none, characters of the layer, seconds."""
    path, index, variant, dpi, also = pick
    page = pypdfium2.PdfDocument(path)[index]
    straight = np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3])
    image, back = varied(straight, variant)
    truth = characters(page, straight.shape)
    started = time.perf_counter()
    text, lines = read_image(image)
    seconds = time.perf_counter() - started
    height, width = image.shape[:2]
    found = []
    for line in lines:
        corners = np.array(line.corners).reshape(4, 2) / 10_000 * (width, height)
        found.append(placed(corners, back, text[line.start : line.end]))
    wrong, beyond = errors(truth, found)
    ours: Numbers = (wrong, beyond, len(truth), seconds)
    theirs: Numbers = (0, 0, 0, 0.0)
    if also and shutil.which("tesseract"):
        theirs = tesseract(image, back, truth)
    return (variant, dpi, ours, theirs)


def placed(corners: np.ndarray, back: np.ndarray, words: str) -> Line:
    """A recognised line in the upright page; corners clockwise from its upper left."""
    place = np.hstack([corners, np.ones((4, 1))]) @ back.T
    (left, right) = place[:, 0].min(), place[:, 0].max()
    top, bottom = place[:2, 1].mean(), place[2:, 1].mean()
    return (left, right, min(top, bottom), max(top, bottom), visible(words))


def visible(words: str) -> str:
    """Without white space."""
    return "".join(words.split())


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


def characters(page: pypdfium2.PdfPage, shape: tuple[int, ...]) -> list[Character]:
    """x, y and character of everything visible in the text layer, in pixels.

    pdfium gives U+FFFE or U+0002 for a hyphen at a line's end.
    """
    text = page.get_textpage()
    width, height = page.get_size()
    found = []
    for at in range(text.count_chars()):
        char = visible(text.get_text_range(at, 1).translate(_HYPHENS))
        if not char:
            continue
        left, bottom, right, top = text.get_charbox(at)
        x, y = (left + right) / 2 / width, 1 - (top + bottom) / 2 / height
        found.append((x * shape[1], y * shape[0], char))
    return found


def errors(truth: list[Character], lines: list[Line]) -> tuple[int, int]:
    """Edit distance line by line with the characters that no line holds; and how many were
    recognised in lines that hold none: text that is drawn but not in the layer, or invented.

    A character belongs to the line that it stands in, nearest to its middle; lines of neighbouring
    table cells are compared each by itself.
    """
    expected: list[list[tuple[float, str]]] = [[] for _ in lines]
    box = np.array([line[:4] for line in lines]).reshape(-1, 4)
    heights = np.maximum(box[:, 3] - box[:, 2], 1)
    missed = 0
    for x, y, char in truth:
        beside = np.maximum(np.maximum(box[:, 0] - x, x - box[:, 1]), 0) / heights
        away = np.abs((box[:, 2] + box[:, 3]) / 2 - y) / heights
        away[(beside > 0.5) | (away > 0.6)] = np.inf
        if len(lines) and np.isfinite(away.min()):
            expected[int(np.argmin(away + beside))].append((x, char))
        else:
            missed += 1
    wrong, beyond = missed, 0
    for (*_, said), chars in zip(lines, expected, strict=True):
        should = "".join(char for _, char in sorted(chars))
        if should:
            wrong += Levenshtein.distance(should, said)
        else:
            beyond += len(said)
    return wrong, beyond


def tesseract(image: np.ndarray, back: np.ndarray, truth: list[Character]) -> Numbers:
    """The same numbers of tesseract (chi_sim) on the image as it is."""
    data = cv2.imencode(".png", image)[1].tobytes()
    started = time.perf_counter()
    run = subprocess.run(
        ["tesseract", "-", "-", "-l", "chi_sim", "--psm", "3", "tsv"],
        input=data,
        capture_output=True,
        check=True,
    )
    seconds = time.perf_counter() - started
    words: dict[tuple[str, ...], list[list[str]]] = {}
    for row in run.stdout.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if cells[0] == "5":
            words.setdefault(tuple(cells[1:5]), []).append(cells)
    lines = []
    for parts in words.values():
        place = np.array([[int(cell) for cell in cells[6:10]] for cells in parts])
        left, top = place[:, 0].min(), place[:, 1].min()
        right, bottom = (place[:, 0] + place[:, 2]).max(), (place[:, 1] + place[:, 3]).max()
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        lines.append(placed(corners, back, "".join(cells[11] for cells in parts)))
    wrong, beyond = errors(truth, lines)
    return (wrong, beyond, len(truth), seconds)


class Sum(msgspec.Struct):
    """What was counted over the pages of one variant."""

    pages: int = 0
    errors: int = 0
    characters: int = 0
    beyond_the_layer: int = 0
    seconds: float = 0.0

    def add(self, numbers: Numbers) -> None:
        wrong, beyond, total, seconds = numbers
        if total:
            self.pages += 1
            self.errors += wrong
            self.beyond_the_layer += beyond
            self.characters += total
            self.seconds += seconds

    def told(self) -> dict[str, float | int]:
        return {
            **msgspec.structs.asdict(self),
            "character_error": round(self.errors / max(self.characters, 1), 5),
            "seconds": round(self.seconds, 1),
        }


def main() -> None:
    """Print one line a variant; with --out write them to a file as well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=60, help="pages a variant")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--out", type=Path, help="a file for the results, JSON")
    options = parser.parse_args()
    if not FOLDER.is_dir():
        raise SystemExit(f"{FOLDER} is not there: nothing to measure.")
    measured = commit()  # the tree may change while this runs
    sums: dict[tuple[str, int], tuple[Sum, Sum]] = {}
    with ProcessPoolExecutor(2) as pool:
        for variant, dpi, ours, theirs in pool.map(measure, picks(options.pages, options.seed)):
            both = sums.setdefault((variant, dpi), (Sum(), Sum()))
            both[0].add(ours)
            both[1].add(theirs)
    print("variant      dpi  pages  error  beyond  seconds a page  tesseract's error")
    for (variant, dpi), (own, other) in sums.items():
        mine, peer = own.told(), other.told()
        beside = f"{peer['character_error']:.4f}" if other.pages else "not installed"
        print(
            f"{variant:12}{dpi:4}{own.pages:7}{mine['character_error']:8.4f}"
            f"{own.beyond_the_layer:8}{own.seconds / own.pages:16.2f}  {beside}"
        )
    if options.out:
        results = {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": measured,
            "seed": options.seed,
            "variants": [
                {"variant": v, "dpi": dpi, "sousveil": own.told(), "tesseract": other.told()}
                for (v, dpi), (own, other) in sums.items()
            ],
        }
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
