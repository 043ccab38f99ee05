"""``make accuracy``: purchases of surveillance, told from others, on labelled records.

    python -m benchmarks.classification [--sealed] [--errors] [--keep]

Every record goes the whole way: a file, ``sousveil review``, ``sousveil export``. Real and written
records are scored apart. ``--sealed`` counts those kept for a final measurement too (their errors
are never listed); ``--keep`` writes the figures to benchmarks/results with date and commit.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.accuracy import REPOSITORY
from benchmarks.accuracy_case import sousveil
from benchmarks.classification import measure
from benchmarks.classification.measure import Coded
from benchmarks.classification.records import Labelled, made, real
from benchmarks.classification_calibration import bins, error
from benchmarks.measure import keep
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.measure import Score, interval

HARD = ("hospital", "environment", "fire", "tourism", "antivirus")
"""Kinds of purchases that are no surveillance though their words come near: the issue's list."""


def main() -> int:
    """Print the tables; exit code 2 where the records are not there."""
    parser = argparse.ArgumentParser(prog="classification", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--data", type=Path, default=shared / "data")
    parser.add_argument("--sealed", action="store_true", help="count sealed records too")
    parser.add_argument("--errors", action="store_true", help="list every open record that differs")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    parser.add_argument("--languages", default="", help="written records of these alone: es,pt")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"The labelled records are not under {options.data}.", file=sys.stderr)
        return 2
    coded = list(code(options.data, frozenset(filter(None, options.languages.split(",")))))
    if not options.sealed:
        coded = [one for one in coded if not one.label.sealed]
    figures = {part: tell(part, some) for part, some in measure.by(coded, _part).items()}
    if options.sealed:
        sealed = [one for one in coded if one.label.sealed]
        figures["sealed"] = tell("sealed alone", sealed)
    figures["facts"] = _facts([one for one in coded if one.label.group == "known"])
    if options.errors:
        for one in coded:
            if not one.label.sealed:
                _errors(one)
    if options.keep:
        kept = {"sealed": options.sealed, **figures}
        keep(kept, "classification")
    return 0


def code(data: Path, languages: frozenset[str] = frozenset()) -> Iterator[Coded]:
    """Review the labelled records and give each with its exported coding.

    ``languages``: written records in these alone; empty: everything.
    """
    with tempfile.TemporaryDirectory() as name:
        folder, case = Path(name) / "records", Path(name) / "case"
        folder.mkdir()
        ours = list(made(folder, data))
        if languages:
            ours = [label for label in ours if label.language in languages]
            ours = [label for label in ours if label.part != "real"]
            kept = {label.source for label in ours}
            for path in folder.iterdir():
                if path.name not in kept:
                    path.unlink()
        others = [] if languages else list(real())
        given = [str(data / source) for source in sorted({label.source for label in others})]
        sousveil("review", str(folder), *given, "--case", str(case), "--quiet")
        rows: dict[tuple[str, int], dict[str, Any]] = {}
        for row in _rows(case):
            for page in row["pages"]:
                rows[row["document_sha256"], page] = row
                rows[row["source_path"], page] = row
        for label in ours:
            yield Coded(label, rows.get((label.source, 1)))
        for label in others:
            yield Coded(label, rows.get((label.sha256, label.page)))


def _rows(case: Path) -> Iterator[dict[str, Any]]:
    columns = (
        *(
            "source_path",
            "document_sha256",
            "pages",
            "title",
            "surveillance",
            "surveillance_score",
            "capabilities",
        ),
        *("platforms", "target_groups", "overseas_target", "sophistication", "review", "coding"),
    )
    with connect(Case.open(case)) as connection:
        for values in connection.execute(f"SELECT {', '.join(columns)} FROM notices").fetchall():
            row = dict(zip(columns, values, strict=True))
            coding = json.loads(row.pop("coding"))
            row["rule_score"] = coding["rule_score"]
            row["functions"] = [t["code"] for t in coding["tags"] if t["facet"] == "function"]
            row["source_path"] = Path(row["source_path"]).name
            yield row


