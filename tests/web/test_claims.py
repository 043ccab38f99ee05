"""Claims in the room: what their last check said, made of a search, checked, passed on."""

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium, watched_page
from tests.web import papers
from tests.web.conftest import ORIGIN, inside
from tests.web.test_record import MOST_BYTES, Page
from tests.web.test_record_browser import served
from typer.testing import CliRunner

from sousveil import demo
from sousveil.case.bundle import Part, forget_scratch, pack_parts
from sousveil.case.claims import kept_checks, last_check
from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.pipeline import claims as pipeline
from sousveil.pipeline.claims import claims, differences
from sousveil.web import Door, Room
from sousveil.web.claim_forms import Stated
from sousveil.web.sayings import told

SAID = {"origin": ORIGIN}
VERDICTS = {
    "holds": "holds",
    "does not hold": "fails",
    "cannot be told from these records": "untold",
}
STATED = {
    "name": "Cameras-of-China",
    "statement": "Chinese police <b>bought</b> at least one system.",
    "who": "A newspaper",
    "where": "its review",
    "date": "2022-01",
    "query": "surveillance:true country:CN",
    "counts": "projects",
    "expects": "at_least",
    "number": "1",
}

HARMFUL = (
    "/claims", "/claim/attacks", "/claims/new?q=<script>window.hit=1</script>", "/add",
    "/add/failures", "/exports?q=\"'><img src=x onerror=window.hit=1>",
)  # fmt: skip


