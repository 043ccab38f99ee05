"""Arrow schemas of every derived table: the only place where columns are named and typed.

``notices`` holds one row a notice as extracted and classified, ``resolutions`` what joining
decided, ``projects`` one row a procurement. Readers use the views of ``case.database``, which put
them together with the provenance kept in the ledger.
"""

import pyarrow as pa

AMOUNT = pa.decimal128(24, 4)
"""Amounts in currency units, four decimals: unit prices and conversions need more than two."""

_strings = pa.list_(pa.string())

PAGES = pa.schema(
    [
        ("document_sha256", pa.string()),
        ("page", pa.int32()),
        ("pointer", pa.string()),
        ("text", pa.string()),  # canonical, masked
        ("obtained", pa.string()),
        ("media_type", pa.string()),
    ]
)

PARSED_PAGES = pa.schema(  # private/: unmasked
    [
        ("document_sha256", pa.string()),
        ("page", pa.int32()),
        ("record", pa.binary()),  # a ParsedPage as MessagePack
    ]
)

OUTCOMES = pa.schema(
    [
        ("document_sha256", pa.string()),
        ("status", pa.string()),
        ("media_type", pa.string()),
        ("reason", pa.string()),
        ("stage", pa.string()),
        ("message", pa.string()),
        ("hint", pa.string()),
        ("pages", pa.int32()),
        ("notices", pa.int32()),
        ("members", pa.int32()),  # documents inside it
        ("failed_records", pa.int32()),
    ]
)

SHEETS = pa.schema(  # tables of rows inside documents
    [
        ("document_sha256", pa.string()),
        ("page", pa.int32()),  # of its first row
        ("sheet", pa.string()),  # pointer; empty for a CSV file
        ("headings", _strings),
        ("rows", pa.int32()),
        ("notices", pa.int32()),
        ("columns", pa.string()),  # JSON {heading: {field, unit, currency}}: what was understood
        ("mapping", pa.string()),  # digest of what a person said; empty for a guess
    ]
)

NOTICES = pa.schema(
    [
        ("notice_id", pa.string()),
        ("document_sha256", pa.string()),
        ("page", pa.int32()),
        ("pages", pa.list_(pa.int32())),
        ("pointer", pa.string()),
        ("source_standard", pa.string()),
        (
            "source_url",
            pa.string(),
        ),  # stated by the record itself; not a manifest
        ("captured_at", pa.string()),
        ("notice_type", pa.string()),
        ("project_id", pa.string()),
        ("plan_id", pa.string()),
        ("project_name", pa.string()),
        ("title", pa.string()),
        ("buyer", pa.string()),
        ("buyer_type", pa.string()),
        ("agency", pa.string()),
        ("method", pa.string()),
        ("budget", AMOUNT),
        ("ceiling", AMOUNT),
        ("award", AMOUNT),
        ("currency", pa.string()),
        ("budget_usd", AMOUNT),
        ("ceiling_usd", AMOUNT),
        ("award_usd", AMOUNT),
        ("rate_date", pa.date32()),
        ("rate_note", pa.string()),
        ("suppliers", _strings),
        ("bidders", _strings),
        ("identifiers", pa.string()),  # JSON [model.PartyId]; null for none
        ("names_beside", pa.string()),  # JSON [[model.NameBeside, its words]]
        ("lots", pa.int32()),
        ("published", pa.date32()),
        ("first_published", pa.date32()),
        ("bid_deadline", pa.string()),  # YYYY-MM-DDTHH:MM, local time
        ("country", pa.string()),
        ("province", pa.string()),
        ("place", pa.string()),  # the finest place known, e.g. 新疆/昌吉
        ("surveillance", pa.bool_()),
        ("surveillance_score", pa.float64()),
        ("capabilities", _strings),
        ("platforms", _strings),
        ("target_groups", _strings),
        ("functions", _strings),
        ("data_sources", _strings),
        ("overseas_target", pa.bool_()),
        ("sophistication", pa.int32()),
        ("sophistication_ladder", pa.string()),
        ("basis", pa.string()),  # JSON {field: rule | model | coder}
        ("taxonomy_version", pa.string()),
        ("evidence", pa.string()),  # JSON {field: {page, start, end, quote}}
        ("masked", pa.string()),  # JSON {kind: n}
        ("flags", _strings),
        ("review", _strings),
        ("notice", pa.string()),  # JSON of model.Notice: all fields with raw text and confidence
        ("coding", pa.string()),  # JSON of model.Coding: tags with reasons and quotes
        ("key", pa.string()),  # JSON of model.NoticeKey: what joining reads
    ]
)

CODED_COLUMNS = (
    "surveillance", "surveillance_score", "capabilities", "platforms", "target_groups",
    "functions", "data_sources", "overseas_target", "sophistication", "sophistication_ladder",
    "basis", "evidence", "review", "coding",
)  # fmt: skip
"""Columns of ``notices`` that a coding fills."""

CODINGS = pa.schema(  # what a model and coders say in the place of a notice's own columns
    [("notice_id", pa.string()), *(NOTICES.field(name) for name in CODED_COLUMNS)]
)

LEARNING = pa.schema([("learning", pa.string())])  # JSON of model.learning.Learning, one row

RESOLUTIONS = pa.schema(
    [
        ("notice_id", pa.string()),
        ("project_key", pa.string()),
        ("duplicate_of", pa.string()),
    ]
)

