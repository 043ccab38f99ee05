"""The labelled records and the gold, reviewed into two cases, with their labels.

Open labels only: sealed ones are never counted here.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.accuracy_case import sousveil
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.extract.confidence import WEIGHED
from sousveil.measure import Label, read_labels

LABELS = Path(__file__).parent / "labels" / "records.jsonl"
_GOLD = {"budget": "budget_cny", "ceiling": "ceiling_cny"}
_OF_GOLD = ("project_id", "project_name", "buyer", "agency", "budget", "ceiling", "bid_deadline")


@contextmanager
def labelled(shared: Path) -> Iterator[tuple[Path, list[Label], Path, list[Label]]]:
    """A case of the labelled records and their open labels; one of the gold and its labels.

    Raises SystemExit where the records are not there.
    """
    labels = [label for label in read_labels(LABELS) if not label.sealed]
    sources = {json.loads(line)["source"] for line in LABELS.open(encoding="utf-8")}
    given = [shared / "data" / source for source in sorted(sources)]
    if not all(path.is_file() for path in given) or not (shared / "gold").is_dir():
        raise SystemExit(f"The labelled records are not all under {shared}.")
    with tempfile.TemporaryDirectory() as name:
        records, gold = Path(name) / "records", Path(name) / "gold"
        sousveil("review", *map(str, given), "--case", str(records), "--quiet")
        sousveil("review", str(shared / "gold" / "files"), "--case", str(gold), "--quiet")
        yield records, labels, gold, list(gold_labels(gold, shared / "gold"))


def rows(case: Path) -> Iterator[dict[str, Any]]:
    """The weighed columns of a case as the record export has them, and the notice itself."""
    with connect(Case.open(case)) as connection:
        columns = ("notice_id", "document_sha256", "page", "source_path", "notice", *WEIGHED)
        cursor = connection.execute(f"SELECT {', '.join(columns)} FROM notices ORDER BY 1")
        for values in cursor.fetchall():
            row = dict(zip(columns, values, strict=True))
            for name in ("budget", "ceiling", "award"):
                row[name] = float(row[name]) if row[name] is not None else None
            for name in ("published", "first_published"):
                row[name] = row[name].isoformat() if row[name] else None
            yield row


def gold_labels(case: Path, gold: Path) -> Iterator[Label]:
    """The labels of ../shared/gold in the form of the others."""
    by_name = {Path(row["source_path"]).stem: row for row in rows(case)}
    for number, line in enumerate((gold / "labels.jsonl").open(encoding="utf-8"), start=1):
        label = json.loads(line)
        row = by_name.get(str(label["id"]))
        if row is not None:
            values = {name: label[_GOLD.get(name, name)] for name in _OF_GOLD}
            sha256, page = row["document_sha256"], row["page"]
            yield Label(number, str(label["id"]), values, None, sha256, page, part="gold")
