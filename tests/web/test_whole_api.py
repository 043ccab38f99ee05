"""The whole of the room's schema: whatever is sent to any route, none fails, and none does anything
for who is not let in or brings no form of the room."""

import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
import schemathesis
from httpx2 import InvalidURL
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis import Case as Asked
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, inside, outside
from tests.web.walk import values_of, walk

from sousveil.case.folder import Case
from sousveil.web import Door, Room
from sousveil.web.forms import HEADER

EXAMPLES = 20
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
Values = dict[str, list[str]]


@pytest.fixture(scope="module")
def case(demo_case: Case, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A copy, to be written to."""
    root = tmp_path_factory.mktemp("whole") / "case"
    shutil.copytree(demo_case.root, root)
    return Case.open(root)


@pytest.fixture(scope="module")
def entered(case: Case) -> Iterator[tuple[TestClient, Door]]:
    with inside(Room(case)) as (client, door):
        yield client, door
        client.app.state.pictures.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def operations(entered: tuple[TestClient, Door]) -> list[APIOperation]:
    schema = schemathesis.openapi.from_dict(entered[0].app.openapi())  # type: ignore[attr-defined]
    found = [each.ok() for each in schema.get_all_operations()]
    assert len({each.method for each in found}) > 1
    return found


@pytest.fixture(scope="module")
def known(entered: tuple[TestClient, Door]) -> Values:
    """What stands in the gaps of routes, by name: some of it there is."""
    found: dict[str, set[str]] = {}
    for each in walk(entered[0]):
        for name, value in values_of(each.address, each.route).items():
            found.setdefault(name, set()).add(value)
    return {name: sorted(values) for name, values in found.items()}


def path_of(operation: APIOperation, known: Values) -> str:
    """An address of an operation, of something that is there if any is known."""
    return re.sub(
        r"\{(\w+)\}", lambda gap: quote(known.get(gap[1], ["1"])[0], safe=""), operation.path
    )


def requests(operation: APIOperation, known: Values) -> st.SearchStrategy[Asked]:
    """Requests as the schema has them and as it has not, of what is there and what is not."""
    gaps = {name: st.sampled_from(known[name]) for name in gaps_of(operation) if name in known}
    there = st.fixed_dictionaries(gaps)
    return st.one_of(
        strategy
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for strategy in (
            operation.as_strategy(mode),
            there.flatmap(
                lambda found, mode=mode: operation.as_strategy(mode, path_parameters=found)
            ),
        )
    )


def gaps_of(operation: APIOperation) -> list[str]:
    return re.findall(r"\{(\w+)\}", operation.path)


def sent(client: TestClient, asked: Asked, headers: dict[str, str]) -> int:
    """The status of the answer."""
    said = asked.as_transport_kwargs(ORIGIN)
    del said["cookies"]
    try:
        return client.request(**{**said, "headers": {**said["headers"], **headers}}).status_code
    except InvalidURL:  # longer than the client sends
        reject()


def ask(operation: APIOperation, known: Values, check: object) -> None:
    """Check the requests made of an operation, the same ones each time."""
    assert callable(check)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(operation, known))
    def checked(asked: Asked) -> None:
        check(asked)

    checked()


@pytest.mark.slow
def test_whatever_is_sent_no_route_fails(
    entered: tuple[TestClient, Door], operations: list[APIOperation], known: Values
) -> None:
    client, door = entered
    statuses: set[int] = set()

    def check(asked: Asked) -> None:
        status = sent(client, asked, {"origin": ORIGIN, HEADER: door.csrf})
        statuses.add(status)
        assert status < 500, asked.as_curl_command()

    for operation in operations:
        ask(operation, known, check)
    assert {200, 400, 404} <= statuses


def test_without_a_form_of_the_room_nothing_is_done(
    case: Case, entered: tuple[TestClient, Door], operations: list[APIOperation], known: Values
) -> None:
    client, door = entered
    before = state(case.root)
    statuses: set[int] = set()

    def check(asked: Asked) -> None:
        wrong = {"origin": ORIGIN, HEADER: door.csrf[:-1] + "~"}
        for headers in (wrong, {HEADER: door.csrf}):  # the second without an origin
            status = sent(client, asked, headers)
            statuses.add(status)
            assert status in (400, 403), asked.as_curl_command()  # 400: a path that leads upward

    changing = [each for each in operations if each.method.upper() not in ("GET", "HEAD")]
    for operation in changing:
        ask(operation, known, check)
    assert 403 in statuses
    assert state(case.root) == before


def state(root: Path) -> dict[Path, str]:
    return {p: sha256(p.read_bytes()).hexdigest() for p in root.rglob("*") if p.is_file()}


def test_every_route_is_behind_the_gate(
    case: Case, entered: tuple[TestClient, Door], operations: list[APIOperation], known: Values
) -> None:
    client, door = entered
    good = {"origin": ORIGIN, HEADER: door.csrf}
    with outside(Room(case)) as (stranger, _):
        for operation in operations:
            method, path = operation.method.upper(), path_of(operation, known)
            for bad, status in (
                ({"host": "evil.example"}, 421),
                ({"sec-fetch-site": "cross-site"}, 403),
                ({"cookie": f"{door.cookie}=guess"}, 403),
            ):
                if path != "/enter" or "host" in bad:
                    refused = client.request(method, path, headers={**good, **bad})
                    assert refused.status_code == status, (method, path, bad)
            if path != "/enter":
                assert stranger.request(method, path, headers=good).status_code == 403, path
            for upward in ("/%2e%2e/x", "/%252e%252e", "/\\..", "/x%00"):
                refused = client.request(method, ORIGIN + path.rstrip("/") + upward, headers=good)
                assert refused.status_code in (400, 403, 404, 405), (method, path, upward)


def test_a_method_that_a_route_has_not_is_refused(
    entered: tuple[TestClient, Door], operations: list[APIOperation], known: Values
) -> None:
    client, door = entered
    methods: dict[str, set[str]] = {}
    for operation in operations:
        methods.setdefault(path_of(operation, known), set()).add(operation.method.upper())
    for path, own in methods.items():
        for method in set(METHODS) - own:
            answer = client.request(method, path, headers={"origin": ORIGIN, HEADER: door.csrf})
            assert answer.status_code == 405, (method, path)
            assert "That did not work" in answer.text
