"""Rows of dots between a heading and its page: counted, and told from other rows of dots."""

import numpy as np
import PIL.Image
import PIL.ImageDraw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parse.ocr.drawing import font

from sousveil.parse.ocr.engine import Image, Quads
from sousveil.parse.ocr.leaders import find_leaders, ink_of, rows_of_dots
from sousveil.parse.ocr.lines import read_image

CONTENTS = (
    "第一章 采购公告" + "." * 70 + "3",
    "第二章 供应商须知" + "." * 64 + "11",
    "    一、总则" + "." * 72 + "6",
    "第三章 评审办法和成交原则" + "." * 48 + "13",
)


def page(lines: tuple[str, ...], size: int = 32) -> PIL.Image.Image:
    image = PIL.Image.new("RGB", (1400, 100 + 3 * size * len(lines)), "white")
    pen = PIL.ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((60, 60 + 2 * size * row), line, fill="black", font=font(size))
    return image


def pixels(image: PIL.Image.Image) -> Image:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def noisy(image: PIL.Image.Image) -> Image:
    noise = np.random.default_rng(1).normal(0, 12.0, (image.height, image.width, 3))
    return np.clip(pixels(image) + noise, 0, 255).astype(np.uint8)


def rows(text: str) -> list[str]:
    return ["".join(line.split()) for line in text.split("\n")]


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 1, -1])
def test_each_heading_each_dot_and_each_page_is_read(turn: int) -> None:
    image = page(CONTENTS).rotate(
        turn, expand=True, fillcolor="white", resample=PIL.Image.Resampling.BICUBIC
    )
    text, lines = read_image(noisy(image))
    assert rows(text) == ["".join(line.split()) for line in CONTENTS]
    assert all(0 < line.confidence <= 1 for line in lines)
    assert "\t" not in text


def test_a_leader_lies_where_its_dots_are() -> None:
    image = page(CONTENTS[:1])
    text, lines = read_image(pixels(image))
    (leader,) = (line for line in lines if text[line.start] == ".")
    left, top, right, _, _, foot, _, _ = np.array(leader.corners) / 10_000 * (image.size * 4)
    begins = 60 + font().getlength("第一章 采购公告")
    assert abs(left - begins) < 10
    assert abs(right - begins - font().getlength("." * 70)) < 10
    assert 50 < top < foot < 60 + 2 * 32


@settings(max_examples=60, deadline=None)
@given(dots=st.integers(8, 120), size=st.integers(14, 40), blank=st.sampled_from(["", " "]))
def test_dots_are_counted(dots: int, size: int, blank: str) -> None:
    line = "采购原则" + blank + "." * dots + blank + "13"
    image = PIL.Image.new("RGB", (int(font(size).getlength(line)) + 200, 4 * size), "white")
    PIL.ImageDraw.Draw(image).text((50, size), line, fill="black", font=font(size))
    _, (row,) = rows_of_dots(ink_of(pixels(image)), 1.2 * size)
    assert row.characters == dots


def test_dots_in_the_middle_of_the_line_are_ellipses() -> None:
    line = "采购公告" + "…" * 12 + "3"
    text, _ = read_image(pixels(page((line,))))
    assert rows(text) == [line]


def test_a_dotted_border_is_no_leader() -> None:
    image = page(("采购公告", "", "供应商须知"))
    pen = PIL.ImageDraw.Draw(image)
    for x in range(700, 1300, 12):
        pen.ellipse((x, 70, x + 4, 74), fill="black")
    for x in range(40, 1300, 12):
        pen.ellipse((x, 20, x + 4, 24), fill="black")
        pen.ellipse((x, 150, x + 4, 154), fill="black")
    text, _ = read_image(pixels(image))
    assert rows(text) == ["采购公告", "供应商须知"]


def test_paper_keeps_its_colour_where_dots_were() -> None:
    image = PIL.Image.new("RGB", (1400, 160), (200, 220, 180))
    PIL.ImageDraw.Draw(image).text((50, 40), CONTENTS[0], fill="black", font=font())
    clean, _, leaders = find_leaders(pixels(image), box("第一章 采购公告", 32))
    assert len(leaders) == 1
    begins = 60 + int(font().getlength("第一章 采购公告"))
    middle = clean[:, begins : begins + 400]
    assert (middle == (180, 220, 200)).all()


def test_a_page_without_dots_is_left_as_it_is() -> None:
    image = pixels(page(("采购公告：1.5万元，2.25%", "i.e. 3.1.2; v2.0...")))
    quads = box("采购公告", 32)
    same, kept, leaders = find_leaders(image, quads)
    assert same is image
    assert kept is quads
    assert leaders == []


def box(heading: str, size: int) -> Quads:
    """Roughly where detection sees a heading drawn at the upper left."""
    right = 50 + font(size).getlength(heading.rstrip())
    return np.array([[[50.0, size], [right, size], [right, 2.5 * size], [50.0, 2.5 * size]]])
