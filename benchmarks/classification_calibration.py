"""Whether surveillance_score is a probability: how often labelled records were surveillance.

    python -m benchmarks.classification_calibration [--labels FILE…] [--write] [--sealed] [--keep]

Every labelled record goes the whole way (``benchmarks.classification``). Printed: the expected
calibration error by part, over ten bins of equal width and over bins of at least 25 records, as
shipped and ``left out`` (each record weighed by a map that a tenth of the records, its own among
them, did not make), and the reliability table. ``--labels``: files of {"part", "id", "rule_score",
"surveillance"} a line instead. ``--write`` counts the open labels anew into
src/sousveil/classify/calibration.toml; sealed labels never count there.
"""

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from benchmarks.accuracy import REPOSITORY
from benchmarks.measure import keep
from sousveil.classify.calibration import interpolated, probability, share
from sousveil.classify.scores import THRESHOLD

TABLE = REPOSITORY / "src/sousveil/classify/calibration.toml"
LEAST = 25
"""Records behind each count of the map, the zero score apart."""
WIDTH_BINS = 10
FOLDS = 10


class Seen(msgspec.Struct, frozen=True):
    """A labelled record: where it is from, the rules' score, whether it is surveillance, and the
    probability that was shipped; None: that of the rules' score alone."""

    part: str
    id: str
    rule_score: float
    surveillance: bool
    surveillance_score: float | None = None

    @property
    def shipped(self) -> tuple[float, bool]:
        """The probability that the product gives, and the truth."""
        said = self.surveillance_score
        return probability(self.rule_score) if said is None else said, self.surveillance


Counts = list[tuple[float, int, int]]
"""(mean score, surveillance, not), by rising score and share."""


def counted(seen: Iterable[Seen]) -> Counts:
    """Counts by score for the shipped table: pooled until shares rise with scores.

    Isotonic regression by pooling adjacent violators (Ayer and others 1955), from groups of LEAST
    records; no group crosses the threshold. Score 0 (no hit) stands alone, and is counted from real
    records where there are any: how many purchases without a hit are surveillance depends on what
    was gathered, and examples that were written to be hard to find say nothing about that.
    """
    ordered = sorted(seen, key=lambda one: one.rule_score)
    zero = [one for one in ordered if one.rule_score == 0]
    groups = [[one for one in zero if one.part == "real"] or zero]
    for under in (True, False):
        some = [o for o in ordered if o.rule_score > 0 and (o.rule_score < THRESHOLD) is under]
        groups += _pooled(some)
    merged: list[list[Seen]] = []
    for group in groups:
        merged.append(group)
        while len(merged) > 2 and _share(merged[-2]) >= _share(merged[-1]):
            last = merged.pop()
            merged[-1] = merged[-1] + last
    while len(merged) > 1 and _share(merged[1]) < _share(merged[0]):
        low = merged.pop(1)
        at = 1 if len(merged) > 1 else 0
        merged[at] = low + merged[at]
    return [
        (
            _mean(group) if at else 0.0,
            sum(one.surveillance for one in group),
            sum(not one.surveillance for one in group),
        )
        for at, group in enumerate(merged)
    ]


def _pooled(ordered: Sequence[Seen]) -> list[list[Seen]]:
    groups: list[list[Seen]] = []
    for one in ordered:
        tied = groups and groups[-1][-1].rule_score == one.rule_score
        if not groups or (len(groups[-1]) >= LEAST and not tied):
            groups.append([])
        groups[-1].append(one)
    if len(groups) > 1 and len(groups[-1]) < LEAST:
        last = groups.pop()
        groups[-1] += last
    return groups


def _share(group: Sequence[Seen]) -> float:
    right = sum(one.surveillance for one in group)
    return share(right, len(group) - right)


def _mean(group: Sequence[Seen]) -> float:
    return round(sum(one.rule_score for one in group) / len(group), 4) if group else 0.0


def mapped(counts: Counts) -> Callable[[float], float]:
    """The probability of a score by these counts, as the product reads them."""
    scores = tuple(score for score, _, _ in counts)
    shares = tuple(share(right, wrong) for _, right, wrong in counts)
    return lambda score: interpolated(score, scores, shares)


def left_out(seen: Sequence[Seen]) -> list[tuple[float, bool]]:
    """Each record's probability by the map of the others, in FOLDS parts by its name."""
    folds: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        folds[int(sha256(one.id.encode()).hexdigest(), 16) % FOLDS].append(one)
    pairs = []
    for number, fold in folds.items():
        others = [one for other, some in folds.items() if other != number for one in some]
        probable = mapped(counted(others))
        pairs += [(probable(one.rule_score), one.surveillance) for one in fold]
    return pairs


