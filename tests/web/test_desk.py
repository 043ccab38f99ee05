"""The review desk: what is said lands in the ledger once, by key or by form, in either language."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium
from tests.web.conftest import ORIGIN, inside
from tests.web.sitting import sitting
from tests.web.test_record import MOST_BYTES, Page

from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.model import Decision
from sousveil.pipeline.decidable import projects_of
from sousveil.pipeline.desk import Desk
from sousveil.web import Door, Room


@pytest.fixture
def here(own_case: Case) -> Iterator[tuple[TestClient, Door]]:
    with inside(Room(own_case)) as (client, door):
        yield client, door
        client.app.state.desks.close()  # type: ignore[attr-defined]


def shown(answer: str) -> dict[str, str]:
    """What the form of a decision holds by itself."""
    form = re.search(r'<form method="post" id="decide".*?</form>', answer, re.S)
    assert form is not None
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def say(client: TestClient, address: str, **said: object) -> str:
    """Answer what a page of the desk shows; gives the address it leads to."""
    form = {**shown(client.get(address).text), **said}
    answer = client.post(address, data=form, headers={"origin": ORIGIN})
    assert answer.status_code == 303
    return answer.headers["location"]


def told(own_case: Case) -> list[Decision]:
    return read_decisions(own_case)


def test_what_is_said_is_kept_as_the_terminal_keeps_it(
    own_case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    address = "/desk?coder=Ana&query=platform:twitter"
    first = Desk(own_case, "Ana", query="platform:twitter").waiting()[0]
    page = client.get(address)
    assert len(page.content) < MOST_BYTES
    assert first.lead in page.text
    onward = say(
        client, address, relevant="yes", capabilities=["drones"], note="seen 联系人：王小明"
    )
    decisions = told(own_case)
    assert {d.notice_id for d in decisions} == set(first.notice_ids)
    one = decisions[0]
    assert (one.coder, one.relevant, one.capabilities, one.platforms) == (
        "Ana", "yes", ("drones",), None,
    )  # fmt: skip
    assert one.note == "seen 联系人：〔person〕"
    assert one.source == Desk(own_case, "Ana", query="platform:twitter")._draw(first)
    assert list(verify(own_case)) == []
    after = client.get(onward).text
    assert first.lead not in re.findall(r'href="/record/(\w+)"', after)
    assert "1 yes · 0 no · 0 unsure" in Page(after).text


def test_a_form_sent_twice_decides_once_and_a_change_of_mind_decides_again(
    own_case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    form = shown(client.get("/desk?coder=Ana").text)
    for answer, kept in (("no", 1), ("no", 1), ("yes", 2)):
        said = client.post(
            "/desk?coder=Ana", data={**form, "relevant": answer}, headers={"origin": ORIGIN}
        )
        assert said.status_code == 303
        assert len({d.at for d in told(own_case)}) == kept
    back = client.get(f"/desk?coder=Ana&at={form['at']}").text
    assert "You said yes: surveillance" in Page(back).text
    assert 'value="yes" data-key="y" class="yes" aria-pressed="true"' in back


def test_what_was_said_of_another_text_is_not_kept(
    own_case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    answer = say(client, "/desk?coder=Ana", relevant="yes", text="0" * 64)
    assert told(own_case) == []
    assert shown(client.get(answer).text)["text"] != "0" * 64


def test_skipped_ones_wait_and_the_end_says_so(
    own_case: Case, here: tuple[TestClient, Door]
) -> None:
    client, door = here
    address = "/desk?coder=Ana&query=platform:twitter AND year:2022"
    count = len(Desk(own_case, "Ana", query="platform:twitter AND year:2022").waiting())
    assert count > 1
    for _ in range(count):
        form = shown(client.get(address).text)
        client.post(address.replace("/desk?", "/desk/skip?"), data=form, headers={"origin": ORIGIN})
    end = Page(client.get(address).text)
    assert "That was all of it" in end.text
    assert f"{count} were skipped" in end.text
    client.post(
        address.replace("/desk?", "/desk/again?"),
        data={"csrf": door.csrf},
        headers={"origin": ORIGIN},
    )
    assert f"1 of {count}" in Page(client.get(address).text).text
    assert told(own_case) == []


SCHEME = """
name = "Ours"
coders = ["Ana", "Bo"]
[[question]]
id = "relevant"
asks = "Does it watch people?"
includes = "Rented cameras."
[[question]]
id = "capabilities"
asks = "What can it do?"
codes = ["drones", "face_recognition"]
[[definition]]
question = "capabilities"
code = "drones"
definition = "Anything that flies."
[[question]]
id = "overseas_target"
asks = "Does it look abroad?"
"""


def test_the_scheme_is_what_is_asked(own_case: Case, here: tuple[TestClient, Door]) -> None:
    client, _ = here
    (own_case.root / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    page = client.get("/desk?coder=Ana").text
    for words in ("Does it watch people?", "Rented cameras.", "What can it do?",
                  "Anything that flies.", "Does it look abroad?"):  # fmt: skip
        assert words in page
    assert set(re.findall(r'name="capabilities" value="(\w+)"', page)) == {
        "drones", "face_recognition",
    }  # fmt: skip
    say(client, "/desk?coder=Ana", relevant="yes", none="capabilities", abroad="yes")
    made = told(own_case)[0]
    assert (made.capabilities, made.overseas_target, len(made.scheme)) == ((), True, 12)
    refused = client.get("/desk?coder=Cem")
    assert refused.status_code == 400
    assert "is no coder of the coding scheme" in refused.text
    back = client.get(f"/desk?coder=Ana&at={first_key(own_case)}").text
    assert 'name="none" value="capabilities" checked' in back
    assert 'name="abroad" value="yes" checked' in back


def first_key(case: Case) -> str:
    """The key of the project that the first decision is on."""
    lead = told(case)[0].notice_id
    return next(one.project_key for one in projects_of(case) if lead in one.notice_ids)


def test_what_is_said_elsewhere_meanwhile_is_known_and_the_way_is_kept(
    own_case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    first, second, third, *_ = Desk(own_case, "Ana").waiting()
    form = shown(client.get("/desk?coder=Ana").text)
    client.post("/desk/skip?coder=Ana", data=form, headers={"origin": ORIGIN})
    with own_case.writing():
        Desk(own_case, "Ana").decide(second, "no")
    answer = client.get("/desk?coder=Ana").text
    assert shown(answer)["at"] == third.project_key
    assert "0 yes · 1 no" in Page(answer).text
    assert f'href="/desk?coder=Ana&amp;at={first.project_key}" data-key="b"' in answer


def test_nothing_is_kept_while_another_process_writes(
    own_case: Case, here: tuple[TestClient, Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = here
    monkeypatch.setattr("sousveil.web.desks.WAIT_SECONDS", 0.0)
    form = {**shown(client.get("/desk?coder=Ana").text), "relevant": "yes"}
    with Case.open(own_case.root).writing():
        answer = client.post("/desk?coder=Ana", data=form, headers={"origin": ORIGIN})
    assert answer.status_code == 409
    assert told(own_case) == []


@pytest.mark.parametrize(
    "query",
    ["?coder=../x", "?coder=Ana&query=buyer:(", "?coder=Ana&sample=none",
     "/fields?queue=fields&coder=Ana&query=buyer:("],
)  # fmt: skip
def test_what_cannot_be_used_is_told_beside_the_choice(client: TestClient, query: str) -> None:
    answer = client.get(f"/desk{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'name="coder" required' in answer.text


@pytest.mark.parametrize("changed", [{"csrf": "x"}, {"at": "p0"}, {"relevant": "maybe"}])
def test_forms_that_are_none_decide_nothing(
    own_case: Case, here: tuple[TestClient, Door], changed: dict[str, str]
) -> None:
    client, _ = here
    form = {**shown(client.get("/desk?coder=Ana").text), "relevant": "yes", **changed}
    answer = client.post("/desk?coder=Ana", data=form, headers={"origin": ORIGIN})
    assert answer.status_code in (400, 403)
    assert told(own_case) == []


def test_another_coder_does_not_see_what_was_said(
    own_case: Case, here: tuple[TestClient, Door]
) -> None:
    client, _ = here
    say(client, "/desk?coder=Ana", relevant="no", note="a remark of hers")
    first = told(own_case)[0].source
    assert first is not None
    answer = client.get("/desk?coder=Bo").text
    assert "a remark of hers" not in answer
    assert "You said" not in answer
    say(client, "/desk?coder=Bo", relevant="yes")
    assert "0 of 1 agree with others" in Page(client.get("/desk?coder=Bo").text).text


@needs_chromium
def test_by_keyboard_alone(own_case: Case) -> None:
    with sitting(own_case, "/desk") as page:
        page.get_by_label("Your name").focus()
        page.keyboard.type("Ana")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk?coder=Ana*")
        page.keyboard.press("?")
        expect(page.locator("dialog[open]")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("y")
        expect(page.locator(".figures")).to_contain_text("1 yes")
        page.keyboard.press("n")
        expect(page.locator(".figures")).to_contain_text("1 no")
        page.reload()
        expect(page.locator(".figures")).to_contain_text("2 of")
        page.keyboard.press("b")
        expect(page.locator(".said")).to_contain_text("not surveillance")
        page.keyboard.press("t")
        page.keyboard.type("yes and no")
        page.keyboard.press("Escape")
        page.keyboard.press("c")
        page.keyboard.press("Space")
        page.keyboard.press("u")
        expect(page.locator(".figures")).to_contain_text("1 yes · 0 no · 1 unsure")
    said = [(d.relevant, d.note) for d in dict.fromkeys(told(own_case))]
    assert {*said} == {("yes", None), ("no", None), ("unsure", "yes and no")}
    assert [len(d.capabilities) for d in told(own_case) if d.capabilities] != []


@needs_chromium
def test_a_disagreement_is_settled_by_one_key(own_case: Case) -> None:
    for coder, relevant, codes in (("Ana", "yes", ("drones",)), ("Bo", "no", None)):
        desk = Desk(own_case, coder)
        project = desk.waiting()[0]
        with own_case.writing():
            desk.decide(project, relevant, capabilities=codes)  # type: ignore[arg-type]
    with sitting(own_case, "/desk?coder=Cem&adjudicate=1") as page:
        sides = page.locator(".side")
        expect(sides).to_have_count(2)
        boxes = [sides.nth(n).bounding_box() for n in (0, 1)]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["y"] == boxes[1]["y"], "side by side"
        expect(sides.nth(0).locator("mark, .chip")).to_have_text("Drone surveillance")
        page.keyboard.press("1")
        expect(page.locator("h1")).to_have_text("That was all of it")
    last = told(own_case)[-1]
    assert (last.coder, last.role, last.relevant, last.capabilities) == (
        "Cem", "adjudicator", "yes", ("drones",),
    )  # fmt: skip
    assert len(last.settles) == 2


@needs_chromium
def test_in_chinese(own_case: Case) -> None:
    with sitting(own_case, "/desk?coder=李明&queue=random&lang=zh-Hans") as page:
        page.keyboard.press("y")
        expect(page.locator(".figures")).to_contain_text("是 1 · 否 0 · 不确定 0")
        assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert {d.coder for d in told(own_case)} == {"李明"}
