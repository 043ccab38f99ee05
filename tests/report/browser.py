"""A page in the system's Chromium, and what it asked for and said meanwhile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, sync_playwright

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

needs_chromium = pytest.mark.skipif(
    _CHROMIUM is None, reason="needs Chromium: make test installs it when root"
)


class Watched(NamedTuple):
    """A page, the addresses it requested, and its messages and errors; both lists still grow."""

    page: Page
    requests: list[str]
    messages: list[str]


@contextmanager
def watched_page(*, bypass_csp: bool = False) -> Iterator[Watched]:
    """An empty page of 1280 by 900, closed at the end; ``bypass_csp``: no page's policy holds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=bypass_csp)
        watched = Watched(page, [], [])
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.on("console", lambda message: watched.messages.append(message.text))
        watched.page.on("pageerror", lambda error: watched.messages.append(str(error)))
        yield watched
        browser.close()
