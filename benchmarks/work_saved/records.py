"""The labelled records as the product reads them, and the collections that are drawn of them."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.accuracy_case import sousveil
from benchmarks.classification.records import Labelled, made, real
from benchmarks.classify_speed import items
from benchmarks.general_model import first_scores
from sousveil.case.database import connect, text_hashes
from sousveil.case.folder import Case
from sousveil.classify.calibration import probability
from sousveil.classify.features import SPACE, Features, features, log_odds
from sousveil.classify.passages import Passage, passages
from sousveil.pipeline.learning import head
from sousveil.pipeline.page_rows import coding_decoder


class Record(msgspec.Struct, frozen=True):
    """A labelled record that words can tell.

    ``title`` and ``text`` are what the rules read of it, and all that the peer is given. ``row`` is
    what the case's own model reads, ``bare`` the same without anything that the rules said;
    ``score`` is the queue's before any decision.
    """

    id: str
    part: str
    sealed: bool
    language: str
    relevant: bool
    title: str
    text: str
    row: Features
    bare: Features
    score: float
    keys: tuple[str, ...]


def records(data: Path) -> Iterator[Record]:
    """The real and written records of ``data``, reviewed as a user would."""
    with tempfile.TemporaryDirectory() as name:
        folder, case = Path(name) / "records", Path(name) / "case"
        folder.mkdir()
        labels = [label for label in made(folder, data) if label.part != "pairs"]
        kept = {label.source for label in labels}
        for path in folder.iterdir():
            if path.name not in kept:
                path.unlink()
        labels += real()
        given = {label.source for label in labels if label.sha256}
        sources = [str(data / source) for source in sorted(given)]
        sousveil("review", str(folder), *sources, "--case", str(case), "--quiet")
        yield from _read(case, labels)


def _read(case: Path, labels: Sequence[Labelled]) -> Iterator[Record]:
    with connect(Case.open(case)) as connection:
        said = {
            row[0]: row[1:]
            for row in connection.execute(
                "SELECT notice_id, source_path, project_key, coding FROM notices"
            ).fetchall()
        }
    texts = text_hashes(Case.open(case))
    first = first_scores()
    by_place = {}
    for notice, pages in items(case):
        source, project, coding = said[notice.notice_id]
        text = texts[notice.notice_id]
        for page in notice.pages:
            found = notice, pages, coding, (f"project {project}", f"text {text}")
            by_place[notice.document_sha256, page] = found
            by_place[Path(source).name, page] = found
    for label in labels:
        place = by_place.get((label.sha256 or label.source, label.page))
        if place is None or label.surveillance is None:
            continue
        notice, pages, coding_json, keys = place
        read = list(passages(notice, pages))
        coding = coding_decoder.decode(coding_json)
        row = features(read, coding)
        record = Record(
            f"{label.part} {label.id}",
            label.part,
            label.sealed,
            label.language,
            label.surveillance,
            _joined(read, ("title", "name")),
            _joined(read, ("purpose", "body")),
            row,
            _bare(row),
            coding.surveillance_score,
            (*keys, *head(read)),
        )
        yield record
        if label.part == "written" and label.id in first:
            yield _at_first_sight(record, probability(first[label.id]))


def _at_first_sight(record: Record, score: float) -> Record:
    """The record as it was before anybody had mended the rules by it. Of what they found then only
    the score is known, and the general model, which learned from it since, says nothing."""
    bare = record.bare
    row = Features(bare.columns, bare.values, log_odds(score))
    return msgspec.structs.replace(record, part="first sight", score=score, row=row)


def _joined(read: Sequence[Passage], roles: tuple[str, ...]) -> str:
    """The passages of these roles, each text once."""
    return " ".join(dict.fromkeys(p.text for p in read if p.role in roles))


def _bare(row: Features) -> Features:
    """The n-grams alone, and even odds."""
    kept = int(np.searchsorted(row.columns, SPACE))
    return Features(row.columns[:kept], row.values[:kept], 0.0)


class Collection(msgspec.Struct, frozen=True):
    """A collection: which part it is drawn of, and how. ``size`` 0: all of it, whatever the
    ``share`` of relevant ones. ``closely``: also measured by what takes long."""

    name: str
    part: str
    sealed_only: bool = False
    size: int = 0
    share: float = 0.0
    language: str = ""
    closely: bool = False

    def drawn(self, every: Sequence[Record], seed: int) -> list[Record]:
        """The records of this seed, in its order."""
        rng = random.Random(f"{self.name} {seed}")
        pool = sorted(
            (record for record in every if self._holds(record)), key=lambda record: record.id
        )
        if self.size:
            relevant = round(self.share * self.size)
            pool = [
                *rng.sample([r for r in pool if r.relevant], relevant),
                *rng.sample([r for r in pool if not r.relevant], self.size - relevant),
            ]
        rng.shuffle(pool)
        return pool

    def _holds(self, record: Record) -> bool:
        return (
            record.part == self.part
            and (record.sealed or not self.sealed_only)
            and self.language in ("", record.language)
        )


COLLECTIONS = (
    Collection("real", "real", closely=True),
    Collection("written", "written"),
    Collection("written, 10 %", "written", size=500, share=0.1, closely=True),
    Collection("written, 3 %", "written", size=1000, share=0.03, closely=True),
    Collection("English", "written", language="en", closely=True),
    Collection("first sight", "first sight"),
    Collection("first sight, 10 %", "first sight", size=400, share=0.1, closely=True),
    Collection("sealed", "written", sealed_only=True),
    Collection("sealed, 10 %", "written", sealed_only=True, size=240, share=0.1, closely=True),
)
