"""Rows of CSV text, also where a quotation mark is opened and never closed.

By the rule (RFC 4180) such a cell goes on to the next quotation mark, or to the end of the text:
rows are lost without a word. A row that runs over several lines, is not as wide as the one before,
and whose second line is, by itself, is such a case: its mark is a character like any other.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator


class _Lines:
    """Lines one by one, with those taken since the last row, so that they can be put back."""

    def __init__(self, text: str) -> None:
        self._rest = io.StringIO(text, newline="")
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._rest)
        self.taken.append(line)
        return line

    def put_back_all_but_one(self) -> str:
        """The first line of those taken; the others are given once more."""
        self._again.extendleft(reversed(self.taken[1:]))
        return self.taken[0]


def rows_of_text(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a table. Raises csv.Error where one line by itself is too long a cell."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    width = 0
    while True:
        lines.taken = []
        try:
            row = next(reader, None)
        except csv.Error:
            if len(lines.taken) < 2:
                raise
            row = []
        if row is None:
            return
        if len(row) != width and _is_row(lines.taken[1:2], delimiter, width):
            alone = [lines.put_back_all_but_one()]
            (row,) = csv.reader(alone, delimiter=delimiter, quoting=csv.QUOTE_NONE)
            reader = csv.reader(lines, delimiter=delimiter)
        width = len(row) or width
        yield row


def _is_row(line: list[str], delimiter: str, width: int) -> bool:
    """Whether a line is by itself a row of that width."""
    return width > 1 and any(len(row) == width for row in csv.reader(line, delimiter=delimiter))
