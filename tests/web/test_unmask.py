"""Seeing a page unmasked: never before the ledger says who looks and why, and never twice."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.report.record.drawing import PERSONAL, read
from tests.web import papers
from tests.web.conftest import ORIGIN, inside

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry
from sousveil.case.verify import verify
from sousveil.web import Door, Room

REASON = "The name of the bidding company is covered; compare 联系人：王小明."


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return papers.make(tmp_path)


@pytest.fixture
def room(case: Case) -> Iterator[tuple[TestClient, Door]]:
    with inside(Room(case)) as (client, door):
        yield client, door
        client.app.state.pictures.close()  # type: ignore[attr-defined]


def letter_of(case: Case) -> tuple[str, str]:
    with connect(case) as connection:
        found = connection.execute(
            "SELECT notice_id, document_sha256 FROM notices WHERE source_path = 'letter.pdf'"
        ).fetchone()
    assert found is not None
    return found[0], found[1]


def noted(case: Case) -> list[Entry]:
    return [entry for entry in case.ledger.entries() if entry.kind == "unmasked"]


def form(door: Door, **changed: str) -> dict[str, str]:
    return {"csrf": door.csrf, "page": "1", "by": "A. Reader", "reason": REASON, **changed}


def test_the_ledger_says_who_looked_at_what_and_why(
    case: Case, room: tuple[TestClient, Door]
) -> None:
    client, door = room
    notice_id, sha256 = letter_of(case)
    response = client.post(
        f"/record/{notice_id}/unmask", data=form(door), headers={"origin": ORIGIN}
    )
    assert response.status_code == 200
    assert "张三丰" in response.text
    assert 'class="warning"' in response.text
    assert response.headers["cache-control"] == "no-store"
    assert "noindex" in response.headers["x-robots-tag"]
    (entry,) = noted(case)
    assert (entry.by, entry.page, entry.sha256) == ("A. Reader", 1, sha256)
    assert entry.reason == REASON.replace("王小明", "〔person〕")
    assert list(verify(case)) == []
    page = client.get(f"/record/{notice_id}").text
    assert "A. Reader" in page, "the record's history tells of it"
    assert [word for word in PERSONAL if word in page] == []


def test_the_picture_is_worth_one_look(case: Case, room: tuple[TestClient, Door]) -> None:
    client, door = room
    notice_id, _ = letter_of(case)
    text = client.post(
        f"/record/{notice_id}/unmask", data=form(door), headers={"origin": ORIGIN}
    ).text
    (address,) = re.findall(r'src="(/record/[^"]+/unmasked/[^"]+\.png)"', text)
    first = client.get(address)
    assert first.headers["cache-control"] == "no-store"
    assert "张三丰" in read(first.content)
    assert client.get(address).status_code == 404
    assert client.get(f"/record/{notice_id}/unmasked/guess.png").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": ""},
        {"reason": "because"},
        {"reason": "." * 60},
        {"reason": "why " * 200},
        {"by": ""},
        {"by": "../x"},
    ],
)
def test_without_name_and_reason_nothing_is_shown(
    case: Case, room: tuple[TestClient, Door], changed: dict[str, str]
) -> None:
    client, door = room
    notice_id, _ = letter_of(case)
    response = client.post(
        f"/record/{notice_id}/unmask", data=form(door, **changed), headers={"origin": ORIGIN}
    )
    assert response.status_code == 400
    assert [word for word in PERSONAL if word in response.text] == []
    assert noted(case) == []


@pytest.mark.parametrize(
    ("changed", "headers", "status"),
    [
        ({"csrf": "wrong"}, {"origin": ORIGIN}, 403),
        ({}, {"origin": "http://elsewhere.example"}, 403),
        ({}, {}, 403),
        ({"page": "2"}, {"origin": ORIGIN}, 404),
        ({"page": "x"}, {"origin": ORIGIN}, 400),
    ],
)
def test_forms_of_others_and_other_pages_show_nothing(
    case: Case,
    room: tuple[TestClient, Door],
    changed: dict[str, str],
    headers: dict[str, str],
    status: int,
) -> None:
    client, door = room
    notice_id, _ = letter_of(case)
    response = client.post(
        f"/record/{notice_id}/unmask", data=form(door, **changed), headers=headers
    )
    assert response.status_code == status
    assert [word for word in PERSONAL if word in response.text] == []
    assert noted(case) == []


def test_looking_needs_a_form(case: Case, room: tuple[TestClient, Door]) -> None:
    client, _ = room
    notice_id, _ = letter_of(case)
    page = client.get(f"/record/{notice_id}/unmask?page=1&by=me&reason={REASON}")
    assert [word for word in PERSONAL if word in page.text] == []
    assert noted(case) == []


def test_nothing_is_shown_where_the_ledger_cannot_be_written(
    case: Case, room: tuple[TestClient, Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, door = room
    monkeypatch.setattr("sousveil.pipeline.unmasking.WAIT_SECONDS", 0.0)
    notice_id, _ = letter_of(case)
    with Case.open(case.root).writing():
        response = client.post(
            f"/record/{notice_id}/unmask", data=form(door), headers={"origin": ORIGIN}
        )
    assert response.status_code == 409
    assert [word for word in PERSONAL if word in response.text] == []
    assert noted(case) == []


def test_nothing_unmasked_is_written_anywhere(case: Case, room: tuple[TestClient, Door]) -> None:
    client, door = room
    notice_id, _ = letter_of(case)

    def state() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in case.root.rglob("*") if p.is_file()}

    before = state()
    response = client.post(
        f"/record/{notice_id}/unmask", data=form(door), headers={"origin": ORIGIN}
    )
    (address,) = re.findall(r'src="(/record/[^"]+\.png)"', response.text)
    client.get(address)
    after = state()
    changed = [path for path in after if before.get(path) != after[path]]
    assert {path.parent.name for path in changed} == {"ledger"} | (
        {case.root.name} if any(path.name.startswith("lock") for path in changed) else set()
    )
    assert not any(word.encode() in after[path] for path in changed for word in PERSONAL)


def test_without_private_it_is_said_how_to_make_it_again(
    case: Case, room: tuple[TestClient, Door]
) -> None:
    client, door = room
    notice_id, _ = letter_of(case)
    for path in (case.root / "private").rglob("*.parquet"):
        path.unlink()
    response = client.post(
        f"/record/{notice_id}/unmask", data=form(door), headers={"origin": ORIGIN}
    )
    assert response.status_code == 400
    assert "sousveil rebuild" in response.text
    assert noted(case) == []
