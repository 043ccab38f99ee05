"""Lines into label and value pairs, table rows and sections: the shape of a notice.

One walk over the lines. A colon, or a line of only a known label, makes a pair; its value is the
rest of the line or the next lines up to the next label or heading. Each pair remembers the section,
the party (whose name, whose address) and the lot it stands in.
"""

import re
from bisect import bisect_right

import msgspec

from sousveil.extract.chinese.bare import (
    HAN_NUMBERED,
    LONGEST_BARE,
    LOT_STARTS,
    NUMBERED,
    SHORT_HEADING,
    bare_line,
    lot_at,
)
from sousveil.extract.chinese.cells import labels_beside, split_cells
from sousveil.extract.chinese.colons import before_number, labels_in, labels_in_brackets
from sousveil.extract.chinese.forms import (
    Label,
    find_label,
    find_party,
    find_section,
)
from sousveil.extract.chinese.run_on import LONG, pieces
from sousveil.extract.chinese.source import Source


class Pair(msgspec.Struct, gc=False):
    """A label at [label_start, label_end) and its value at [start, end) (empty: not stated).

    ``line`` is the line the value starts on. ``how``: line, next, bare, cell, inline or table.
    """

    field: str
    label: Label
    label_start: int
    label_end: int
    start: int
    end: int
    line: int
    section: str
    party: str
    lot: str
    how: str


class Row(msgspec.Struct, gc=False):
    """A table row: its cells' spans by column, the line and section it stands on."""

    line: int
    cells: list[tuple[int, int, int]]
    section: str
    lot: str


class Mark(msgspec.Struct, gc=False):
    """A heading: where its line starts and ends, and the section it opens."""

    start: int
    end: int
    section: str


class Layout(msgspec.Struct, gc=False):
    """All pairs, rows, headings and lines of the text.

    ``stops`` says of each line whether it ends the value before it: 0 no, 1 a label that is not
    known, 2 a known label, a heading or a table row.
    """

    lines: list[tuple[int, int]]
    stops: bytearray
    pairs: list[Pair]
    rows: list[Row]
    marks: list[Mark]


LINE = re.compile(r"\S[^\n]*")
_LOT_NUMBER = re.compile(
    r"(?:第|包|标段|标项)?[\dA-Za-z一二三四五六七八九十]{1,3}(?:包|标段|标项)?"
)
_OF_PARTY = frozenset({"name", "address", "stop"})
_GAP = re.compile(r" +")
_AMOUNTS = frozenset({"budget", "ceiling", "award", "contract_amount", "lot_budget", "lot_ceiling"})
_NEVER_SPACED = frozenset(
    {
        "item_number",
        "lot_number",
        "rank",
        "quantity",
        "name",
        "amount",
        "submission_time",
        "need",
        "stop",
    }
)
_INLINE_PARTY = re.compile(
    r"(?P<buyer>(?:采购人|招标人|采购单位)信息)|(?P<agency>(?:采购)?代理机构信息)|项目联系方式|监督管理部门|财政部门"
)


def lay_out(source: Source) -> Layout:
    """Read the shape of the text once, from its first line to its last."""
    return _Walk(source).run()