def tell(part: str, coded: Sequence[Coded]) -> dict[str, Any]:
    """Print the tables of one part and give its figures."""
    score = measure.surveillance(coded)
    print(f"\n{part}: {len(coded)} records, {_unread(coded)} of them not read as notices")
    print(f"  surveillance        {measure.told(score)}")
    for group, some in measure.by(coded, lambda label: label.group).items():
        print(f"    {group:<18}{measure.told(measure.surveillance(some))}")
    figures: dict[str, Any] = {"records": len(coded), "surveillance": _figures(score)}
    for facet in ("capabilities", "platforms", "target_groups", "functions"):
        scores = measure.codes(coded, facet)
        micro = sum(scores.values(), Score())
        print(f"  {facet:<20}{measure.told(micro)}")
        figures[facet] = {name: _figures(one) for name, one in {"all": micro, **scores}.items()}
        if facet == "capabilities":
            for name, one in scores.items():
                print(f"    {name:<28}{measure.told(one)}")
    abroad = measure.overseas(coded)
    print(f"  overseas target     {measure.told(abroad)}")
    right, near, given, labelled = measure.levels(coded)
    print(f"  levels: {labelled} labelled, {given} given, {right} right, {near} within one")
    figures |= {"overseas_target": _figures(abroad), "levels": [right, near, given, labelled]}
    figures["negatives"] = dict(_negatives(coded))
    unsure = [one for one in coded if one.label.surveillance is None]
    sent = sum(bool(one.row and one.row["review"]) for one in unsure)
    print(f"  words cannot tell: {len(unsure)}, {sent} of them sent to review")
    told = [one for one in coded if one.label.surveillance is not None]
    table = bins([(one.score, bool(one.label.surveillance)) for one in told], equal_width=True)
    print(f"  expected calibration error {error(table):.3f}")
    for mean, share, count in table:
        print(f"    score {mean:.2f}  surveillance {share:.2f}  of {count}")
    figures |= {"unsure": len(unsure), "unsure_in_review": sent, "calibration_error": error(table)}
    if part == "pairs":
        differing = measure.disagreeing(coded)
        print(f"  purchases not coded alike for all countries: {len(differing)}")
        for line in differing:
            print(f"    {line}")
        figures["not_alike"] = len(differing)
        figures["agreement"] = _agreement(coded)
    return figures


def _facts(coded: Sequence[Coded]) -> dict[str, int]:
    """Print what became of the known facts: found, put before a person, or passed over."""
    found = sum(one.found for one in coded)
    asked = sum(not one.found and bool(one.row and one.row["review"]) for one in coded)
    passed = len(coded) - found - asked
    print(f"\nknown facts: {found} found, {asked} put before a person, {passed} passed over")
    return {"found": found, "asked": asked, "passed": passed}


def _agreement(coded: Sequence[Coded]) -> dict[str, dict[str, int]]:
    """Print in how many purchases the wordings agree, by facet and language."""
    table = measure.agreement(coded)
    purchases = len({one.label.pair for one in coded})
    names = list(next(iter(table.values()), {}))
    print(f"  agreement of the wordings of {purchases} purchases: all of them; then each language")
    print(f"    {'':<18}" + "".join(f"{name:>8}" for name in names))
    for facet, counts in table.items():
        print(f"    {facet:<18}" + "".join(f"{counts[name]:>8}" for name in names))
    return table


def _part(label: Labelled) -> str:
    return label.part


def _unread(coded: Iterable[Coded]) -> int:
    return sum(one.row is None for one in coded)


def _figures(score: Score) -> dict[str, float]:
    found, labelled = score.right + score.wrong, score.right + score.missed
    return {
        "precision": round(score.precision, 4),
        "precision_low": round(interval(score.right, found)[0], 4),
        "recall": round(score.recall, 4),
        "recall_low": round(interval(score.right, labelled)[0], 4),
        "f1": round(score.f1, 4),
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
    }


def _negatives(coded: Iterable[Coded]) -> Iterator[tuple[str, dict[str, int]]]:
    """False positives by what the purchase is about."""
    negative = [one for one in coded if one.label.surveillance is False]
    for kind, some in measure.by(negative, lambda label: label.kind or "other").items():
        wrong = sum(one.found for one in some)
        low, high = interval(wrong, len(some))
        hard = "hard negatives" if kind in HARD else "negatives"
        print(f"  {hard}: {kind:<14}{wrong} of {len(some)} false ({low:.3f}-{high:.3f})")
        yield kind, {"of": len(some), "false": wrong}


def _errors(one: Coded) -> None:
    label, row = one.label, one.row
    told = row["title"] if row else None
    if label.surveillance is not None and one.found != label.surveillance:
        kind = "false alarm" if one.found else "missed"
        print(f"{kind}\t{label.id}\t{one.score}\t{sorted(label.capabilities)}\t{told}")
    if label.surveillance is None or not row:
        return
    for facet in ("capabilities", "platforms", "target_groups", "functions"):
        wanted: frozenset[str] | None = getattr(label, facet)
        given = one.codes(facet)
        if wanted is not None and given != wanted and one.found == label.surveillance:
            more, less = sorted(given - wanted), sorted(wanted - given)
            print(f"{facet}\t{label.id}\ttoo many {more}\tmissed {less}\t{told}")
    if bool(row["overseas_target"]) != label.overseas:
        print(f"overseas\t{label.id}\t{label.overseas}\t{told}")


if __name__ == "__main__":
    sys.exit(main())
