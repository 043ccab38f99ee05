"""Counting many queries at once over generated notices.

    python -m benchmarks.questions_speed --notices 100000 --questions 1000

The notices are those of ``search_speed``; every one is a project with an amount. Prints JSON.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.search_speed import questions, rows
from sousveil.pipeline.question_files import Question
from sousveil.pipeline.questions import Counted, Counting, Snapshot
from sousveil.search import Index, build_index


def database(notices: int) -> duckdb.DuckDBPyConnection:
    """The two views that counting reads, of the same generated notices."""
    connection = duckdb.connect(":memory:")
    kept = [(r.notice_id, r.project_key, r.published, r.amount_usd) for r in rows(notices)]
    ids, keys, days, usd = zip(*kept, strict=True)
    standing = pa.table({"notice_id": ids, "project_key": keys, "published": days})
    figures = pa.table({"project_key": keys, "usd": usd})
    connection.register("standing_rows", standing)
    connection.register("figure_rows", figures)
    connection.execute("CREATE TABLE notices AS SELECT * FROM standing_rows")
    connection.execute(
        "CREATE TABLE projects AS SELECT project_key, 'CNY' AS currency,"
        " (usd * 7)::DECIMAL(20, 2) AS amount, usd::DECIMAL(20, 2) AS amount_usd FROM figure_rows"
    )
    return connection


def asked(count: int) -> Iterator[Question]:
    """Queries of words, filters and both, with a year each so that no two are the same."""
    chance = random.Random(3)
    plain, mixed = questions()
    for at in range(count):
        query = chance.choice(plain + mixed)
        yield Question(f"q{at}", f"({query or '*'}) year:{2012 + at % 12}..{2014 + at % 12}")


def measure(notices: int, count: int) -> dict[str, object]:
    """Seconds, and what was found."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "index"
        build_index(rows(notices), folder)
        with Counting(Index(folder), database(notices), {}, Snapshot("", 0)) as counting:
            begun = time.perf_counter()
            results = [r for r in counting.count(asked(count)) if isinstance(r, Counted)]
            seconds = time.perf_counter() - begun
    return {
        "notices": notices,
        "questions": len(results),
        "seconds": round(seconds, 1),
        "questions_a_second": round(len(results) / seconds, 1),
        "hits_counted": sum(r.notices for r in results),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--notices", type=int, default=100_000)
    options.add_argument("--questions", type=int, default=1_000)
    given = options.parse_args()
    print(json.dumps(measure(given.notices, given.questions), indent=1))


if __name__ == "__main__":
    main()
