"""What the page of an organisation shows: its sums in groups that may be added up, and the records
behind each number."""

from collections.abc import Sequence

import msgspec

from sousveil.report.organisation_records import Page, Part, Sum
from sousveil.web.figure_records import naming
from sousveil.web.search_state import State

_ROLE_FIELDS = {"buyer": "buyer_org", "supplier": "supplier_org"}


class Records(msgspec.Struct, frozen=True):
    """Where the notices of one organisation are found."""

    org_key: str

    def all(self) -> str:
        """The notices that name it."""
        return State(self._field).address()

    def figures(self, below: str = "") -> str:
        """The figures of the notices that name it, or a page below them."""
        return State(self._field).address(f"/figures{below}")

    def in_role(self, part: Part) -> str | None:
        """Those of the projects in which it has a role; None where no search finds just these."""
        field = _ROLE_FIELDS.get(part.role)
        if field:
            return State(f'{field}:"{self.org_key}"').address()
        return self.of(part.project_keys)

    def of(self, project_keys: Sequence[str]) -> str | None:
        """Those of these projects; None where there are too many to name."""
        search = naming(project_keys)
        return search.address() if search else None

    @property
    def _field(self) -> str:
        return f'org:"{self.org_key}"'


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
