"""What the page of an organisation shows: its sums in groups that may be added up, and the records
behind each number."""

from collections.abc import Sequence

import msgspec

from sousveil.report.organisation_records import Page, Sum
from sousveil.web.search_state import State

_ROLE_FIELDS = {"buyer": "buyer_org", "supplier": "supplier_org"}
_MOST_KEYS = 12
"""Projects that a search names one by one: such an address stands at every number."""


class Records(msgspec.Struct, frozen=True):
    """Where the notices of one organisation are found."""

    org_key: str

    def all(self, role: str = "") -> str:
        """The notices that name it, or that name it in a role."""
        return State(self._field(role)).address()

    def figures(self, below: str = "") -> str:
        """The figures of the notices that name it, or a page below them."""
        return State(self._field("")).address(f"/figures{below}")

    def of(self, project_keys: Sequence[str], role: str = "", words: str = "") -> str:
        """Those of these projects; where there are too many to name, those that the words find."""
        if len(project_keys) > _MOST_KEYS:
            return State(f"{self._field(role)} {words}").address()
        return State(" OR ".join(f"project:{key}" for key in project_keys)).address()

    def _field(self, role: str) -> str:
        return f'{_ROLE_FIELDS.get(role, "org")}:"{self.org_key}"'


class Sums(msgspec.Struct, frozen=True):
    """Sums of one role, alone or shared with others: never to be added to another group's."""

    role: str
    shared: bool
    rows: Sequence[Sum]


def sums(page: Page) -> list[Sums]:
    """The amounts of an organisation in groups."""
    groups: dict[tuple[str, bool], list[Sum]] = {}
    for row in page.amounts:
        groups.setdefault((row.role, row.shared), []).append(row)
    return [Sums(role, shared, rows) for (role, shared), rows in groups.items()]
