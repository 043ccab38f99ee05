"""The search page: it finds what the query finds, divides it rightly, and no record breaks it."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium, watched_page
from tests.web import papers
from tests.web.conftest import inside
from tests.web.test_record import MOST_BYTES, Page
from tests.web.test_record_browser import served

from sousveil.case.folder import Case
from sousveil.pipeline.find import find
from sousveil.web import Room

_TOTAL = re.compile(r'id="total"[^>]*>\s*([\d,]+)')


def total(answer: str) -> int:
    match = _TOTAL.search(answer)
    assert match is not None
    return int(match[1].replace(",", ""))


@pytest.mark.parametrize(
    "query", ["", "舆情", "surveillance:yes", "人脸 country:CN", "platform:twitter"]
)
def test_as_many_are_found_as_the_query_finds(
    client: TestClient, demo_case: Case, query: str
) -> None:
    answer = client.get("/search", params={"q": query})
    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES
    Page(answer.text)
    found = find(demo_case, query, limit=1, offset=0, order="relevance")
    assert total(answer.text) == found.total


def test_a_facet_includes_excludes_and_is_taken_off(client: TestClient) -> None:
    every = total(client.get("/search").text)
    only = client.get("/search", params={"place": "TW"}).text
    others = client.get("/search", params={"not_place": "TW"}).text
    assert 0 < total(only) < every
    assert total(only) + total(others) == every
    assert '<ul class="chips"' in only
    assert total(client.get("/search", params={"place": ["TW", "CN"]}).text) > total(only)


def test_counts_beside_a_value_are_what_it_finds(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "舆情"}).text
    told = re.findall(
        r'name="(year|capability|type)" value="([^"]+)".*?<span class="n">([\d,]+)', answer, re.S
    )
    assert len(told) > 5
    for name, value, count in told:
        narrowed = client.get("/search", params={"q": "舆情", name: value}).text
        assert total(narrowed) == int(count.replace(",", "")), (name, value)


def divided(answer: str, name: str) -> dict[str, str]:
    """The counts beside the values of a facet, those that are chosen left out."""
    one = rf'<button name="{name}" value="([^"]+)"(?:(?!<li).)*?<span class="n">([\d,]+)'
    return dict(re.findall(one, answer, re.S))


@pytest.mark.parametrize("name", ["supplier", "place", "year", "capability"])
def test_beside_a_chosen_value_others_can_be_added(client: TestClient, name: str) -> None:
    every = divided(client.get("/search").text, name)
    value = next(iter(every))
    chosen = client.get("/search", params={name: value}).text
    others = divided(chosen, name)
    assert others
    assert {key: every[key] for key in every if key in others} == {
        key: count for key, count in others.items() if key in every
    }
    kind = divided(chosen, "type")
    assert sum(int(n.replace(",", "")) for n in kind.values()) == total(chosen)


@pytest.mark.parametrize("query", ["buyer:", "amount:>x", '"open', "nosuch:1", "(" * 400])
def test_a_wrong_query_is_told_in_place(client: TestClient, query: str) -> None:
    answer = client.get("/search", params={"q": query})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text
    Page(answer.text)


def test_what_no_search_knows_is_told(client: TestClient) -> None:
    said = {"q": "舆情", "colour": "red", "not_page": "1", "<script>": "1"}
    answer = client.get("/search", params=said)
    assert answer.status_code == 200
    told = Page(answer.text).text.partition("Not part of this search")[2][:300]
    assert [name for name in said if name in told] == ["colour", "not_page", "<script>"]
    known = {"q": "舆情", "place": "TW", "not_type": "award", "order": "published", "lang": "en"}
    assert "Not part of this search" not in client.get("/search", params=known).text


def test_a_query_is_kept_by_name_with_the_token_alone(tmp_path: Path) -> None:
    with inside(Room(papers.make(tmp_path))) as (client, door):
        said = {"name": "cameras", "query": "cameras"}
        assert client.post("/queries", data=said).status_code == 403
        headers = {"Origin": f"http://127.0.0.1:{door.port}"}
        assert client.post("/queries", data=said, headers=headers).status_code == 403
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/search?q=cameras").text)
        assert token is not None
        kept = client.post("/queries", data={**said, "csrf": token[1]}, headers=headers)
        assert kept.status_code == 303
        assert total(client.get(kept.headers["location"]).text) == len(papers.ATTACKS)


@needs_chromium
def test_words_facets_keys_and_records_in_a_browser(demo_case: Case) -> None:
    with served(demo_case) as door, watched_page() as (page, requests, messages):
        home = f"http://127.0.0.1:{door.port}"
        page.goto(door.address)
        page.keyboard.press("/")
        page.keyboard.type("舆情")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        expect(page.locator("mark").first).to_have_text("舆情")
        before = page.locator("#total").inner_text()
        page.locator('.facet[data-facet="place"] button[value="TW"]').first.click()
        expect(page.locator(".chips")).to_be_visible()
        expect(page.locator("#total")).not_to_have_text(before)
        page.go_back()
        expect(page.locator("#total")).to_have_text(before)
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.locator(".hit.at")).to_have_count(1)
        page.keyboard.press("Enter")
        page.wait_for_url("**/record/*")
        assert all(address.startswith(home) for address in requests)
        assert messages == []


@needs_chromium
@pytest.mark.parametrize("policy", [True, False])
def test_records_made_to_harm_run_nothing(tmp_path: Path, policy: bool) -> None:
    case = papers.make(tmp_path)
    with (
        served(case) as door,
        watched_page(bypass_csp=not policy) as (page, requests, messages),
    ):
        page.goto(door.address)
        page.goto(f"http://127.0.0.1:{door.port}/search?q=cameras")
        time.sleep(0.3)
        assert page.locator(".hit").count() == len(papers.ATTACKS)
        assert page.evaluate("window.hit") is None
        assert page.locator("main h1").count() == 1
        home = f"http://127.0.0.1:{door.port}"
        page.goto(f"{home}/figures/network")
        organisation = page.locator(".pairs a").first.get_attribute("href")
        for path in ("/figures", "/figures?q=<script>", "/figures/network", str(organisation)):
            page.goto(home + path)
            assert page.evaluate("window.hit") is None
            assert page.locator("main h1").count() == 1
        assert messages == []
        assert all(address.startswith(f"http://127.0.0.1:{door.port}") for address in requests)
