"""Find names in rows of tables: behind a label at the row's beginning, or over columns of marks.

A table turned by 90 degrees has 姓名 at the left and a person in each cell beside it; a table of
marks has its evaluators' names for headers. Works on folded text.
"""

import re
from collections.abc import Iterator, Sequence

from sousveil.extract.masking.labels import HEADER
from sousveil.extract.masking.names import likely_name
from sousveil.extract.masking.rosters import word_name
from sousveil.extract.masking.tables import Row, Span, Table

_SIGNED = re.compile(r"(?:专家|评委|评审|评标委员会成员|成员|评审专家)?(?:签名|签字|签章|姓名)")
_MARK = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_OF_MARKS = 2
"""Names over columns of marks that vouch for each other, each of three characters or more."""


def in_rows(text: str, tables: Sequence[Table]) -> list[Span]:
    """Names beside the label of a row, and names that head columns of marks."""
    found: list[Span] = []
    for rows in tables:
        for at, row in enumerate(rows):
            found += _behind_label(text, row)
            if at + 1 < len(rows):
                found += _over_marks(text, row, rows[at + 1])
    return found


def _behind_label(text: str, row: Row) -> list[Span]:
    """The cells behind a label in the row's first cell, two of which are likely names."""
    ordered = [row[column] for column in sorted(row)]
    if len(ordered) < 3 or not _is_label(_joined(text, ordered[0])):
        return []
    values = ordered[1:]
    if sum(likely_name(_joined(text, span)) for span in values) < 2:
        return []
    return [name for start, end in values for name in word_name(text, start, end)]


def _is_label(word: str) -> bool:
    return HEADER.fullmatch(word) is not None or _SIGNED.fullmatch(word) is not None


def _over_marks(text: str, row: Row, below: Row) -> Iterator[Span]:
    """Likely names under each of which stands a mark."""
    named = [
        span
        for column, span in row.items()
        if len(name := _joined(text, span)) > 2
        and likely_name(name)
        and column in below
        and _MARK.fullmatch(_joined(text, below[column]))
    ]
    if len(named) >= _OF_MARKS:
        for start, end in named:
            yield from word_name(text, start, end)


def _joined(text: str, span: Span) -> str:
    return "".join(text[span[0] : span[1]].split())
