"""How right the English gloss is, on names and titles typed for it.

They stand in tests/reference/gloss_names.tsv.

    python -m benchmarks.gloss [--final] [--errors]

Counted apart: glosses exactly as expected, as expected or otherwise accepted, and of names whether
place, level and kind stand in the gloss. The rows ``final`` were not looked at while the grammar
was written. Prints JSON.
"""

import argparse
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from sousveil.reference.glossary import gloss

TABLE = Path(__file__).resolve().parents[1] / "tests/reference/gloss_names.tsv"


class Expected(msgspec.Struct, frozen=True):
    """One row of the table. ``place``, ``level`` and ``kind`` are None where the name has none."""

    part: str
    sort: str
    original: str
    english: str
    accepted: tuple[str, ...]
    place: str | None
    level: str | None
    kind: str | None


def rows(path: Path = TABLE) -> Iterator[Expected]:
    """All rows of the table."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            part, sort, original, english, accepted, *parts = line.split("\t")
            others = tuple(each.strip() for each in accepted.split(";") if each)
            place, level, kind = (each or None for each in parts)
            yield Expected(part, sort, original, english, others, place, level, kind)


def share(expected: Iterable[Expected]) -> dict[str, object]:
    """Right and counted, for each thing that is judged."""
    counts: dict[str, list[int]] = {}

    def count(what: str, right: bool) -> None:
        counts.setdefault(what, [0, 0])
        counts[what][0] += right
        counts[what][1] += 1

    for row in expected:
        got = gloss(row.original) or ""
        count(f"{row.sort}s exactly", got == row.english)
        count(f"{row.sort}s accepted", got in (row.english, *row.accepted))
        for what in ("place", "level", "kind"):
            wanted = getattr(row, what)
            if wanted is not None:
                count(what, wanted.casefold() in got.casefold())
    return {what: f"{right} of {of}" for what, (right, of) in counts.items()}


def speed(texts: list[str]) -> float:
    """Microseconds a gloss, of texts not glossed before."""
    begun = time.perf_counter()
    for text in texts:
        gloss(text)
    return round((time.perf_counter() - begun) * 1e6 / len(texts), 1)


def main() -> None:
    """Count, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--final", action="store_true", help="the rows kept for the last count")
    options.add_argument("--errors", action="store_true", help="print what is not accepted")
    given = options.parse_args()
    part = "final" if given.final else "tune"
    chosen = [row for row in rows() if row.part == part]
    gloss("公安局")  # loads the tables
    report = {
        "set": part,
        "microseconds_a_gloss": speed([row.original for row in chosen]),
        **share(chosen),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    if given.errors:
        for row in chosen:
            got = gloss(row.original) or ""
            if got not in (row.english, *row.accepted):
                print(f"{row.original}\n  expected {row.english}\n  glossed  {got}")


if __name__ == "__main__":
    main()
