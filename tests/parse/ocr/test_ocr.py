"""Images of pages: which way up they are, what stands on them, and where."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageOps
import pytest
from tests.parse.ocr.drawing import LINES, drawn, font, saved, scanned_pdf

from sousveil.errors import DamagedError, DocumentError, LimitError
from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import Content, RecordProblem, Unread, parse_document, recognise
from sousveil.parse.ocr.engine import Image
from sousveil.parse.ocr.lines import read_image


def pixels(image: PIL.Image.Image) -> Image:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def squeezed(text: str) -> str:
    return "".join(text.split()).replace(":", "：")


def document(data: bytes, name: str) -> Document:
    return Document("0" * 64, len(data), (Provenance(name),))


def recognised(data: bytes, name: str, numbers: Sequence[int] = (1,)) -> list[ParsedPage]:
    found = list(recognise(Content(data), document(data, name), numbers))
    assert all(isinstance(page, ParsedPage) for page in found)
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_every_way_up(turn: int) -> None:
    image = drawn().rotate(turn, expand=True)
    text, lines = read_image(pixels(image))
    assert [squeezed(line) for line in text.split("\n")] == [squeezed(line) for line in LINES]
    assert all(line.confidence > 0.8 for line in lines)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_lie_on_the_image_as_given(turn: int) -> None:
    image = drawn(LINES[:1] + ("",) * 5).rotate(turn, expand=True)
    _, (line,) = read_image(pixels(image))
    corners = np.array(line.corners).reshape(4, 2) / 10_000 * image.size
    dark = np.argwhere(np.asarray(image.convert("L")) < 128)[:, ::-1]
    assert np.abs(corners.min(axis=0) - dark.min(axis=0)).max() < 20
    assert np.abs(corners.max(axis=0) - dark.max(axis=0)).max() < 20


@pytest.mark.parametrize("degrees", [-3, -1, 1, 3])
def test_skewed_rows_stay_rows(degrees: int) -> None:
    rows = ("采购单位\t示例市公安局", "项目名称\t人脸识别系统", "预算金额\t84.6万元")
    image = drawn(rows).rotate(degrees, fillcolor="white", resample=PIL.Image.Resampling.BICUBIC)
    text, _ = read_image(pixels(image))
    assert text.split("\n") == list(rows)


def test_staggered_cells_do_not_chain_a_table_into_one_row() -> None:
    """Cells of one, two and three lines, each centred: no two lines of a cell share a row."""
    cells = (("甲乙",), ("唐财公开", "二〇二六"), ("示例县农业局", "花生绿色高产", "行动第二标段"))
    image = PIL.Image.new("RGB", (1240, 400), "white")
    pen = PIL.ImageDraw.Draw(image)
    for column, lines in enumerate(cells):
        for at, line in enumerate(lines):
            middle = 200 + 44 * (at - (len(lines) - 1) / 2)
            pen.text((100 + 350 * column, middle), line, fill="black", font=font(), anchor="lm")
    text, _ = read_image(pixels(image))
    rows = [set(row.split("\t")) for row in text.split("\n")]
    assert set().union(*rows) == {line for lines in cells for line in lines}
    for lines in cells:
        assert all(len(row & set(lines)) <= 1 for row in rows)


def test_lines_of_a_large_page_are_found_and_lie_where_they_are() -> None:
    """Wider than lines are looked for in: boxes are those of the image as given."""
    image = PIL.Image.new("RGB", (4000, 700), "white")
    image.paste(drawn(LINES[:1], size=(1240, 200)), (2700, 450))
    text, (line,) = read_image(pixels(image))
    assert squeezed(text) == squeezed(LINES[0])
    corners = np.array(line.corners).reshape(4, 2) / 10_000 * image.size
    dark = np.argwhere(np.asarray(image.convert("L")) < 128)[:, ::-1]
    assert np.abs(corners.min(axis=0) - dark.min(axis=0)).max() < 25
    assert np.abs(corners.max(axis=0) - dark.max(axis=0)).max() < 25


def test_spans_lead_to_the_text() -> None:
    text, lines = read_image(pixels(drawn()))
    assert [text[line.start : line.end] for line in lines]
    assert "".join(text[line.start : line.end] for line in lines) == "".join(text.split("\n"))


def test_traditional_and_english() -> None:
    rows = ("臺北市政府警察局監視錄影系統採購案", "Supply of licence plate readers 2020")
    text, _ = read_image(pixels(drawn(rows)))
    assert [squeezed(line) for line in text.split("\n")] == [squeezed(row) for row in rows]


def test_an_empty_page_has_no_text() -> None:
    assert read_image(pixels(drawn(()))) == ("", ())


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_image_format(form: str) -> None:
    data = saved(drawn(LINES[:2], size=(900, 300)), form)
    assert list(parse_document(data, document(data, "a.bin"))) == [Unread(1)]
    (page,) = recognised(data, "a.bin")
    assert page.obtained == "ocr"
    assert squeezed(page.text) == squeezed("".join(LINES[:2]))


def test_pages_of_a_tiff_and_of_a_pdf() -> None:
    first, second = drawn(LINES[:1], size=(900, 200)), drawn(LINES[1:2], size=(900, 200))
    tiff = saved(first, "TIFF", save_all=True, append_images=[second])
    for data in (tiff, scanned_pdf(first, second)):
        assert list(parse_document(data, document(data, "a"))) == [Unread(1), Unread(2)]
        pages = recognised(data, "a", (1, 2))
        assert [squeezed(page.text) for page in pages] == [squeezed(LINES[0]), squeezed(LINES[1])]
        assert [page.number for page in pages] == [1, 2]


def test_transparent_paper_is_white() -> None:
    black = PIL.Image.new("RGBA", (900, 200), "black")
    ink = PIL.ImageOps.invert(drawn(LINES[:1], size=(900, 200)).convert("L"))
    black.putalpha(ink)
    (page,) = recognised(saved(black, "PNG"), "a.png")
    assert squeezed(page.text) == squeezed(LINES[0])


def test_broken_images_are_said() -> None:
    data = saved(drawn(LINES[:1], size=(900, 200)), "PNG")
    with pytest.raises(DamagedError):
        list(parse_document(data[:40], document(data, "a.png")))
    (problem,) = recognise(Content(data[:900]), document(data, "a.png"), (1,))
    assert isinstance(problem, RecordProblem)
    assert problem.reason == "damaged"


def test_a_picture_whose_second_frame_is_broken_is_read() -> None:
    """Found by the fuzzer: counting the frames of such an animation failed."""
    first, second = drawn(LINES[:1], size=(900, 200)), drawn(LINES[1:2], size=(900, 200))
    gif = saved(first, "GIF", save_all=True, append_images=[second])
    whole = saved(first, "GIF")
    data = gif[: len(whole) + 2]
    (page,) = recognised(data, "a.gif")
    assert list(parse_document(data, document(data, "a.gif"))) == [Unread(1)]
    assert squeezed(page.text) == squeezed(LINES[0])


def test_pages_before_a_broken_one_are_read() -> None:
    first, second = drawn(LINES[:1], size=(900, 200)), drawn(LINES[1:2], size=(900, 200))
    data = bytearray(saved(first, "TIFF", save_all=True, append_images=[second]))
    directory = int.from_bytes(data[4:8], "little")
    chain = directory + 2 + 12 * int.from_bytes(data[directory : directory + 2], "little")
    data[chain : chain + 4] = (len(data) - 3).to_bytes(4, "little")
    broken = bytes(data)
    assert list(parse_document(broken, document(broken, "a.tif"))) == [Unread(1), Unread(2)]
    page, problem = recognise(Content(broken), document(broken, "a.tif"), (1, 2))
    assert isinstance(page, ParsedPage)
    assert squeezed(page.text) == squeezed(LINES[0])
    assert isinstance(problem, RecordProblem)


def test_more_pages_than_the_most_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = drawn(LINES[:1], size=(90, 20))
    data = saved(frame, "TIFF", save_all=True, append_images=[frame] * 3)
    monkeypatch.setattr("sousveil.parse.ocr.pages._MOST_FRAMES", 3)
    with pytest.raises(LimitError, match="3 pages"):
        list(parse_document(data, document(data, "a.tif")))


def test_image_bombs_are_refused() -> None:
    data = saved(PIL.Image.new("1", (20_000, 20_000)), "PNG")
    assert len(data) < 100_000
    with pytest.raises(LimitError, match="pixels"):
        list(parse_document(data, document(data, "a.png")))


@pytest.mark.parametrize("name", ["bidding-simulation", "docling-subset"])
def test_real_scans_and_garbled_pages(name: str) -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    words = {"bidding-simulation": "投标", "docling-subset": "Docling"}
    path = next(
        p for p in sorted(folder.rglob("*.pdf")) if p.name in ("招标文件.pdf", "ocr_test.pdf")
    )
    data = path.read_bytes()
    unread = [i.number for i in parse_document(data, document(data, "a")) if isinstance(i, Unread)]
    assert unread
    (page,) = recognised(data, "a.pdf", unread[:1])
    assert words[name] in page.text


def test_mutated_images_give_pages_or_words() -> None:
    import random

    rng = random.Random(3)
    image = drawn(LINES[:1], size=(600, 120))
    for form in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"):
        data = bytearray(saved(image, form))
        for _ in range(40):
            mutated = bytearray(data)
            for _ in range(rng.randint(1, 12)):
                mutated[rng.randrange(len(mutated))] = rng.randrange(256)
            try:
                items = list(parse_document(bytes(mutated), document(data, "a.png")))
            except DocumentError:
                continue
            assert items
