"""Decisions from a CSV table: each row checked, the wrong ones told with line and reason.

Columns ``notice_id`` (its first digits are enough), ``relevant`` (yes, no, unsure), and, as wanted,
``capabilities``, ``platforms``, ``target_groups`` (codes between spaces, commas or semicolons;
``none``: there are none), ``overseas_target`` (yes, no), ``text_hash``, ``note``. An empty cell
says nothing.
"""

import csv
import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from sousveil.errors import DecisionError
from sousveil.sources.given_table import delimiter

COLUMNS = (
    "notice_id", "relevant", "capabilities", "platforms", "target_groups", "overseas_target",
    "text_hash", "note",
)  # fmt: skip
_FACETS = {
    "capabilities": "capability",
    "platforms": "platform",
    "target_groups": "target_group",
}
_YES_NO = {"yes": True, "no": False}
_SEPARATORS = re.compile(r"[\s,;|]+")
_FEWEST_DIGITS = 8
_LONGEST_NOTE = 2_000

Known: TypeAlias = Mapping[str, frozenset[str]]
"""The taxonomy's codes by facet."""


class Row(msgspec.Struct, frozen=True):
    """A row that can be used: ``text_hash`` None where the table states none."""

    line: int
    notice_id: str
    relevant: str
    capabilities: tuple[str, ...] | None
    platforms: tuple[str, ...] | None
    target_groups: tuple[str, ...] | None
    overseas_target: bool | None
    text_hash: str | None
    note: str | None


class WrongRow(msgspec.Struct, frozen=True):
    """A row that cannot be used: its line, from 1, and why."""

    line: int
    reason: str


def read_table(text: str, notices: Sequence[str], codes: Known) -> tuple[list[Row], list[WrongRow]]:
    """The rows of a table, in order. ``notices``: the case's notice ids, sorted.

    Raises DecisionError where it is no table of decisions at all.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    right: list[Row] = []
    wrong: list[WrongRow] = []
    try:
        header = next((cells for cells in reader if any(cells)), [])
        places = _places(header)
        seen: dict[str, int] = {}
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            try:
                row = _row(cells, places, reader.line_num, notices, codes)
                if row.notice_id in seen:
                    raise ValueError(f"line {seen[row.notice_id]} decides on this notice already")
                seen[row.notice_id] = row.line
                right.append(row)
            except ValueError as error:
                wrong.append(WrongRow(reader.line_num, str(error)))
    except csv.Error:
        raise DecisionError(
            f"Line {reader.line_num} of the table is no CSV.", "Look for a missing quote."
        ) from None
    return right, wrong


def _places(header: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header]
    places = {name: names.index(name) for name in COLUMNS if name in names}
    if not {"notice_id", "relevant"} <= places.keys():
        raise DecisionError(
            "The first line of the table must name the columns notice_id and relevant.",
            f"Its columns are {', '.join(COLUMNS)}.",
        )
    unknown = sorted({name for name in names if name and name not in COLUMNS})
    if unknown or any(names.count(name) > 1 for name in places):
        raise DecisionError(
            "The table has columns that are not known, or one twice.",
            f"Keep {', '.join(COLUMNS)}, each once.",
        )
    return places


def _row(
    cells: Sequence[str],
    places: Mapping[str, int],
    line: int,
    notices: Sequence[str],
    codes: Known,
) -> Row:
    """One row; raises ValueError with the reason where it cannot be used."""
    if any(cell.strip() for cell in cells[max(places.values()) + 1 :]):
        raise ValueError("more values than columns")
    said = {n: cells[at].strip() if at < len(cells) else "" for n, at in places.items()}
    relevant = said["relevant"].casefold()
    if relevant not in ("yes", "no", "unsure"):
        raise ValueError("relevant is not yes, no or unsure")
    given = {name: _codes(said.get(name, ""), name, codes) for name in _FACETS}
    abroad = said.get("overseas_target", "").casefold()
    if abroad and abroad not in _YES_NO:
        raise ValueError("overseas_target is not yes or no")
    if relevant == "no" and (any(given.values()) or abroad == "yes"):
        raise ValueError("codes are named of a notice that is said not to be relevant")
    note = said.get("note", "")
    if len(note) > _LONGEST_NOTE:
        raise ValueError(f"the note is longer than {_LONGEST_NOTE} characters")
    return Row(
        line=line,
        notice_id=_notice(said["notice_id"].casefold(), notices),
        relevant=relevant,
        overseas_target=_YES_NO.get(abroad),
        text_hash=said.get("text_hash") or None,
        note=note or None,
        **given,
    )


def _codes(written: str, name: str, codes: Known) -> tuple[str, ...] | None:
    if not written:
        return None
    if written.casefold() == "none":
        return ()
    named = [code for code in _SEPARATORS.split(written) if code]
    unknown = [code for code in named if code not in codes[_FACETS[name]]]
    if unknown:
        raise ValueError(f"{name}: there is no code '{unknown[0][:40]}'")
    return tuple(sorted(set(named)))


def _notice(written: str, notices: Sequence[str]) -> str:
    """The notice id that begins with these digits."""
    if len(written) < _FEWEST_DIGITS:
        raise ValueError(f"notice_id needs at least {_FEWEST_DIGITS} digits")
    at = bisect_left(notices, written)
    found = _beginning(notices[at : at + 2], written)
    if len(found) != 1:
        problem = "several notices begin with" if found else "no notice of the case has"
        raise ValueError(f"{problem} this notice_id")
    return found[0]


def _beginning(notices: Iterable[str], digits: str) -> list[str]:
    return [notice for notice in notices if notice.startswith(digits)]
