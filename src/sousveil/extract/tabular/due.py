"""Which of the moments that a record of an export gives is when its bids are due.

Bids are opened when they are due (招标投标法, article 34). Where a record tells an end and an
opening apart, one of them is stale or is something else.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from sousveil.extract.tabular.kinds import OPEN
from sousveil.model.notice import NoticeType

_COMING = frozenset((*OPEN, "prequalification", "correction", "single_source", "other"))
"""Notices that ask for bids still to come; the others tell what became of them."""


def choose_due(
    kind: NoticeType, moments: Sequence[datetime], published: date | None
) -> datetime | None:
    """The one of ``moments`` (the end of bidding first, then openings) that counts, or None.

    Midnight stands for a day without its time: a moment with a time is better. Of an open notice
    the end counts, for nothing is opened before. What came of bids is told after they were due, and
    by one moment alone.
    """
    if kind in _COMING:
        timed = [moment for moment in moments if moment.time() != time()]
        return next(iter(timed or moments), None)
    if len(set(moments)) != 1:
        return None
    moment = moments[0]
    return None if published is not None and moment.date() > published else moment
