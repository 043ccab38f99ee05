"""The general model: trained on open written records, and measured on writers it has not read.

    python -m benchmarks.general_model [--write]

Every open written record goes through the product to the passages that rules read. Writers are left
out one by one: the margins of each writer's records come from a model of the others'. With the
scores that rules gave to records before they were mended by them (``first_sight.csv``) these make
the three numbers that add the two voices. Printed: precision and recall of the rules alone and of
both, on first sight. ``--write`` makes src/sousveil/classify/general.json of all open records;
sealed records are never read.
"""

import argparse
import base64
import csv
import hashlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

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
from sousveil.classify.calibration import probability
from sousveil.classify.features import log_odds
from sousveil.classify.general import WIDTH, Frozen, folded
from sousveil.classify.passages import passages
from sousveil.classify.rules import OVERRULED
from sousveil.classify.scores import THRESHOLD, UNCERTAIN
from sousveil.measure import Score

MODEL = REPOSITORY / "src/sousveil/classify/general.json"
FIRST_SIGHT = LABELS / "first_sight.csv"
_C = 10.0
"""Inverse strength of the pull towards 0, as in the model that a case learns."""
_BYTES = 127

Floats = npt.NDArray[np.float64]


class Record(msgspec.Struct, frozen=True):
    """An open written record: who wrote it, whether it buys surveillance, its n-grams."""

    id: str
    surveillance: bool
    columns: npt.NDArray[np.int64]
    values: Floats

    @property
    def writer(self) -> str:
        """The letter of the writer's records."""
        return self.id[0]


def records() -> Iterator[Record]:
    """The open written records that words can tell, as the product reads them."""
    ours = [row for row in rows(LABELS / "written.jsonl") if not row["sealed"]]
    with tempfile.TemporaryDirectory() as name:
        folder, case = Path(name) / "records", Path(name) / "case"
        folder.mkdir()
        known = {}
        for number, row in enumerate(ours):
            path = folder / file_name("written", number, row)
            path.write_text(notice(row), encoding="utf-8")
            known[hashlib.sha256(path.read_bytes()).hexdigest()] = row
        sousveil("review", str(folder), "--case", str(case), "--quiet")
        for found, pages in items(case):
            row = known[found.document_sha256]
            if row["surveillance"] != "unsure":
                columns, values = folded(list(passages(found, pages)))
                yield Record(row["id"], row["surveillance"] == "yes", columns, values)


def matrix(some: Sequence[Record]) -> csr_matrix:
    """One row a record."""
    ends = np.cumsum([0, *(record.columns.size for record in some)])
    columns = np.concatenate([record.columns for record in some])
    values = np.concatenate([record.values for record in some])
    return csr_matrix((values, columns, ends), (len(some), WIDTH))


def trained(some: Sequence[Record]) -> LogisticRegression:
    """The linear model of these records."""
    fit = LogisticRegression(C=_C, solver="liblinear", random_state=0, max_iter=1_000)
    return fit.fit(matrix(some), [record.surveillance for record in some])


def unread_margins(some: Sequence[Record]) -> dict[str, float]:
    """The margin of each record by a model of the other writers' records."""
    found: dict[str, float] = {}
    for writer in sorted({record.writer for record in some}):
        own = [record for record in some if record.writer == writer]
        fit = trained([record for record in some if record.writer != writer])
        margins = fit.decision_function(matrix(own))
        found |= {r.id: float(m) for r, m in zip(own, margins, strict=True)}
    return found


def first_scores() -> dict[str, float]:
    """The rules' best score of each record when they first met it."""
    with FIRST_SIGHT.open(encoding="utf-8") as file:
        return {row["id"]: float(row["rule_score"]) for row in csv.DictReader(file)}


def voices(some: Sequence[Record], margins: dict[str, float]) -> Floats:
    """Log odds of the rules and margins, one row a record, of those in which the rules found
    words."""
    scores = first_scores()
    return np.array([[log_odds(probability(scores[r.id])), margins[r.id]] for r in some])


def added(some: Sequence[Record], margins: dict[str, float]) -> LogisticRegression:
    """How the two voices are added."""
    fit = LogisticRegression(C=1.0)
    return fit.fit(voices(some, margins), [record.surveillance for record in some])


def told(truth: Sequence[bool], said: Sequence[bool]) -> Score:
    """How the answers compare."""
    pairs = list(zip(truth, said, strict=True))
    return Score(
        sum(t and s for t, s in pairs),
        sum(s and not t for t, s in pairs),
        sum(t and not s for t, s in pairs),
    )


def compare(met: Sequence[Record], margins: dict[str, float]) -> None:
    """Print the rules alone and both voices, each writer's by numbers of the other writers'."""
    scores = first_scores()
    print(f"{'writer':<8}{'rules: right wrong missed':>28}{'both':>20}")
    whole = [Score(), Score()]
    for writer in sorted({record.writer for record in met}):
        asked = [r for r in met if scores[r.id] >= UNCERTAIN]
        fit = added([r for r in asked if r.writer != writer], margins)
        own = [record for record in met if record.writer == writer]
        hit = [record for record in own if scores[record.id] >= THRESHOLD]
        both_say = fit.predict_proba(voices(hit, margins))[:, 1]
        yes = {r.id for r, p in zip(hit, both_say, strict=True) if p >= OVERRULED}
        truth = [record.surveillance for record in own]
        rules = told(truth, [scores[record.id] >= THRESHOLD for record in own])
        both = told(truth, [record.id in yes for record in own])
        print(f"{writer:<8}{_figures(rules):>28}{_figures(both):>20}")
        whole = [whole[0] + rules, whole[1] + both]
    print(f"{'all':<8}{_figures(whole[0]):>28}{_figures(whole[1]):>20}")


def _figures(score: Score) -> str:
    return f"{score.right} {score.wrong} {score.missed}"


def frozen(some: Sequence[Record], met: Sequence[Record], margins: dict[str, float]) -> Frozen:
    """The model of all records, weights in bytes."""
    fit = trained(some)
    step = float(np.abs(fit.coef_).max()) / _BYTES
    weights = np.rint(fit.coef_[0] / step).astype(np.int8)
    scores = first_scores()
    sum_up = added([r for r in met if scores[r.id] >= UNCERTAIN], margins)
    rules, margin = (round(float(value), 4) for value in sum_up.coef_[0])
    return Frozen(
        base64.b64encode(weights.tobytes()).decode(),
        round(step, 6),
        round(float(fit.intercept_[0]), 6),
        rules,
        margin,
        round(float(sum_up.intercept_[0]), 4),
    )


def main() -> int:
    """Print what the model adds; with --write, make it anew."""
    parser = argparse.ArgumentParser(prog="general_model", description=__doc__)
    parser.add_argument("--write", action="store_true", help="make general.json anew")
    options = parser.parse_args()
    with threadpool_limits(1):
        some = sorted(records(), key=lambda record: record.id)
        margins = unread_margins(some)
        scores = first_scores()
        met = [record for record in some if record.id in scores]
        compare(met, margins)
        if options.write:
            model = frozen(some, met, margins)
            MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
            print(f"{MODEL} written: {len(some)} records.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
