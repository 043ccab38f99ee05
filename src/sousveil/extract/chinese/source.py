"""The text a notice is read from: pages joined, with a copy of equal length for matching."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from sousveil.model import Evidence, Page
from sousveil.text.scripts import to_simplified

MOST_CHARACTERS = 200_000
"""What of a page is read for fields: no notice is longer; a book in one file must not cost more."""

NAME = "cn_forms"
VERSION = "2"
_STAMP = f"{NAME}/{VERSION}"

_TRADITIONAL = re.compile(
    "[標機關決採購預額項稱單發佈號課應請開設備務數與無為準據實際區縣長廠報價錄]"
)
_HONG_KONG = re.compile(r"香港|截標日期|承投|政府物流服務署|港幣|HK\$")
_GHOSTS = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_GHOST = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．／％－]")
# What never changes a match, replaced one for one so that offsets stay.
_REPLACED = (
    ("：", ":"),
    ("﹕", ":"),
    ("（", "("),
    ("）", ")"),
    ("\u3000", " "),
    ("\xa0", " "),
    ("\u2003", " "),
    ("\u2002", " "),
    ("\r", " "),
    ("\f", " "),
)


def skeleton_of(text: str) -> str:
    """A copy of the same length: ASCII brackets, colons and digits, plain spaces, Simplified."""
    for old, new in _REPLACED:
        if old in text:
            text = text.replace(old, new)
    if _WIDE.search(text):
        text = _WIDE.sub(lambda match: chr(ord(match.group()) - 0xFEE0), text)
    if _TRADITIONAL.search(text):
        text = to_simplified(text)
    return text


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional script (Taiwan, Hong Kong, Macao)."""
    return len(_TRADITIONAL.findall(text, 0, 3000)) * 40 > min(len(text), 3000)


def without_ghosts(text: str) -> tuple[str, list[int] | None]:
    """The text without zero-width characters, and where each character left stood."""
    if _GHOST.search(text) is None:
        return text, None
    origin = [i for i, char in enumerate(text) if char not in _GHOSTS]
    kept = "".join([text[i] for i in origin])
    origin.append(len(text))
    return kept, origin


class Source:
    """Pages read together. Positions are code points of ``text``: the pages joined by newlines.

    Zero-width characters are left out of it, for they stand in the middle of numbers and labels;
    evidence is given in the page's own code points all the same.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = tuple(pages)
        self.bases: list[int] = []
        self._origins: list[list[int] | None] = []
        texts: list[str] = []
        position = 0
        for page in pages:
            text, origin = without_ghosts(page.text[:MOST_CHARACTERS])
            self.bases.append(position)
            self._origins.append(origin)
            texts.append(text)
            position += len(text) + 1
        self.text = "\n".join(texts)
        self.ends = [base + len(text) for base, text in zip(self.bases, texts, strict=True)]
        self.skeleton = skeleton_of(self.text)
        self.paged = pages[0].obtained in ("text_layer", "ocr")
        self.traditional = self.text is not self.skeleton and is_traditional(self.text)
        self.hong_kong = self.traditional and _HONG_KONG.search(self.text) is not None

    def index(self, position: int) -> int:
        """Which of the pages holds a position."""
        return bisect_right(self.bases, position) - 1 if len(self.bases) > 1 else 0

    def on_page(self, start: int, end: int) -> tuple[Page, int, int]:
        """The page that a span begins on and its code points there, cut at the page's end."""
        number = self.index(start)
        base, origin = self.bases[number], self._origins[number]
        first, last = start - base, max(start, min(end, self.ends[number])) - base
        if origin is not None:
            first, last = origin[first], origin[last - 1] + 1 if last > first else origin[first]
        return self.pages[number], first, last

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a span; what reaches into the next page is cut at the page's end."""
        page, first, last = self.on_page(start, end)
        return Evidence(
            page.document_sha256, page.number, first, last, page.text[first:last], _STAMP
        )

    def span(self, evidence: Evidence) -> tuple[int, int]:
        """Where an evidence of this source stands in ``text``."""
        number = next(i for i, page in enumerate(self.pages) if page.number == evidence.page)
        base, origin = self.bases[number], self._origins[number]
        if origin is None:
            return base + evidence.start, base + evidence.end
        return base + bisect_left(origin, evidence.start), base + bisect_left(origin, evidence.end)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The span without white space and separators at its ends."""
        skeleton = self.skeleton
        while start < end and skeleton[start] in " \t\n;,，；、:。":
            start += 1
        while end > start and skeleton[end - 1] in " \t\n;,，；、:。":
            end -= 1
        return start, end

    @cached_property
    def rows(self) -> dict[int, list[tuple[int, int, int]]]:
        """Cells of each table row on one line: column and span, by where the line starts."""
        rows: dict[int, list[tuple[int, int, int]]] = {}
        skeleton = self.skeleton
        for base, page, origin in zip(self.bases, self.pages, self._origins, strict=True):
            if not page.cells:
                continue
            by_row: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
            for cell in page.cells:
                start, end = cell.start, cell.end
                if origin is not None:
                    start, end = bisect_left(origin, start), bisect_left(origin, end)
                span = (cell.column, base + start, base + end)
                by_row.setdefault((cell.table, cell.row), []).append(span)
            for cells in by_row.values():
                start, end = cells[0][1], cells[-1][2]
                if len(cells) > 1 and skeleton.find("\n", start, end) < 0:
                    rows[skeleton.rfind("\n", 0, start) + 1] = cells
        return rows
