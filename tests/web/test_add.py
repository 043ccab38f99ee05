"""Adding files: whole, harmless, one run at a time, and never from another site."""

import asyncio
import io
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient
from tests.report.browser import needs_chromium, watched_page
from tests.web.conftest import ORIGIN, inside
from tests.web.test_record import Page
from tests.web.test_record_browser import served

from sousveil.case import incoming
from sousveil.case.folder import Case
from sousveil.pipeline.find import find
from sousveil.web import Door, Room

SAID = {"origin": ORIGIN}
NOTICE = """<html><head><title>某市公安局人脸识别系统采购项目中标公告</title></head><body>
<h1>某市公安局人脸识别系统采购项目中标公告</h1>
<p>项目编号：XZ-2024-017</p><p>项目名称：人脸识别系统采购项目</p>
<p>采购人：某市公安局</p><p>中标供应商：某某科技有限公司</p><p>中标金额：1234000元</p>
<p>公告日期：2024年5月6日</p></body></html>"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[TestClient, Door, Case]]:
    """The room of a case in which nothing is yet."""
    case = Case.create(tmp_path / "case")
    with inside(Room(case)) as (client, door):
        yield client, door, case


def files(*named: tuple[str, bytes]) -> list[tuple[str, tuple[str, io.BytesIO]]]:
    return [("file", (name, io.BytesIO(content))) for name, content in named]


def test_what_is_handed_over_waits(room: tuple[TestClient, Door, Case]) -> None:
    client, door, case = room
    large = b"x" * 3_000_000  # more than the body of any other request
    sent = files(("a.pdf", large), ("../../b/张三简历.txt", b"b"), ("", b""))
    answer = client.post("/add/files", data={"csrf": door.csrf}, files=sent, headers=SAID)
    assert (answer.status_code, answer.headers["location"]) == (303, "/add")
    assert (case.incoming.files / "a.pdf").read_bytes() == large
    assert (case.incoming.files / "b" / "张三简历.txt").read_bytes() == b"b"
    shown = client.get("/add").text
    Page(shown)
    assert "2 files wait to be read" in shown
    assert "张三" not in shown
    form = {"csrf": door.csrf, "mark": case.incoming.waiting().mark}
    assert form["mark"] in shown
    later = files(("c.txt", b"c"))
    client.post("/add/files", data={"csrf": door.csrf}, files=later, headers=SAID)
    answer = client.post("/add/clear", data=form, headers=SAID)
    assert case.incoming.waiting().files == 3
    shown = client.get(answer.headers["location"]).text
    assert "other files wait now than the page showed" in shown
    form["mark"] = case.incoming.waiting().mark
    assert client.post("/add/clear", data=form, headers=SAID).headers["location"] == "/add"
    assert not case.incoming.waiting()


def test_files_are_compared_while_others_are_answered(
    room: tuple[TestClient, Door, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, door, case = room
    compared = []

    def compare(*given: object) -> bool:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        compared.append(given)
        return True

    monkeypatch.setattr(incoming.filecmp, "cmp", compare)
    for _ in range(2):
        sent = files(("a.txt", b"a"))
        answer = client.post("/add/files", data={"csrf": door.csrf}, files=sent, headers=SAID)
        assert answer.status_code == 303
    assert len(compared) == 1
    assert case.incoming.waiting().files == 1


REST = b"ly\r\n--x--\r\n"


@contextmanager
def half_sent(client: httpx2.Client, door: Door, name: str) -> Iterator[HTTPConnection]:
    """A line on which a form with a file was sent up to ``REST``."""
    head = '--x\r\nContent-Disposition: form-data; name="'
    body = f'{head}csrf"\r\n\r\n{door.csrf}\r\n{head}file"; filename="{name}"\r\n\r\nslow'
    headers = {
        "origin": f"http://127.0.0.1:{door.port}",
        "cookie": f"{door.cookie}={client.cookies[door.cookie]}",
        "content-type": "multipart/form-data; boundary=x",
        "content-length": str(len(body.encode() + REST)),
    }
    with closing(HTTPConnection("127.0.0.1", door.port)) as line:
        line.putrequest("POST", "/add/files")
        for header in headers.items():
            line.putheader(*header)
        line.endheaders(body.encode())
        yield line


def test_what_comes_to_its_end_while_a_run_goes_on_waits_for_the_next(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    with case.incoming.receiving("a.txt") as file:
        file.write(b"a")
        file.keep()
    with served(case) as door, httpx2.Client(base_url=f"http://127.0.0.1:{door.port}") as client:
        assert client.get(door.address).status_code == 303
        form = {"csrf": door.csrf}
        own = {"origin": str(client.base_url)}
        with half_sent(client, door, "b.txt") as line:
            while not list((case.root / "incoming" / "aside").glob("*")):
                time.sleep(0.01)
            assert client.post("/add/run", data=form, headers=own).status_code == 303
            while (case.root / "incoming" / "files").exists():
                time.sleep(0.01)
            line.send(REST)
            assert line.getresponse().status == 303
        page = client.get("/add").text
        assert "data-going" in page
        assert "to be read" not in page
        while "data-going" in client.get("/add").text:
            time.sleep(0.1)
        assert "1 file waits to be read" in client.get("/add").text
    assert [each.provenance[0].path for each in case.documents()] == ["a.txt"]
    assert case.incoming.waiting().names == ("b.txt",)


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"csrf": "wrong"}, "files": files(("a.pdf", b"a"))},
        {"files": files(("a.pdf", b"a"))},
        {"data": {"csrf": ""}},
    ],
)
def test_without_the_secret_nothing_is_kept(
    room: tuple[TestClient, Door, Case], sent: dict[str, object]
) -> None:
    client, _, case = room
    kind = {} if "files" in sent else {"content-type": "multipart/form-data; boundary=x"}
    content = {} if "files" in sent else {"content": b"--x--\r\n"}
    given = sent if "files" in sent else content
    answer = client.post("/add/files", headers=SAID | kind, **given)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert not case.incoming.waiting()


def test_the_secret_counts_only_before_the_files(room: tuple[TestClient, Door, Case]) -> None:
    client, door, case = room
    head = b'--x\r\nContent-Disposition: form-data; name="'
    file = head + b'file"; filename="a.pdf"\r\n\r\nbytes\r\n'
    secret = head + b'csrf"\r\n\r\n' + door.csrf.encode() + b"\r\n"
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/add/files", content=file + secret + b"--x--\r\n", headers=SAID | kind)
    assert answer.status_code == 403
    half = secret + file[:-4]
    assert client.post("/add/files", content=half, headers=SAID | kind).status_code == 400
    for broken in (b"", b"--y--", secret + b"--x\r\nno header\r\n\r\n"):
        assert client.post("/add/files", content=broken, headers=SAID | kind).status_code in (
            400, 403,
        )  # fmt: skip
    assert client.post("/add/files", content=b"{}", headers=SAID).status_code == 400
    assert client.post("/add/files", content=secret, headers=kind).status_code == 403
    assert not case.incoming.waiting()


@pytest.mark.parametrize(
    "name",
    [
        "../../../outside.txt",
        "/etc/outside.txt",
        "..\\..\\outside.txt",
        "\x01\x1b[2J\u202etxt.exe",
        "長" * 100 + ".pdf",
        "/".join(["deep"] * 400),
        "….",
        ".",
    ],
)
def test_a_hostile_name_stays_harmless(
    room: tuple[TestClient, Door, Case], tmp_path: Path, name: str
) -> None:
    client, door, case = room
    before = set(tmp_path.rglob("*"))
    head = b'--x\r\nContent-Disposition: form-data; name="'
    body = head + b'csrf"\r\n\r\n' + door.csrf.encode() + b"\r\n"
    body += head + b'file"; filename="' + name.encode() + b'"\r\n\r\nbytes\r\n--x--\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/add/files", content=body, headers=SAID | kind)
    assert answer.status_code == 303
    assert case.incoming.waiting().files == 1
    came = set(tmp_path.rglob("*")) - before
    assert [p for p in came if not p.is_relative_to(case.root / "incoming")] == []
    Page(client.get("/add").text)


@pytest.mark.parametrize("boundary", ["", "x" * 5_000, '"', "é"])
def test_a_strange_form_is_refused(room: tuple[TestClient, Door, Case], boundary: str) -> None:
    client, _, _ = room
    kind = {"content-type": f"multipart/form-data; boundary={boundary}".encode("latin-1")}
    answer = client.post(
        "/add/files", content=b"--x\r\n", headers={"origin": ORIGIN.encode()} | kind
    )
    assert answer.status_code in (400, 403)


def test_what_is_too_large_is_told(
    room: tuple[TestClient, Door, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MOST_BYTES", 10)
    client, door, case = room
    sent = files(("a.pdf", b"a" * 11))
    answer = client.post("/add/files", data={"csrf": door.csrf}, files=sent, headers=SAID)
    assert answer.status_code == 400
    assert "the most that can be handed over" in answer.text
    assert not case.incoming.waiting()


def test_one_run_at_a_time_and_it_can_be_stopped(room: tuple[TestClient, Door, Case]) -> None:
    client, door, case = room
    form = {"csrf": door.csrf}
    sent = files(("a.txt", b"a"))
    assert client.post("/add/files", data=form, files=sent, headers=SAID).status_code == 303
    assert client.post("/add/run", data=form, headers=SAID).status_code == 303
    page = client.get("/add").text
    assert "data-going" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    for path in ("/add/run", "/add/clear"):
        assert client.post(path, data=form, headers=SAID).status_code == 409
    again = client.post("/add/files", data=form, files=files(("b.txt", b"")), headers=SAID)
    assert again.status_code == 409
    assert "Wait until that is done" in again.text
    assert client.post("/add/stop", data=form, headers=SAID).status_code == 303
    page = client.get("/add").text
    assert "What was done is kept" in page
    assert "data-going" not in page
    with case.writing(10):
        assert case.incoming.waiting() or case.documents()
    assert client.post("/add/stop", data=form, headers=SAID).status_code == 303


def test_a_case_that_another_process_writes_is_told(room: tuple[TestClient, Door, Case]) -> None:
    client, door, case = room
    runs = client.app.state.runs  # type: ignore[attr-defined]
    with case.writing():
        client.post("/add/run", data={"csrf": door.csrf, "job": "report"}, headers=SAID)
        runs.wait()
    page = client.get("/add").text
    assert "It came to no end" in page
    assert "is being written by process" in page


@needs_chromium
def test_without_scripts_files_wait_until_a_button_is_pressed(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    given = tmp_path / "given"
    (given / "deep").mkdir(parents=True)
    for name in ("one.txt", "two.txt", "deep/three.txt"):
        (given / name).write_text(name)
    with served(case) as door, watched_page() as (scripted, _, _):
        browser = scripted.context.browser
        assert browser is not None
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(door.address)
        page.click("text=Add files")
        page.set_input_files("#files", [given / "one.txt", given / "two.txt"])
        page.click("text=Add them")
        expect(page.locator("#waiting")).to_contain_text("2 files wait to be read")
        page.set_input_files("#folder", given)
        page.click("text=Add them")
        expect(page.locator(".names li")).to_have_count(5)
        assert "given/deep/three.txt" in case.incoming.waiting().names
        page.click("text=Remove them")
        expect(page.locator("#waiting")).to_have_count(0)
    assert not case.incoming.waiting()


@needs_chromium
def test_files_and_a_folder_are_dropped_and_found(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    given = tmp_path / "dropped"
    (given / "folder" / "deep").mkdir(parents=True)
    (given / "notice.html").write_text(NOTICE, "utf-8")
    (given / "folder" / "large.txt").write_bytes(b"x" * 5001)
    (given / "broken.pdf").write_bytes(b"%PDF-1.7 torn off")
    (given / "folder" / "deep" / "empty.html").write_bytes(b"")
    with served(case) as door, watched_page() as (page, requests, messages):
        page.goto(door.address)
        home = f"http://127.0.0.1:{door.port}"
        expect(page.locator(".empty")).to_contain_text("Nothing is indexed yet")
        page.goto(f"{home}/add")
        drop = page.locator("#drop")
        drop.evaluate("form => { form.dataset.most = 5000 }")
        box = drop.bounding_box()
        assert box is not None
        devtools = page.context.new_cdp_session(page)
        paths = [str(given / name) for name in ("notice.html", "broken.pdf", "folder")]
        for kind in ("dragEnter", "dragOver", "drop"):
            devtools.send(
                "Input.dispatchDragEvent",
                {
                    "type": kind,
                    "x": box["x"] + 40,
                    "y": box["y"] + 40,
                    "data": {"items": [], "files": paths, "dragOperationsMask": 1},
                },
            )
        expect(page.locator("#run-state")).to_have_text("Done", timeout=300_000)
        expect(page.locator(".failures li")).to_have_count(2)
        expect(page.locator("#large")).to_contain_text("too large: 1 of the files")
        unread = page.locator(".failures").inner_text()
        assert "broken.pdf" in unread
        assert "The PDF ends early" in unread
        assert "folder/deep/empty.html" in unread
        page.click("text=To the search")
        page.fill("#q", "XZ-2024-017")
        page.keyboard.press("Enter")
        expect(page.locator("#total")).to_have_text("1 notice")
    assert find(case, "XZ-2024-017", limit=5, offset=0, order="relevance").total == 1
    assert not case.incoming.waiting()
    assert all(address.startswith((home, "blob:", "data:")) for address in requests)
    assert messages == []
