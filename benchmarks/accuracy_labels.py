"""``make accuracy``: fields of records of every kind against labels that readers made of them.

    python -m benchmarks.accuracy_labels [--sealed] [--errors] [--keep]

The labels stand in benchmarks/labels (ids, values and hashes; the records themselves stay in
../shared/data). ``--sealed`` counts those kept for a final measurement as well; ``--keep`` writes
the figures to benchmarks/results with date and commit.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.accuracy import REPOSITORY
from benchmarks.accuracy_case import sousveil
from benchmarks.measure import keep

LABELS = Path(__file__).parent / "labels"


def main() -> int:
    """Print the table; exit code 2 where the records are not there."""
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--data", type=Path, default=shared / "data")
    parser.add_argument("--sealed", action="store_true", help="count sealed labels too")
    parser.add_argument("--errors", action="store_true", help="list every value that differs")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    labels = LABELS / "records.jsonl"
    sources = sorted({json.loads(line)["source"] for line in labels.open(encoding="utf-8")})
    absent = [source for source in sources if not (options.data / source).is_file()]
    if absent:
        print(f"{len(absent)} of the labelled files are not under {options.data}.", file=sys.stderr)
        return 2
    flags = [flag for flag in ("--sealed", "--errors") if getattr(options, flag[2:])]
    with tempfile.TemporaryDirectory() as name:
        case, export = Path(name) / "case", Path(name) / "notices.jsonl"
        given = [str(options.data / source) for source in sources]
        sousveil("review", *given, "--case", str(case), "--quiet")
        sousveil("export", str(case), "notices", "--out", str(export))
        command = [sys.executable, "-m", "sousveil", "evaluate", str(export), str(labels)]
        done = subprocess.run([*command, *flags], check=True, capture_output=True, text=True)
        print(done.stdout)
        if options.keep:
            done = subprocess.run([*command, *flags, "--json"], check=True, capture_output=True)
            keep(json.loads(done.stdout), "labels")
    return 0


if __name__ == "__main__":
    sys.exit(main())
