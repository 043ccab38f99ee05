"""Briefs of a case with hostile words, a coder's decision and rules of one's own."""

import html
import re
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from tests.text.test_markdown import PARSER, TEXTS

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.pipeline import review
from sousveil.pipeline.deciding import take
from sousveil.pipeline.process import Options
from sousveil.reference import load_taxonomy
from sousveil.reference.platform_rules import FILE, load_platform_rules
from sousveil.report.brief import Collection, Country, Head, Named, Total
from sousveil.report.brief_page import render, write_all_briefs, write_briefs
from sousveil.report.brief_projects import (
    BriefProject,
    Cited,
    Record,
    Span,
    Text,
    Words,
    brief_projects,
)
from sousveil.report.brief_rows import Rows
from sousveil.report.page import build_report

HOSTILE = "<img src=x onerror=alert(1)>[查看](https://evil.example)推特舆情监测服务"
RECORD = """{title}采购公告
项目编号：EX-2021-{number}
项目名称：{title}
采购人：示例市公安局
预算金额：50万元
采购需求：{purpose}
公告日期：2021年4月{number}日
"""
OWN = """
[[rule]]
platform = "twitter"
title = "Rule <b>of</b> [mine](https://x.org)"
forbids = "Collecting."
document = "A page"
publisher = "The house"
url = "https://example.org/rules"
known = "2026"
source = "read by me"
checked = 2026-01-31
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    given_ = root / "given"
    given_.mkdir()
    for number, (title, purpose) in enumerate(
        (
            (HOSTILE, "采集推特、脸书等境外社交平台网民言论并预警推送。"),
            ("网络舆情监测服务", "采集社交平台网民言论并预警推送。"),
        ),
        start=1,
    ):
        text = RECORD.format(title=title, purpose=purpose, number=number)
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        (given_ / f"{number}.html").write_text(f"<html><body>{lines}</body></html>", "utf-8")
    case = Case.create(root / "case")
    with case.writing():
        review.review(case, [given_], Options(workers=1))
    return case.root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    return Case.open(shutil.copytree(made, tmp_path / "case"))


def brief(case: Case, folder: Path, platform: str) -> tuple[str, str]:
    """The page and the Markdown of one platform."""
    (written,) = write_briefs(case, folder, [platform])
    page, markdown = (path.read_text("utf-8") for path in written.files)
    return page, markdown


def test_hostile_words_are_words(case: Case, tmp_path: Path) -> None:
    (case.root / FILE).write_text(OWN, "utf-8")
    page, markdown = brief(case, tmp_path / "out", "twitter")
    tree = LexborHTMLParser(page)
    assert [node.attributes["href"] for node in tree.css("a")] == ["https://example.org/rules"]
    assert tree.css("img, b, script") == []
    assert HOSTILE in "".join(node.text() for node in tree.css("h3"))
    tokens = [leaf for t in PARSER.parse(markdown) for leaf in (t.children or [t])]
    assert [t.attrs["href"] for t in tokens if t.type == "link_open"] == [
        "https://example.org/rules"
    ]
    assert not [t for t in tokens if t.type in ("html_inline", "html_block", "image")]
    assert HOSTILE in "".join(t.content for t in tokens if t.type == "text")
    assert "Compared with the live page on 2026-01-31." in page
    assert "entered by the sender" in page
    assert "Illustrative" not in page


def test_the_report_turns_no_words_round(case: Case, tmp_path: Path) -> None:
    settings_file = case.root / "case.toml"
    told = settings_file.read_text("utf-8").replace('"case"', '"one\u202etwo\u001bcase"', 1)
    settings_file.write_text(told.replace("\u001b", "\\u001b"), "utf-8")
    page = build_report(Case.open(case.root), tmp_path / "report").read_text("utf-8")
    assert "one\ufffdtwo\ufffdcase" in page
    assert not set(page) & {"\u202e", "\u001b"}


def decide(case: Case, folder: Path, row: str, coder: str = "Ana") -> None:
    table = folder / "decided.csv"
    table.write_text(f"notice_id,relevant,platforms\n{row}\n", "utf-8")
    with case.writing():
        assert take(case, table, coder).added == 1
        review.process(case, Options(workers=1))


def test_a_platform_that_only_a_person_names_is_told_as_such(case: Case, tmp_path: Path) -> None:
    with connect(case) as connection:
        ((plain,),) = connection.execute(
            "SELECT notice_id FROM notices WHERE len(platforms) = 0"
        ).fetchall()
    decide(case, tmp_path, f"{plain},yes,telegram")
    with connect(case) as connection:
        (project,) = brief_projects(Rows(connection, "telegram"), load_taxonomy())
    assert [q.names_it for q in project.words] == [False]
    assert project.said_by.startswith("A person confirmed that this is surveillance and that it")
    page, markdown = brief(case, tmp_path / "out", "telegram")
    for text in (page, markdown):
        assert "no words are known that name the platform" in text
        assert "person confirmed 1 as surveillance and 1 as" in text
        assert "Ana" not in text


def test_a_person_who_says_no_takes_the_project_out(case: Case, tmp_path: Path) -> None:
    with connect(case) as connection:
        ((named,),) = connection.execute(
            "SELECT notice_id FROM notices WHERE list_contains(platforms, 'twitter')"
        ).fetchall()
    decide(case, tmp_path, f"{named},yes,")
    (written,) = write_briefs(case, tmp_path / "out", ["twitter"])
    assert (written.head.confirmed, written.head.platform_confirmed) == (1, 0)
    folder = case.root / "briefs"
    assert {w.head.platform for w in write_all_briefs(case, folder)} == {"twitter", "facebook"}
    (folder / "letter.md").write_text("mine", "utf-8")
    decide(case, tmp_path, f"{named},no,")
    assert write_all_briefs(case, folder) == []
    assert [path.name for path in folder.iterdir()] == ["letter.md"]


# The structure of a page does not depend on the words in it.


def whole(text: str) -> tuple[Head, BriefProject]:
    """A brief in which every text that could come from a document or a person is ``text``."""
    day = date(2021, 3, 4)
    collection = Collection(
        text, 1, "abc", "0.1.0", text, 3, 1, 0, 2, 1, 1, (Country(text, 2, 2020, 2021),), 0, False
    )
    (rule,) = load_platform_rules().of("twitter")
    told = dict.fromkeys(("title", "forbids", "document", "publisher", "source"), text)
    head = Head(
        platform="twitter", name=text, projects=1, notices=1, first=day, last=day, undated=0,
        with_amount=1, with_rate=1, usd=Decimal(5), with_supplier=1,
        totals=(Total(text, 1, Decimal(5), 1, Decimal(5)),),
        capabilities=(Named("x", text, 1, (text,)),), functions=(Named("y", text, 1, (text,)),),
        confirmed=0, platform_confirmed=0, by_model=0,
        rules=(msgspec.structs.replace(rule, phrase=text or "a", **told),), own_rules=True,
        collection=collection,
    )  # fmt: skip
    name, at = Text(text, text or "g"), Span(1, 1, 2, 3)
    project = BriefProject(
        number=1, project_key="p1", name=name, buyer=name, kind=text, place=name, when=text,
        amount=text, suppliers=(name, name), capabilities=(text,), functions=(text,),
        targets=(text,), abroad=True, level=text or "l",
        words=(Words(text, text, text, text or "g", at, True),), more_words=2, said_by=text,
        doubts=(text or "d",), cited=(Cited(text, text, text, at),),
        records=(Record(1, "n1", text, text or "o", text, text or "u", text or "c", "ab12"),),
        notices=3, copies=1,
    )  # fmt: skip
    return head, project


def of_page(text: str) -> list[str]:
    head, project = whole(text)
    tree = LexborHTMLParser("".join(render("html", head, [project])))
    assert tree.root is not None
    return [f"{n.tag} {sorted(n.attributes)}" for n in tree.root.traverse(include_text=False)]


def of_markdown(text: str) -> Iterator[str]:
    """Blocks and links; emphasis may be lost where its words begin or end with a space."""
    head, project = whole(text)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in parser.parse("".join(render("md", head, [project]))):
        yield token.type
        for leaf in token.children or ():
            if not re.match(r"text|strong_|em_|code_inline|softbreak", leaf.type):
                yield f"{leaf.type} {leaf.attrs}"


BLAND_PAGE, BLAND_MARKDOWN = of_page("word"), list(of_markdown("word"))


@settings(max_examples=60)
@given(TEXTS.filter(lambda text: bool(text.strip())) | st.just("x" * 500))
def test_no_words_change_what_a_page_is_made_of(text: str) -> None:
    assert of_page(text) == BLAND_PAGE
    assert list(of_markdown(text)) == BLAND_MARKDOWN
