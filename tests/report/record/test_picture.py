import io
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.parse.ocr.drawing import drawn, saved, scanned_pdf
from tests.parse.pdf.drawing import lines, pdf_of, upright
from tests.report.record.drawing import LINES, PERSONAL, drawn_of, page_of, pixels, read, task_of

from sousveil.report.record.picture import draw
from sousveil.report.record.places import PARTS, Rect


def letter(canvas: Canvas, size: int = 16) -> None:
    canvas.setFont("STSong-Light", size)
    for row, line in enumerate(LINES):
        canvas.drawString(60, 760 - 40 * row, line)


@pytest.fixture(scope="module")
def with_text() -> bytes:
    return pdf_of(letter)


@pytest.fixture(scope="module")
def scan() -> bytes:
    return scanned_pdf(drawn(LINES))


def personal_in(said: str) -> list[str]:
    return [word for word in PERSONAL if word in said]


def test_of_a_pdf_with_text_nobody_can_be_read(with_text: bytes, tmp_path: Path) -> None:
    found = drawn_of(with_text, tmp_path, "a.pdf")
    said = read(found.png)
    assert found.problem is None
    assert "示例市公安局" in said
    assert "84.6万元" in said
    assert personal_in(said) == []


def test_of_a_scan_nobody_can_be_read(scan: bytes, tmp_path: Path) -> None:
    found = drawn_of(scan, tmp_path, "scan.pdf")
    said = read(found.png)
    assert "示例市公安局" in said
    assert personal_in(said) == []


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_of_a_photograph_turned_nobody_can_be_read(turn: int, tmp_path: Path) -> None:
    photo = saved(drawn(LINES).rotate(turn, expand=True), "PNG")
    said = read(drawn_of(photo, tmp_path, "photo.png").png)
    assert "示例市公安局" in said
    assert personal_in(said) == []


def test_the_same_pages_unmasked_are_read_whole(
    with_text: bytes, scan: bytes, tmp_path: Path
) -> None:
    for data, name in ((with_text, "a.pdf"), (scan, "b.pdf")):
        found = drawn_of(data, tmp_path, name, "unmasked")
        assert "张三丰" in read(found.png)
        assert "张三丰" in found.text


def lines_of_persons(data: bytes, name: str) -> Iterator[tuple[int, int, int, int]]:
    page = page_of(data, name)
    for start, end, box in (
        *((b.start, b.end, (b.left, b.top, b.right, b.bottom)) for b in page.boxes),
        *(
            (r.start, r.end, (min(x := r.corners[::2]), min(y := r.corners[1::2]), max(x), max(y)))
            for r in page.recognised
        ),
    ):
        if any(word in page.text[start:end] for word in PERSONAL):
            yield box


