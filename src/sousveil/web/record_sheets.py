"""The pages of a record as they are shown: as text, or as a picture with places of words on it."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from sousveil.case.manifest import Manifest
from sousveil.report.record.load import Text
from sousveil.report.record.pages import PageView
from sousveil.report.record.pictures import PageAt, Pictures
from sousveil.report.record.places import Rect
from sousveil.report.record.view import EvidenceView, RecordView

Look = Literal["", "text", "picture"]
"""What a person wants to see of pages; nothing said: pictures where there are any."""


class Sheet(msgspec.Struct, frozen=True):
    """A page of a record. ``rects`` are places on its picture, ``size`` its width and height;
    ``problem`` says by name why there is no picture where one was to be."""

    view: PageView
    picture: bool
    rects: tuple[Rect, ...] = ()
    size: tuple[int, int] = (0, 0)
    problem: str | None = None

    def anchors(self) -> frozenset[int]:
        """The numbers of the words that can be gone to on this sheet."""
        if self.picture:
            return frozenset(rect.id for rect in self.rects)
        return frozenset(
            number
            for passage in self.view.passages
            for block in passage.blocks
            for row in block.rows
            for cell in row
            for piece in cell
            for number in piece.ids
        )

    def firsts(self) -> list[tuple[Rect, bool]]:
        """The places, each with whether it is the first of its words."""
        seen: set[int] = set()
        found = []
        for rect in self.rects:
            found.append((rect, rect.id not in seen))
            seen.add(rect.id)
        return found


def sheets(
    pictures: Pictures,
    state: Manifest,
    record: RecordView,
    texts: Mapping[int, Text],
    views: Sequence[PageView],
    look: Look,
) -> list[Sheet]:
    """Each page as a picture where that is wanted and nothing personal could be seen on it, else
    as text."""
    return [
        _sheet(pictures, state, record.on_page(view.number), record, texts[view.number], view)
        if view.may_have_picture and look != "text"
        else Sheet(view, picture=False)
        for view in views
    ]


def _sheet(
    pictures: Pictures,
    state: Manifest,
    words: Sequence[EvidenceView],
    record: RecordView,
    text: Text,
    view: PageView,
) -> Sheet:
    at = PageAt(record.document_sha256, view.number, text.text)
    found = pictures.places(state, at, [(each.id, each.start, each.end) for each in words])
    if found is None:
        return Sheet(view, picture=False, problem="not_kept")
    if found.problem:
        return Sheet(view, picture=False, problem=found.problem)
    return Sheet(view, picture=True, rects=found.rects, size=found.size)
