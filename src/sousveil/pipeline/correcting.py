"""Corrections taken up: the rows of notices whose fields people decided on, in a segment's place.

What was extracted stays beside them. A segment that nobody corrected is the same segment, and a
correction that is undone brings the extracted row back: no document is read again.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import msgspec

from sousveil.case.append_only import digest
from sousveil.case.folder import Case
from sousveil.case.manifest import Manifest, Segment
from sousveil.case.own_rates import own_rates
from sousveil.case.own_taxonomy import own_taxonomy
from sousveil.case.segments import Row, as_extracted, read_rows, with_notices
from sousveil.coding.field_rulings import FieldRuling, field_rulings
from sousveil.engine import Codec, Crashed, Limits, Pool
from sousveil.model import NoticeKey
from sousveil.model.field_decision import FieldDecision, FieldName
from sousveil.pipeline.corrector import Corrections, correct_notice
from sousveil.pipeline.page_rows import documents_of
from sousveil.pipeline.reading import warm

_key_decoder = msgspec.json.Decoder(NoticeKey)
_row_decoder = msgspec.msgpack.Decoder(tuple[object, ...])
_CODEC: Codec[Row] = Codec(msgspec.msgpack.encode, _row_decoder.decode)
_Rulings = Mapping[str, dict[FieldName, FieldRuling]]


def corrected_segments(
    case: Case,
    state: Manifest,
    segments: Sequence[Segment],
    decisions: Sequence[FieldDecision],
    workers: int,
    limits: Limits,
) -> list[Segment]:
    """The segments with the fields as people have them. ``state`` is the committed one: what it
    holds of the same corrections is not made again."""
    extracted = [as_extracted(segment) for segment in segments]
    if not decisions:
        return extracted
    shown = {segment.tables["notices"].path: segment for segment in state.segments}
    found = []
    for segment in extracted:
        own = _own(case, segment, decisions)
        name = _name(segment, [d for d in decisions if d.notice_id in own])
        kept = shown.get(f"derived/segments/{name}/notices.parquet")
        if not own:
            found.append(segment)
        elif kept is not None and (case.root / kept.tables["notices"].path).exists():
            found.append(kept)
        else:
            rows = _rows(case, segment, own, workers, limits)
            found.append(with_notices(case.root, segment, name, rows))
    return found


def _name(segment: Segment, decisions: Sequence[FieldDecision]) -> str:
    parts = [segment.id, segment.key, "corrected", digest(decisions)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def _own(case: Case, segment: Segment, decisions: Sequence[FieldDecision]) -> _Rulings:
    """What people say of the notices of a segment."""
    wanted = {decision.notice_id for decision in decisions}
    columns = ("notice_id", "key")
    rows = read_rows(case.root / segment.tables["notices"].path, columns)
    texts = {name: _key_decoder.decode(key).text_hash for name, key in rows if name in wanted}
    return field_rulings(decisions, texts)


def _rows(
    case: Case, segment: Segment, rulings: _Rulings, workers: int, limits: Limits
) -> dict[str, Row]:
    """The corrected rows by notice. One that fails its process stays as it was extracted."""
    pool = Pool(
        correct_notice,
        workers=min(workers, len(rulings)),
        limits=limits,
        initializer=warm,
        arguments=(own_rates(case), own_taxonomy(case)),
        codec=_CODEC,
    )
    with pool:
        return {
            result.item.notice_id: result.result
            for result in pool.run(_items(case, segment, rulings))
            if not isinstance(result, Crashed) and result.result[0] == result.item.notice_id
        }


def _items(case: Case, segment: Segment, rulings: _Rulings) -> Iterator[Corrections]:
    documents = documents_of(case.root / segment.tables["pages"].path)
    columns = ("document_sha256", "notice_id", "pages", "notice", "key")
    rows = read_rows(case.root / segment.tables["notices"].path, columns)
    for sha256, group in groupby(rows, key=itemgetter(0)):
        wanted = [row for row in group if row[1] in rulings]
        if not wanted:
            continue
        pages = next(pages for name, pages in documents if name == sha256)
        for _, name, numbers, notice, key in wanted:
            own = tuple(pages[number] for number in numbers)
            yield Corrections(name, notice, key, own, rulings[name])
