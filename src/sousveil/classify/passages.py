"""The stretches of a notice's pages that its classification reads, ready for matching.

A passage is one section of a page. Its ``text`` is the plain form in which terms are matched; where
JSON escapes were undone or broken lines joined, ``offsets`` lead back to the page.
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from sousveil.model import Evidence, Notice, Page, Section
from sousveil.reference.lexicon import plain
from sousveil.text.json_escapes import undo_escapes

EXTRACTOR = "rules/1"
ROLES = {"title": 1.0, "name": 1.0, "purpose": 0.85, "body": 0.5}
"""How much a word counts by where it stands. A section that is not named here is not read."""

_BROKEN = re.compile("(?<=[\u3400-\u9fff、，])[ \u3000]*\n?[ \u3000]*(?=[\u3400-\u9fff])")
_LONGEST = 200_000
"""Code points read of one section: a specification, not a dump."""


class Passage(msgspec.Struct, frozen=True):
    """A section, its plain text, and for each of its characters the offset in the page."""

    role: str
    page: Page
    start: int
    text: str
    offsets: tuple[int, ...] | None

    @property
    def last(self) -> int:
        """Where it ends in the page."""
        return self.offsets[-1] if self.offsets else self.start + len(self.text)

    def evidence(self, start: int, end: int, extractor: str = EXTRACTOR) -> Evidence:
        """Where [start, end) of the passage stands in the page, with the quote."""
        if self.offsets is None:
            first, last = self.start + start, self.start + end
        else:
            first, last = self.offsets[start], self.offsets[end - 1] + 1
            if self.offsets[end] > last and "\\" in self.page.text[last - 1 : last]:
                last = self.offsets[end]
        return Evidence(
            self.page.document_sha256,
            self.page.number,
            first,
            last,
            self.page.text[first:last],
            extractor,
        )


def passages(notice: Notice, pages: Mapping[int, Page]) -> Iterator[Passage]:
    """The sections worth reading, boilerplate left out; the whole pages where there are none."""
    for section in notice.sections or _sections(notice, pages):
        page = pages.get(section.page)
        if page is None or section.role not in ROLES or section.end <= section.start:
            continue
        end = min(section.end, section.start + _LONGEST)
        yield _passage(section.role, page, section.start, end)


def _sections(notice: Notice, pages: Mapping[int, Page]) -> Iterator[Section]:
    """Stand-ins for a notice whose extractor gave no sections."""
    if notice.title is not None:
        evidence = notice.title.evidence
        yield Section("title", evidence.page, evidence.start, evidence.end)
    if notice.project_name is not None:
        evidence = notice.project_name.evidence
        yield Section("name", evidence.page, evidence.start, evidence.end)
    for number in notice.pages:
        page = pages.get(number)
        if page is not None:
            yield Section("body", number, 0, len(page.text))


def _passage(role: str, page: Page, start: int, end: int) -> Passage:
    text = page.text[start:end]
    if page.obtained == "record" and "\\" in text:
        undone = undo_escapes(text)
        text, offsets = undone.text, tuple(start + at for at in undone.offsets)
        return Passage(role, page, start, plain(text), offsets)
    if page.obtained in {"text_layer", "ocr"} and _BROKEN.search(text):
        text, offsets = _joined(text, start)
        return Passage(role, page, start, plain(text), offsets)
    return Passage(role, page, start, plain(text), None)


def _joined(text: str, start: int) -> tuple[str, tuple[int, ...]]:
    """Lines that a page's layout broke within Chinese words, joined."""
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in _BROKEN.finditer(text):
        parts.append(text[position : match.start()])
        offsets.extend(range(start + position, start + match.start()))
        position = match.end()
    parts.append(text[position:])
    offsets.extend(range(start + position, start + len(text) + 1))
    return "".join(parts), tuple(offsets)
