"""What two notices say that one purchase cannot have: two results, two calls at a time.

A buyer that buys cameras twice in a month gives both purchases one name. Then the results tell them
apart: one package has one result, so that awards of different sums or suppliers are of two
purchases; a result that failed and came again, or was corrected, is told by its own notice. Two
calls a few days apart are no call and its repetition: from a call to the opening of tenders a law
lets days pass (20 in China's 招标投标法 art. 24, 10 in consultations, 财库〔2014〕214号 art. 10).
"""

import re
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz

from sousveil.resolve.numbers import related, shape
from sousveil.resolve.prepared import Prepared

_SAME_SUM = Decimal("0.003")
"""What rounding to units of ten thousand does to sums."""
_SAME_SUPPLIER = 80
COPIED_DAYS = 3
"""Days within which portals take over a notice."""
_WEEK = 7
SHORTEST_CALL = 10
_USUAL_CALL = 20
"""Days from a call to the opening of tenders: the shortest, and that of an open call."""
_OCID = re.compile("ocds-[a-z0-9]{6}-")
_YEAR = re.compile(r"(?:19|20)\d\d")
AWARDS = frozenset(("award", "contract", "acceptance"))
_PORTALS_OWN = re.compile(r"\d{14,}")
"""A number that a portal gives every notice: of one purchase it gives several."""
_LEAST_SHARE = Decimal("0.5")
"""Of a budget, that an award of it is at least: savings beyond half are rare."""


def results_differ(left: Prepared, right: Prepared) -> bool:
    """Whether two awards are of two purchases: of the same package, for other sums or suppliers."""
    if left.notice_type != "award" or right.notice_type != "award":
        return False
    if left.lots != right.lots or _one_number(left, right):
        return False
    if left.amounts & right.amounts and _days(left, right) <= COPIED_DAYS:
        return False  # parts of one budget, published together
    same_firm = shared_supplier(left, right)
    if left.awarded is not None and right.awarded is not None:
        if _near(left.awarded, right.awarded):
            return False
        # One result with a sum that was read or stated otherwise.
        return not (same_firm and _days(left, right) <= COPIED_DAYS)
    return bool(left.suppliers and right.suppliers) and not same_firm


def calls_differ(left: Prepared, right: Prepared) -> bool:
    """Whether two calls of a kind are side by side: so near each other that the second repeats no
    failed first, and with other budgets, or other numbers of one agency's count."""
    if left.notice_type != right.notice_type or left.again or right.again:
        return False
    if left.lots and right.lots and not set(left.lots) & set(right.lots):
        return numbered_apart(left, right)
    if _one_number(left, right):
        return False
    days = _days(left, right)
    if numbered_apart(left, right) and days < SHORTEST_CALL:
        return True
    if _still_open(left, right):
        return True
    # Within a week come drafts of the documents and other portals, which may state the sum of a lot
    # or a year.
    return other_sums(left, right) and _WEEK <= days < _USUAL_CALL


def _still_open(left: Prepared, right: Prepared) -> bool:
    """Whether the later call came while the earlier one was open, and closes on another day: a call
    is repeated when nobody came, and portals take over its days with it."""
    earlier, later = sorted((left, right), key=lambda n: (n.day or 0, n.index))
    if earlier.deadline is None or later.deadline in (None, earlier.deadline):
        return False
    return _days(left, right) >= _WEEK and (later.day or 0) < earlier.deadline


def closes_later(call: Prepared, result: Prepared) -> bool:
    """Whether a call was still open when a result was published: it is not its result."""
    if call.deadline is None or result.day is None or result.notice_type not in AWARDS:
        return False
    return result.day < call.deadline


def other_process(left: str | None, right: str | None) -> bool:
    """Whether two OCDS ids of one publisher (of the same registered prefix) are of two contracting
    processes: a publisher gives each process one (OCDS 1.1, "Open Contracting identifiers")."""
    if left is None or right is None or left == right:
        return False
    one, other = _OCID.match(left), _OCID.match(right)
    return one is not None and other is not None and one.group() == other.group()


def other_sums(left: Prepared, right: Prepared) -> bool:
    """Whether both state sums and have none in common."""
    return bool(left.amounts and right.amounts) and not left.amounts & right.amounts


def numbered_apart(left: Prepared, right: Prepared) -> bool:
    """Whether two notices have two numbers of one count (ABC-2024-11, ABC-2024-12): numbers of two
    counts may be an agency's and a portal's of one purchase."""
    if left.number is None or right.number is None or _one_number(left, right):
        return False
    if _PORTALS_OWN.fullmatch(left.number):
        return False
    return shape(left.number) == shape(right.number)


def within_budget(call: Prepared, award: Decimal) -> Decimal | None:
    """The least sum of a call that an award is within and not far below; None where none is."""
    sums = [Decimal(a) for a in call.amounts]
    return min((s for s in sums if award <= s <= award / _LEAST_SHARE), default=None)


def shared_supplier(left: Prepared, right: Prepared) -> bool:
    """Whether both name one firm, in writing that may differ a little."""
    return any(
        one == other or fuzz.ratio(one, other, score_cutoff=_SAME_SUPPLIER) > 0
        for one in left.suppliers
        for other in right.suppliers
    )


def phases_differ(left: Prepared, right: Prepared) -> bool:
    """Whether two names say two phases, batches or years. A year that one leaves out is no other;
    a phase that one leaves out may be any."""
    one, other = _parts(left.phase), _parts(right.phase)
    years = [{part for part in parts if part.startswith("year:")} for parts in (one, other)]
    if one - years[0] != other - years[1]:
        return True
    if all(years):
        return years[0] != years[1]
    return (left.day is not None and _of_another_year(years[1], left.day)) or (
        right.day is not None and _of_another_year(years[0], right.day)
    )


def _of_another_year(years: set[str], day: int) -> bool:
    """Whether a name of a year is not of what is bought on a day, nor in the year before it."""
    said = {int(y) for year in years for y in _YEAR.findall(year)}
    bought = date.fromordinal(day).year
    return bool(said) and not {bought - 1, bought, bought + 1} & said


def _parts(phase: str | None) -> set[str]:
    return set((phase or "").split())


def another_firms(left: Prepared, right: Prepared) -> bool:
    """Whether two results, or an award and a contract, state sum and firm and share neither."""
    if not left.suppliers or not right.suppliers or shared_supplier(left, right):
        return False
    return (
        left.awarded is not None
        and right.awarded is not None
        and not (_near(left.awarded, right.awarded))
    )


def _one_number(left: Prepared, right: Prepared) -> bool:
    if left.number and right.number and related(left.number, right.number):
        return True
    numbers = {left.number, *left.references} & {right.number, *right.references}
    return bool(numbers - {None})


def _near(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= _SAME_SUM * max(abs(left), abs(right))


def _days(left: Prepared, right: Prepared) -> int:
    return abs((left.day or 0) - (right.day or 0))
