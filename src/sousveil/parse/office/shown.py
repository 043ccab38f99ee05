"""Sends what a reader of an office file would see to the layout; formats differ in names only."""

from collections.abc import Mapping

import msgspec

from sousveil.parse.layout import Layout

_WIDEST = 200


class Names(msgspec.Struct, frozen=True):
    """What a format calls its parts, without namespaces.

    ``worded`` elements hold the text; ``columns`` and ``rows`` are the attributes of a cell that
    say how far it reaches; ``span`` is an element inside a cell that says it instead.
    """

    paragraphs: frozenset[str]
    worded: frozenset[str]
    blanks: frozenset[str]
    breaks: frozenset[str]
    table: str
    row: str
    cell: str
    unseen: frozenset[str] = frozenset()
    columns: str = ""
    rows: str = ""
    span: str = ""


class Shown:
    """Receives the events of an XML part; ``layout`` has what is shown."""

    def __init__(self, names: Names) -> None:
        self.layout = Layout()
        self._names = names
        self._unseen = self._worded = 0
        self._columns = self._rows = 1
        self._cell_waits = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        names = self._names
        if tag in names.unseen or self._unseen:
            self._unseen += 1
            return
        if tag in names.paragraphs:
            self._open_cell()
            self.layout.block()
        elif tag == names.cell:
            self._cell_waits = True
            self._columns = _whole(attributes.get(names.columns))
            self._rows = _whole(attributes.get(names.rows))
        elif tag == names.span:
            self._columns = _whole(attributes.get("val"))
        elif tag in names.blanks:
            self.layout.text(" ")
        elif tag in names.breaks:
            self.layout.line_break()
        elif tag == names.table:
            self._open_cell()
            self.layout.open_table()
        elif tag == names.row:
            self.layout.open_row()
        if tag in names.worded:
            self._worded += 1

    def end(self, tag: str) -> None:
        """An element ends."""
        names = self._names
        if self._unseen:
            self._unseen -= 1
            return
        if tag in names.worded:
            self._worded -= 1
        if tag in names.paragraphs:
            self.layout.block()
        elif tag == names.cell:
            self._open_cell()
            self.layout.close_cell()
        elif tag == names.row:
            self.layout.close_row()
        elif tag == names.table:
            self.layout.close_table()

    def text(self, piece: str) -> None:
        """Characters."""
        if self._worded > 0 and not self._unseen:
            self.layout.text(piece.replace("&", "&amp;"))

    def _open_cell(self) -> None:
        """A cell is opened with its first content: by then its properties have been read."""
        if self._cell_waits:
            self._cell_waits = False
            self.layout.open_cell(self._columns, self._rows)


def _whole(value: str | None) -> int:
    number = int(value) if value and value.isdecimal() and len(value) < 6 else 1
    return max(1, min(number, _WIDEST))
