"""The general model: trained on open written records, and measured on writers it has not read.

    python -m benchmarks.general_model [--write]

Every open written record goes through the product to the passages that rules read. Writers are left
out one by one: the margins of each writer's records come from models of the others'. With what
rules found in records before they were mended by them (``first_sight.jsonl``) these make the
numbers that add the two voices. Printed: precision and recall of the rules alone and of both, on
first sight, each writer by the others' numbers. ``--write`` makes
src/sousveil/classify/general.npz of all open records; sealed records are never read.
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from benchmarks.accuracy import REPOSITORY
from benchmarks.accuracy_case import sousveil
from benchmarks.classification.records import LABELS, file_name, notice, rows
from benchmarks.classify_speed import items
from sousveil.classify.general import (
    OVERSEAS,
    SURVEILLANCE,
    Frozen,
    General,
    Opinion,
    on_capability,
    on_surveillance,
    packed,
    row,
    slots,
    without_places,
)
from sousveil.classify.passages import Passage, passages
from sousveil.classify.voices import Heard, hear
from sousveil.measure import Score
from sousveil.model import Tag
from sousveil.reference.taxonomy import load_taxonomy

MODEL = REPOSITORY / "src/sousveil/classify/general.npz"
FIRST_SIGHT = LABELS / "first_sight.jsonl"
_C = 30.0
"""Inverse strength of the pull towards 0; from 10 to 100 it made no difference."""
_RARE = 3
"""Records from which an n-gram is known."""
_BYTES = 127

Floats = npt.NDArray[np.float64]


class Record(msgspec.Struct, frozen=True):
    """An open written record: its labels, its n-grams, its passages."""

    id: str
    surveillance: bool
    overseas: bool
    capabilities: frozenset[str]
    columns: npt.NDArray[np.uint32]
    unnamed: npt.NDArray[np.uint32]
    """Its n-grams without the names of platforms and places."""
    read: Sequence[Passage]

    @property
    def writer(self) -> str:
        """The letter of the writer's records."""
        return self.id[0]

    def is_a(self, name: str) -> bool:
        """What the function of this name should say."""
        if name == SURVEILLANCE:
            return self.surveillance
        return self.overseas if name == OVERSEAS else name in self.capabilities


class Found(msgspec.Struct, frozen=True):
    """What the rules found in a record at first sight. ``overseas`` None: not noted then."""

    tags: tuple[Tag, ...]
    overseas: bool | None

    @property
    def named(self) -> frozenset[str]:
        """The capabilities that they named."""
        return frozenset(t.code for t in self.tags if t.facet == "capability")


def records() -> Iterator[Record]:
    """The open written records that words can tell, as the product reads them."""
    ours = [row for row in rows(LABELS / "written.jsonl") if not row["sealed"]]
    with tempfile.TemporaryDirectory() as name:
        folder, case = Path(name) / "records", Path(name) / "case"
        folder.mkdir()
        known = {}
        for number, written in enumerate(ours):
            path = folder / file_name("written", number, written)
            path.write_text(notice(written), encoding="utf-8")
            known[hashlib.sha256(path.read_bytes()).hexdigest()] = written
        sousveil("review", str(folder), "--case", str(case), "--quiet")
        for found, pages in items(case):
            said = known[found.document_sha256]
            if said["surveillance"] != "unsure":
                yield _record(said, list(passages(found, pages)))


def _record(said: Mapping[str, Any], read: list[Passage]) -> Record:
    return Record(
        said["id"],
        said["surveillance"] == "yes",
        bool(said["overseas"]),
        frozenset(said["capabilities"]),
        row(read),
        row(without_places(read, load_taxonomy())),
        read,
    )


def first_sight() -> dict[str, Found]:
    """What the rules found in each record when they first met it."""
    return {
        line["id"]: Found(
            tuple(
                Tag("capability" if code in line["named"] else "candidate", code, score, ())
                for code, score in line["capabilities"].items()
            ),
            line.get("overseas_target"),
        )
        for line in rows(FIRST_SIGHT)
    }


def first_scores() -> dict[str, float]:
    """The rules' best score of each record when they first met it."""
    return {
        key: max((t.score for t in found.tags), default=0.0) for key, found in first_sight().items()
    }


