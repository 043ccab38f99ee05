"""The strongest ties of the network as a picture: buyers on the left, suppliers on the right.

Two columns, so that every name can be read, with its English gloss; what was left out is said in
the picture. The same ties give the same picture.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.reference.glossary import gloss
from sousveil.report.export import Chosen, whole_file
from sousveil.report.figures import illustrative
from sousveil.report.network_ties import rows, tie
from sousveil.text.controls import drawable

_FONT = "'Noto Sans CJK SC', 'Noto Sans', 'DejaVu Sans', sans-serif"
_INK, _RIVAL, _OWNER, _GREY = "#1d4e89", "#b35900", "#6a1b9a", "#555555"
_LEFT, _RIGHT, _GUTTER, _ROW, _TOP = 400, 720, 64, 36, 96
_WIDTH = 1180
_NAME_COLUMNS, _GLOSS_COLUMNS = 46, 56
_SWEEPS = 8
TRADES = """SELECT buyer, supplier, projects, sole_projects, sole_usd FROM trades
ORDER BY projects DESC, sole_usd DESC NULLS LAST, buyer, supplier"""
"""Who bought from whom, the strongest ties first."""
_BOTH = "one IN (SELECT unnest(?)) AND other IN (SELECT unnest(?))"


class Drawn(msgspec.Struct, frozen=True):
    """How many of the buyers, suppliers and pairs that trade are drawn, and of how many."""

    buyers: int
    of_buyers: int
    suppliers: int
    of_suppliers: int
    trades: int
    of_trades: int


class Words(msgspec.Struct, frozen=True):
    """What is written in the picture besides names; ``drawn``, ``projects`` and ``usd`` take the
    counts of their name, ``note`` stands before the first."""

    title: str = "Who buys from whom"
    note: str = ""
    illustrative: str = "Illustrative records."
    drawn: str = (
        "Drawn: {buyers:,} of {of_buyers:,} buyers, {suppliers:,} of {of_suppliers:,} suppliers,"
        " {trades:,} of {of_trades:,} pairs that trade, those with most projects first."
    )
    buyers: str = "Buyers"
    suppliers: str = "Suppliers"
    projects: str = "{projects:,} projects"
    usd: str = "US$ {usd:,.0f} in {projects:,} with one buyer and one winner"
    sums: str = "US$ of a pair: only projects with one buyer and one winner."
    group: str = "group:"
    bought: str = "bought from; the wider, the more projects"
    rival: str = "bid for the same project"
    owner: str = "one owns a part of the other"
    gloss: str = "English below Chinese names is a gloss."


Link = Callable[[str], str]
"""The address of an organisation's page, by its key."""


def write_picture(case: Case, path: Path, chosen: Chosen | None = None, *, most: int) -> Drawn:
    """Draw at most so many buyers and suppliers, those of the strongest ties, as SVG. The file
    appears whole or not at all. Raises UsageError where the place cannot be a file."""
    with connect(case, chosen.state if chosen else None) as connection:
        tie(connection, chosen)
        drawn, svg = picture(connection, most=most)
    with whole_file(path) as out:
        out.write(svg.encode())
    return drawn


def picture(
    connection: duckdb.DuckDBPyConnection,
    *,
    most: int,
    words: Words | None = None,
    link: Link | None = None,
) -> tuple[Drawn, str]:
    """The picture as SVG of what ``tie`` made, names leading to pages where ``link`` says so."""
    words = words or Words()
    trades = list(rows(connection, TRADES))
    picked = _strongest(trades, most)
    shown = [t for t in trades if t["buyer"] in picked[0] and t["supplier"] in picked[1]]
    columns = _ordered(picked, shown)
    names = _names(connection, [*columns[0], *columns[1]], words)
    arcs = _arcs(connection, columns[1])
    drawn = Drawn(
        len(columns[0]), len({t["buyer"] for t in trades}),
        len(columns[1]), len({t["supplier"] for t in trades}), len(shown), len(trades),
    )  # fmt: skip
    said = (
        words.note,
        words.illustrative if illustrative(connection) else "",
        words.drawn.format(**msgspec.structs.asdict(drawn)),
    )
    told = drawable(" ".join(part for part in said if part))
    return drawn, _svg(columns, names, shown, arcs, told, words, link)


