"""``make accuracy``: reviews ../shared/gold/files as a user would, measures what was exported, and
looks for labelled persons, phones and e-mails in everything the case derived.

Read are the decoded strings of every Parquet file, the stored fields of the index, the files of the
report and the exports; and each labelled detail is searched for as a phrase.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import tantivy

from benchmarks.accuracy import REPOSITORY, text
from benchmarks.accuracy_measure import measure
from benchmarks.accuracy_produce import from_export
from sousveil.case.folder import Case
from sousveil.errors import QueryError
from sousveil.pipeline.find import open_index
from sousveil.search import parse_query


def main() -> int:
    """Print fields, evidence and leaks; exit code 0 where every target is met."""
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__)
    shared = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    parser.add_argument("--gold", type=Path, default=shared / "gold")
    parser.add_argument("--errors", action="store_true", help="list every wrong value")
    options = parser.parse_args()
    if not (options.gold / "labels.jsonl").is_file():
        print(f"The labelled notices are not at {options.gold}; nothing was measured.")
        return 2
    labels = [json.loads(line) for line in (options.gold / "labels.jsonl").open(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as name:
        case = Path(name) / "case"
        sousveil("review", str(options.gold / "files"), "--case", str(case), "--quiet")
        exported = {
            what: Path(name) / f"{what}.jsonl" for what in ("notices", "pages", "projects", "files")
        }
        for what, out in exported.items():
            sousveil("export", str(case), what, "--format", "jsonl", "--out", str(out))
        report = measure(labels, from_export(exported["notices"], exported["pages"]))
        print(text(report))
        if options.errors:
            for error in report.errors:
                print(*error, sep="\t")
        places = list(leaks(Case.open(case), list(exported.values()), labels))
        print(
            "places outside originals/ and private/ that hold a labelled detail, ordinary words"
            f" of the same letters included: {len(places)}"
        )
        for place in places:
            print(*place, sep="\t")
    return 0 if report.met() and not places else 1


def sousveil(*arguments: str) -> None:
    """Run the command line as a user would."""
    subprocess.run(
        [sys.executable, "-m", "sousveil", *arguments], check=True, stdout=subprocess.DEVNULL
    )


def leaks_of(labels: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """(notice, kind, detail) of every labelled person, phone and e-mail."""
    for label in labels:
        for kind in ("persons", "phones", "emails"):
            for value in label[kind]:
                yield label["id"], kind, value


def leaks(
    case: Case, exported: list[Path], labels: list[dict[str, Any]]
) -> Iterator[tuple[str, int, str]]:
    """(place, notice, detail) wherever a labelled detail stands, or is found by a search."""
    details = sorted(set(leaks_of(labels)))
    for place, words in texts(case, exported):
        squashed = squash(words)
        for number, _, value in details:
            if squash(value) in squashed:
                yield place, number, value
    index = open_index(case)
    by_notice = {
        json.loads(line)["notice_id"]: json.loads(line)["source_path"]
        for line in exported[0].open(encoding="utf-8")
    }
    for number, _, value in details:
        try:
            ids = index.ids(parse_query(f'"{value}"'))
        except QueryError:
            continue
        if any(Path(by_notice[i]).stem == str(number) for i in ids):
            yield "a phrase query", number, value


def texts(case: Case, exported: list[Path]) -> Iterator[tuple[str, str]]:
    """Every text that the case derived: tables, index, report, exports."""
    for path in case.derived_files():
        relative = path.relative_to(case.root)
        if relative.parts[0] == "private":
            continue
        if path.suffix == ".parquet":
            for column in pq.read_table(path).columns:
                yield str(relative), "\n".join(strings(column))
        elif path.suffix in (".html", ".csv", ".svg", ".json"):
            yield str(relative), path.read_text(encoding="utf-8")
    state = case.manifest()
    if state.index:
        index = tantivy.Index.open(str(case.root / state.index.folder))
        searcher = index.searcher()
        found = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs))
        stored = [searcher.doc(address).to_dict() for _, address in found.hits]
        yield "stored fields of the index", json.dumps(stored, ensure_ascii=False, default=str)
    for path in exported:
        yield path.name, path.read_text(encoding="utf-8")


def strings(column: pa.ChunkedArray) -> Iterator[str]:
    """Every string in a column, lists flattened."""
    for value in column.to_pylist():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, str))


def squash(value: str) -> str:
    """NFKC without white space: the form in which details are compared."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value))


if __name__ == "__main__":
    sys.exit(main())
