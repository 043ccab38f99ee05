"""``python -m benchmarks.literals [--count 1000000] [--seed S] [--keep]``: the parsers' proof.

Exit code 1 where a literal was silently wrong or under 99.5 % of the unambiguous came unflagged.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor

import msgspec

from benchmarks.literals.judge import Result, Tally, run
from benchmarks.measure import keep

TARGET = 0.995
_PART = 20_000


def main() -> int:
    """Write, read, print."""
    parser = argparse.ArgumentParser(prog="literals", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--examples", action="store_true", help="show what was not exact")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    started = time.perf_counter()
    result = Result()
    sizes = [min(_PART, options.count - at) for at in range(0, options.count, _PART)]
    seeds = [options.seed * 100_003 + number for number in range(len(sizes))]
    with ProcessPoolExecutor(max_workers=2) as pool:
        for part in pool.map(run, sizes, seeds):
            result.add(part)
    seconds = time.perf_counter() - started
    print(text(result, options.examples))
    total = result.total()
    print(f"{total.written:,} literals, seed {options.seed}, {seconds:.0f} s")
    if options.keep:
        kept = {"seed": options.seed, "seconds": round(seconds), **as_dict(result)}
        keep(kept, "literals")
    return 0 if not total.wrong and total.share >= TARGET else 1


def text(result: Result, examples: bool) -> str:
    """A table by kind and language; with ``examples`` also the forms that were not all exact."""
    head = f"{'':28}{'written':>9}{'exact':>9}{'flagged':>9}{'wrong':>7}"
    head += f"{'unflagged of unambiguous':>26}"
    names = sorted({" · ".join(name.split(" · ")[:2]) for name in result.forms})
    lines = [head, *(_line(name, result.total(f"{name} ·")) for name in names)]
    lines.append(_line("all", result.total()))
    for what in ("wrong", "flagged") if examples else ():
        for name, shown in sorted(getattr(result, what).items()):
            lines.append(f"{what}: {name}: {', '.join(shown)}")
    return "\n".join(lines)


def _line(name: str, tally: Tally) -> str:
    return (
        f"{name:28}{tally.written:>9}{tally.exact:>9}{tally.flagged:>9}{tally.wrong:>7}"
        f"{tally.share:>25.4%}"
    )


def as_dict(result: Result) -> dict[str, object]:
    """Counts of all and by form."""
    return {
        "all": {**msgspec.to_builtins(result.total()), "share": round(result.total().share, 5)},
        "forms": {name: msgspec.to_builtins(t) for name, t in sorted(result.forms.items())},
        "flagged": result.flagged,
        "wrong": result.wrong,
    }


if __name__ == "__main__":
    sys.exit(main())
