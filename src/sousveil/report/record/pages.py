"""Which pages of a record are shown at once, and how much of each: an answer stays small."""

from collections.abc import Mapping, Sequence

import msgspec

from sousveil.report.record.load import Text
from sousveil.report.record.passages import Passage, Span, passages, windows
from sousveil.report.record.view import RecordView

MOST_PAGES = 6
"""Pages shown at once: those with the most words that were read, in order."""

MOST_CHARACTERS = 16_000
"""Code points of text shown at once, of all pages together."""

_LEAST = 1_500
"""Code points that each page shown may take, whatever the others do."""


class PageView(msgspec.Struct, frozen=True):
    """A page, or parts of it. ``following`` is the offset where the text goes on after the last
    passage, None where it ends; ``left_out`` code points are not shown."""

    number: int
    pointer: str | None
    obtained: str
    may_have_picture: bool
    passages: tuple[Passage, ...]
    left_out: int
    following: int | None


def chosen(record: RecordView, wanted: int | None) -> tuple[int, ...]:
    """The numbers of the pages to show: the one wanted, else those whose words are the evidence."""
    if wanted is not None:
        return (wanted,) if wanted in record.pages else ()
    counts: dict[int, int] = {}
    for words in record.evidence:
        counts[words.page] = counts.get(words.page, 0) + 1
    ranked = sorted(counts, key=lambda page: (-counts[page], page))[:MOST_PAGES]
    return tuple(sorted(ranked)) or record.pages[:1]


def page_views(
    record: RecordView, texts: Mapping[int, Text], numbers: Sequence[int], start: int = 0
) -> list[PageView]:
    """Pages in the order given, each with its words highlighted. ``start``: where the first begins,
    for reading on in a long one."""
    found: list[PageView] = []
    left = MOST_CHARACTERS
    for place, number in enumerate(number for number in numbers if number in texts):
        after = len(numbers) - place - 1
        page = texts[number]
        spans = [Span(each.id, each.start, each.end) for each in record.on_page(number)]
        most = max(_LEAST, left - after * _LEAST)
        view = _view(page, spans, most, min(start, len(page.text)) if not place else 0)
        left -= sum(passage.end - passage.start for passage in view.passages)
        found.append(view)
    return found


def _view(page: Text, spans: Sequence[Span], most: int, start: int) -> PageView:
    shown = windows(page.text, spans, most, start)
    end = shown[-1][1] if shown else start
    return PageView(
        page.number,
        page.pointer,
        page.obtained,
        page.may_have_picture,
        passages(page.text, spans, shown),
        len(page.text) - sum(last - first for first, last in shown),
        end if end < len(page.text) else None,
    )
