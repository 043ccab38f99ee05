"""Amounts and dates typed from real notices, read by us and by public parsers.

    python -m benchmarks.peer_literals

Part of ``make bench`` (the parsers are in the bench group). The literals are those of
``tests/text/literals_of_notices.tsv``. Peers get the amount with its column's unit behind it, as it
stands; currency, rates and prices of one piece are not asked of them, nor whether a date has no
time. jionlp is measured where somebody has installed it: it needs jiojio, which is GPL, so it is in
no group.
"""

import importlib.metadata
import importlib.util
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal

from benchmarks.accuracy import REPOSITORY
from benchmarks.peer_patterns import amount, moment
from sousveil.measure import interval
from sousveil.text import parse_amount, parse_date

LITERALS = REPOSITORY / "tests/text/literals_of_notices.tsv"
Read = Callable[[str, str], object]


def literals() -> tuple[list[tuple[str, str, Decimal]], list[tuple[str, str, datetime]]]:
    """(literal, unit, amount) and (literal, "", moment) as a reader takes them."""
    amounts, dates = [], []
    for line in LITERALS.read_text(encoding="utf-8").splitlines()[1:]:
        kind, literal, unit, _, value, _ = line.split("\t")
        literal = literal.replace("\\n", "\n")
        if kind == "amount":
            amounts.append((literal, unit, Decimal(value.split()[0])))
        elif kind == "date":
            dates.append((literal, "", datetime.fromisoformat(value)))
    return amounts, dates


def _ours_amount(text: str, unit: str) -> Decimal | None:
    found = parse_amount(text, unit_hint=unit or None)
    return found.amount if found else None


def _ours_date(text: str, unit: str) -> datetime | None:
    found = parse_date(text)
    if found is None or found.value is None:
        return None
    return datetime.combine(found.value, found.time or datetime.min.time())


def _price_parser(text: str, unit: str) -> Decimal | None:
    from price_parser import Price

    return Price.fromstring(text + unit).amount


def _cn2an(text: str, unit: str) -> float:
    import cn2an

    return float(cn2an.cn2an((text + unit).strip("元圆整 "), "smart"))


def _dateparser(text: str, unit: str) -> datetime | None:
    import dateparser
    from dateparser.search import search_dates

    found = dateparser.parse(text)
    if found is None:
        within = search_dates(text)
        found = within[0][1] if within else None
    return found


def _jionlp_amount(text: str, unit: str) -> Decimal:
    import jionlp

    return Decimal(jionlp.parse_money(text + unit, default_unit="元")["num"])


def _jionlp_date(text: str, unit: str) -> datetime:
    import jionlp

    return datetime.fromisoformat(jionlp.parse_time(text, time_base=time.time())["time"][0])


AMOUNTS: dict[str, Read] = {
    "sousveil": _ours_amount,
    "patterns": lambda text, unit: amount(text, unit),
    "price-parser": _price_parser,
    "cn2an": _cn2an,
    "jionlp": _jionlp_amount,
}
DATES: dict[str, Read] = {
    "sousveil": _ours_date,
    "patterns": lambda text, unit: moment(text),
    "dateparser": _dateparser,
    "jionlp": _jionlp_date,
}


def same(found: object, value: object) -> bool:
    """Amounts to the cent; moments to the minute, without their zone."""
    if isinstance(found, datetime):
        return found.replace(second=0, microsecond=0, tzinfo=None) == value
    return abs(Decimal(str(found)) - Decimal(str(value))) < Decimal("0.005")


def score(read: Read, cases: list[tuple[str, str, object]]) -> dict[str, int]:
    """How many a parser has right, wrong, or not at all (an error of its own included)."""
    counts = {"right": 0, "wrong": 0, "nothing": 0}
    for literal, unit, value in cases:
        found: object = None
        with suppress(Exception):  # a peer's error is its answer
            found = read(literal, unit)
        if found is None:
            counts["nothing"] += 1
        else:
            counts["right" if same(found, value) else "wrong"] += 1
    return counts


def run() -> dict[str, dict[str, dict[str, int] | str]]:
    """By kind and parser: counts, or that it is not installed."""
    amounts, dates = literals()
    results: dict[str, dict[str, dict[str, int] | str]] = {}
    for kind, parsers, cases in (("amounts", AMOUNTS, amounts), ("dates", DATES, dates)):
        for name, read in parsers.items():
            here = importlib.util.find_spec(name.replace("-", "_")) or name == "patterns"
            version = importlib.metadata.version(name) if here and name != "patterns" else ""
            results.setdefault(kind, {})[f"{name} {version}".strip()] = (
                score(read, [*cases]) if here else "not installed"
            )
    return results


def main() -> int:
    """Print a line a parser."""
    for kind, parsers in run().items():
        for name, counts in parsers.items():
            if isinstance(counts, str):
                print(f"{kind:8} {name:22} {counts}")
                continue
            low, high = interval(counts["right"], sum(counts.values()))
            print(f"{kind:8} {name:22} {counts}  right {low:.3f}-{high:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
