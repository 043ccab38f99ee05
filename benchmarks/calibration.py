"""Whether confidence means something: fields' confidence against being right on labelled records.

    python -m benchmarks.calibration [--write]

Part of ``make accuracy``. The expected calibration error is the mean distance between confidence
and the share that is right, over bins of at least 20 values of like confidence (fewer values: one
bin). ``left out`` is the error with each record's own counts taken out of the table that weighs it:
the honest one for the open labels, which the table was counted from. ``--write`` counts the open
labels and the gold anew into src/sousveil/extract/reliability.toml; sealed labels never count.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.accuracy import REPOSITORY
from benchmarks.labelled import labelled, rows
from sousveil.extract.confidence import REVIEW_BELOW, WEIGHED, Reliability, measured
from sousveil.measure import Label, evaluate, interval, match

TABLE = REPOSITORY / "src/sousveil/extract/reliability.toml"
BIN = 20


class Observation(msgspec.Struct, frozen=True):
    """A field of a labelled record: what its rule said, its confidence, right and wrong values."""

    part: str
    field: str
    extractor: str
    strength: float
    confidence: float
    right: int
    wrong: int
    against: bool
    """Whether a flag speaks against it."""


def observations(case: Path, labels: Iterable[Label]) -> Iterator[Observation]:
    """Every weighed field that a labelled record's notice states, right or not."""
    chosen = [label for label in labels if label.is_notice]
    found = match(chosen, rows(case))
    for label in chosen:
        row = found.get(label.line)
        if row is not None:
            yield from _of_row(label, row)


def _of_row(label: Label, row: dict[str, Any]) -> Iterator[Observation]:
    notice = json.loads(row["notice"])
    values = {name: value for name, value in label.values.items() if name in WEIGHED}
    alone = msgspec.structs.replace(label, values=values)
    scores = evaluate([alone], [row]).fields()
    for name, score in scores.items():
        fields = notice.get(name)
        fields = fields if isinstance(fields, list) else [fields] if fields else []
        if not fields or not (score.right or score.wrong):
            continue
        against = any(name in measured().flags.get(flag, ()) for flag in notice["flags"])
        yield Observation(
            label.part, name, fields[0]["evidence"]["extractor"].partition("/")[0],
            notice["strengths"][name], min(field["confidence"] for field in fields),
            score.right, score.wrong, against,
        )  # fmt: skip


def calibration_error(pairs: Iterable[tuple[float, int, int]]) -> float:
    """The expected calibration error of (confidence, right, wrong)."""
    bins: list[list[float]] = []
    for confidence, right, wrong in sorted(pairs):
        if not bins or (bins[-1][2] >= BIN and confidence > bins[-1][3]):
            bins.append([0.0, 0, 0, confidence])
        last, count = bins[-1], right + wrong
        last[0] += confidence * count
        last[1] += right
        last[2] += count
        last[3] = confidence
    if len(bins) > 1 and bins[-1][2] < BIN:
        rest = bins.pop()
        bins[-1] = [a + b for a, b in zip(bins[-1], rest, strict=True)]
    total = sum(count for _, _, count, _ in bins)
    return sum(abs(sure - right) for sure, right, _, _ in bins) / total if total else 0.0


def left_out(one: Observation) -> float:
    """The confidence it would have had from the table without its own counts."""
    table = measured()
    key = (one.extractor, one.field, round(one.strength, 2))
    right, wrong = table.counts.get(key, (0, 0))
    counts = {**table.counts, key: (max(0, right - one.right), max(0, wrong - one.wrong))}
    share = Reliability(counts, table.flags).of(one.extractor, one.field, one.strength)
    return min(share, 0.5) if one.against else share


def text(found: list[Observation]) -> str:
    """A line a field: values, right, mean confidence, both errors, how many go to review."""
    lines = [
        f"{'confidence':18}{'n':>6}{'right (95 %)':>22}{'mean':>8}{'error':>8}{'left out':>10}"
        f"{'to review':>11}{'right there':>13}"
    ]
    for name in (*WEIGHED, "all fields"):
        some = [one for one in found if name in (one.field, "all fields")]
        if some:
            lines.append(_line(name, some))
    return "\n".join(lines)


def _line(name: str, some: list[Observation]) -> str:
    right = sum(one.right for one in some)
    total = right + sum(one.wrong for one in some)
    low, high = interval(right, total)
    mean = sum(one.confidence * (one.right + one.wrong) for one in some) / total
    shipped = calibration_error((one.confidence, one.right, one.wrong) for one in some)
    honest = calibration_error((left_out(one), one.right, one.wrong) for one in some)
    unsure = [one for one in some if one.confidence < REVIEW_BELOW]
    there = f"{sum(o.right for o in unsure)} of {sum(o.right + o.wrong for o in unsure)}"
    return (
        f"{name:18}{total:>6}{f'{right / total:.3f} ({low:.2f}-{high:.2f})':>22}{mean:>8.3f}"
        f"{shipped:>8.3f}{honest:>10.3f}{len(unsure):>11}{there if unsure else '-':>13}"
    )


def as_toml(found: Iterable[Observation]) -> str:
    """The counts as reliability.toml holds them."""
    counts: dict[str, dict[str, dict[str, list[int]]]] = {}
    for one in found:
        cell = counts.setdefault(one.extractor, {}).setdefault(one.field, {})
        pair = cell.setdefault(f"{one.strength:.2f}", [0, 0])
        pair[0] += one.right
        pair[1] += one.wrong
    head, _, flags = TABLE.read_text(encoding="utf-8").partition("[flags]")
    lines = [head[: head.index("# --")] + "# -- counted: right, wrong\n"]
    for extractor, fields in sorted(counts.items()):
        lines.append(f"[counts.{extractor}]\n")
        for field, cells in sorted(fields.items()):
            inside = ", ".join(f'"{said}" = {pair}' for said, pair in sorted(cells.items()))
            lines.append(f"{field} = {{ {inside} }}\n")
        lines.append("\n")
    return "".join(lines) + "[flags]" + flags


def main() -> int:
    """Print the table of the open labels and the gold; with --write, count them anew."""
    parser = argparse.ArgumentParser(prog="calibration", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with labelled(shared) as (records, labels, gold, gold_labels):
        found = [*observations(records, labels), *observations(gold, gold_labels)]
    if options.write:
        TABLE.write_text(as_toml(found), encoding="utf-8")
        measured.cache_clear()
    print(text(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
