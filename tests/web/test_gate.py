"""Who is let in, what is refused, and what every answer carries."""

from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, PORT, inside, outside

from sousveil.web import Room
from sousveil.web.gate import HEADERS, MOST_BODY


def test_the_token_is_exchanged_for_a_cookie_once(room: Room) -> None:
    with outside(room) as (client, door):
        entrance = urlsplit(door.address)
        first = client.get("/enter", params=entrance.query)
        assert (first.status_code, first.headers["location"]) == (303, "/search")
        kept = first.headers["set-cookie"]
        assert kept.startswith(f"{door.cookie}=")
        assert {"HttpOnly", "Path=/", "SameSite=strict"} <= {p.strip() for p in kept.split(";")}
        assert client.get("/search").status_code == 200
        client.cookies.clear()
        assert client.get("/enter", params=entrance.query).status_code == 403
        assert client.get("/search").status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", "é", "x" * 10_000])
def test_a_wrong_token_is_refused_and_spends_nothing(room: Room, token: str) -> None:
    with outside(room) as (client, door):
        assert client.get("/enter", params={"token": token}).status_code == 403
        assert client.get("/enter", params=urlsplit(door.address).query).status_code == 303


@pytest.mark.parametrize("path", ["/", "/search", "/static/room.css", "/absent", "/openapi.json"])
def test_nothing_is_shown_without_the_session(room: Room, path: str) -> None:
    with outside(room) as (client, door):
        for cookie in ("", f"{door.cookie}=", f"{door.cookie}=x", "broken;;=", "a=b"):
            response = client.get(path, headers={"cookie": cookie})
            assert response.status_code == 403
            assert room.name not in response.text


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", "localhost",
     f"127.0.0.1:{PORT}.evil.example", f"[::1]:{PORT}", f"0.0.0.0:{PORT}"],
)  # fmt: skip
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/search", headers={"host": host}).status_code == 421


def test_localhost_is_this_server_too(client: TestClient) -> None:
    cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    headers = {"host": f"localhost:{PORT}", "cookie": cookie}
    assert client.get("/search", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "other",
    ['a={"b": 1}', "[c]=1", "no value", "k\xe9=1", 'q="open', f"sousveil-{PORT}=stale", "="],
)
def test_cookies_of_other_servers_here_keep_nobody_out(client: TestClient, other: str) -> None:
    own = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    for cookie in (f"{other}; {own}", f"{own}; {other}"):
        headers = {"cookie": cookie.encode("latin-1")}
        assert client.get("/absent", headers=headers).status_code == 404


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_what_another_site_asks_for_is_refused(client: TestClient, site: str) -> None:
    assert client.get("/search", headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1",
                                    f"https://127.0.0.1:{PORT}"])  # fmt: skip
def test_a_form_of_another_origin_is_refused(room: Room, origin: str | None) -> None:
    with inside(room) as (client, door):
        headers = {} if origin is None else {"origin": origin}
        response = client.post("/search", data={"csrf": door.csrf}, headers=headers)
        assert response.status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_wrong_methods(client: TestClient, method: str) -> None:
    response = client.request(method, "/search", headers={"origin": ORIGIN})
    assert response.status_code == 405
    assert "That did not work" in response.text


@pytest.mark.parametrize(
    "path",
    ["/static/..%2fapp.py", "/static/%2e%2e/app.py",
     "/static/%252e%252e%252fapp.py", "/static/..\\app.py", "/%00"],
)  # fmt: skip
def test_paths_that_lead_upward_are_refused(client: TestClient, path: str) -> None:
    assert client.get(ORIGIN + path).status_code in (400, 404)


def test_large_bodies_are_refused(client: TestClient) -> None:
    def endless() -> object:
        for _ in range(20):
            yield b"x" * (MOST_BODY // 10)

    for body in (b"x" * (MOST_BODY + 1), endless()):
        response = client.post("/search", content=body, headers={"origin": ORIGIN})  # type: ignore[arg-type]
        assert response.status_code == 413


@pytest.mark.parametrize("path", ["/search", "/absent", "/static/room.css", "/static/absent"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert HEADERS.items() <= dict(headers).items()
    kept = "no-store" if not headers["content-type"].startswith("text/css") else "private"
    assert headers["cache-control"].startswith(kept)


def test_a_refusal_carries_the_policy(room: Room) -> None:
    with outside(room) as (client, _):
        assert HEADERS.items() <= dict(client.get("/search").headers).items()


def test_what_nobody_foresaw_carries_the_policy(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inside(room) as (client, _):
        monkeypatch.setattr(Room, "reading", lambda _: 1 // 0)
        response = client.get("/search")
    assert response.status_code == 500
    assert HEADERS.items() <= dict(response.headers).items()
    assert response.headers["cache-control"] == "no-store"