def bins(
    pairs: Iterable[tuple[float, bool]], *, equal_width: bool
) -> list[tuple[float, float, int]]:
    """(mean probability, share that is surveillance, records) by bin."""
    ordered = sorted(pairs)
    groups: list[list[tuple[float, bool]]] = []
    for pair in ordered:
        if equal_width:
            new = not groups or _bin(groups[-1][-1][0]) != _bin(pair[0])
        else:
            new = not groups or (len(groups[-1]) >= LEAST and pair[0] > groups[-1][-1][0])
        if new:
            groups.append([])
        groups[-1].append(pair)
    if not equal_width and len(groups) > 1 and len(groups[-1]) < LEAST:
        last = groups.pop()
        groups[-1] += last
    return [(sum(p for p, _ in g) / len(g), sum(y for _, y in g) / len(g), len(g)) for g in groups]


def _bin(value: float) -> int:
    return min(int(value * WIDTH_BINS), WIDTH_BINS - 1)


def error(table: Sequence[tuple[float, float, int]]) -> float:
    """The expected calibration error (Naeini, Cooper and Hauskrecht 2015)."""
    total = sum(count for _, _, count in table)
    return sum(abs(mean - said) * count for mean, said, count in table) / max(total, 1)


def figures(seen: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """Errors by part and in all."""
    found = {}
    for part in (*sorted({one.part for one in seen}), "all"):
        some = [one for one in seen if part in (one.part, "all")]
        shipped = [one.shipped for one in some]
        found[part] = {
            "records": len(some),
            "surveillance": sum(one.surveillance for one in some),
            "error": round(error(bins(shipped, equal_width=True)), 4),
            "error_even_bins": round(error(bins(shipped, equal_width=False)), 4),
        }
    outside = left_out(seen)
    found["all"]["left_out"] = round(error(bins(outside, equal_width=True)), 4)
    found["all"]["left_out_even_bins"] = round(error(bins(outside, equal_width=False)), 4)
    return found


def as_toml(counts: Counts) -> str:
    """The counts as calibration.toml holds them."""
    head = TABLE.read_text(encoding="utf-8").partition("[rules]")[0]
    rows = "".join(f"    [{score}, {right}, {wrong}],\n" for score, right, wrong in counts)
    return f"{head}[rules]\ncounts = [  # mean score, surveillance, not\n{rows}]\n"


def from_files(paths: Iterable[Path]) -> Iterator[Seen]:
    """Records whose scores are given."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield msgspec.json.decode(line, type=Seen)


def from_labels(data: Path, *, sealed: bool) -> Iterator[Seen]:
    """The labelled records of benchmarks/labels/classification, read the whole way."""
    from benchmarks.classification.__main__ import code

    for one in code(data):
        label = one.label
        told = label.surveillance is not None and one.row is not None
        if told and (sealed or not label.sealed):
            rules, shipped = one.row["rule_score"], one.row["surveillance_score"]
            yield Seen(label.part, label.id, rules, label.surveillance, shipped)


def main() -> int:
    """Print the tables; with --write, count anew."""
    parser = argparse.ArgumentParser(prog="classification_calibration", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--data", type=Path, default=shared / "data")
    parser.add_argument("--labels", type=Path, nargs="+", help="scored records to use instead")
    parser.add_argument("--write", action="store_true", help="count into calibration.toml")
    parser.add_argument("--sealed", action="store_true", help="measure on sealed records too")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    if options.write and options.sealed:
        parser.error("sealed records are never counted into the table")
    if options.labels:
        seen = list(from_files(options.labels))
    elif options.data.is_dir():
        seen = list(from_labels(options.data, sealed=options.sealed))
    else:
        print(f"The labelled records are not under {options.data}.", file=sys.stderr)
        return 2
    if options.write:
        TABLE.write_text(as_toml(counted(seen)), encoding="utf-8")
        print(f"{TABLE} written; run again to measure it.")
        return 0
    found = figures(seen)
    for part, values in found.items():
        print(part, *(f"{name} {value}" for name, value in values.items()), sep="  ")
    table = bins([one.shipped for one in seen], equal_width=False)
    for mean, said, count in table:
        print(f"  probability {mean:.3f}  surveillance {said:.3f}  of {count}")
    if options.keep:
        kept = {"sealed": options.sealed, "parts": found, "bins": table}
        keep(kept, "classification-calibration")
    return 0


if __name__ == "__main__":
    sys.exit(main())
