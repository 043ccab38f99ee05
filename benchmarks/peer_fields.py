"""Our fields beside those of regular expressions, on the same labels by the same rule.

    python -m benchmarks.peer_fields [--errors PART]

Part of ``make accuracy``. The peer (``benchmarks.peer_patterns``) gets the text of the record's own
page, which is half of the work: which record stands where, in which file, is found for it.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.accuracy import REPOSITORY
from benchmarks.labelled import labelled, rows
from benchmarks.peer_patterns import FIELDS, fields
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.measure import Evaluation, Label, Score, evaluate, interval


def compared(labels: Sequence[Label]) -> list[Label]:
    """Labels of notices, with the fields that both read."""
    return [
        msgspec.structs.replace(
            label, values={name: value for name, value in label.values.items() if name in FIELDS}
        )
        for label in labels
        if label.is_notice
    ]


def theirs(case: Path, labels: Sequence[Label]) -> Iterator[dict[str, Any]]:
    """What the peer finds in the page of each label."""
    with connect(Case.open(case)) as connection:
        for label in labels:
            place = [label.document_sha256, label.page or 1]
            found = connection.execute(
                "SELECT text FROM pages WHERE document_sha256 = ? AND page = ?", place
            ).fetchone()
            yield {
                "notice_id": f"peer-{label.line}",
                "document_sha256": label.document_sha256,
                "page": label.page or 1,
                "source_path": "",
                **fields(found[0]),
            }


def both(case: Path, labels: Sequence[Label]) -> tuple[Evaluation, Evaluation]:
    """Our evaluation and the peer's."""
    chosen = compared(labels)
    return evaluate(chosen, rows(case)), evaluate(chosen, theirs(case, chosen))


def text(pairs: Sequence[tuple[Evaluation, Evaluation]]) -> str:
    """A line a set and a line a field: F1 of both, with n and 95 % intervals of precision."""
    lines = [
        f"{'':14}{'n':>6}{'ours: F1':>10}{'precision (95 %)':>24}{'patterns: F1':>14}"
        f"{'precision (95 %)':>24}"
    ]
    for ours, peer in pairs:
        lines += [_line(part, ours.micro(part), peer.micro(part)) for part in ours.scores]
    for name in FIELDS:
        scores = [
            sum((side[i].fields().get(name, Score()) for side in pairs), Score()) for i in (0, 1)
        ]
        lines.append(_line(name, *scores))
    lines.append(_line("all", *(sum((side[i].micro() for side in pairs), Score()) for i in (0, 1))))
    return "\n".join(lines)


def _line(name: str, ours: Score, peer: Score) -> str:
    def precision(score: Score) -> str:
        low, high = interval(score.right, score.right + score.wrong)
        return f"{score.precision:.3f} ({low:.2f}-{high:.2f})"

    labelled_values = max(ours.right + ours.missed, peer.right + peer.missed)
    return (
        f"{name:14}{labelled_values:>6}{ours.f1:>10.3f}{precision(ours):>24}{peer.f1:>14.3f}"
        f"{precision(peer):>24}"
    )


def main() -> int:
    """Print the table; with --errors, what the peer had otherwise in one set."""
    parser = argparse.ArgumentParser(prog="peer_fields", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--errors", help="a set: list the peer's values that differ")
    options = parser.parse_args()
    with labelled(shared) as (records, labels, gold, of_gold):
        pairs = [both(gold, of_gold), both(records, labels)]
    print(text(pairs))
    if options.errors:
        for label in labels:
            for mistake in pairs[1][1].mistakes:
                if mistake.label == label.name and label.part == options.errors:
                    print(*msgspec.structs.astuple(mistake), sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
