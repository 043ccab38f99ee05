"""The record page: each value beside its words, small whatever a record holds, and no way in."""

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.report.record.drawing import PERSONAL, read
from tests.web import papers
from tests.web.conftest import inside

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.report.citation import as_bibtex, as_text, cite
from sousveil.web import Room

MOST_BYTES = 150_000
_VOID = {"meta", "link", "input", "img", "br", "hr", "rect"}


class Page(HTMLParser):
    """What a page holds: ids, links, tags with their attributes, text. All tags must close."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(content)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if found.get("href"):
            self.links.append(str(found["href"]))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def ids(demo_case: Case) -> list[str]:
    with connect(demo_case) as connection:
        found = connection.execute("SELECT notice_id FROM notices ORDER BY 1").fetchall()
    return [one for (one,) in found]


def one_of(case: Case, where: str) -> str:
    with connect(case) as connection:
        found = connection.execute(
            f"SELECT notice_id FROM notices WHERE {where} ORDER BY 1 LIMIT 1"
        ).fetchone()
    assert found is not None
    return str(found[0])


def test_every_record_leads_from_each_value_to_its_words_and_back(
    client: TestClient, ids: list[str]
) -> None:
    for notice_id in ids:
        response = client.get(f"/record/{notice_id}?view=text")
        assert response.status_code == 200
        assert len(response.content) <= MOST_BYTES
        page = Page(response.text)
        assert len(set(page.ids)) == len(page.ids)
        within = {link[1:] for link in page.links if link.startswith("#")}
        assert within <= set(page.ids)
        words = {one for one in page.ids if one.startswith("e-")}
        assert words, "something of each record has words of its own"
        assert any(link.startswith("f-") for link in within)


def test_words_on_a_page_that_is_not_shown_are_linked_there(
    client: TestClient, demo_case: Case
) -> None:
    notice_id = one_of(demo_case, "len(pages) > 3 AND surveillance")
    page = Page(client.get(f"/record/{notice_id}?page=1&view=text").text)
    away = [link for link in page.links if "#e-" in link and not link.startswith("#")]
    assert away
    for link in away:
        anchor = link.rpartition("#")[2]
        assert anchor in Page(client.get(link).text).ids


def test_a_correction_is_told_in_words(client: TestClient, demo_case: Case) -> None:
    notice_id = one_of(demo_case, "source_path LIKE '%north-wexshire%' AND budget = 1520000")
    text = client.get(f"/record/{notice_id}").text
    (change,) = re.findall(r"<li><a href=\"#n-\w+\">Budget differs.*?</li>", text, re.S)
    assert re.search(r"was <del><bdi[^>]*>GBP 1,450,000.00", change)
    assert re.search(r"now <ins><bdi[^>]*>GBP 1,520,000.00", change)


def test_a_gloss_is_marked_as_one(client: TestClient, demo_case: Case) -> None:
    notice_id = one_of(demo_case, "buyer LIKE '%公安局%'")
    text = client.get(f"/record/{notice_id}").text
    assert re.search(r'class="tag"[^>]*>gloss</span> <span lang="en">[^<]*Public Security', text)


def test_citations_are_those_of_the_command_line(client: TestClient, demo_case: Case) -> None:
    notice_id = one_of(demo_case, "buyer IS NOT NULL AND source_url IS NOT NULL")
    cited = cite(demo_case, notice_id, "buyer")
    found = {
        form: client.get(f"/record/{notice_id}/citation/{form}?field=buyer")
        for form in ("text", "bibtex", "csl")
    }
    assert found["text"].text == as_text(cited) + "\n"
    assert found["bibtex"].text == as_bibtex(cited)
    assert json.loads(found["csl"].text)[0]["id"] == cited.key
    for response in found.values():
        assert response.headers["content-disposition"].startswith("attachment")
    assert client.get(f"/record/{notice_id}/citation/text?field=nothing").status_code == 400


def test_the_masked_text_is_a_file(client: TestClient, demo_case: Case) -> None:
    notice_id = one_of(demo_case, "json_extract(masked, '$.person') > 0 AND len(pages) = 1")
    with connect(demo_case) as connection:
        ((text,),) = connection.execute(
            "SELECT p.text FROM pages p JOIN notices n USING (document_sha256)"
            " WHERE n.notice_id = ? AND p.page = n.page",
            [notice_id],
        ).fetchall()
    response = client.get(f"/record/{notice_id}/text")
    assert response.text == text
    assert response.headers["content-type"].startswith("text/plain")
    assert "attachment" in response.headers["content-disposition"]


@pytest.mark.parametrize(
    "path",
    [
        "/record/" + "f" * 32,
        "/record/abc",
        "/record/%3Cscript%3E",
        "/record/" + "f" * 32 + "/text",
        "/record/" + "f" * 32 + "/citation/text",
        "/record/" + "f" * 32 + "/picture/1.png",
        "/record/" + "f" * 32 + "/unmask",
    ],
)
def test_a_record_that_is_not_there_is_absent(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<script>" not in response.text


def test_a_page_that_is_not_the_records_is_absent(client: TestClient, ids: list[str]) -> None:
    for path in ("?page=9999", "/picture/9999.png", "/unmask?page=9999"):
        assert client.get(f"/record/{ids[0]}{path}").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "start=-1", "view=else", "page=99999999999"])
def test_values_that_are_none_are_refused(client: TestClient, ids: list[str], query: str) -> None:
    assert client.get(f"/record/{ids[0]}?{query}").status_code == 400


# a case of its own: a PDF with persons, and records made to harm


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return papers.make(tmp_path_factory.mktemp("papers"), large=True)


@pytest.fixture(scope="module")
def here(case: Case) -> Iterator[TestClient]:
    with inside(Room(case)) as (client, _):
        client.app.state.pictures.patience = 120.0  # type: ignore[attr-defined]
        yield client
        client.app.state.pictures.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def letter(case: Case) -> str:
    return one_of(case, "source_path = 'letter.pdf'")


def test_a_pdf_is_shown_as_a_picture_with_marks(here: TestClient, letter: str) -> None:
    response = here.get(f"/record/{letter}")
    page = Page(response.text)
    assert any(tag == "img" and "/picture/1.png" in str(at["src"]) for tag, at in page.tags)
    assert sum(tag == "rect" for tag, _ in page.tags) >= 2
    assert any(one.startswith("e-") for one in page.ids)
    drawn = here.get(f"/record/{letter}/picture/1.png")
    assert drawn.headers["content-type"] == "image/png"
    said = read(drawn.content)
    assert "示例市公安局" in said
    assert [word for word in PERSONAL if word in said + response.text] == []


def test_without_private_the_text_is_shown_and_says_why(
    case: Case, letter: str, tmp_path: Path
) -> None:
    shutil.copytree(case.root, tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy" / "private")
    with inside(Room(Case.open(tmp_path / "copy"))) as (client, _):
        page = client.get(f"/record/{letter}").text
        assert "private/ was deleted" in page
        assert "示例市公安局" in page
        assert "/picture/1.png" not in page
        assert client.get(f"/record/{letter}/picture/1.png").status_code == 404


@pytest.mark.parametrize("number", [*range(len(papers.ATTACKS)), 99])
def test_hostile_records_are_text(here: TestClient, case: Case, number: int) -> None:
    notice_id = one_of(case, f"notice LIKE '%ocds-attack-{number}\"%'")
    for path in ("", "?view=text&start=20", "/unmask"):
        response = here.get(f"/record/{notice_id}{path}")
        assert response.status_code == 200
        assert len(response.content) <= MOST_BYTES
        page = Page(response.text)
        assert {tag for tag, _ in page.tags} & {"script", "style", "iframe", "object"} <= {"script"}
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            if tag == "script":
                assert str(attributes["src"]).startswith("/static/")
        assert not any(link.lower().startswith("javascript:") for link in page.links)
        assert all(link.startswith(("/", "#")) for link in page.links)
        assert not set("\u202e\u202c\u2066\u2069\u200f") & set(response.text)
        words = re.sub(r"\d\d:\d\d:\d\d", "", page.text)  # a time may hold what 7 * 7 gives
        assert "49" not in words or number != 6, "no template was run"