def _strongest(trades: Sequence[Mapping[str, Any]], most: int) -> tuple[set[str], set[str]]:
    """Buyers and suppliers of the strongest ties, as long as there is room for both ends."""
    buyers, suppliers = set[str](), set[str]()
    for trade in trades:
        buyer, supplier = trade["buyer"], trade["supplier"]
        fits = len(buyers | {buyer}) <= most and len(suppliers | {supplier}) <= most
        if fits:
            buyers.add(buyer)
            suppliers.add(supplier)
    return buyers, suppliers


def _ordered(
    picked: tuple[set[str], set[str]], trades: Sequence[Mapping[str, Any]]
) -> tuple[list[str], list[str]]:
    """Both columns in an order in which lines cross less: each by the mean place of those it is
    tied to, in turns."""
    left, right = sorted(picked[0]), sorted(picked[1])
    for _ in range(_SWEEPS):
        right = _by_mean(right, left, [(t["supplier"], t["buyer"]) for t in trades])
        left = _by_mean(left, right, [(t["buyer"], t["supplier"]) for t in trades])
    return left, right


def _by_mean(
    column: Sequence[str], other: Sequence[str], ties: Sequence[tuple[str, str]]
) -> list[str]:
    place = {key: at for at, key in enumerate(other)}
    places: dict[str, list[int]] = {}
    for key, tied in ties:
        places.setdefault(key, []).append(place[tied])
    means = {key: sum(found) / len(found) for key, found in places.items()}
    return sorted(column, key=lambda key: (means.get(key, 0.0), key))


def _names(
    connection: duckdb.DuckDBPyConnection, keys: Sequence[str], words: Words
) -> dict[str, tuple[str, str]]:
    """The name of each organisation and, below it, its gloss and its group."""
    found = connection.execute(
        "SELECT n.org_key, n.name, g.name FROM nodes n LEFT JOIN nodes g"
        " ON g.org_key = n.group_key AND g.org_key <> n.org_key"
        " WHERE n.org_key IN (SELECT unnest(?))",
        [list(keys)],
    ).fetchall()
    told: dict[str, tuple[str, str]] = {}
    for key, name, group in found:
        below = [gloss(name) or "", f"{words.group} {group}" if group else ""]
        told[key] = (drawable(name), drawable(" · ".join(part for part in below if part)))
    return told


def _arcs(
    connection: duckdb.DuckDBPyConnection, suppliers: list[str]
) -> list[tuple[str, str, str]]:
    """Ties among the suppliers drawn: (kind, one, other)."""
    both = [suppliers, suppliers]
    rivals = connection.execute(
        f"SELECT 'rival', one, other FROM rivals WHERE {_BOTH} ORDER BY 2, 3", both
    ).fetchall()
    owners = connection.execute(
        "SELECT 'owner', one, other FROM (SELECT parent AS one, child AS other FROM owners)"
        f" WHERE {_BOTH} ORDER BY 2, 3",
        both,
    ).fetchall()
    return [*rivals, *owners]


def _svg(
    columns: tuple[list[str], list[str]],
    names: Mapping[str, tuple[str, str]],
    trades: Sequence[Mapping[str, Any]],
    arcs: Sequence[tuple[str, str, str]],
    said: str,
    words: Words,
    link: Link | None,
) -> str:
    height = _TOP + _ROW * max(1, len(columns[0]), len(columns[1])) + 76
    at = {
        key: _TOP + _ROW * row + _ROW // 2 for column in columns for row, key in enumerate(column)
    }
    most = max((t["projects"] for t in trades), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}"'
        f' height="{height}" role="{"group" if link else "img"}" font-family={quoteattr(_FONT)}>',
        f"<title>{escape(words.title)}</title>",
        f"<desc>{escape(said)}</desc>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(24, 34, words.title, 20, "start", "#111111"),
        _text(24, 58, said, 13, "start", _GREY),
        _text(_LEFT - 12, 84, words.buyers, 14, "end", "#111111"),
        _text(_RIGHT + _GUTTER + 8, 84, words.suppliers, 14, "start", "#111111"),
        *(_line(at[t["buyer"]], at[t["supplier"]], t, most, words) for t in trades),
        *(_arc(kind, at[one], at[other]) for kind, one, other in arcs),
    ]
    for key in columns[0]:
        parts += _linked(_label(names[key], _LEFT, at[key], "end", _LEFT - 12), key, link)
    for key in columns[1]:
        parts += _linked(
            _label(names[key], _RIGHT, at[key], "start", _RIGHT + _GUTTER + 8), key, link
        )
    parts += [*_legend(height, words), "</svg>\n"]
    return "\n".join(parts)


