"""The room of the demonstration case, asked in the process or served to a browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from sousveil.case.folder import Case
from sousveil.web import Door, Room, create_app

PORT = 8765
ORIGIN = f"http://127.0.0.1:{PORT}"


@pytest.fixture(scope="session")
def room(demo_case: Case) -> Room:
    """One room for all tests that only read."""
    return Room(demo_case)


@contextmanager
def outside(room: Room) -> Iterator[tuple[TestClient, Door]]:
    """A client that was not let in, and the door."""
    door = Door(PORT)
    with TestClient(
        create_app(room, door),
        base_url=ORIGIN,
        follow_redirects=False,
        raise_server_exceptions=False,
    ) as client:
        yield client, door
        client.app.state.runs.stop()  # type: ignore[attr-defined]


@contextmanager
def inside(room: Room) -> Iterator[tuple[TestClient, Door]]:
    """A client with the session."""
    with outside(room) as (client, door):
        parts = urlsplit(door.address)
        assert client.get(f"{parts.path}?{parts.query}").status_code == 303
        yield client, door


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    with inside(room) as (client, _):
        yield client


@pytest.fixture
def own_case(demo_case: Case, tmp_path: Path) -> Case:
    """A copy of the demonstration case, to be written to."""
    shutil.copytree(demo_case.root, tmp_path / "case")
    return Case.open(tmp_path / "case")
