"""Pages of a room in a browser: in light and dark, wide and narrow, looked through by axe."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.report.browser import watched_page
from tests.web.test_record_browser import served

from sousveil.case.folder import Case

WIDE, NARROW = 1200, 390
LOOKS = (("light", WIDE), ("dark", WIDE), ("dark", NARROW), ("light", NARROW))
COLOURS = ("color-contrast", "link-in-text-block")
"""Rules of axe whose findings depend on light and dark."""
_GRAVE = ("serious", "critical")


class Visitor:
    """A browser that was let into a room."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self._home = home

    def go(self, address: str) -> Page:
        """To an address of the room, until its scripts ran."""
        self.page.goto(self._home + address, wait_until="load")
        self.page.evaluate("new Promise(done => setTimeout(done))")
        return self.page

    def look(self, scheme: str, width: int, height: int = 900) -> None:
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.page.set_viewport_size({"width": width, "height": height})

    def scrolls_sideways(self) -> bool:
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        return bool(self.page.evaluate(wide))

    def findings(self, rules: Iterable[str] = ()) -> list[str]:
        """What axe finds serious or critical: the rule and where."""
        options: dict[str, object] = {
            "resultTypes": ["violations"],
            "rules": {"target-size": {"enabled": True}},  # WCAG 2.2 asks for it, axe if told
        }
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for each in found
            if each["impact"] in _GRAVE
            for node in each["nodes"]
        ]


@contextmanager
def visiting(case: Case, *, bypass_csp: bool = False) -> Iterator[Visitor]:
    """A browser in the room of a case. Whatever was visited: nothing outside was asked for, and no
    page told the console of anything."""
    with served(case) as door, watched_page(bypass_csp=bypass_csp) as (page, requests, messages):
        home = f"http://127.0.0.1:{door.port}"
        page.goto(door.address)
        yield Visitor(page, home)
        assert [address for address in requests if not address.startswith(home)] == []
        assert messages == []
