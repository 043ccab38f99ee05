"""Signs that nobody sees, in names of a whole case: none is shown or exported, the quote stays."""

import io
import json
from pathlib import Path

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.exporting import STANDARDS, write_export
from sousveil.pipeline.process import Options
from sousveil.report.export import WHAT
from tests import owned

ALPHA = "Alpha\u202e Example\u200b Ltd\ufeff"


def test_no_export_has_them_and_the_quote_does(tmp_path: Path) -> None:
    package = {
        "uri": "https://example.org/package",
        "version": "1.1",
        "publishedDate": "2022-05-01T00:00:00Z",
        "publisher": {"name": "Illustrative"},
        "releases": [
            owned.release(1, "2021-03-05", 1000, (ALPHA,)),
            owned.release(2, "2021-03-06", 1000, (owned.ALPHA,)),
        ],
    }
    records = tmp_path / "releases.json"
    records.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    case = Case.open_or_create(tmp_path / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [records], Options(workers=1))
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT name, names FROM organisations WHERE name LIKE '%Ltd%'"
        ).fetchall()
        (evidence,) = connection.execute(
            "SELECT evidence FROM notices WHERE source_path IS NOT NULL ORDER BY published LIMIT 1"
        ).fetchall()
    assert rows == [(owned.ALPHA, [owned.ALPHA])]
    assert ALPHA in json.loads(evidence[0])["suppliers"]["quote"]
    for what in (*WHAT, *STANDARDS):
        if what in ("pages", "notices"):  # these have the words of the document, as quotes
            continue
        out = io.BytesIO()
        write_export(case, what, "jsonl", out)
        assert not [sign for sign in "\u202e\u200b\ufeff" if sign in out.getvalue().decode()], what
