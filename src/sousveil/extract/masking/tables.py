"""Find names in table columns whose header asks for persons, in cells or in lines of text."""

import re
from collections.abc import Iterator, Sequence

from sousveil.extract.masking.labels import HEADER, PARTY_HEADER
from sousveil.extract.masking.names import HAN, likely_name, surnamed, without_title
from sousveil.extract.masking.reading import bare_person, cell_names
from sousveil.extract.masking.rosters import word_name
from sousveil.model import Cell

Span = tuple[int, int]
Row = dict[int, Span]
Table = list[Row]

_HEADER_LINE = re.compile(
    r"姓\s{0,4}名|联\s{0,4}系\s{0,4}人|负责人|经办人|代表|专家|评委|成员|项目经理|建造师"
    r"|总监|经营者|供应商|投标人|中标人|成交人|候选人"
)
_WORDS = re.compile(r"[^\s]+")
_CELL = re.compile(r"[^\t]+")
_NO_LINE_END = re.compile(r"[^\n]")


def in_tables(text: str, tables: Sequence[Table]) -> tuple[list[Span], list[Span]]:
    """Names in columns of persons; second, persons in columns of suppliers."""
    persons: list[Span] = []
    parties: list[Span] = []
    for rows in tables:
        columns: dict[int, bool] = {}
        vouched: set[int] = set()  # columns in which a name was found
        for row in rows:
            headers = _headers(text, row)
            if headers and not _goes_on(text, row, columns, headers):
                columns = headers
                continue
            for column, is_party in columns.items():
                span = row.get(column)
                if span is None:
                    continue
                if is_party:
                    party = bare_person(text, _skip(text, span[0]))
                    if party and party[1] <= span[1]:
                        parties.append(party)
                    continue
                names = cell_names(text, *span)
                if not names and column in vouched:
                    names = word_name(text, *span)
                elif names:
                    vouched.add(column)
                persons += names
    return persons, parties


def tables_of(text: str, cells: Sequence[Cell]) -> list[Table]:
    """Tables as rows of [start, end) by column: those of cells, then those of lines outside them
    that begin with a header of persons.

    ``cells`` hold offsets into ``text``; outside of them, lines with tabs (or blanks under a header
    that names persons) are read as rows.
    """
    return [*cell_tables(cells), *_line_tables(_outside(text, cells))]


def _goes_on(text: str, row: Row, columns: dict[int, bool], headers: dict[int, bool]) -> bool:
    """Whether a row below a header is data, though a remark (采购人代表) looks like a header."""
    if columns.keys() & headers.keys():
        return False
    spans = [row[column] for column, is_party in columns.items() if column in row and not is_party]
    return any(surnamed("".join(text[start:end].split())) for start, end in spans)


def _headers(text: str, row: Row) -> dict[int, bool]:
    """Columns of persons (False) and of parties (True) if the row is a header."""
    found: dict[int, bool] = {}
    if len(row) < 2:
        return found
    for column, (start, end) in row.items():
        if end - start > 30:
            return {}
        title = "".join(text[start:end].split())
        if HEADER.fullmatch(title):
            found[column] = False
        elif PARTY_HEADER.fullmatch(title):
            found[column] = True
    # A row "联系人 | 张三 | 电话 | 138…" is a label with its value, not a header.
    neighbours = [text[s:e].strip() for c, (s, e) in row.items() if c - 1 in found]
    if any(_looks_like_value(value) for value in neighbours):
        return {}
    return found


def _looks_like_value(value: str) -> bool:
    joined = "".join(re.split(r"[、,;/]", value)[0].split())
    return (
        likely_name(joined)
        or without_title(joined) is not None
        or bool(re.match(r"[\d+]{5}|〔", joined))
    )


def cell_tables(cells: Sequence[Cell]) -> Iterator[Table]:
    """The rows of each table of cells."""
    tables: dict[int, dict[int, Row]] = {}
    for cell in cells:
        tables.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.column] = (
            cell.start,
            cell.end,
        )
    for rows in tables.values():
        yield [rows[number] for number in sorted(rows)]


def _outside(text: str, cells: Sequence[Cell]) -> str:
    """The text with blanks in the place of its cells."""
    if not cells:
        return text
    parts: list[str] = []
    at = 0
    for start, end in sorted((cell.start, cell.end) for cell in cells):
        start = max(start, at)
        if start < end:
            inside = text[start:end]
            blank = _NO_LINE_END.sub(" ", inside) if "\n" in inside else " " * len(inside)
            parts += text[at:start], blank
            at = end
    parts.append(text[at:])
    return "".join(parts).replace("\t", " ")


def _line_tables(text: str) -> Iterator[list[Row]]:
    """Runs of lines with the same separator, begun by a line that has a header of ours in it."""
    rows: list[Row] = []
    cell = _CELL
    position = 0
    for line in text.split("\n"):
        start, position = position, position + len(line) + 1
        tabbed = "\t" in line
        if rows and not tabbed and (cell is _CELL or len(rows) > 60):
            yield rows
            rows = []
        if not rows:
            if len(line) > 200 or not _HEADER_LINE.search(line):
                continue
            cell = _CELL if tabbed else _WORDS
            if not tabbed and not _is_plain_header(line):
                continue
        row = _row(line, start, cell, tabbed)
        if rows and cell is _WORDS and (len(row) < 2 or ":" in line):
            yield rows
            rows = []
            continue
        rows.append(row)
    if rows:
        yield rows


def _is_plain_header(line: str) -> bool:
    """Whether a line without tabs can be a header: short words, no colon, no digits."""
    words = line.split()
    return (
        2 <= len(words) <= 10
        and all(len(word) <= 10 and re.fullmatch(f"[{HAN}()/]+", word) for word in words)
        and any(HEADER.fullmatch(word) for word in words)
    )


def _row(line: str, start: int, cell: re.Pattern[str], tabbed: bool) -> Row:
    if not tabbed:
        return {i: (start + m.start(), start + m.end()) for i, m in enumerate(cell.finditer(line))}
    row: Row = {}
    position = start
    for column, part in enumerate(line.split("\t")):
        row[column] = (position, position + len(part))
        position += len(part) + 1
    return row


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \n":
        start += 1
    return start
