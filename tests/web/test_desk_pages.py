"""The desk without JavaScript, single fields, agreement; read by everybody; of harmful records."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium
from tests.web import papers
from tests.web.conftest import ORIGIN, inside
from tests.web.sitting import sitting
from tests.web.test_record import Page

from sousveil.case.database import connect
from sousveil.case.decisions import read_decisions
from sousveil.case.field_decisions import read_field_decisions
from sousveil.case.folder import Case
from sousveil.case.judgements import read_judgements
from sousveil.model.decision import Relevance
from sousveil.pipeline.desk import Desk
from sousveil.pipeline.estimating import agreed
from sousveil.pipeline.field_desk import FieldDesk
from sousveil.pipeline.sitting import field_key
from sousveil.web import Room

FIELDS = "/desk/fields?coder=Ana&queue=fields&query=platform:twitter"


def differ(case: Case) -> None:
    """Two coders say different things of the first project."""
    said: tuple[tuple[str, Relevance, tuple[str, ...] | None], ...] = (
        ("Ana", "yes", ("drones",)),
        ("Bo", "no", None),
    )
    for coder, relevant, codes in said:
        desk = Desk(case, coder)
        with case.writing():
            desk.decide(desk.waiting()[0], relevant, capabilities=codes)


def hidden(answer: str) -> dict[str, str]:
    """What the forms of a field hold by themselves."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer))


def say(client: TestClient, **said: str) -> tuple[int, str]:
    """Answer the field that waits; gives the status and the page it leads to."""
    form = {**hidden(client.get(FIELDS).text), **said}
    answer = client.post(FIELDS, data=form, headers={"origin": ORIGIN})
    onward = answer.headers.get("location")
    return answer.status_code, client.get(onward).text if onward else answer.text


def test_fields_are_confirmed_corrected_and_taken_back(own_case: Case) -> None:
    first, second, *_ = FieldDesk(own_case, "Ana").waiting("platform:twitter")
    with inside(Room(own_case)) as (client, _):
        assert first.quote[:20] in Page(client.get(FIELDS).text).text
        assert say(client, verdict="right")[0] == 303
        status, page = say(client, verdict="wrong", value="不在公告中的话", quote="不在公告中的话")
        assert status == 400
        assert 'class="error" role="alert"' in page
        assert "不在公告中的话" in page, "what was typed is kept"
        assert say(client, verdict="unsure")[0] == 303
        kept = [(d.notice_id, d.field, d.verdict) for d in read_field_decisions(own_case)]
        assert kept == [
            (first.notice_id, first.field, "right"),
            (second.notice_id, second.field, "unsure"),
        ]
        back = client.get(f"{FIELDS}&at={field_key(first)}").text
        assert "You said Right" in Page(back).text
        form = {**hidden(back), "verdict": "undone"}
        assert client.post(FIELDS, data=form, headers={"origin": ORIGIN}).status_code == 303
        assert "You said" not in client.get(f"{FIELDS}&at={field_key(first)}").text


@needs_chromium
def test_a_field_that_coders_differ_on_is_settled_by_one_key(own_case: Case) -> None:
    field = next(f for f in FieldDesk(own_case, "Ana").waiting() if f.field == "buyer" and f.quote)
    with own_case.writing():
        FieldDesk(own_case, "Ana").say(field.notice_id, "buyer", "right")
        FieldDesk(own_case, "Bo").say(field.notice_id, "buyer", "wrong")
    with sitting(own_case, "/desk/fields?coder=Cem&queue=fields&adjudicate=1") as page:
        expect(page.locator(".side")).to_have_count(2)
        page.keyboard.press("2")
        expect(page.locator(".side")).to_have_count(0)
    last = max(read_field_decisions(own_case), key=lambda d: d.at)
    assert (last.coder, last.role, last.verdict, last.values) == ("Cem", "adjudicator", "wrong", ())


def test_agreement_is_that_of_the_command(own_case: Case) -> None:
    differ(own_case)
    found = agreed(own_case)
    with inside(Room(own_case)) as (client, _):
        text = " ".join(Page(client.get("/desk/agreement").text).text.split())
    assert "1 project was decided on by two or more. Coders: Ana, Bo." in text
    assert found.relevance.alpha is not None
    assert f"{found.relevance.alpha.value:.2f}" in text
    assert "They differ on 1 project" in text
    assert text.index("yes: surveillance") < text.index("no: not surveillance")


@needs_chromium
def test_without_javascript_by_forms(own_case: Case) -> None:
    with sitting(own_case, "/desk", scripts=False) as page:
        page.get_by_label("Your name").fill("Ana")
        page.get_by_label("In the order of chance").check()
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("textbox", name="Note").fill("read it")
        page.locator("summary", has_text="Capabilities").click()
        page.locator('[name="capabilities"][value="drones"]').check()
        page.locator("button.yes").click()
        expect(page.locator(".figures")).to_contain_text("1 yes")
        page.reload()
        page.get_by_role("button", name="Skip").click()
        page.locator("button.no").click()
        page.get_by_role("link", name="Back").click()
        expect(page.locator(".said")).to_contain_text("no: not surveillance")
        page.get_by_role("button", name="Cannot tell").click()
        page.goto(page.url.partition("/desk")[0] + "/joins?by=Ana")
        page.get_by_role("button", name="Not one").first.click()
        expect(page.locator(".verdict-told").first).to_contain_text("Judged: not one")
    decisions = read_decisions(own_case)
    assert [d.relevant for d in dict.fromkeys(decisions)][-1] == "unsure"
    assert {d.source.name for d in decisions if d.source} == {"random"}
    first = [d for d in decisions if d.relevant == "yes"]
    assert {(d.note, d.capabilities) for d in first} == {("read it", ("drones",))}
    assert [j.verdict for j in read_judgements(own_case)] == ["different"]


@needs_chromium
def test_everybody_can_read_it(own_case: Case) -> None:
    differ(own_case)
    with connect(own_case) as connection:
        found = connection.execute("SELECT min(project_key) FROM projects").fetchone()
    assert found is not None
    pages = (
        "/desk",
        "/desk?coder=Ana",
        "/desk?coder=Cem&adjudicate=1",
        "/desk?coder=Ana&queue=review&query=year:1900",
        "/desk/agreement",
        FIELDS,
        "/joins?by=Ana",
        f"/joins/{found[0]}",
    )
    with sitting(own_case, "/desk") as page:
        home = page.url.removesuffix("/desk")
        for address in pages:
            for scheme, width in (("light", 1200), ("dark", 390)):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(home + address)
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
                assert not wide, address
            results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
            assert results.violations_count == 0, (address, results.generate_report())


@needs_chromium
def test_records_made_to_harm_run_nothing(tmp_path: Path) -> None:
    case = papers.make(tmp_path)
    count = len(Desk(case, "Ana").waiting())
    for bypass in (False, True):
        with sitting(case, "/desk?coder=Ana", bypass_csp=bypass) as page:
            home = page.url.partition("/desk")[0]
            for place in range(1, count + 1):
                expect(page.locator(".kind")).to_contain_text(f"{place} of {count}")
                assert page.evaluate("window.hit") is None
                page.keyboard.press("s")
            expect(page.locator("h1")).to_have_text("That was all of it")
            for address in ("/desk/fields?coder=Ana", "/joins", "/desk/agreement"):
                page.goto(home + address)
                assert page.evaluate("window.hit") is None
                assert page.locator("main h1").count() == 1
