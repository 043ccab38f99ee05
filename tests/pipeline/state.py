"""What a case says, in a form that two cases can be compared by."""

import hashlib
import io
import random
from pathlib import Path

from sousveil.case.folder import Case
from sousveil.pipeline.find import open_index
from sousveil.report.export import WHAT, export
from sousveil.search import parse_query

WORDS = (
    "视频监控",
    "舆情",
    "采购",
    "公安局",
    "平台",
    "人脸识别",
    "council",
    "cameras",
    "示例",
    "路",
)
FILTERS = ("type:tender", "year:2018..2024", "amount_usd:>50000", "surveillance:true", "country:GB")


def exports(root: Path) -> dict[str, str]:
    """Hashes of the sorted exports."""
    case = Case.open(root)
    found = {}
    for what in WHAT:
        out = io.BytesIO()
        export(case, what, "jsonl", out)  # type: ignore[arg-type]
        found[what] = hashlib.sha256(out.getvalue()).hexdigest()
    return found


def queries(count: int, seed: int = 7) -> list[str]:
    """Random queries of words, phrases, operators and filters."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        parts = rng.sample(WORDS, rng.randint(1, 2)) + rng.sample(FILTERS, rng.randint(0, 2))
        made.append(rng.choice((" ", " OR ", " AND NOT ")).join(parts))
    return made


def answers(root: Path, count: int = 200) -> list[list[str]]:
    """The matching notice ids of every query."""
    index = open_index(Case.open(root))
    return [sorted(index.ids(parse_query(query))) for query in queries(count)]
