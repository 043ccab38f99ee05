"""Where the fields of a release stand: the mapping table of the OCDS extractor.

Source: the release schema 1.1.5 (https://standard.open-contracting.org/1.1/en/schema/reference/),
1.0, and the extensions lots, bids, techniques (framework agreements), contract suppliers and
expressions of interest. A path is followed from the release: ``awards/value`` is the value of each
award; ``tender/title_*`` a member whose name begins so; ``parties[supplier]`` the parties with that
role. ``Source.ocds`` is the path of the same thing in 1.1 where a path of ours is another's.
"""

from sousveil.extract.elements.mapping import Source
from sousveil.model import NoticeType

RELEASE: dict[str, Source] = {
    "notice_type": Source(("tag",), ocds="tag", note="see the tables below"),
    "project_id": Source(
        ("tender/id", "contracts/id", "awards/id"),
        ocds="tender/id",
        note="a contract's or award's own number where the release names no tender, and one only",
    ),
    "plan_id": Source(("planning/id",), ocds="relatedProcesses/identifier", note="not of 1.1"),
    "project_name": Source(
        (
            "tender/title",
            "tender/title_*",
            "awards/title",
            "contracts/title",
            "planning/project/title",
            "tender/description",
            "awards/description",
            "contracts/description",
            "planning/project",
            "planning/budget/project",
            "planning/budget/description",
            "title",
            "description",
        ),
        ocds="tender/title",
        note="in a contract notice the contracts' before the awards'; a description up to 200 "
        "characters",
    ),
    "buyer": Source(
        ("buyer", "parties[buyer]", "awards/buyer", "contracts/buyer", "tender/procuringEntity"),
        ocds="buyer/name",
        note="the name written there, else that of the party with its id",
    ),
    "agency": Source(
        ("tender/procuringEntity", "parties[procuringEntity]"),
        ocds="tender/procuringEntity/name",
        note="where it is not the buyer",
    ),
    "suppliers": Source(
        ("awards/suppliers", "contracts/suppliers", "parties[supplier]"),
        ocds="awards/suppliers/name",
        note="of awards and contracts that stand; the role only where neither names any",
    ),
    "bidders": Source(
        ("tender/tenderers", "bids/details/tenderers", "parties[tenderer]"),
        ocds="tender/tenderers/name",
    ),
    "identifiers": Source(
        ("identifier", "additionalIdentifiers"),
        ocds="parties/identifier, parties/additionalIdentifiers",
        note="`scheme` and `id` of those above, where the scheme is a code of org-id.guide; no "
        "number of a natural person, none whose check digits fail",
    ),
    "method": Source(
        ("tender/procurementMethodDetails", "tender/procurementMethod"),
        ocds="tender/procurementMethodDetails",
        note="details longer than 80 characters explain the code, which is then taken",
    ),
    "budget": Source(
        (
            "planning/budget/amount",
            "planning/budget/value",
            "planning/budget",
            "tender/value",
            "tender/lots/value",
        ),
        ocds="planning/budget/amount",
        note="of lots the sum; `tender/value` is kept beside the budget of planning",
    ),
    "ceiling": Source(
        (
            "tender/maxValue",
            "tender/maximumValue",
            "tender/techniques/frameworkAgreement/value",
            "tender/techniques/frameworkAgreement/maximumValue",
        ),
        ocds="tender/techniques/frameworkAgreement/value",
    ),
    "award": Source(
        ("awards/value", "contracts/value"),
        ocds="awards/value",
        note="the sum of those that stand; an award counts with its contracts' value if it has any",
    ),
    "published": Source(("date", "contracts/dateSigned", "awards/date"), ocds="date"),
    "first_published": Source(
        ("tender/documents/datePublished", "tender/datePublished"),
        ocds="tender/documents/datePublished",
        note="of the tender notice; before it the date of a record's first release",
    ),
    "bid_deadline": Source(
        ("tender/tenderPeriod/endDate", "tender/expressionOfInterestDeadline"),
        ocds="tender/tenderPeriod/endDate",
        note="the second in open procedures only",
    ),
    "country": Source(
        ("address/countryCode", "address/country", "address/countryName"),
        ocds="parties/address/countryName",
        note="of the buyer; else from the register that `identifier/scheme` or `id` names",
    ),
    "places": Source(
        ("address/region", "address/locality", "address/streetAddress", "address/countryName"),
        ocds="parties/address/region",
        note="of the buyer",
    ),
    "references": Source(
        ("ocid", "relatedProcesses/identifier"),
        ocds="ocid",
        note="earlier stages and tries of the same procurement",
    ),
    "source_url": Source(
        (
            "uri",
            "url",
            "contracts/documents/url",
            "awards/documents/url",
            "tender/documents/url",
            "planning/documents/url",
            "tender/url",
        ),
        ocds="tender/documents/url",
        note="of documents those that are notices",
    ),
    "language": Source(("language",), ocds="language"),
}

CONFIDENCE = {
    "planning/project/title": 0.9,
    "tender/description": 0.7,
    "awards/description": 0.6,
    "contracts/description": 0.6,
    "planning/project": 0.7,
    "planning/budget/project": 0.7,
    "planning/budget/description": 0.5,
    "title": 0.7,
    "description": 0.5,
}
"""How surely what stands at a path is the name of the procurement; 1.0 for all others."""

LOT: dict[str, Source] = {
    "lots.number": Source(("id",), ocds="tender/lots/id", note="else those that awards name"),
    "lots.title": Source(("title", "description"), ocds="tender/lots/title"),
    "lots.budget": Source(("value",), ocds="tender/lots/value"),
}

TAGS: dict[str, NoticeType] = {
    "contractTermination": "termination",
    "implementationUpdate": "contract",
    "implementation": "contract",
    "contractAmendment": "contract",
    "contractUpdate": "contract",
    "contract": "contract",
    "awardAmendment": "award",
    "awardUpdate": "award",
    "award": "award",
    "awardCancellation": "termination",
    "tenderCancellation": "termination",
    "tenderAmendment": "correction",
    "tenderUpdate": "correction",
    "tender": "tender",
    "planningUpdate": "intention",
    "planning": "intention",
}
"""Codelist releaseTag; the most advanced first: of several tags the first that stands here
decides."""

METHODS: dict[str, NoticeType] = {
    "单一来源": "single_source",
    "單一來源": "single_source",
    "sole sourc": "single_source",
    "single sourc": "single_source",
    "磋商": "consultation",
    "谈判": "negotiation",
    "談判": "negotiation",
    "询价": "inquiry",
    "詢價": "inquiry",
    "资格预审": "prequalification",
    "資格預審": "prequalification",
    "prequalification": "prequalification",
    "pre-qualification": "prequalification",
}
"""Words for how it is bought that make a tender notice one of the ministry's other forms
(财办库〔2020〕50号). The standard's own code ``direct`` says less than these words."""

PROZORRO: dict[str, Source] = {
    "project_id": Source(("tenderID",), ocds="tender/id"),
    "buyer": Source(("procuringEntity",), ocds="buyer/name"),
    "bidders": Source(("bids/tenderers",), ocds="tender/tenderers/name"),
    "published": Source(
        ("noticePublicationDate", "datePublished", "dateCreated", "date", "dateModified"),
        ocds="date",
    ),
}
"""What an object of Prozorro's interface calls otherwise; the rest of a tender is as in OCDS.
Source: https://prozorro-api-docs.readthedocs.io/en/latest/tendering/basic/tender.html"""
