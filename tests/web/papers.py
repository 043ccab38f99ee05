"""A small case of a PDF with persons in it and of records made to harm, for tests that write."""

import json
from pathlib import Path

from tests.parse.pdf.drawing import pdf_of
from tests.report.record.test_picture import letter

from sousveil.case.database import connect
from sousveil.case.decisions import append_decisions
from sousveil.case.folder import Case
from sousveil.case.queries import SavedQuery, save_query
from sousveil.model import Decision
from sousveil.pipeline.add import add
from sousveil.pipeline.process import Options
from sousveil.pipeline.review import process

ATTACKS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1><a xlink:href='javascript:window.hit=1'>x</a></svg>",
    "javascript:window.hit=1",
    "'\"><style>*{display:none}</style>",
    "\u202ereversed\u202c \u2066isolated\u2069 \u200f",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "</title></textarea></dl></main><h1>gone",
)
LARGE = 10_000_000
"""Characters of the field that is much too long."""


def release(number: int, words: str, description: str) -> dict[str, object]:
    """An OCDS release with the same words in every place that takes any."""
    return {
        "ocid": f"ocds-attack-{number}",
        "id": f"{number}-{words[:40]}",
        "date": "2024-05-01T00:00:00Z",
        "tag": ["tender"],
        "initiationType": "tender",
        "buyer": {"name": f"Police {words}"},
        "tender": {
            "id": words,
            "title": f"Face recognition cameras {words}",
            "description": description,
            "value": {"amount": 1000, "currency": "USD"},
            "procurementMethodDetails": words,
        },
        "awards": [{"id": "1", "suppliers": [{"name": f"Company {words}"}] * 40}],
    }


BROKEN = """<html><body><table><tr><td>公开招标公告<p><b><i>项目名称：<svg/onload=window.hit=1>
人脸识别 <math><mtext></p><style><!--</style><img title="--><img src=x onerror=window.hit=1>">
<p>采购人：示例市公安局<script>window.hit=1</script><form><form action="javascript:window.hit=1">
<p>预算金额：12.5 万元<a href="javascript:window.hit=1">附件</a><base href="http://evil.example/">
<meta http-equiv="refresh" content="0;url=http://evil.example/"><iframe srcdoc="<script>top.hit=1
</script>"><!--[if gte IE 4]><object data="data:text/html,x">"""
"""A saved notice that no page can hold as it is."""


def worst(folder: Path) -> Case:
    """The case with all that may harm: a field that is much too long, broken markup in files with
    names that are markup, and such words in what people wrote."""
    case = make(folder, large=True)
    given = folder / "more"
    given.mkdir()
    for name in ("<img src=x onerror=window.hit=1>.html", "\u202elmth.txet.html"):
        (given / name).write_text(BROKEN, encoding="utf-8")
    with case.writing():
        add(case, [given])
        process(case, Options(workers=1))
        save_query(case, SavedQuery("cameras", "cameras", ATTACKS[1]))
    with connect(case) as connection:
        rows = connection.execute(
            "SELECT notice_id, json_extract_string(key, '$.text_hash') FROM notice_rows ORDER BY 1"
        ).fetchall()
    for at, (notice_id, text_hash) in enumerate(rows):
        note = ATTACKS[at % len(ATTACKS)]
        said = Decision("A. Reader", "2026-01-02T03:04:05Z", notice_id, text_hash, "yes", note=note)
        append_decisions(case, "A. Reader", [said])
    return case


def make(folder: Path, *, large: bool = False) -> Case:
    """The case, read."""
    given = folder / "given"
    given.mkdir()
    (given / "letter.pdf").write_bytes(pdf_of(letter))
    releases = [release(n, words, words) for n, words in enumerate(ATTACKS)]
    if large:
        releases.append(release(99, "<b>" * 20, "<i>watch faces " * (LARGE // 15)))
    package = {"uri": "x", "releases": releases}
    (given / "attacks.json").write_text(json.dumps(package), encoding="utf-8")
    case = Case.create(folder / "case")
    with case.writing():
        add(case, [given])
        process(case, Options(workers=1))
    return case
