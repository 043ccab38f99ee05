"""A browser at an address of the room, watched to the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page
from tests.report.browser import watched_page
from tests.web.test_record_browser import served

from sousveil.case.folder import Case


@contextmanager
def sitting(
    case: Case, address: str, *, scripts: bool = True, bypass_csp: bool = False
) -> Iterator[Page]:
    """Without ``scripts`` it runs none. It asks nothing of elsewhere, and complains of nothing."""
    with (
        served(case) as door,
        watched_page(bypass_csp=bypass_csp) as (page, requests, messages),
    ):
        home = f"http://127.0.0.1:{door.port}"
        if not scripts:
            browser = page.context.browser
            assert browser is not None
            page = browser.new_page(java_script_enabled=False)
            page.on("request", lambda request: requests.append(request.url))
        page.goto(door.address)
        page.goto(home + address)
        yield page
        assert messages == []
        assert requests != []
        assert all(one.startswith(home) for one in requests)
