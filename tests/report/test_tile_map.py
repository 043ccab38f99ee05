"""The map of tiles: each province has one place on it, and nothing found is left out."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from sousveil.reference.divisions import gazetteer
from sousveil.report.figures import FIGURES, Figure
from sousveil.report.tile_map import GRID, NOT_KNOWN, Tile, Words, tile_map, tiles

PLACES = next(each for each in FIGURES if each.name == "places")


def figure(*rows: tuple[str, int, int]) -> Figure:
    return Figure(PLACES, ("place", "projects", "projects_given"), rows)


def named(tile: Tile) -> str:
    return tile.country + tile.province


def test_every_province_of_the_reference_has_a_tile_of_its_own() -> None:
    provinces = {d.stem for d in gazetteer().divisions.values() if d.rank == 0}
    apart = {stem for stem in provinces if stem not in GRID}
    assert apart <= {"台湾", "香港", "澳门"}, "these are told by country"
    assert GRID.keys() <= provinces
    assert len({place for _, *place in map(tuple, GRID.values()) for place in [tuple(place)]}) == 31
    assert len({code for code, *_ in GRID.values()}) == len(GRID)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [NOT_KNOWN, "CN", "CN 广东", "CN Nowhere", "US Texas", "US", "TW 臺中市"]
            ),
            st.integers(0, 50),
            st.integers(50, 90),
        ),
        max_size=7,
        unique_by=lambda row: row[0],
    )
)
def test_tiles_add_up_to_the_figure(rows: list[tuple[str, int, int]]) -> None:
    found = tiles(figure(*rows))
    assert sum(tile.projects for tile in found) == sum(row[1] for row in rows)
    assert sum(tile.given for tile in found) == sum(row[2] for row in rows)
    drawn = tile_map(found, named, None)
    assert drawn.count("<rect") == len(found)


def test_tiles_do_not_lie_on_one_another() -> None:
    found = tiles(figure(("CN 广东", 7, 9), *((f"{a}{b}", 1, 1) for a in "XYZ" for b in "ABCD")))
    words = Words("Title", ("one", "two"), "Others")
    root = ElementTree.fromstring(tile_map(found, named, words))
    rects = [r for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("rx")]
    places = {(r.get("x"), r.get("y")) for r in rects}
    assert len(places) == len(rects) == len(GRID) + 12
    height = float(root.get("height", "0"))
    assert all(float(r.get("y", "0")) + 56 <= height for r in rects)


@given(st.text(max_size=20))
def test_names_of_records_are_text(name: str) -> None:
    found = tiles(figure((f"{name} <b>", 1, 1)))
    ElementTree.fromstring(
        tile_map(found, lambda tile: f"{name}{tile.code}", None, lambda _: "/a?b=1&c")
    )
