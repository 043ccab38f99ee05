"""Citations: complete, stable, and read by the programs that journalists keep them in."""

import json
import string
from datetime import date

import pytest
from citeproc import (
    Citation as Asked,
)
from citeproc import (
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from typer.testing import CliRunner

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.errors import UsageError
from sousveil.pipeline.citing import figure
from sousveil.report.citation import (
    Citation,
    Figure,
    Words,
    as_bibtex,
    as_csl,
    as_text,
    cite,
)

SHA = "ab" * 32
NASTY = "\\{}$&#_%~^“”'\"<script>\u202e名称 \n\t"
TEXTS = st.text(st.sampled_from(string.ascii_letters + NASTY + "采购人é"), min_size=1, max_size=30)


def record(**given: object) -> Citation:
    values: dict[str, object] = {
        "notice_id": "0123456789abcdef" * 2, "title": "舆情监测服务招标公告",
        "title_gloss": "Public opinion monitoring tender", "buyer": "示例市公安局",
        "buyer_gloss": "Example City Public Security Bureau", "notice_type": "tender",
        "published": date(2021, 4, 2), "url": "https://example.org/a?b=1&c=%20_x",
        "captured_at": "2022-01-05T10:00:00Z", "sha256": SHA, "pages": (1,),
        "words": Words(1, 10, 16, "示例市公安局"),
    }  # fmt: skip
    return Citation(**{**values, **given})  # type: ignore[arg-type]


def test_a_footnote_says_who_what_when_where_and_which_words() -> None:
    assert as_text(record()) == (
        "示例市公安局 [gloss: Example City Public Security Bureau]. “舆情监测服务招标公告 [gloss: "
        "Public opinion monitoring tender]”, tender notice, 2021-04-02. "
        "https://example.org/a?b=1&c=%20_x, "
        f"captured 2022-01-05T10:00:00Z. SHA-256 {SHA}. page 1, characters 10–16. “示例市公安局”."
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = record(
        buyer=None, buyer_gloss=None, title_gloss=None, published=None, url=None, captured_at=None,
        words=None, pages=(3, 4, 5),
    )  # fmt: skip
    told = as_text(bare)
    assert told == (f"“舆情监测服务招标公告”, tender notice, undated. SHA-256 {SHA}. pages 3–5.")
    item = as_csl(bare)
    assert item["type"] == "document"
    assert not {"author", "issued", "URL", "accessed"} & item.keys()
    assert "author" not in as_bibtex(bare)


def test_bibtex_is_read_by_a_program_for_it() -> None:
    entry = parse_string(as_bibtex(record()), "bibtex").entries[record().key]
    assert entry.type == "misc"
    assert entry.fields["year"] == "2021"
    assert entry.fields["urldate"] == "2022-01-05"
    assert entry.fields["url"] == "https://example.org/a?b=1\\&c=\\%20\\_x"
    assert SHA in entry.fields["note"]
    assert len(entry.persons["author"]) == 1  # in braces: one body, not a first and last name


@given(TEXTS, TEXTS, TEXTS)
def test_no_words_of_a_document_break_an_entry(title: str, buyer: str, quote: str) -> None:
    odd = record(title=title, title_gloss=None, buyer=buyer, buyer_gloss=None,
                 words=Words(1, 0, 1, quote), url=f"https://example.org/{title}")  # fmt: skip
    written = as_bibtex(odd)
    entries = parse_string(written, "bibtex").entries
    assert list(entries) == [odd.key]
    assert "\u202e" not in written
    assert "\n" not in as_text(odd)
    assert json.loads(json.dumps(as_csl(odd)))["id"] == odd.key


def test_csl_json_is_rendered_by_a_program_for_it() -> None:
    item = as_csl(record())
    source = CiteProcJSON([item])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Asked([CitationItem(item["id"].lower())]))
    [printed] = [str(line) for line in bibliography.bibliography()]
    assert "示例市公安局" in printed
    assert "舆情监测服务招标公告" in printed
    assert "2021" in printed


def test_a_time_of_capture_that_is_no_date_is_told_as_it_stands() -> None:
    odd = record(captured_at="in spring")
    assert "accessed" not in as_csl(odd)
    assert "Captured in spring" in as_csl(odd)["note"]
    assert "urldate" not in as_bibtex(odd)


def test_the_key_is_that_of_the_record_and_the_place() -> None:
    assert record().key == "sousveil-0123456789ab-p1-10-16"
    assert record(words=None).key == "sousveil-0123456789ab"


def test_a_figure_says_what_counts_it_and_where() -> None:
    counted = Figure("case", "surveillance:true", 12, 1_300, "f" * 64, "1.0", "0.1.0",
                     date(2026, 1, 2))  # fmt: skip
    told = as_text(counted)
    assert told.startswith("12 projects in 1,300 notices. Query surveillance:true. Case case,")
    assert "f" * 64 in told
    assert parse_string(as_bibtex(counted), "bibtex").entries[counted.key].fields["year"] == "2026"
    assert as_csl(counted)["type"] == "dataset"
    other = Figure("case", "surveillance:false", 1, 1, "f" * 64, "1.0", "0.1.0", date(2026, 1, 2))
    assert other.key != counted.key


def test_words_of_a_record_stand_where_the_citation_says(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        ids = connection.execute(
            "SELECT notice_id FROM notices WHERE json_extract(evidence, '$.buyer') IS NOT NULL"
            " ORDER BY notice_id LIMIT 5"
        ).fetchall()
        for (notice_id,) in ids:
            cited = cite(demo_case, notice_id, "buyer")
            assert cited.words is not None
            text = connection.execute(
                "SELECT text FROM pages WHERE document_sha256 = ? AND page = ?",
                [cited.sha256, cited.words.page],
            ).fetchall()[0][0]
            assert text[cited.words.start : cited.words.end] == cited.words.quote


def test_the_command_cites_records_and_figures(demo_case: Case) -> None:
    counted = figure(demo_case, "surveillance:yes")
    run = CliRunner().invoke(
        app, ["cite", str(demo_case.root), "--query", "surveillance:yes", "--format", "csl"]
    )
    assert json.loads(run.stdout)[0]["title"] == counted.said
    with connect(demo_case) as connection:
        [(first,)] = connection.execute("SELECT min(notice_id) FROM notices").fetchall()
    for form in ("text", "bibtex", "csl"):
        run = CliRunner().invoke(app, ["cite", str(demo_case.root), first, "--format", form])
        assert run.exit_code == 0
        assert first[:12] in run.stdout or form == "text"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Nothing to cite"),
        (["0" * 32], "no notice"),
        (["abc", "--query", "x"], "two things"),
        (["--query", "buyer:("], ""),
        (["--query", "x", "--format", "word"], "no format 'word'"),
    ],
)
def test_what_cannot_be_cited_is_told(demo_case: Case, arguments: list[str], told: str) -> None:
    run = CliRunner().invoke(app, ["cite", str(demo_case.root), *arguments])
    assert isinstance(run.exception, UsageError)
    assert told in str(run.exception)


def test_a_field_without_words_names_those_that_have(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        [(first,)] = connection.execute("SELECT min(notice_id) FROM notices").fetchall()
    with pytest.raises(UsageError, match="no words of its own"):
        cite(demo_case, first, "colour")
