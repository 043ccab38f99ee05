"""How a browser is led in, and how serving ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect
from tests.report.browser import needs_chromium, watched_page
from tests.web.test_record_browser import served

from sousveil.case.folder import Case
from sousveil.web.opening import way_in

BROWSER = r"""#!/bin/sh
echo "$0 $@" >> "$(dirname "$0")/started"
"""


@pytest.fixture
def in_the_foreground() -> Iterator[None]:
    """What a shell starts in the background ignores Ctrl-C, and so do its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def serving(*command: str, **env: str) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """The room served by a process of its own, and the first line it says; never left behind."""
    with subprocess.Popen(
        [sys.executable, "-m", "sousveil", "serve", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **env},
    ) as server:
        try:
            assert server.stdout is not None
            yield server, server.stdout.readline().decode()
        finally:
            server.kill()


@pytest.mark.usefixtures("in_the_foreground")
def test_the_token_is_not_among_what_the_browser_is_started_with(
    demo_case: Case, tmp_path: Path
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(BROWSER, "utf-8")
    browser.chmod(0o700)
    with serving(str(demo_case.root), BROWSER=f"{browser} %s") as (server, told):
        address = told.split()[-1]
        while not (tmp_path / "started").exists() or not (tmp_path / "started").read_text("utf-8"):
            assert server.poll() is None
            time.sleep(0.01)
        _, page = (tmp_path / "started").read_text("utf-8").split()
        file = Path(unquote(urlsplit(page).path))
        assert address.partition("token=")[2] not in page
        assert address in file.read_text("utf-8")
        assert file.stat().st_mode & 0o077 == 0
        server.send_signal(signal.SIGINT)
        server.wait(30)
    assert not file.exists()


@needs_chromium
def test_the_page_that_is_opened_leads_in(demo_case: Case) -> None:
    with served(demo_case) as door, watched_page() as (page, _, messages):
        with way_in(demo_case, door) as file:
            page.goto(file.as_uri())
            expect(page.locator("#q")).to_be_visible()
        assert page.url == f"http://127.0.0.1:{door.port}/search"
    assert messages == []


@pytest.mark.usefixtures("in_the_foreground")
def test_sigterm_ends_it_as_ctrl_c_does(demo_case: Case) -> None:
    ends = []
    for how in (signal.SIGINT, signal.SIGTERM):
        with serving(str(demo_case.root), "--no-open") as (server, told):
            assert "/enter?token=" in told
            server.send_signal(how)
            ends.append(server.wait(30))
    assert ends[0] == ends[1] > 0, "killed, it would leave the run that is going on"
