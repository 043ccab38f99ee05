"""Coding a case's notices again with another taxonomy, to see which records would change.

Nothing is written. The notices and the masked texts of their pages are read from the tables, a
document at a time. A change is the difference between the coding that the record keeps and the one
that the rules of this Sousveil give with the other taxonomy.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from sousveil.case.folder import Case
from sousveil.case.segments import read_rows
from sousveil.classify import classify
from sousveil.errors import UsageError
from sousveil.model import Coding, Notice, Page
from sousveil.pipeline.progress import Progress, Silent
from sousveil.reference.taxonomy import Taxonomy

FACETS = ("capability", "platform", "target_group", "function", "data_source")
"""Facets whose codes are compared."""

_PAGE = ("document_sha256", "page", "pointer", "text", "obtained", "media_type")
_NOTICE = ("document_sha256", "notice", "coding")
_BATCH = 200

_notices = msgspec.json.Decoder(Notice)
_codings = msgspec.json.Decoder(Coding)


class Change(msgspec.Struct, frozen=True):
    """A record that would change. Codes are ``facet:code``, sorted."""

    notice_id: str
    name: str | None
    """The project's name or the title as the record has it, persons masked."""
    version: str
    """The taxonomy that the record was coded with."""
    surveillance: tuple[bool, bool]
    """Before and after; so the others."""
    overseas_target: tuple[bool, bool]
    sophistication: tuple[int | None, int | None]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class CodeCount(msgspec.Struct, frozen=True):
    """How many records would gain and lose a code."""

    code: str
    gained: int
    lost: int


class Comparison(msgspec.Struct, frozen=True):
    """What a case would be with another taxonomy. ``versions``: records by the one they keep."""

    taxonomy: str
    versions: dict[str, int]
    notices: int
    changed: int
    surveillance_gained: int
    surveillance_lost: int
    codes: tuple[CodeCount, ...]


def compare(
    case: Case,
    taxonomy: Taxonomy,
    show: Callable[[Change], None],
    progress: Progress | None = None,
) -> Comparison:
    """Code every notice of the committed state again; ``show`` is called for each that changes.

    Raises UsageError where nothing was read yet.
    """
    shown = progress or Silent()
    segments = case.manifest().segments
    total = sum(segment.tables["notices"].rows for segment in segments)
    if not segments:
        raise UsageError("Nothing has been read yet.", f"Run 'sousveil process {case.root}'.")
    shown.start("Coding again", total)
    versions: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    changed = more = fewer = 0
    for segment in segments:
        tables = segment.tables
        for notice, coding, pages in _coded(
            case.root / tables["notices"].path, case.root / tables["pages"].path
        ):
            versions[coding.taxonomy_version] += 1
            change = _change(notice, coding, classify(notice, pages, taxonomy))
            shown.advance()
            if change is None:
                continue
            changed += 1
            more += change.surveillance == (False, True)
            fewer += change.surveillance == (True, False)
            gained.update(change.gained)
            lost.update(change.lost)
            show(change)
    shown.finish()
    return Comparison(
        taxonomy.version,
        dict(sorted(versions.items())),
        total,
        changed,
        more,
        fewer,
        tuple(CodeCount(code, gained[code], lost[code]) for code in sorted({*gained, *lost})),
    )


def _coded(notices: Path, pages: Path) -> Iterator[tuple[Notice, Coding, dict[int, Page]]]:
    """Every notice of a segment with its coding and its pages, a document at a time."""
    documents = groupby(read_rows(pages, _PAGE), key=itemgetter(0))
    present, texts = "", dict[object, tuple[object, ...]]()
    with pq.ParquetFile(notices) as file:
        for batch in file.iter_batches(batch_size=_BATCH, columns=list(_NOTICE)):
            for row in batch.to_pylist():
                while present != row["document_sha256"]:
                    present, rows = next(documents)
                    texts = {values[1]: values for values in rows}
                notice = _notices.decode(row["notice"])
                own = {number: _page(texts[number]) for number in notice.pages}
                yield notice, _codings.decode(row["coding"]), own


def _page(row: tuple[object, ...]) -> Page:
    sha256, number, pointer, text, obtained, media_type = row
    return msgspec.convert(
        {
            "document_sha256": sha256,
            "number": number,
            "text": text,
            "obtained": obtained,
            "media_type": media_type,
            "pointer": pointer,
        },
        Page,
    )


def _change(notice: Notice, before: Coding, after: Coding) -> Change | None:
    codes = _codes(before), _codes(after)
    surveillance = before.surveillance, after.surveillance
    overseas = before.overseas_target, after.overseas_target
    level = before.sophistication, after.sophistication
    if all(a == b for a, b in (codes, surveillance, overseas, level)):
        return None
    name = notice.project_name or notice.title
    return Change(
        notice.notice_id,
        name.value if name else None,
        before.taxonomy_version,
        surveillance,
        overseas,
        level,
        tuple(sorted(codes[1] - codes[0])),
        tuple(sorted(codes[0] - codes[1])),
    )


def _codes(coding: Coding) -> set[str]:
    return {f"{tag.facet}:{tag.code}" for tag in coding.tags if tag.facet in FACETS}
