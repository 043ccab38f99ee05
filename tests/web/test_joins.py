"""Joins in the room: their reasons, a word on them that is kept once, and what it will change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient
from tests.cli.test_joins import PAGE
from tests.report.browser import needs_chromium
from tests.web.conftest import ORIGIN, inside
from tests.web.sitting import sitting
from tests.web.test_record import Page

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.judgements import read_judgements
from sousveil.case.verify import verify
from sousveil.pipeline.add import add
from sousveil.pipeline.joins import Listed, listed
from sousveil.pipeline.process import Options
from sousveil.pipeline.review import process
from sousveil.resolve import RULES
from sousveil.resolve.organisations.described import REASONS
from sousveil.resolve.organisations.model import LEVELS
from sousveil.web import Door, Room
from sousveil.web.languages import LANGUAGES, catalogue

NOTICES = (
    ("昌吉州公安局", "招标公告"),
    ("昌吉回族自治州公安局", "更正公告"),
    ("昌吉州公安局", "中标公告"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three notices of one project, by a buyer that is written in two ways."""
    folder = tmp_path_factory.mktemp("joins")
    (folder / "given").mkdir()
    for number, (buyer, kind) in enumerate(NOTICES):
        name = "昌吉州视频监控系统建设项目"
        text = PAGE.format(
            title=name + kind, number="CJZ-2024-0317-08", name=name, buyer=buyer,
            amount=120 + number, day=number + 1,
        )  # fmt: skip
        (folder / f"given/{number}.html").write_text(text, encoding="utf-8")
    case = Case.create(folder / "case", taxonomy="1.0")
    with case.writing():
        add(case, [folder / "given"])
        process(case, Options(workers=1))
    return case.root


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    shutil.copytree(made, tmp_path / "case")
    return Case.open(tmp_path / "case")


@pytest.fixture
def here(case: Case) -> Iterator[tuple[TestClient, Door]]:
    with inside(Room(case)) as (client, door):
        yield client, door


def post(here: tuple[TestClient, Door], address: str, **said: object) -> str:
    """Send a form; gives the page it leads to."""
    client, door = here
    answer = client.post(address, data={"csrf": door.csrf, **said}, headers={"origin": ORIGIN})
    assert answer.status_code == 303
    return client.get(answer.headers["location"]).text


def first(case: Case, of: str) -> Listed:
    return listed(case, of)[0]  # type: ignore[arg-type]


def test_joins_are_listed_with_reasons_gloss_and_what_agreed(
    case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    text = Page(client.get("/joins").text).text
    for join in listed(case):
        assert join.reason in text
        assert join.left_name is not None
        assert join.left_name in text
    assert "own name: same" in text
    assert "Public Security" in text
    only = Page(client.get("/joins?of=organisation").text).text
    assert first(case, "organisation").reason in only
    assert first(case, "project").reason not in only
    assert "There is no such join" in client.get("/joins?below=50").text


def test_a_rejected_join_is_kept_once_and_what_it_will_change_is_told(
    case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    assert 'name="verdict" value="different" data-key' not in client.get("/joins").text
    join = first(case, "project")
    said = {"left": join.left, "right": join.right, "by": "Li", "note": "联系人：王小明"}
    for _ in range(2):
        page = post(here, "/joins?of=project", verdict="different", **said)
    (kept,) = read_judgements(case)
    assert (kept.by, kept.verdict, kept.left, kept.right, kept.note) == (
        "Li", "different", join.left, join.right, "联系人：〔person〕",
    )  # fmt: skip
    assert list(verify(case)) == []
    text = " ".join(Page(page).text.split())
    assert "Judged: not one — Li" in text
    assert "1 judgement is kept and not taken up yet" in text
    assert "sousveil process CASE" in text
    assert text.count("CNY") >= 2, "the project now and the projects then"
    post(here, "/joins", verdict="same", **said)
    assert [j.verdict for j in read_judgements(case)] == ["different", "same"]
    for note in ("another reason", ""):
        post(here, "/joins", verdict="same", **{**said, "note": note})
    assert [j.note for j in read_judgements(case)[1:]] == ["联系人：〔person〕", "another reason"]


def test_a_member_is_taken_out_and_after_processing_it_is_so(
    case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    join = first(case, "project")
    members = client.get(f"/joins/{join.key}?by=Li").text
    assert "3 members" in members
    for _ in range(2):
        page = post(here, f"/joins/{join.key}", by="Li", out=[join.left])
    assert len(read_judgements(case)) == 2
    for _ in range(2):
        page = post(here, f"/joins/{join.key}", by="Li", out=[join.left], note="not theirs")
    assert [j.note for j in read_judgements(case)] == ["", "", "not theirs", "not theirs"]
    assert "What it will change" in page
    with case.writing():
        process(case, Options(workers=1))
    with connect(case) as connection:
        sizes = connection.execute("SELECT len(notice_ids) FROM projects ORDER BY 1").fetchall()
    assert sizes == [(1,), (2,)]
    text = Page(client.get("/joins").text).text
    assert "In the tables." in text
    assert "not taken up yet" not in text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/joins", {"verdict": "same", "left": "000000", "right": "111111", "by": "Li"}),
        ("/joins", {"verdict": "maybe", "left": "000000", "right": "111111", "by": "Li"}),
        ("/joins", {"verdict": "same", "left": "{left}", "right": "{right}", "by": "../x"}),
        ("/joins/{key}", {"by": "Li"}),
        ("/joins/{key}", {"by": "Li", "out": "000000"}),
        ("/joins/pffffff", {"by": "Li", "out": "000000"}),
    ],
)
def test_what_cannot_be_used_is_refused(
    case: Case, here: tuple[TestClient, Door], address: str, said: dict[str, str]
) -> None:
    client, door = here
    join = first(case, "project")
    filled = {name: value.format(left=join.left, right=join.right) for name, value in said.items()}
    answer = client.post(
        address.format(key=join.key),
        data={"csrf": door.csrf, **filled},
        headers={"origin": ORIGIN},
    )
    assert answer.status_code == 400
    assert read_judgements(case) == []


def test_every_rule_has_a_name_in_each_language() -> None:
    rules = {
        "project_rule": {*RULES},
        "organisation_rule": {*REASONS},
        "name_part": {*LEVELS, "called so"},
    }
    for language in LANGUAGES:
        names = catalogue(language)
        for kind, codes in rules.items():
            told = {name.removeprefix(f"value.{kind}.") for name in names if f".{kind}." in name}
            assert told == codes
        levels = {label for part in LEVELS.values() for label, _ in part}
        assert levels <= {name.removeprefix("value.name_level.") for name in names}


@needs_chromium
def test_by_keyboard_in_a_browser(case: Case) -> None:
    with sitting(case, "/joins?lang=zh-Hans") as page:
        page.get_by_label("您的姓名").first.fill("李明")
        page.keyboard.press("Enter")
        page.wait_for_url("**by=*")
        expect(page.locator("li.join").first).to_contain_text("项目编号相同")
        page.locator("h1").click()
        page.keyboard.press("j")
        expect(page.locator(".join.on")).to_have_count(1)
        page.keyboard.press("r")
        expect(page.locator("li.join.on .verdict-told").first).to_contain_text("不是同一个")
        page.reload()
        expect(page.locator(".pending")).to_contain_text("1")
    assert [(j.by, j.verdict) for j in read_judgements(case)] == [("李明", "different")]
