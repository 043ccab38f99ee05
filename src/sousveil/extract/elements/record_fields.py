"""What each field of a record is in the Open Contracting Data Standard.

Source: the release schema 1.1.5 and the extensions named below
(https://extensions.open-contracting.org). The reference pages of all forms take their paths from
here; a test follows each through the schema.
"""

OCDS_PATHS: dict[str, str] = {
    "notice_type": "tag",
    "project_id": "tender/id",
    "plan_id": "relatedProcesses/identifier",
    "project_name": "tender/title",
    "title": "tender/title",
    "buyer": "buyer/name",
    "agency": "tender/procuringEntity/name",
    "method": "tender/procurementMethodDetails",
    "budget": "planning/budget/amount",
    "ceiling": "tender/value",
    "award": "awards/value",
    "currency": "awards/value/currency",
    "suppliers": "awards/suppliers/name",
    "bidders": "tender/tenderers/name",
    "identifiers": "parties/identifier/id",
    "published": "date",
    "first_published": "tender/documents/datePublished",
    "bid_deadline": "tender/tenderPeriod/endDate",
    "country": "parties/address/countryName",
    "place": "parties/address/region",
    "purpose": "tender/description",
    "references": "relatedProcesses/identifier",
    "source_url": "tender/documents/url",
    "site": "tender/documents/url",
    "publisher": "parties/name",
    "type": "tag",
    "language": "language",
    "lots": "tender/lots",
    "lots.number": "tender/lots/id",
    "lots.title": "tender/lots/title",
    "lots.budget": "tender/lots/value",
    "lots.ceiling": "tender/lots/value",
    "lots.award": "awards/value",
    "lots.outcome": "awards/status",
    "other_amounts": "bids/details/value",
}
"""By field of the record; of an amount that only a contract states it is ``contracts/value``."""

EXTENSIONS: dict[str, str] = {
    "tender/lots": "lots",
    "awards/relatedLots": "lots",
    "tender/techniques": "techniques",
    "tender/lots/techniques": "techniques",
    "bids": "bids",
    "contracts/suppliers": "contract_suppliers",
    "tender/expressionOfInterestDeadline": "qualification",
}
"""Paths that are not of the standard itself, by the extension that has them."""