@pytest.mark.parametrize("kind", ["with_text", "scan"])
def test_lines_of_persons_are_black(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data: bytes = request.getfixturevalue(kind)
    image = pixels(drawn_of(data, tmp_path, "a.pdf").png)
    high, wide = image.shape[:2]
    boxes = list(lines_of_persons(data, "a.pdf"))
    assert len(boxes) == 3
    for left, top, right, bottom in boxes:
        part = image[
            top * high // PARTS : bottom * high // PARTS,
            left * wide // PARTS : right * wide // PARTS,
        ]
        assert part.size
        assert not part.any()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_pages_turned_are_black_and_marked_at_the_right_places(turned: int, tmp_path: Path) -> None:
    def draw_it(canvas: Canvas) -> None:
        upright(canvas, turned)
        canvas.setFont("STSong-Light", 16)
        lines(canvas, 60, 700, LINES[1], "", LINES[3])

    data = pdf_of(draw_it, rotate=turned)
    found = drawn_of(data, tmp_path, "turned.pdf", quotes=("示例市公安局",))
    assert personal_in(read(found.png)) == []
    (rect,) = found.rects
    image = pixels(found.png)
    high, wide = image.shape[:2]
    inside = image[
        rect.top * high // PARTS : rect.bottom * high // PARTS,
        rect.left * wide // PARTS : rect.right * wide // PARTS,
    ]
    assert (inside < 128).any(), "there is ink where the words are said to stand"
    assert (inside > 200).any(), "and they are not covered"


def test_words_are_marked_where_they_stand(with_text: bytes, tmp_path: Path) -> None:
    found = drawn_of(with_text, tmp_path, "a.pdf", "places", ("示例市公安局人脸", "84.6万元"))
    first, second = found.rects
    assert found.png == b""
    assert found.size == (round(A4[0]), round(A4[1]))
    at = [60 / A4[0] * PARTS, (A4[1] - 776) / A4[1] * PARTS, (60 + 8 * 16) / A4[0] * PARTS]
    assert [first.left, first.top, first.right] == pytest.approx(at, abs=120)
    assert second.left > first.left
    assert second.top > first.bottom


def test_a_signature_that_was_not_read_is_grey(tmp_path: Path) -> None:
    name = drawn(("张三丰",), size=(400, 200))

    def signed(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 16)
        lines(canvas, 60, 700, LINES[1])
        canvas.drawImage(ImageReader(io.BytesIO(saved(name, "PNG"))), 60, 300, 400, 200)

    found = drawn_of(pdf_of(signed), tmp_path, "signed.pdf")
    said = read(found.png)
    assert "示例市公安局" in said
    assert "三" not in said
    image = pixels(found.png)
    middle = image[round((A4[1] - 400) / A4[1] * image.shape[0]), image.shape[1] // 2]
    assert all(190 < level < 220 for level in middle)
    whole = drawn_of(pdf_of(signed), tmp_path, "signed.pdf", "unmasked")
    assert "张三丰" in read(whole.png)


def test_ink_of_a_scan_that_no_line_was_read_from_is_grey(scan: bytes, tmp_path: Path) -> None:
    page = page_of(scan, "scan.pdf")
    first = page.recognised[1]
    kept = msgspec.structs.replace(
        page, recognised=tuple(line for line in page.recognised if line != first)
    )
    original = tmp_path / "scan.pdf"
    original.write_bytes(scan)
    found = draw(task_of(kept, original))
    assert "采购人" not in read(found.png)
    levels = {tuple(level) for level in pixels(found.png).reshape(-1, 3)}
    assert any(190 < level[0] < 220 for level in levels)


def test_what_was_read_without_confidence_is_not_shown(scan: bytes, tmp_path: Path) -> None:
    page = page_of(scan, "scan.pdf")
    doubtful = tuple(msgspec.structs.replace(r, confidence=0.2) for r in page.recognised)
    original = tmp_path / "scan.pdf"
    original.write_bytes(scan)
    found = draw(task_of(msgspec.structs.replace(page, recognised=doubtful), original))
    assert found.problem is None
    assert read(found.png) == ""


def test_notes_on_a_page_are_not_drawn(tmp_path: Path) -> None:
    def noted(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 16)
        lines(canvas, 60, 700, LINES[1])
        canvas.freeTextAnnotation("WANG XIAOMING 13912345678", "DA", (60, 300, 500, 400))

    said = read(drawn_of(pdf_of(noted), tmp_path, "noted.pdf").png)
    assert "示例市公安局" in said
    assert "WANG" not in said.upper()


def test_lines_of_tables_stay(tmp_path: Path) -> None:
    def ruled(canvas: Canvas) -> None:
        lines(canvas, 60, 700, LINES[1])
        canvas.line(60, 600, 500, 600)

    image = pixels(drawn_of(pdf_of(ruled), tmp_path, "ruled.pdf").png)
    row = round((A4[1] - 600) / A4[1] * image.shape[0])
    assert (image[row - 3 : row + 3] < 100).all(axis=2).any()


def test_no_picture_where_it_is_not_known_where_persons_stand(
    with_text: bytes, tmp_path: Path
) -> None:
    original = tmp_path / "a.pdf"
    original.write_bytes(with_text)
    page = page_of(with_text, "a.pdf")
    for gone in range(len(page.boxes)):
        boxes = tuple(box for at, box in enumerate(page.boxes) if at != gone)
        found = draw(task_of(msgspec.structs.replace(page, boxes=boxes), original))
        personal = any(w in page.text[page.boxes[gone].start :][:30].split("\n")[0]
                       for w in PERSONAL)  # fmt: skip
        assert found.problem == ("unknown_place" if personal else None)
        assert bool(found.png) is not personal


def test_no_picture_where_the_kept_text_is_another(with_text: bytes, tmp_path: Path) -> None:
    original = tmp_path / "a.pdf"
    original.write_bytes(with_text)
    task = task_of(page_of(with_text, "a.pdf"), original)
    assert draw(msgspec.structs.replace(task, text=task.text + " ")).problem == "changed"


def test_no_picture_of_a_web_page(tmp_path: Path) -> None:
    found = drawn_of("<p>采购人：示例市公安局</p>".encode(), tmp_path, "a.html")
    assert (found.problem, found.png) == ("no_picture", b"")


def test_a_page_that_cannot_be_drawn_is_said(with_text: bytes, tmp_path: Path) -> None:
    original = tmp_path / "a.pdf"
    task = task_of(page_of(with_text, "a.pdf"), original)
    original.write_bytes(b"%PDF-1.7 broken")
    assert draw(task).problem == "broken"


def test_a_picture_holds_nothing_but_pixels(with_text: bytes, tmp_path: Path) -> None:
    png = drawn_of(with_text, tmp_path, "a.pdf").png
    kinds, at = [], 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kinds.append(png[at + 4 : at + 8])
        at += size + 12
    assert set(kinds) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    assert "张三丰".encode() not in png


def test_rects_are_told_apart_by_their_numbers(with_text: bytes, tmp_path: Path) -> None:
    found = drawn_of(with_text, tmp_path, "a.pdf", "places", ("采购人", "预算金额"))
    assert [rect.id for rect in found.rects] == [0, 1]
    assert all(isinstance(rect, Rect) for rect in found.rects)
    assert np.array([list(map(int, (r.left, r.right))) for r in found.rects]).max() <= PARTS