def _line(left: int, right: int, trade: Mapping[str, Any], most: int, words: Words) -> str:
    width = 1 + 5 * trade["projects"] / most
    middle = (_LEFT + _RIGHT) // 2
    path = f"M{_LEFT} {left}C{middle} {left} {middle} {right} {_RIGHT} {right}"
    told = words.projects.format(projects=trade["projects"])
    if trade["sole_usd"] is not None:
        usd = words.usd.format(usd=float(trade["sole_usd"]), projects=trade["sole_projects"])
        told = f"{told}, {usd}"
    return (
        f'<path d="{path}" fill="none" stroke="{_INK}" stroke-opacity="0.45"'
        f' stroke-width="{width:.2f}"><title>{escape(told)}</title></path>'
    )


def _arc(kind: str, one: int, other: int) -> str:
    reach = min(_GUTTER - 8, 14 + abs(other - one) // 6)
    look = (
        f'stroke="{_RIVAL}" stroke-dasharray="4 3" stroke-width="1.2"'
        if kind == "rival"
        else f'stroke="{_OWNER}" stroke-width="2"'
    )
    x = _RIGHT + 5
    path = f"M{x} {one}C{x + reach} {one} {x + reach} {other} {x} {other}"
    return f'<path d="{path}" fill="none" {look}/>'


def _label(name: tuple[str, str], dot: int, y: int, anchor: str, x: int) -> list[str]:
    whole = escape(" · ".join(part for part in name if part))
    upper = y - 2 if name[1] else y + 5
    parts = [
        f"<g><title>{whole}</title>",
        f'<circle cx="{dot}" cy="{y}" r="5" fill="{_INK}"/>',
        _text(x, upper, _cut(name[0], _NAME_COLUMNS), 14, anchor, "#111111"),
    ]
    if name[1]:
        parts.append(_text(x, y + 13, _cut(name[1], _GLOSS_COLUMNS), 11, anchor, _GREY))
    return [*parts, "</g>"]


def _linked(parts: list[str], key: str, link: Link | None) -> list[str]:
    return [f"<a href={quoteattr(link(key))}>", *parts, "</a>"] if link else parts


def _legend(height: int, words: Words) -> list[str]:
    y = height - 40
    return [
        f'<path d="M24 {y}h36" stroke="{_INK}" stroke-opacity="0.45" stroke-width="4"/>',
        _text(68, y + 4, words.bought, 12, "start", _GREY),
        f'<path d="M340 {y}h36" stroke="{_RIVAL}" stroke-dasharray="4 3" stroke-width="1.2"/>',
        _text(384, y + 4, words.rival, 12, "start", _GREY),
        f'<path d="M560 {y}h36" stroke="{_OWNER}" stroke-width="2"/>',
        _text(604, y + 4, words.owner, 12, "start", _GREY),
        _text(24, y + 24, words.gloss, 12, "start", _GREY),
        _text(340, y + 24, words.sums, 12, "start", _GREY),
    ]


def _text(x: int, y: int, words: str, size: int, anchor: str, colour: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(words)}</text>"
    )


def _cut(words: str, columns: int) -> str:
    """Words that fill at most so many columns of Latin letters; Han characters take two."""
    used = 0
    for at, sign in enumerate(words):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > columns:
            return words[: max(0, at - 1)].rstrip() + "…"
    return words
