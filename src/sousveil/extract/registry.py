"""The extractors, and the choice among them for the pages of one document."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sousveil.extract.beside import with_names_beside
from sousveil.extract.chinese import EXTRACTOR as CHINESE
from sousveil.extract.eforms import EXTRACTOR as EFORMS
from sousveil.extract.extractor import Extractor
from sousveil.extract.ocds import EXTRACTOR as OCDS
from sousveil.extract.tabular import EXTRACTOR as TABULAR
from sousveil.extract.ted import EXTRACTOR as TED
from sousveil.model import Notice, Page

EXTRACTORS: tuple[Extractor, ...] = (CHINESE, OCDS, EFORMS, TED, TABULAR)
"""Asked in this order; of several that accept, the surest reads."""

ACCEPTED = 0.5
"""The least judgement with which an extractor is believed."""


def extract_notices(
    pages: Iterable[Page], extractors: Sequence[Extractor] = EXTRACTORS
) -> Iterator[Notice]:
    """Notices of one document's pages, none where it is no notice.

    A page with a pointer is a record (of a JSON file or a table) and read by itself, so that a file
    of any length streams; all other pages belong together.
    """
    for is_record, group in groupby(pages, key=lambda page: page.pointer is not None):
        if is_record:
            for page in group:
                yield from _read((page,), extractors)
        else:
            yield from _read(tuple(group), extractors)


def _read(pages: Sequence[Page], extractors: Sequence[Extractor]) -> Iterator[Notice]:
    best: Extractor | None = None
    surest = ACCEPTED
    for extractor in extractors:
        judgement = extractor.accepts(pages)
        if judgement > surest or (judgement == surest and best is None):
            best, surest = extractor, judgement
    if best is not None:
        yield from (with_names_beside(notice, pages) for notice in best.extract(pages))
