"""Measures extraction against the labelled notices of ../shared/gold: ``make accuracy``.

    python -m benchmarks.accuracy [--gold FOLDER] [--json]
    python -m benchmarks.accuracy --export notices.jsonl --pages pages.jsonl

Without --export the stages run here, in process, on gold/files. With it, what ``sousveil export``
wrote is measured. The rule (gold/README.md): exact match after NFKC and removal of white space;
null against null is ignored; a wrong value counts against precision and recall both.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from benchmarks.accuracy_measure import Report, measure
from benchmarks.accuracy_produce import from_export, from_files, read_lines

REPOSITORY = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Print the report; exit code 0 where every target is met, 1 where one is missed."""
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--gold", type=Path, default=shared / "gold")
    parser.add_argument("--export", type=Path, help="notices.jsonl of sousveil export")
    parser.add_argument("--pages", type=Path, help="pages.jsonl of sousveil export")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.add_argument("--errors", action="store_true", help="list every wrong value")
    options = parser.parse_args(arguments)
    if not (options.gold / "labels.jsonl").is_file():
        print(
            f"The labelled notices are not at {options.gold}; nothing was measured.",
            file=sys.stderr,
        )
        return 2
    labels = read_lines(options.gold / "labels.jsonl")
    produced = (
        from_export(options.export, options.pages)
        if options.export
        else from_files(options.gold / "files")
    )
    report = measure(labels, produced)
    print(
        json.dumps(report.as_dict(), ensure_ascii=False, indent=2) if options.json else text(report)
    )
    if options.errors:
        for error in report.errors:
            print(*error, sep="\t")
    return 0 if report.met() else 1


def text(report: Report) -> str:
    """The report as a table for a terminal."""
    lines = [
        f"{'field':<14}{'precision':>10}{'recall':>10}{'F1':>8}{'right':>7}{'wrong':>7}{'missed':>8}"
    ]
    lines += [
        f"{name:<14}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>8.3f}"
        f"{score.right:>7}{score.wrong:>7}{score.missed:>8}"
        for name, score in [*report.fields.items(), ("micro", report.micro)]
    ]
    lines.append(f"notices {report.notices} of {report.labelled}")
    lines.append(
        f"values with evidence {report.evident}, quote unlike its span {report.misquoted}, "
    )
    lines[-1] += f"without evidence {report.without_evidence}"
    lines.append(f"personal details labelled {report.personal}, leaked {len(report.leaks)}")
    lines.append(
        f"organisations labelled {report.organisations}, masked over {len(report.overmasked)}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