def trained(some: Sequence[Record]) -> Frozen:
    """The linear functions of these records, without voices."""
    every = np.concatenate([record.columns for record in some])
    columns, counts = np.unique(every, return_counts=True)
    often = np.argsort(-counts, kind="stable")
    own = often[np.unique(slots(columns[often]), return_index=True)[1]]
    kept = np.sort(own[counts[own] >= _RARE])
    columns, counts = columns[kept], counts[kept]
    idf = np.log((1 + len(some)) / (1 + counts)) + 1
    whole = _matrix([record.columns for record in some], columns, idf)
    unnamed = _matrix([record.unnamed for record in some], columns, idf)
    names = (SURVEILLANCE, OVERSEAS, *sorted(frozenset().union(*(r.capabilities for r in some))))
    weights, intercepts = [], []
    for name in names:
        fit = LogisticRegression(
            C=_C, solver="liblinear", dual=True, class_weight="balanced", max_iter=1_000,
            random_state=0,
        )  # fmt: skip
        fit.fit(unnamed if name == OVERSEAS else whole, [record.is_a(name) for record in some])
        weights.append(fit.coef_[0])
        intercepts.append(float(fit.intercept_[0]))
    stacked = np.stack(weights)
    steps = np.abs(stacked).max(axis=1) / _BYTES
    return Frozen(
        columns,
        idf.astype(np.float32),
        names,
        np.rint(stacked / steps[:, None]).astype(np.int8),
        steps.round(8),
        np.array(intercepts).round(6),
        {},
    )


def _matrix(
    some: Sequence[npt.NDArray[np.uint32]], columns: npt.NDArray[np.uint32], idf: Floats
) -> csr_matrix:
    """One row a record, of length 1: its known n-grams, each once."""
    parts, values, ends = [], [], [0]
    for own in some:
        places = np.flatnonzero(np.isin(columns, own))
        parts.append(places)
        values.append(idf[places] / (float(np.linalg.norm(idf[places])) or 1.0))
        ends.append(ends[-1] + places.size)
    data = np.concatenate(values), np.concatenate(parts), ends
    return csr_matrix(data, (len(some), columns.size))


def others_models(some: Sequence[Record]) -> dict[str, Frozen]:
    """For each writer a model of the other writers' records."""
    writers = sorted({record.writer for record in some})
    with ProcessPoolExecutor(2) as pool:
        return dict(zip(writers, pool.map(partial(_without, some=some), writers), strict=True))


def _without(writer: str, some: Sequence[Record]) -> Frozen:
    with threadpool_limits(1):
        return trained([record for record in some if record.writer != writer])


class Met(msgspec.Struct, frozen=True):
    """A record at first sight: what the rules found, what a model of other writers' says."""

    record: Record
    found: Found
    opinion: Opinion
    abroad: float
    """The margin of overseas targets."""


def _met(record: Record, found: Found, model: General) -> Met:
    unnamed = without_places(record.read, load_taxonomy())
    return Met(record, found, model.opinion(record.read), model.abroad(unnamed))


def voices(some: Sequence[Met]) -> dict[str, tuple[float, ...]]:
    """How the two voices are added, by kind."""
    codes = sorted(frozenset().union(*(m.record.capabilities for m in some)))
    told = [m for m in some if m.record.surveillance and m.found.overseas is not None]
    return {
        SURVEILLANCE: _fitted(
            (on_surveillance(m.opinion, m.found.tags), m.record.surveillance) for m in some
        ),
        "capability": _fitted(
            (on_capability(m.opinion, code, m.found.tags), code in m.record.capabilities)
            for m in some
            for code in codes
            if code in m.opinion.margins
        ),
        OVERSEAS: _fitted(((bool(m.found.overseas), m.abroad), m.record.overseas) for m in told),
    }


def _fitted(pairs: Iterable[tuple[Sequence[float], bool]]) -> tuple[float, ...]:
    values, truth = zip(*pairs, strict=True)
    fit = LogisticRegression(C=1.0, max_iter=5_000).fit(np.array(values, float), truth)
    return tuple(round(float(v), 4) for v in (*fit.coef_[0], fit.intercept_[0]))


