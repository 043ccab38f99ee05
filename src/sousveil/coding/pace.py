"""How fast somebody decides: what is left is told in time too."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from statistics import median

LAST = 20
"""Decisions that the pace is told from."""
FEWEST = 5
PAUSE = 600.0
"""Seconds after which somebody did something else meanwhile."""


def per_hour(moments: Iterable[str]) -> float | None:
    """Decisions an hour, by the median time between the last ones. ``moments``: when each was made
    (ISO 8601), in any order; those of one project are one. None where there are too few."""
    times = [datetime.fromisoformat(moment) for moment in sorted(set(moments))[-LAST - 1 :]]
    between = [(later - before).total_seconds() for before, later in pairwise(times)]
    worked = [seconds for seconds in between if 0 < seconds <= PAUSE]
    return 3600 / median(worked) if len(worked) >= FEWEST else None
