"""What the labels of Chinese notices are read into: the mapping table of the forms.

The words of the labels stand in forms/*.toml, under the names used here. Which of them count in a
notice depends on its type: that is here too, and the pickers read it.
"""

from collections.abc import Mapping

from sousveil.extract.elements.mapping import Source
from sousveil.model import NoticeType

FIELDS: dict[str, tuple[str, str]] = {
    "project_id": ("project_id", ""),
    "former_id": ("references", "the number of an earlier try"),
    "agency_id": ("", "the agency's own number: no project's"),
    "plan_id": ("plan_id", ""),
    "project_name": ("project_name", ""),
    "contract_name": ("project_name", "in contracts, where no project is named"),
    "contract_id": ("", "read to know a contract; the project's number counts"),
    "method": ("method", ""),
    "need": ("purpose", "what is bought, for classification"),
    "lot_name": ("lots.title", ""),
    "lot_number": ("lots.number", ""),
    "item_number": ("", "counts the rows of a table"),
    "place": ("", "who came first in a table of bidders"),
    "rank": ("", "who came first among candidates"),
    "change": ("", "what is corrected; beside it the old and the new"),
    "old": ("", "of a correction: never a value"),
    "new": ("", "of a correction: replaces what the field was"),
    "change_text": ("", "of a correction, as text"),
    "reason": ("", "why it was ended, corrected or bought of one only; a lot with it is void"),
    "buyer": ("buyer", ""),
    "agency": ("agency", ""),
    "supplier": ("suppliers", "among bidders in lists of candidates"),
    "candidate": ("bidders", ""),
    "bidder": ("bidders", "a supplier in contracts and single-source notices"),
    "lost": ("bidders", "why each bidder of a table did not win"),
    "won": ("suppliers", "says of each bidder of a table whether it won"),
    "finance": ("", "who supervises: no party"),
    "name": ("", "of the party in whose part of the notice it stands"),
    "address": ("place", "of the party in whose part of the notice it stands"),
    "buyer_address": ("place", ""),
    "agency_address": ("place", "where nothing else says where the buyer is"),
    "supplier_address": ("", "no place of the buyer"),
    "region": ("place", ""),
    "budget": ("budget", ""),
    "lot_budget": ("lots.budget", "the budget is their sum where no total is stated"),
    "item_budget": ("", "of an item: no total"),
    "ceiling": ("ceiling", ""),
    "lot_ceiling": ("lots.ceiling", "the ceiling is their sum where no total is stated"),
    "award": ("award", ""),
    "result": ("award", "the column of results in a table of winners"),
    "contract_amount": ("award", ""),
    "paid_amount": ("", "what has been paid: no award"),
    "amount": ("award", "in the award's or contract's own section; a fee in that of fees"),
    "fee": ("other_amounts", "never an award"),
    "unit_price": ("other_amounts", "never a total"),
    "offer": ("other_amounts", "a candidate's price: never an award"),
    "deposit": ("", "never an award"),
    "price_of_documents": ("", "never an award"),
    "estimate": ("", "an engineer's estimate: no budget"),
    "capital_amount": ("", "the same amount in capital numerals: compared"),
    "digits_amount": ("", "the same amount in digits"),
    "quantity": ("", "no amount"),
    "deadline": ("bid_deadline", ""),
    "submission_time": ("bid_deadline", "in the section on submission"),
    "opening": ("", "when bids are opened"),
    "published": ("published", ""),
    "published_change": ("published", "of corrections"),
    "first_published": ("first_published", ""),
    "signed": ("", "when a contract was signed"),
    "stop": ("", "ends the value before it; no field"),
}
"""By the name that labels have in the forms: the field of the record ("" where it only helps to
read others), and what else decides."""

AWARDS: Mapping[NoticeType, tuple[str, ...]] = {
    "award": ("award", "contract_amount"),
    "contract": ("contract_amount", "award"),
    "acceptance": ("contract_amount", "award"),
    "other": ("award",),
    "filing": ("award",),
}
"""The labels of the award by type of notice, the first that states one; no other type has any."""

SUPPLIERS = frozenset[NoticeType]({"award", "contract", "acceptance", "single_source", "filing"})
"""The types of notice that name suppliers."""

BIDDERS: Mapping[NoticeType, tuple[str, ...]] = {
    "candidate": ("candidate", "supplier", "bidder"),
    "award": ("candidate", "bidder"),
    "termination": ("candidate", "bidder"),
    "correction": ("candidate",),
    "contract": ("candidate",),
    "acceptance": ("candidate",),
    "single_source": ("candidate",),
    "prequalification": ("candidate",),
    "filing": ("candidate",),
    "other": ("candidate",),
}
"""The labels of those who bid, by type of notice; the types before bids have none."""

OPEN = frozenset[NoticeType](
    {"tender", "consultation", "negotiation", "inquiry", "prequalification"}
)
"""The types that bids are invited by."""

DEADLINES = OPEN | {"other", "single_source"}
"""The types that may state when bids are due; a correction states the corrected time."""

INTENTION: dict[str, Source] = {
    "project_name": Source(("project_name",), ocds="tender/title"),
    "budget": Source(("budget",), ocds="planning/budget/amount"),
    "buyer": Source(("buyer", "name"), ocds="buyer/name", note="else of the whole table"),
    "purpose": Source(("need",), ocds="tender/description"),
}
"""The columns of a table of purchase intentions (财库〔2020〕10号), by their labels' names."""