def compare(some: Sequence[Met], models: Mapping[str, Frozen]) -> None:
    """Print the rules alone and both voices, each writer's by numbers of the other writers'."""
    said: dict[str, frozenset[str]] = {}
    abroad: dict[str, bool] = {}
    for writer in models:
        fitted = voices([m for m in some if m.record.writer != writer])
        model = General(msgspec.structs.replace(models[writer], voices=fitted))
        own = [m for m in some if m.record.writer == writer]
        said |= {m.record.id: _codes(m, model) for m in own}
        abroad |= {m.record.id: _abroad(m, model) for m in own}
    print(f"{'':<16}{'rules: right wrong missed':>28}{'both':>20}")
    told = [m for m in some if m.record.surveillance and m.found.overseas is not None]
    labels = [_any({"x"} if m.record.overseas else ()) for m in told]
    for name, given in (
        ("rules", [bool(m.found.overseas) for m in told]),
        ("both", [abroad[m.record.id] for m in told]),
    ):
        score = _score(labels, [_any({"x"} if one else ()) for one in given])
        print(f"overseas target, {name}: {_figures(score)}, F1 {score.f1:.3f}")
    for kind, seen in (("surveillance", _any), ("capabilities", frozenset)):
        whole = {"rules": Score(), "both": Score()}
        for writer in sorted({m.record.writer for m in some}):
            own = [m for m in some if m.record.writer == writer]
            labels = [seen(m.record.capabilities) for m in own]
            rules = _score(labels, [seen(m.found.named) for m in own])
            both = _score(labels, [seen(said[m.record.id]) for m in own])
            print(f"{kind + ' ' + writer:<16}{_figures(rules):>28}{_figures(both):>20}")
            whole = {"rules": whole["rules"] + rules, "both": whole["both"] + both}
        for name, score in whole.items():
            print(
                f"{kind}, {name}: {_figures(score)}, precision {score.precision:.3f}, "
                f"recall {score.recall:.3f}, F1 {score.f1:.3f}"
            )


def _codes(met: Met, model: General) -> frozenset[str]:
    """The capabilities that both voices name."""
    heard = _heard(met, model)
    if heard is None:
        return met.found.named
    if not heard.found:
        return frozenset()
    return frozenset(t.code for t in heard.capabilities(met.found.tags)[0])


def _heard(met: Met, model: General) -> Heard | None:
    taxonomy, read = load_taxonomy(), met.record.read
    hot = [taxonomy.gate.holds(p.text) for p in read]
    return hear(read, hot, met.found.tags, taxonomy, model)


def _abroad(met: Met, model: General) -> bool:
    """Whether either voice says that people abroad are watched."""
    by_rules = bool(met.found.overseas)
    heard = _heard(met, model)
    if heard is None or not heard.found:
        return by_rules and heard is None
    return heard.beside(heard.capabilities(met.found.tags)[0], by_rules, load_taxonomy())[0]


def _any(codes: Iterable[str]) -> frozenset[str]:
    return frozenset({"any"} if any(codes) else ())


def _score(labels: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> Score:
    pairs = list(zip(labels, said, strict=True))
    return Score(
        sum(len(a & b) for a, b in pairs),
        sum(len(b - a) for a, b in pairs),
        sum(len(a - b) for a, b in pairs),
    )


def _figures(score: Score) -> str:
    return f"{score.right} {score.wrong} {score.missed}"


def main() -> int:
    """Print what the model adds; with --write, make it anew."""
    parser = argparse.ArgumentParser(prog="general_model", description=__doc__)
    parser.add_argument("--write", action="store_true", help="make general.npz anew")
    options = parser.parse_args()
    some = sorted(records(), key=lambda record: record.id)
    models, first = others_models(some), first_sight()
    asked = {writer: General(model) for writer, model in models.items()}
    met = [_met(r, first[r.id], asked[r.writer]) for r in some if r.id in first]
    compare(met, models)
    if options.write:
        with threadpool_limits(1):
            model = msgspec.structs.replace(trained(some), voices=voices(met))
        MODEL.write_bytes(packed(model))
        print(f"{MODEL} written: {len(some)} records, {model.columns.size} n-grams.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
