"""The flow figure: lines that fit, names as they are written, nothing that is no XML."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.report.charts import png
from sousveil.report.flow import STEPS, Box, Part
from sousveil.report.flow_picture import columns_of, flow_svg, wrapped

NAMES = [name for step in STEPS for name in (*step.boxes, *step.aside)]
SVG = "{http://www.w3.org/2000/svg}"


def boxes(label: str, parts: tuple[Part, ...] = ()) -> dict[str, Box]:
    return {name: Box(name, label, at, "SELECT 1", parts) for at, name in enumerate(NAMES)}


@given(st.text(max_size=80), st.integers(2, 30))
def test_lines_fit_and_lose_nothing(words: str, columns: int) -> None:
    lines = wrapped(words, columns)
    assert all(columns_of(line) <= columns for line in lines)
    assert all(lines)


@given(st.text("abc 监控", max_size=60))
def test_all_signs_stand_in_the_lines(words: str) -> None:
    assert "".join(wrapped(words, 9)).replace(" ", "") == words.replace(" ", "")


@given(st.text(max_size=30), st.lists(st.text(max_size=60), max_size=12))
def test_whatever_is_written_in_it_is_xml(label: str, parts: list[str]) -> None:
    drawn = flow_svg(boxes(label, tuple(Part(part, 3) for part in parts)), label, label)
    tree = ElementTree.fromstring(drawn)
    numbers = [text.text for text in tree.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert sorted(numbers) == sorted(str(at) for at in range(len(NAMES)))


def test_boxes_do_not_lie_on_one_another() -> None:
    parts = tuple(Part(f"found by the query on 网络舆情监测系统 number {n}", n) for n in range(9))
    tree = ElementTree.fromstring(flow_svg(boxes("A box", parts), "题目", "note"))
    places = [
        tuple(float(r.get(side, "0")) for side in ("x", "y", "width", "height"))
        for group in tree.iter(f"{SVG}g")
        for r in group.iter(f"{SVG}rect")
    ]
    assert len(places) == len(NAMES)
    for at, (x, y, width, height) in enumerate(places):
        for x2, y2, width2, height2 in places[at + 1 :]:
            apart = x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
            assert apart
    assert "and 1 more kinds" in "".join(tree.itertext())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.phase)
def test_every_step_is_drawn(step: object) -> None:
    drawn = flow_svg(boxes("A box"), "title")
    assert f">{step.phase}</text>" in drawn  # type: ignore[attr-defined]
    assert png(drawn).startswith(b"\x89PNG")