class _Walk:
    """The state of one walk over the lines."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.skeleton = source.skeleton
        self.out = Layout([], bytearray(), [], [], [])
        self.section = ""
        self.party = ""
        self.lot = ""
        self.named: set[str] = set()
        self.changes = (-2, 0)
        """The line of the last row of a table of changes, and its number of cells."""
        self.rows_of = source.rows

    def run(self) -> Layout:
        out = self.out
        lines, stops, line = out.lines, out.stops, self._line
        skeleton = self.skeleton
        for match in LINE.finditer(skeleton):
            text = match.group().rstrip()
            start = match.start()
            if "\t" in text or (start and skeleton[start - 1] == "\t"):
                lines.append((start, start + len(text)))
                stops.append(2)
                self._row(len(lines) - 1, skeleton.rfind("\n", 0, start) + 1, match.end())
                continue
            if len(text) <= LONG:
                lines.append((start, start + len(text)))
                stops.append(line(len(lines) - 1, start, start + len(text), text))
                continue
            for first, last in pieces(text):
                piece = text[first:last]
                begin = start + first + len(piece) - len(piece.lstrip())
                piece = piece.strip()
                lines.append((begin, begin + len(piece)))
                stops.append(line(len(lines) - 1, begin, begin + len(piece), piece))
        self._values()
        return out

    def _line(self, number: int, start: int, end: int, text: str) -> int:
        """Read one line: 0 for text, 1 for an unknown label, 2 for a known one or a heading."""
        size = len(text)
        if text[0] in "[【" and self._bracketed(number, start, text):
            return 2
        colon = text.find(":")
        if colon < 0:
            if size <= LONGEST_BARE and self._bare(number, start, end, text):
                return 2
            return 2 if " " in text and size <= 200 and self._spaced(number, start, text) else 0
        first = text[0]
        if (
            size <= 60
            and (colon == size - 1 or first in "一二三四五六七八九十第(")
            and self._headed(start, end, text, colon)
        ):
            label = find_label(text[:colon])
            if label is None and colon == size - 1:
                return 2
        if not self.lot or size < 80:
            self._lot_of(text)
        return self._pairs(number, start, text, colon)

    def _bracketed(self, number: int, start: int, text: str) -> bool:
        """[機關名稱] 桃林縣政府 [標案案號] …: labels in brackets, each with the words behind it."""
        found = labels_in_brackets(text)
        for label, at, end, first, stop in found:
            begins, ends = self.source.trim(start + first, start + stop)
            self._add(number, label, start + at, start + end, min(begins, ends), ends, "line")
        return bool(found)

    def _headed(self, start: int, end: int, text: str, colon: int) -> bool:
        """Whether a line with a colon is a heading (五、评审专家名单：) or names a party."""
        words = text[:colon]
        if colon >= len(text) - 1 or not text[colon + 1 :].strip():
            party = find_party(words)
            if party is not None:
                self._set_party(party)
                return False
        numbered = NUMBERED.match(text)
        if numbered is None:
            return False
        section = find_section(words, True) if len(words) <= SHORT_HEADING else None
        if section is not None and (HAN_NUMBERED.match(text) or colon == len(text) - 1):
            self._open(start, end, section)
            return True
        if HAN_NUMBERED.match(text):
            self.party = self.lot = ""
            if find_label(words) is not None:
                self.section = "project"
        return False

    def _bare(self, number: int, start: int, end: int, text: str) -> bool:
        """A line without a colon: a heading, a party, a label of its own, a lot, or text."""
        found = bare_line(text)
        if found is None:
            return False
        if found.party is not None and (
            found.numbered or self.section == "contact" or "信息" in text
        ):
            self._set_party(found.party)
            return True
        if found.section is not None:
            self._open(start, end, found.section)
            if found.label is not None and not found.numbered:
                self._add(number, found.label, start, end, end, end, "bare")
            return True
        if found.label is not None:
            self._add(number, found.label, start, end, end, end, "bare")
            return True
        if found.lot:
            self.lot = found.lot
            return True
        return False

    def _lot_of(self, text: str) -> None:
        lot = lot_at(text) if text[0] in LOT_STARTS else None
        if lot is not None:
            self.lot = lot[0]

    def _set_party(self, party: str) -> None:
        self.party = party
        self.lot = ""
        if party != "supplier" and self.section in ("other", "attachments"):
            self.section = "contact"

    def _open(self, start: int, end: int, section: str) -> None:
        self.out.marks.append(Mark(start, end, section))
        self.section = section
        self.party = ""
        self.lot = ""

    def _add(
        self, number: int, label: Label, first: int, last: int, start: int, end: int, how: str
    ) -> None:
        if label.field in ("lot_name", "lot_number") and how != "cell":
            self._count_lot(label, start, end)
        lot = label.lot or self.lot
        self.out.pairs.append(
            Pair(
                label.field,
                label,
                first,
                last,
                start,
                end,
                number,
                self.section,
                self.party,
                lot,
                how,
            )
        )

    def _count_lot(self, label: Label, start: int, end: int) -> None:
        """A lot's name or number opens a lot; a name without a number counts on."""
        words = self.skeleton[start:end].strip()
        if label.field == "lot_number":
            if _LOT_NUMBER.fullmatch(words):
                self.lot = words
        elif not self.lot or self.lot in self.named:
            self.lot = str(len(self.named) + 1)
        if label.field == "lot_name":
            self.named.add(self.lot)

    def _pairs(self, number: int, start: int, text: str, colon: int) -> int:
        """All label and value pairs of a line; as ``_line`` whether its beginning is a label."""
        pairs, begins = labels_in(text, colon)
        if len(pairs) > 1:
            self._lot_line([label for label, _, _ in pairs])
        for index, (label, at, colon) in enumerate(pairs):
            stop = pairs[index + 1][1] if index + 1 < len(pairs) else len(text)
            stop = before_number(text, colon, stop)
            how = "inline" if index or at > 12 else "line"
            if how == "inline" and label.field in ("name", "address"):
                self._party_before(text, at)
            last, end = self.source.trim(start + colon + 1, start + stop)
            if last >= end:
                last = end = start + stop
            self._add(number, label, start + at, start + colon, last, end, how)
        if pairs and pairs[0][1] < 12:
            return 2
        return 1 if begins else 0

    def _lot_line(self, labels: list[Label]) -> None:
        """A line that names a lot (标段编号) and its amount is about that lot alone."""
        fields = {label.field for label in labels}
        names = any(
            label.field in ("project_id", "project_name") and label.rank == 3 for label in labels
        )
        if names and fields & _AMOUNTS:
            self.lot = str(len(self.named) + 1)
            self.named.add(self.lot)

    def _spaced(self, number: int, start: int, text: str) -> bool:
        """機關名稱 桃林縣政府: a label and its value with only a space between."""
        gap = _GAP.search(text)
        if gap is None or gap.start() < 2 or gap.start() > 14:
            return False
        label = find_label(text[: gap.start()])
        if label is None:
            return False
        if label.field in _NEVER_SPACED:
            return label.field == "stop" and self.source.traditional
        following = text[gap.end() :].split()[0]
        if find_label(following) is not None or (gap.start() < 4 and not self.source.traditional):
            return False
        first, last = self.source.trim(start + gap.end(), start + len(text))
        self._add(number, label, start, start + gap.start(), first, last, "spaced")
        return True

    def _party_before(self, text: str, at: int) -> None:
        """Whose name an inline 名称 is, where the whole notice stands on one line."""
        named = list(_INLINE_PARTY.finditer(text, 0, at))
        if named:
            found = named[-1]
            self.party = "buyer" if found["buyer"] else "agency" if found["agency"] else "none"

    def _row(self, number: int, start: int, end: int) -> None:
        """A line of table cells: label and value cells side by side, or a row of a table."""
        cells = self.rows_of.get(start) or split_cells(self.skeleton, start, end)
        skeleton = self.skeleton
        row = Row(number, cells, self.section, self.lot)
        labels = [find_label(skeleton[a:b].strip(": ")) if b > a else None for _, a, b in cells]
        if len(cells) > 2 and labels[1] and not labels[2] and labels[1].field in _OF_PARTY:
            party = find_party(skeleton[cells[0][1] : cells[0][2]])
            if party is not None:  # 采购人信息 | 名称 | 某局
                self.party, cells, labels = party, cells[1:], labels[1:]
        beside = labels_beside(labels)
        if any(label is not None and label.field == "new" for label in labels) and not beside:
            self.changes = (number, len(cells))
        elif self.changes == (number - 1, len(cells)):
            # 预算金额 | 200 | 230, below 更正前 | 更正后: no label and its value
            self.changes, beside = (number, len(cells)), []
        if beside:
            for index in beside:
                label = labels[index]
                _, a, b = cells[index]
                _, c, d = cells[index + 1]
                if label is not None:
                    self._add(number, label, a, b, c, d, "cell")
                    if label.field == "stop" and (colon := skeleton.find(":", c, d)) >= 0:
                        self._pairs(number, c, skeleton[c:d], colon - c)
            return
        self.out.rows.append(row)
        if sum(label is not None for label in labels) < 2:
            for _, a, b in cells:
                text = skeleton[a:b]
                colon = text.find(":")
                if 0 < colon < 30:
                    self._pairs(number, a, text, colon)

    def _values(self) -> None:
        """Give pairs with nothing beside them the line below, where it is no label itself."""
        out = self.out
        lines, stops = out.lines, out.stops
        count = len(lines)
        for pair in out.pairs:
            if pair.end > pair.start or pair.how == "cell":
                continue
            line = pair.line + 1
            if line < count and not stops[line]:
                pair.start, pair.end = lines[line]
                pair.line = line
                pair.how = "next" if pair.how != "bare" else "bare"


def line_of(layout: Layout, position: int) -> int:
    """The number of the line that holds a position (the one before, between lines)."""
    return max(0, bisect_right(layout.lines, (position, 1 << 60)) - 1)
