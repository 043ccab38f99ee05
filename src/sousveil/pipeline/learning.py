"""Coding a case again by its decisions: the model learned from them, and what coders say.

The rules' codings stand in the segments and are never changed. What a model or a coder says in
their place goes into tables of its own, which follow from the segments, the decisions and the
versions alone: a new decision reads no document again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import msgspec

from sousveil.case import rows, tables
from sousveil.case.folder import Case
from sousveil.case.manifest import Corpus, Segment
from sousveil.case.segments import Row, read_rows, write_corpus
from sousveil.classify.features import Features, features
from sousveil.classify.model import Learned
from sousveil.classify.passages import Passage, passages
from sousveil.classify.recode import Verdict
from sousveil.coding import Ruling, rulings
from sousveil.engine import Codec, Crashed, Limits, Pool
from sousveil.model import Decision, NoticeKey
from sousveil.model.learning import Learning
from sousveil.pipeline.in_order import in_order
from sousveil.pipeline.page_rows import coding_decoder, documents_of, notice_decoder, pages_of
from sousveil.pipeline.progress import Progress
from sousveil.pipeline.recoder import Piece, code_again, warm

_TOGETHER = 100
"""Notices that go to a worker at once."""
_HEADS = frozenset({"title", "name", "purpose"})
_FAILED = "coding_failed"
_rows_decoder = msgspec.msgpack.Decoder(list[tuple[object, ...]])
_CODEC: Codec[list[Row]] = Codec(msgspec.msgpack.encode, _rows_decoder.decode)


class Recoding(msgspec.Struct, frozen=True):
    """What is to be coded by, and with how many processes of which limits. ``taxonomy``: the
    texts of the case's own, none for the shipped one."""

    decisions: Sequence[Decision]
    taxonomy: Mapping[str, str]
    workers: int
    limits: Limits


def recoded(
    case: Case,
    key: str,
    segments: Sequence[Segment],
    by: Recoding,
    notices: Mapping[str, NoticeKey],
    projects: Mapping[str, str],
    shown: Progress,
) -> Corpus:
    """Writes ``codings`` and ``learning``. ``notices`` and ``projects`` (keys) are of the notices
    decided on."""
    if not by.decisions:
        return write_corpus(case.root, key, {"codings": (), "learning": ()})
    shown.start("Learning from decisions", None)
    found = rulings(by.decisions, {name: notice.text_hash for name, notice in notices.items()})
    keys = {
        name: (f"project {projects[name]}", f"text {notices[name].text_hash}") for name in found
    }
    learned, told = _learn(case, segments, found, keys, len(by.decisions))
    shown.finish()
    shown.start("Coding again", None)
    again = _codings(case, segments, found, learned, by, shown)
    learning: Row = (msgspec.json.encode(told).decode(),)
    written = write_corpus(case.root, key, {"codings": again, "learning": [learning]})
    shown.finish()
    return written


def learn_from(
    case: Case,
    found: Mapping[str, Ruling],
    keys: Mapping[str, tuple[str, ...]],
    decisions: int,
) -> tuple[Learned | None, Learning]:
    """Learn from what was decided in the committed state of a case. ``keys`` say of each notice
    which others are the same purchase; ``decisions`` is how many stand behind ``found``."""
    return _learn(case, case.manifest().segments, found, keys, decisions)


def _learn(
    case: Case,
    segments: Sequence[Segment],
    found: Mapping[str, Ruling],
    keys: Mapping[str, tuple[str, ...]],
    decisions: int,
) -> tuple[Learned | None, Learning]:
    """Learn from what was decided, where there is enough of it."""
    from sousveil.classify import training  # heavy: only a case with decisions should wait for it

    decided = {name: ruling for name, ruling in found.items() if ruling.decided}
    sure = {name: decided[name] for name in training.chosen(decided)}
    examples = [
        training.Example(
            one.notice_id,
            one.row,
            sure[one.notice_id].verdict == "yes",
            (*keys[one.notice_id], *one.heads),
            sure[one.notice_id].capabilities,
        )
        for one in featured(case, segments, sure)
    ]
    return training.learn(examples, decisions, len(found) - len(sure))


class Featured(msgspec.Struct, frozen=True):
    """What a model is told of a notice, and the heads by which it is known to be alike others."""

    notice_id: str
    row: Features
    heads: tuple[str, ...]


def featured(
    case: Case, segments: Sequence[Segment], wanted: Collection[str]
) -> Iterator[Featured]:
    """These notices as a model sees them, in the order of the segments."""
    for piece in _pieces(case, segments, dict.fromkeys(wanted, Verdict(None))):
        pages = pages_of(piece.pages)
        for notice_json, coding_json in piece.notices:
            notice = notice_decoder.decode(notice_json)
            read = list(passages(notice, pages))
            row = features(read, coding_decoder.decode(coding_json))
            yield Featured(notice.notice_id, row, tuple(head(read)))