@pytest.fixture
def case(demo_case: Case, tmp_path: Path) -> Case:
    """A copy of the demonstration case, to write to."""
    shutil.copytree(demo_case.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


@pytest.fixture
def own(case: Case) -> Iterator[tuple[TestClient, Door]]:
    with inside(Room(case)) as (client, door):
        yield client, door


def test_every_claim_is_listed_with_what_its_last_check_said(
    client: TestClient, demo_case: Case
) -> None:
    page = client.get("/claims").text
    Page(page)
    assert len(page) < MOST_BYTES
    told = dict(re.findall(r'href="/claim/([^"]+)">.*?class="said (\w+)"', page))
    right, wrong = claims(demo_case)
    assert wrong == []
    checks = {each.name: last_check(demo_case, each.name) for each in right}
    assert told == {name: VERDICTS[check.verdict] for name, check in checks.items() if check}
    assert len(told) == len(right) > 20


@pytest.mark.parametrize("name", ["abroad-projects", "township-cameras", "abroad-sophistication"])
def test_a_claim_shows_what_it_rests_on(client: TestClient, demo_case: Case, name: str) -> None:
    page = client.get(f"/claim/{name}").text
    Page(page)
    assert len(page) < MOST_BYTES
    check = last_check(demo_case, name)
    assert check is not None
    assert check.figure.replace("+", "&#43;") in page or check.figure in page
    linked = set(re.findall(r'href="/record/([^"]+)"', page))
    assert linked == {n.notice_id for p in check.evidence[:20] for n in p.notices[:12]}
    assert all(client.get(f"/record/{each}").status_code == 200 for each in sorted(linked)[:3])


@pytest.mark.parametrize("path", ["/claim/nothing", "/claim/a%2Fb"])
def test_there_is_no_such_claim(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_claim_is_made_of_what_was_typed_and_checked(
    case: Case, own: tuple[TestClient, Door]
) -> None:
    client, door = own
    form = STATED | {"csrf": door.csrf}
    asked = client.get("/claims/new", params={"q": STATED["query"]}).text
    Page(asked)
    assert "Finds " in asked
    for changed in (
        {"csrf": "wrong"},
        {"query": "year:"},
        {"query": ""},
        {"number": "many"},
        {"name": "../x"},
        {"counts": "sum"},
        {"date": "yesterday"},
        {"counts": "nonsense"},
        {"name": "abroad-projects"},
    ):
        answer = client.post("/claims/new", data=form | changed, headers=SAID)
        assert answer.status_code == (403 if "csrf" in changed else 400), changed
        if "csrf" not in changed:
            Page(answer.text)
            assert "&lt;b&gt;bought" in answer.text, "what was typed is not lost"
    assert last_check(case, "cameras-of-china") is None
    answer = client.post("/claims/new", data=form, headers=SAID)
    assert answer.headers["location"] == "/claim/cameras-of-china"
    check = last_check(case, "cameras-of-china")
    assert check is not None
    assert check.verdict == "holds"
    page = client.get("/claim/cameras-of-china").text
    assert "<b>bought" not in page
    assert 'class="said holds"' in page


def test_money_trends_and_things_are_stated_too(case: Case, own: tuple[TestClient, Door]) -> None:
    client, door = own
    for name, changed in {
        "money": {"counts": "sum", "currency": "cny", "expects": "about", "within": "2.5"},
        "trend": {"counts": "trend", "ladder": "online", "expects": "trend=rises"},
        "things": {"counts": "things", "words": "摄像机， camera"},
        "none": {"counts": "exists", "expects": "exists=no"},
        "all": {"counts": "organisations", "role": "buyer", "every": "yes"},
    }.items():
        form = STATED | {"csrf": door.csrf, "name": name, "number": "1,000"} | changed
        answer = client.post("/claims/new", data=form, headers=SAID)
        assert answer.status_code == 303, answer.text
        assert client.get(f"/claim/{name}").status_code == 200
    right, _ = claims(case, ["money", "things", "all"])
    of_all, money, things = right
    assert (str(money.expected.within), money.counted.currency) == ("0.025", "CNY")
    assert things.counted.words == ("摄像机", "camera")
    assert of_all.definition.records == "all"


def test_what_changed_between_checks_is_told(case: Case, own: tuple[TestClient, Door]) -> None:
    client, door = own
    form = {"csrf": door.csrf}
    path = case.root / "claims" / "abroad-projects.toml"
    path.write_text(path.read_text("utf-8").replace("year:2020..", "year:2022.."), "utf-8")
    for address in ("/claims", "/claim/abroad-projects"):
        page = client.get(address).text
        assert "not checked yet" in page, "what was said of other words does not stand beside it"
    assert page.index("not checked yet") < page.index('class="history"')
    assert "rests-on" not in page
    (wanted,), _ = differences(case, ["abroad-projects"])
    assert client.post("/claim/abroad-projects/check", data=form, headers=SAID).status_code == 303
    assert client.post("/claims/check", data=form, headers=SAID).status_code == 303
    page = client.get("/claim/abroad-projects").text
    history = page[page.index('class="history"') :]
    assert wanted.stated[0] in history
    assert history.count("gone:") == len([r for r in wanted.records if r.how == "out"]) > 0
    assert "As it was before." in history
    assert "The first check." in history
    assert len(kept_checks(case, "abroad-projects", 10)) == 3
    (case.root / "claims" / "broken.toml").write_text("statement = 1", "utf-8")
    listed = client.get("/claims").text
    assert "claims/broken.toml" in listed
    assert "abroad-projects" in listed
    path.write_text(path.read_text("utf-8").replace("year:2022..", "@nothing"), "utf-8")
    answer = client.post("/claims/check", data=form, headers=SAID)
    assert answer.status_code == 400
    assert "claims/broken.toml" in answer.text
    assert "claims/abroad-projects.toml" in answer.text
    assert "not checked yet" in answer.text
    assert client.get("/claim/broken").status_code == 400
    assert client.post("/claim/broken/check", data=form, headers=SAID).status_code == 400


def test_without_an_index_no_claim_is_written(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    with inside(Room(case)) as (client, door):
        for _ in range(2):
            answer = client.post("/claims/new", data=STATED | {"csrf": door.csrf}, headers=SAID)
            assert answer.status_code == 400
            assert "Nothing is indexed yet." in answer.text
    assert claims(case) == ([], [])


def test_a_bundle_is_that_of_the_command_line(
    case: Case, own: tuple[TestClient, Door], tmp_path: Path
) -> None:
    client, door = own
    for form, only in (("tar", ""), ("zip", "evidence")):
        sent = {"csrf": door.csrf, "form": form, "only": only}
        answer = client.post("/claims/bundle", data=sent, headers=SAID)
        assert answer.status_code == 200
        out = tmp_path / f"wanted.{form}"
        more = ["--only-evidence"] if only else []
        made = CliRunner().invoke(
            app, ["claims", "bundle", str(case.root), "--out", str(out), *more]
        )
        assert made.exit_code == 0
        assert answer.content == out.read_bytes()
    assert client.post("/claims/bundle", headers=SAID).status_code == 403
    (case.root / "claims" / "broken.toml").write_text("statement = 1", "utf-8")
    sent = {"csrf": door.csrf}
    assert client.post("/claims/bundle", data=sent, headers=SAID).status_code == 400


def test_a_bundle_is_packed_in_the_case_while_others_may_write(
    case: Case, own: tuple[TestClient, Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, door = own
    packed = []

    def watched(parts: Sequence[Part], statement: dict[str, object], out: Path) -> str:
        with case.writing():  # raises where the room still holds it
            packed.append(out)
        decisions = [path for name, path in parts if not name.startswith("originals/")]
        assert all(path.is_relative_to(out.parent) for path in decisions)
        return pack_parts(parts, statement, out)

    monkeypatch.setattr(pipeline, "pack_parts", watched)
    sent = {"csrf": door.csrf}
    assert client.post("/claims/bundle", data=sent, headers=SAID).status_code == 200
    (out,) = packed
    assert out.is_relative_to(case.root / "private")
    assert not out.parent.exists()
    (out.parent / "of_a_killed_room").mkdir(parents=True)
    forget_scratch(case)
    assert not out.parent.exists()


def test_reasons_and_figures_are_told_in_chinese(client: TestClient, demo_case: Case) -> None:
    checks = [last_check(demo_case, name) for name in sorted(demo.claims())]
    sayings = [s for c in checks if c for s in (c.figure, c.expected, *c.why)]
    assert len(sayings) > 40
    english = [s for s in sayings if re.search("[a-z]{3}", told(s, "zh-Hans"))]
    assert english == []
    page = client.get("/claim/abroad-projects", headers={"accept-language": "zh-Hans"}).text
    assert "16 个项目" in page
    assert "16 projects" not in page


def tab_to(page: BrowserPage, selector: str) -> None:
    """Press Tab until something is focused."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(selector)


def serious(page: BrowserPage) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


@needs_chromium
def test_a_claim_is_made_from_a_search_by_keys_alone(case: Case) -> None:
    with served(case) as door, watched_page() as (page, requests, messages):
        page.goto(door.address)
        home = f"http://127.0.0.1:{door.port}"
        page.keyboard.press("/")
        page.keyboard.insert_text("舆情 country:CN")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=*")
        tab_to(page, ".as-text summary")
        page.keyboard.press("Enter")
        tab_to(page, "a[href^='/claims/new']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/claims/new?*")
        tab_to(page, "#statement")
        assert page.input_value("#query").startswith("舆情")
        assert serious(page) == []
        expect(page.locator("[data-of=currency]")).to_be_hidden()
        for name, typed in (
            ("statement", "There are more than 100,000 such projects."),
            ("who", "A newspaper"),
            ("where", "its review"),
            ("date", "2022"),
            ("number", "100000"),
            ("name", "opinion"),
        ):
            if not page.evaluate("n => document.activeElement.id === n", name):
                tab_to(page, f"#{name}")
            page.keyboard.insert_text(typed)
        page.keyboard.press("Enter")
        page.wait_for_url("**/claim/opinion")
        expect(page.locator(".verdict .said")).to_have_text("cannot be told")
        assert page.locator(".project").count() > 2
        assert serious(page) == []
        tab_to(page, ".verdict button")
        page.keyboard.press("Enter")
        expect(page.locator(".history > li")).to_have_count(2)
        for path in ("/claims", "/exports", "/add", "/add/failures"):
            page.goto(home + path)
            assert serious(page) == [], path
            page.emulate_media(color_scheme="dark")
            assert serious(page) == [], path
            page.emulate_media(color_scheme="light")
    assert all(address.startswith(home) for address in requests)
    assert messages == []


@needs_chromium
@pytest.mark.parametrize("bypass_csp", [False, True])
def test_records_made_to_harm_run_nothing(hostile: Case, bypass_csp: bool) -> None:
    with served(hostile) as door, watched_page(bypass_csp=bypass_csp) as (page, _, messages):
        page.goto(door.address)
        for path in HARMFUL:
            page.goto(f"http://127.0.0.1:{door.port}{path}")
            assert page.evaluate("window.hit") is None, path
            assert page.locator("h1").count() == 1, path
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not wide, path
    assert [each for each in messages if "400" not in each] == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case of records made to harm, a claim that counts them all, and a file that waits."""
    case = papers.make(tmp_path_factory.mktemp("hostile"))
    for name in papers.ATTACKS:
        with case.incoming.receiving(f"{name}/{name}.txt") as file:
            file.keep()
    stated = Stated(**STATED | {"name": "attacks", "query": "police", "note": papers.ATTACKS[0]})
    with case.writing():
        pipeline.new_claim(case, stated.claim())
        checked = pipeline.check(case, ["attacks"])
        pipeline.keep(case, checked.checks)
    assert len(checked.checks[0].evidence) == len(papers.ATTACKS)
    return case
