"""Where the links of a record page lead: from a value to its words and back, and to searches."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import duckdb

from sousveil.report.record.view import EvidenceView, RecordView
from sousveil.web.entity_addresses import organisation_page
from sousveil.web.record_sheets import Look, Sheet

_MOST_NAMED = 60
_MOST_NAME = 120
"""Characters of a name that is searched for."""


class Links:
    """Links of one record as it is shown; ``codes``: its codes stand on the page."""

    def __init__(
        self, record: RecordView, sheets: Sequence[Sheet], look: Look, *, codes: bool = True
    ) -> None:
        self._codes = codes
        self._record = record
        self._look = look
        self._here = frozenset[int]().union(*(sheet.anchors() for sheet in sheets))

    def words(self, number: int) -> str:
        """To the words of a value: on this page, or on the one that shows them."""
        anchor = f"#e-{number}"
        if number in self._here:
            return anchor
        words = self._record.evidence[number]
        return self.page(words.page, start=max(0, words.start - 200), look="text") + anchor

    def origin(self, number: int) -> str:
        """Back from some words to the field or code they were read for."""
        anchor = self.of(number).of[0]
        if anchor.startswith("c-") and not self._codes:
            return f"/record/{self._record.notice_id}#{anchor}"
        return f"#{anchor}"

    def of(self, number: int) -> EvidenceView:
        """The words of a number."""
        return self._record.evidence[number]

    def page(self, number: int, start: int = 0, look: Look | None = None) -> str:
        """To a page of the record, from an offset on."""
        said: dict[str, object] = {"page": number}
        if start:
            said["start"] = start
        wanted = self._look if look is None else look
        if wanted:
            said["view"] = wanted
        return f"/record/{self._record.notice_id}?{urlencode(said)}"


def same(record: RecordView) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Searches by field for notices of the same buyer or supplier: (name, address)."""
    fields = {"buyer": "buyer_org", "suppliers": "supplier_org", "agency": "agency"}
    found: dict[str, list[tuple[str, str]]] = {}
    for field in record.fields:
        if field.name in fields:
            names = [v.value.text for v in field.values if not v.value.left_out]
            found[field.name] = [
                (name, search_for(fields[field.name], name))
                for name in names
                if len(name) <= _MOST_NAME
            ]
    return found


def pages(connection: duckdb.DuckDBPyConnection, record: RecordView) -> Mapping[str, list[str]]:
    """The pages of the organisations that a record names, by field; and of its place."""
    fields = {"buyer": "buyer", "supplier": "suppliers", "bidder": "bidders", "agency": "agency"}
    named = connection.execute(
        "SELECT role, org_key FROM mentions WHERE notice_id = ? AND org_key IS NOT NULL"
        " ORDER BY role, position",
        [record.notice_id],
    ).fetchall()
    found: dict[str, list[str]] = {}
    for role, org_key in named[:_MOST_NAMED]:
        found.setdefault(fields[role], []).append(organisation_page(org_key))
    if any(field.name == "place" for field in record.fields):
        found["place"] = [f"/record/{record.notice_id}/place"]
    return found


def search_for(field: str, value: str) -> str:
    """The address of a search for a value of a field."""
    plain = value.replace('"', " ").replace("\\", " ")
    return "/search?" + urlencode({"q": f'{field}:"{plain}"'})
