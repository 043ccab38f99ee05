"""A map of tiles, one a place: no borders are drawn, so none are claimed. Each says of how many
projects given it counts some, for places are compared.

Tiles of Chinese provinces lie as the provinces do; those of other countries follow in rows.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

import msgspec

from sousveil.report.figures import Figure
from sousveil.report.flow_picture import wrapped
from sousveil.text.controls import drawable

GRID: Mapping[str, tuple[str, int, int]] = {
    "黑龙江": ("HL", 0, 7), "内蒙古": ("NM", 1, 4), "吉林": ("JL", 1, 7),
    "新疆": ("XJ", 2, 0), "宁夏": ("NX", 2, 3), "山西": ("SX", 2, 4), "北京": ("BJ", 2, 5),
    "天津": ("TJ", 2, 6), "辽宁": ("LN", 2, 7), "青海": ("QH", 3, 1), "甘肃": ("GS", 3, 2),
    "陕西": ("SN", 3, 3), "河南": ("HA", 3, 4), "河北": ("HE", 3, 5), "山东": ("SD", 3, 6),
    "西藏": ("XZ", 4, 1), "四川": ("SC", 4, 2), "重庆": ("CQ", 4, 3), "湖北": ("HB", 4, 4),
    "安徽": ("AH", 4, 5), "江苏": ("JS", 4, 6), "上海": ("SH", 4, 7), "云南": ("YN", 5, 2),
    "贵州": ("GZ", 5, 3), "湖南": ("HN", 5, 4), "江西": ("JX", 5, 5), "浙江": ("ZJ", 5, 6),
    "广西": ("GX", 6, 3), "广东": ("GD", 6, 4), "福建": ("FJ", 6, 6), "海南": ("HI", 7, 3),
}  # fmt: skip
"""Code (ISO 3166-2:CN), row and column of each province by its short name. Places of other country
codes (Hong Kong, Macao, Taiwan among them) are told by country."""

NOT_KNOWN = "not known"
_COLUMNS, _STEP, _TILE = 8, 60, 56
_LETTERS = 74
"""Columns of Latin letters on a line over the map."""
_SHORT = 6
_SHADES = ("#eef2f7", "#cddcec", "#9dbfe0", "#3a73ad", "#1d4e89")
_LIGHT = 3
"""From this shade on words are light."""
_FONT = "'Noto Sans', 'Noto Sans CJK SC', 'DejaVu Sans', sans-serif"
_INK, _SOFT = "#111111", ' fill="#555555"'


class Tile(msgspec.Struct, frozen=True):
    """A place with its projects. ``country`` "" where it is not known; ``province`` "" for a whole
    country, or what of it has no tile of its own."""

    country: str
    province: str
    code: str
    projects: int
    given: int


class Words(msgspec.Struct, frozen=True):
    """What stands on the map: its title, lines below it, and what leads to the second part."""

    title: str
    lines: tuple[str, ...]
    others: str


Name = Callable[[Tile], str]
"""What a tile is called in full."""
Link = Callable[[Tile], str]
"""Where a tile leads."""


def tiles(places: Figure) -> list[Tile]:
    """The tiles of the figure "places"; their projects add up to the figure's."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for row in places.records():
        key = _place(str(row["place"]))
        before = counts.get(key, (0, 0))
        counts[key] = (
            before[0] + int(row["projects"] or 0),
            before[1] + int(row["projects_given"] or 0),
        )
    if any(province for _, province in counts):
        counts = {("CN", name): (0, 0) for name in GRID} | counts
    return [
        Tile(country, province, GRID[province][0] if province else country or "?", *found)
        for (country, province), found in counts.items()
    ]


def _place(label: str) -> tuple[str, str]:
    """Country and province of a row's label; the province where it has a tile."""
    if label == NOT_KNOWN:
        return "", ""
    country, _, province = label.partition(" ")
    return country, province if country == "CN" and province in GRID else ""


def tile_map(found: list[Tile], name: Name, words: Words | None, link: Link | None = None) -> str:
    """The map as SVG. ``words``: what is written above it, where it stands by itself."""
    on_grid = [tile for tile in found if tile.province]
    others = sorted(
        (tile for tile in found if not tile.province), key=lambda t: (-t.projects, t.code)
    )
    said = [part for line in words.lines for part in wrapped(line, _LETTERS)] if words else []
    top = 44 + 18 * len(said) if words else 0
    rows = 8 * _STEP if on_grid else 0
    between = 26 if on_grid and others else 0
    below = -(-len(others) // _COLUMNS) * _STEP
    width, height = _COLUMNS * _STEP, top + rows + between + below
    most = max((tile.projects for tile in found), default=0)
    places = chain(
        ((tile, GRID[tile.province][1:]) for tile in on_grid),
        ((tile, divmod(at, _COLUMNS)) for at, tile in enumerate(others)),
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'role="{"group" if link else "img"}" font-family={quoteattr(_FONT)}'
        + (f' width="{width}" height="{height}">' if words else ">")
    ]
    if words:
        parts += [
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *_heading(words.title, said),
        ]
        parts += _text(0, top + rows + 18, words.others, 12, _SOFT) if between else ()
    for tile, (row, column) in places:
        y = top + row * _STEP + (0 if tile.province else rows + between)
        parts += _drawn(tile, name(tile), (column * _STEP, y), most, link)
    return "\n".join([*parts, "</svg>\n"])


def _heading(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield from _text(0, 22, title, 16, ' font-weight="600"')
    for at, line in enumerate(lines):
        yield from _text(0, 42 + 18 * at, line, 11, _SOFT)


def _drawn(
    tile: Tile, name: str, at: tuple[int, int], most: int, link: Link | None
) -> Iterator[str]:
    shade = math.ceil((len(_SHADES) - 1) * math.sqrt(tile.projects / most)) if most else 0
    ink = "#ffffff" if shade >= _LIGHT else _INK
    x, y = at
    middle = x + _TILE // 2
    told = f"{name}: {tile.projects:,} / {tile.given:,}" if tile.given else f"{name}: 0"
    leads = f"<a href={quoteattr(link(tile))}" if link and tile.given else "<g"
    yield f'{leads} class="shade-{shade}" fill="{ink}" text-anchor="middle">'
    yield f"<title>{escape(drawable(told))}</title>"
    yield (
        f'<rect x="{x}" y="{y}" width="{_TILE}" height="{_TILE}" rx="5" fill="{_SHADES[shade]}"/>'
    )
    lower = 0 if tile.province else 8
    yield from _text(middle, y + 16 + lower, tile.code, 11)
    number = f"{tile.projects:,}/{tile.given:,}" if tile.given else "–"
    size = 15 if len(number) <= _SHORT else 11  # as wide as a tile, at most
    yield from _text(middle, y + 34 + lower, number, size, ' font-weight="600"')
    yield from _text(middle, y + 50, tile.province, 11.5)
    yield f"</{leads[1]}>"


def _text(x: int, y: int, words: str, size: float, look: str = "") -> Iterator[str]:
    if words:
        yield f'<text x="{x}" y="{y}" font-size="{size}"{look}>{escape(drawable(words))}</text>'
