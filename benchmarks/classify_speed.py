"""Notices classified a second on two cores, beside a plain scikit-learn pipeline on the same texts.

    python -m benchmarks.classify_speed [--generated N] [--keep]

Real notices (../shared/data: Taiwan, the United States, Hong Kong, Chinese hospitals, where
present) and generated ones (``benchmarks.generate``) are read once; then two processes classify
all of them at the same time, each its own round over every notice, and the same two processes let
the peer predict: HashingVectorizer (characters, 2–3) and logistic regression, fitted to the rules'
own answers, in one batch of all texts. The texts are those that the rules read. Best of five;
the rules' first round stands beside it, where no name had been seen before.
"""

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import msgspec

from benchmarks import generate
from benchmarks.accuracy import REPOSITORY
from benchmarks.accuracy_case import sousveil
from benchmarks.measure import keep
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.classify import classify
from sousveil.model import Notice, Page
from sousveil.pipeline.page_rows import pages_of

REAL = (
    "taiwan-tenders/data",
    "usaspending-surveillance-contracts/surveillance-contracts.csv",
    "hongkong-tenders/data",
    "jianyu-notice-json/data",
)
PROCESSES = 2
ROUNDS = 5
Item = tuple[Notice, dict[int, Page]]
Taken = tuple[list[float], int]
"""Seconds of the rules' first round, of their best later one and of the peer's; surveillance."""


def items(case: Path) -> list[Item]:
    """Every notice of a case with its pages."""
    with connect(Case.open(case)) as connection:
        rows = connection.execute("SELECT notice FROM notices ORDER BY notice_id").fetchall()
        pages: dict[str, dict[int, Page]] = {}
        for row in connection.execute(
            "SELECT document_sha256, page, pointer, text, obtained, media_type FROM pages"
        ).fetchall():
            pages.setdefault(row[0], {}).update(pages_of((row,)))
    notices = [msgspec.json.decode(row[0], type=Notice) for row in rows]
    return [(n, {k: pages[n.document_sha256][k] for k in n.pages}) for n in notices]


def text_of(item: Item) -> str:
    """What the rules read of a notice."""
    from sousveil.classify.passages import passages

    return "\n".join(p.page.text[p.start : p.last] for p in passages(*item))


def _rules(some: list[Item]) -> Callable[[], None]:
    def go() -> None:
        for notice, pages in some:
            classify(notice, pages)

    return go


def _peer(some: list[Item]) -> Callable[[], None]:
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.pipeline import make_pipeline

    texts = [text_of(item) for item in some]
    answers = [classify(*item).surveillance for item in some]
    vectors = HashingVectorizer(analyzer="char", ngram_range=(2, 3), n_features=1 << 20)
    pipeline = make_pipeline(vectors, SGDClassifier(loss="log_loss", random_state=0))
    pipeline.fit(texts, answers)

    def go() -> None:
        pipeline.predict_proba(texts)

    return go


def _work(some: list[Item], start: "Barrier", out: "multiprocessing.Queue[Taken]") -> None:
    """Both jobs in step with the other processes."""
    classify(*some[0])  # the taxonomy is read once a process
    best = []
    for prepare in (_rules, _peer):
        go = prepare(some)
        seconds = []
        for _ in range(1 + ROUNDS):
            start.wait()
            began = time.perf_counter()
            go()
            seconds.append(time.perf_counter() - began)
        best += seconds[:1] if prepare is _rules else []
        best.append(min(seconds[1:]))
    out.put((best, sum(classify(*item).surveillance for item in some)))


def together(some: list[Item]) -> dict[str, object]:
    """Notices a second of all processes together, ours and the peer's."""
    context = multiprocessing.get_context("fork")
    start, out = context.Barrier(PROCESSES), context.Queue()
    children = [context.Process(target=_work, args=(some, start, out)) for _ in range(PROCESSES)]
    for child in children:
        child.start()
    taken = [out.get() for _ in children]
    for child in children:
        child.join()
    jobs = zip(*(seconds for seconds, _ in taken), strict=True)
    first, ours, peer = (sum(len(some) / each for each in job) for job in jobs)
    return {
        "notices": len(some),
        "characters": round(sum(len(text_of(item)) for item in some) / len(some)),
        "surveillance": taken[0][1],
        "per_second": round(ours),
        "first_round_per_second": round(first),
        "peer_per_second": round(peer),
        "ratio": round(ours / peer, 2),
    }


def run(generated: int = 1_500) -> dict[str, dict[str, object]]:
    """Figures for real notices, generated ones, and both."""
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    given = [str(path) for name in REAL if (path := shared / "data" / name).exists()]
    parts: dict[str, list[Item]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given:
            sousveil("review", *given, "--case", str(folder / "real"), "--quiet")
            parts["real"] = items(folder / "real")
        for file, text in generate.html_notices(generated):
            path = folder / "html" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        sousveil("review", str(folder / "html"), "--case", str(folder / "made"), "--quiet")
        parts["generated"] = items(folder / "made")
    if "real" in parts:
        parts["both"] = [*parts["real"], *parts["generated"]]
    return {name: together(some) for name, some in parts.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="classify_speed", description=__doc__)
    parser.add_argument("--generated", type=int, default=1_500, help="notices to generate")
    parser.add_argument("--keep", action="store_true", help="write the figures to results")
    options = parser.parse_args()
    results = run(options.generated)
    for name, figures in results.items():
        print(name, json.dumps(figures))
    if options.keep:
        keep(results, "classify-speed")


if __name__ == "__main__":
    main()