def head(read: Sequence[Passage]) -> Iterator[str]:
    """The letters of title, name and purpose: what differs by a number or a mark alone is alike."""
    words = "".join(p.text for p in read if p.role in _HEADS)
    bare = "".join(char for char in words if char.isalpha())
    if bare:
        yield f"head {bare}"


def _codings(
    case: Case,
    segments: Sequence[Segment],
    found: Mapping[str, Ruling],
    learned: Learned | None,
    by: Recoding,
    shown: Progress,
) -> Iterator[Row]:
    """Rows of ``codings`` in the order of the segments' notices: of all where a model is in use,
    else of those decided on."""
    verdicts = {name: _verdict(ruling) for name, ruling in found.items()}
    model = msgspec.json.encode(learned) if learned else b""
    pool = Pool(
        code_again,
        workers=by.workers,
        limits=by.limits,
        initializer=warm,
        arguments=(model, by.taxonomy),
        codec=_CODEC,
    )
    pieces = _pieces(case, segments, verdicts, every=learned is not None)
    with pool:
        yield from in_order(_coded(pool, pieces, shown))


def _coded(
    pool: Pool[Piece, list[Row]], pieces: Iterable[Piece], shown: Progress
) -> Iterator[tuple[int, list[Row]]]:
    """The rows of each piece, as they come; last those of pieces that failed."""
    crashed: list[Piece] = []
    for result in pool.run(pieces):
        if isinstance(result, Crashed) or not _answers(result.item, result.result):
            crashed.append(result.item)
            continue
        shown.advance(len(result.item.notices))
        yield result.item.number, result.result
    for piece in crashed:
        yield piece.number, _one_by_one(pool, piece)


def _one_by_one(pool: Pool[Piece, list[Row]], piece: Piece) -> list[Row]:
    """The rows of a piece that failed: the rules' own for the notice that made it fail."""
    alone = [
        Piece(at, (name,), (columns,), piece.pages, piece.verdicts)
        for at, (name, columns) in enumerate(zip(piece.ids, piece.notices, strict=True))
    ]
    found: dict[int, list[Row]] = {}
    for result in pool.run(alone):
        item = result.item
        told = None if isinstance(result, Crashed) else result.result
        found[item.number] = told if told and _answers(item, told) else _as_it_was(item)
    return [row for at in sorted(found) for row in found[at]]


def _answers(piece: Piece, found: Sequence[Row]) -> bool:
    """Whether rows are of the notices asked about: a child that a document took over could
    otherwise write in another's place."""
    width = len(tables.CODINGS)
    return tuple(row[0] for row in found if len(row) == width) == piece.ids


def _as_it_was(piece: Piece) -> list[Row]:
    notice_json, coding_json = piece.notices[0]
    notice, coding = notice_decoder.decode(notice_json), coding_decoder.decode(coding_json)
    marked = msgspec.structs.replace(coding, review=(*coding.review, _FAILED))
    return [rows.coding_row(notice, marked, pages_of(piece.pages))]


def _verdict(ruling: Ruling) -> Verdict:
    if not ruling.decided:
        return Verdict(None, review=ruling.review)
    return Verdict(
        ruling.verdict == "yes",
        ruling.capabilities,
        ruling.platforms,
        ruling.target_groups,
        ruling.overseas_target,
        ruling.review,
    )


def _pieces(
    case: Case,
    segments: Sequence[Segment],
    verdicts: Mapping[str, Verdict],
    *,
    every: bool = False,
) -> Iterator[Piece]:
    """Notices with the pages they stand on, some at a time, in the order of the segments; those of
    ``verdicts`` alone where not ``every`` one is wanted."""
    number = 0
    for segment in segments:
        documents = documents_of(case.root / segment.tables["pages"].path)
        columns = ("document_sha256", "notice_id", "pages", "notice", "coding")
        found = read_rows(case.root / segment.tables["notices"].path, columns)
        for sha256, group in groupby(found, key=itemgetter(0)):
            wanted = [row for row in group if every or row[1] in verdicts]
            if not wanted:
                continue
            pages = next(pages for name, pages in documents if name == sha256)
            for start in range(0, len(wanted), _TOGETHER):
                some = wanted[start : start + _TOGETHER]
                numbers = sorted({page for row in some for page in row[2]})
                yield Piece(
                    number,
                    tuple(str(name) for _, name, *_ in some),
                    tuple((notice, coding) for *_, notice, coding in some),
                    tuple(pages[page] for page in numbers),
                    {name: verdicts[name] for _, name, *_ in some if name in verdicts},
                )
                number += 1