JOINS = pa.schema(
    [
        ("left", pa.string()),
        ("right", pa.string()),
        ("kind", pa.string()),
        ("rule", pa.string()),
        ("reason", pa.string()),
        ("probability", pa.float64()),
    ]
)

PROJECT_LINKS = pa.schema(  # projects that belong together and are not one
    [
        ("left", pa.string()),  # project keys
        ("right", pa.string()),
        ("kind", pa.string()),  # phase, again, framework
        ("reason", pa.string()),
    ]
)

PROJECTS = pa.schema(
    [
        ("project_key", pa.string()),
        ("name", pa.string()),
        ("buyer", pa.string()),
        ("buyer_type", pa.string()),
        ("country", pa.string()),
        ("province", pa.string()),
        ("place", pa.string()),
        ("year", pa.int32()),  # of the first dated notice; null where none has a date
        ("first_date", pa.date32()),
        ("last_date", pa.date32()),
        ("notice_ids", _strings),  # every notice, copies too, sorted
        ("notice_types", _strings),
        ("lead_notice_id", pa.string()),  # the notice to show: the strongest evidence of its codes
        ("surveillance", pa.bool_()),
        ("surveillance_score", pa.float64()),
        ("capabilities", _strings),
        ("platforms", _strings),
        ("target_groups", _strings),
        ("functions", _strings),
        ("data_sources", _strings),
        ("overseas_target", pa.bool_()),
        ("sophistication", pa.int32()),
        ("sophistication_ladder", pa.string()),
        ("suppliers", _strings),
        ("amount", AMOUNT),  # the one figure that counts for the project
        ("currency", pa.string()),
        ("amount_usd", AMOUNT),
        ("amount_kind", pa.string()),  # award, budget or ceiling: which figure counts
        ("amount_reason", pa.string()),  # why this figure counts, in words
        ("amount_notice_id", pa.string()),  # the notice it stands in; of a sum the last
        ("amount_notice_ids", _strings),  # of a sum all
        ("rate_date", pa.date32()),
        ("rate_note", pa.string()),
    ]
)

MENTIONS = pa.schema(  # who a notice names: one row a name and role
    [
        ("notice_id", pa.string()),
        ("role", pa.string()),  # buyer, agency, supplier, bidder
        ("position", pa.int32()),  # among the names of this role, from 0
        ("name", pa.string()),  # as written
        ("name_id", pa.string()),
        ("org_key", pa.string()),
    ]
)

ORGANISATIONS = pa.schema(
    [
        ("org_key", pa.string()),
        ("name", pa.string()),  # the spelling to show
        ("names", _strings),  # every spelling, sorted
        ("name_ids", _strings),  # sorted
        ("kind", pa.string()),  # public_body, company, unknown
        ("buyer_type", pa.string()),  # of the taxonomy, where it buys
        ("country", pa.string()),
        ("place", pa.string()),  # e.g. 新疆/昌吉
        ("division", pa.string()),  # code of the administrative division it stands on
        ("parent_key", pa.string()),  # the organisation it is a unit of
        ("group_key", pa.string()),  # its group by ownership; null where none was given
        ("identifiers", _strings),  # scheme:id, sorted
        ("first_seen", pa.date32()),
        ("last_seen", pa.date32()),
        ("notices", pa.int32()),  # copies not counted
    ]
)

ORGANISATION_JOINS = pa.schema(
    [
        ("left", pa.string()),  # name ids
        ("right", pa.string()),
        ("rule", pa.string()),
        ("reason", pa.string()),
        ("levels", pa.string()),  # JSON {name part: what agreed}
        ("probability", pa.float64()),
    ]
)

OWNERSHIP = pa.schema(  # links above organisations of the case; natural persons as a number
    [
        ("child_key", pa.string()),  # an org_key, or a key of ownership data alone (w…)
        ("child", pa.string()),  # its name
        ("child_ids", _strings),  # scheme:id, as the data gives them
        ("parent_key", pa.string()),  # null: natural persons
        ("parent", pa.string()),
        ("parent_ids", _strings),
        ("natural_persons", pa.int32()),
        ("interest", pa.string()),  # a code of BODS, or parent
        ("share_min", pa.float64()),  # percent
        ("share_max", pa.float64()),
        ("share_above", pa.bool_()),  # more than share_min
        ("indirect", pa.bool_()),
        ("since", pa.date32()),
        ("until", pa.date32()),
        ("controls", pa.bool_()),  # by it the child is in the parent's group
        ("source", pa.string()),
        ("file", pa.string()),
        ("line", pa.int32()),
    ]
)

WORKED_OUT = pa.schema(  # what joining need not work out again; no result stands only here
    [
        ("key", pa.binary()),  # hash of what was given and of the version that took it
        ("value", pa.binary()),  # what came of it, as MessagePack
    ]
)

TABLES: dict[str, pa.Schema] = {
    "pages": PAGES,
    "outcomes": OUTCOMES,
    "sheets": SHEETS,
    "notices": NOTICES,
    "codings": CODINGS,
    "learning": LEARNING,
    "resolutions": RESOLUTIONS,
    "joins": JOINS,
    "project_links": PROJECT_LINKS,
    "projects": PROJECTS,
    "mentions": MENTIONS,
    "organisations": ORGANISATIONS,
    "organisation_joins": ORGANISATION_JOINS,
    "ownership": OWNERSHIP,
    "worked_out": WORKED_OUT,
}
"""Derived tables by name. ``parsed_pages`` lives under private/ and is not among them."""
