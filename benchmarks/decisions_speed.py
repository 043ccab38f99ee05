"""Many decisions: how long a case takes to load them and to learn from them.

    python -m benchmarks.decisions_speed [--decisions 100000] [--coders 5] [--keep]

A made case of as many notices as fit (decisions ÷ coders); the coders decide on all of them, alike
in nineteen of twenty. Printed, in seconds: reading the files of decisions, what they amount to,
learning (features of the notices that are learned from, cross-validation, fitting).
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generate import html_notices
from benchmarks.measure import keep, sousveil
from sousveil.case.database import connect
from sousveil.case.decisions import append_decisions, read_decisions
from sousveil.case.folder import Case
from sousveil.coding import rulings
from sousveil.model import Decision
from sousveil.pipeline.learning import learn_from


def made(folder: Path, notices: int) -> Case:
    """A case of made notices."""
    records = folder / "records"
    for name, text in html_notices(notices):
        path = records / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sousveil("review", str(records), "--case", str(folder / "case"), "--quiet")
    return Case.open(folder / "case")


def decide(case: Case, coders: int, seed: int = 1) -> dict[str, str]:
    """Every coder decides on every notice; returns the text hash by notice."""
    rng = random.Random(seed)
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT notice_id, json_extract_string(key, '$.text_hash'), surveillance FROM notices"
        ).fetchall()
    for number in range(coders):
        name = f"coder {number + 1}"
        append_decisions(
            case,
            name,
            [
                Decision(
                    name,
                    f"2026-01-01T00:00:{at % 60:02d}+00:00",
                    notice,
                    text,
                    "yes" if surveillance != (rng.random() < 0.05) else "no",
                )
                for at, (notice, text, surveillance) in enumerate(rows)
            ],
        )
    return {notice: text for notice, text, _ in rows}


def main() -> int:
    """Print the seconds."""
    parser = argparse.ArgumentParser(prog="decisions_speed", description=__doc__)
    parser.add_argument("--decisions", type=int, default=100_000)
    parser.add_argument("--coders", type=int, default=5)
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        case = made(Path(name), options.decisions // options.coders)
        texts = decide(case, options.coders)
        started = time.perf_counter()
        decisions = read_decisions(case)
        read = time.perf_counter()
        found = rulings(decisions, texts)
        ruled = time.perf_counter()
        _, told = learn_from(case, found, {name: (f"text {texts[name]}",) for name in found}, 0)
        learned = time.perf_counter()
    figures = {
        "decisions": len(decisions),
        "notices": len(found),
        "read_seconds": round(read - started, 2),
        "rulings_seconds": round(ruled - read, 2),
        "learning_seconds": round(learned - ruled, 2),
        "seconds": round(learned - started, 2),
        "learned_from": told.notices,
    }
    for label, value in figures.items():
        print(f"{label:<18}{value:>12,}")
    if options.keep:
        keep(figures, "decisions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
