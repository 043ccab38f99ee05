"""What the coding of a sample says of its query.

A figure is about the state in which the sample was drawn: decisions that ``process`` takes up
change what a query finds, and of projects that a coder decided on it is always right.
"""

from collections.abc import Callable, Iterable

import msgspec

from sousveil.coding.estimates import Stratum, more_to_code, precision, recall, total
from sousveil.coding.intervals import Estimate
from sousveil.model.sample import DrawnSample, SampledProject, SampleStratum

WIDTH = 0.05
"""The half-width of precision and recall that is wished for, if none is said."""


class Coded(msgspec.Struct, frozen=True):
    """How far a stratum is coded: ``read`` projects in the order of the draw, of which ``positive``
    are relevant and ``open`` not settled (nobody decided, or coders differ or are unsure)."""

    name: str
    hit: bool
    population: int
    drawn: int
    read: int
    positive: int
    open: int


class Estimated(msgspec.Struct, frozen=True):
    """What a sample says of its query. Intervals are 95 % ones, and the wider pair where projects
    are open: counted once as relevant and once as not. None where nothing can be said yet, or the
    figure has no value; ``more``: how many more of each stratum for the wished half-width."""

    name: str
    query: str
    at: str
    strata: tuple[Coded, ...]
    precision: Estimate | None
    recall: Estimate | None
    relevant: Estimate | None
    more: dict[str, int] | None


Verdict = Callable[[SampledProject], str | None]
"""What is said of a project: ``yes``, ``no``, anything else where that is open, None where nobody
decided."""


def said_of(sample: DrawnSample, verdict: Verdict, width: float = WIDTH) -> Estimated:
    """What is said of a sample's projects comes to."""
    coded = tuple(_coded(stratum, verdict) for stratum in sample.strata)
    say = Estimated(sample.name, sample.query, sample.at, coded, None, None, None, None)
    ready = all(one.read for one in coded)
    if not ready and not any(one.hit and one.read for one in coded):
        return say
    low, high = _strata(coded, ready, relevant=False), _strata(coded, ready, relevant=True)
    say = msgspec.structs.replace(say, precision=_wider(precision(low), precision(high)))
    if not ready:
        return say
    fewest = _strata(coded, ready, relevant=False, others=True)
    most = _strata(coded, ready, relevant=True, others=False)
    return msgspec.structs.replace(
        say,
        recall=_wider(recall(fewest), recall(most)),
        relevant=_wider(total(low), total(high)),
        more=more_to_code(low, recall, width) or more_to_code(low, precision, width),
    )


def _coded(stratum: SampleStratum, verdict: Verdict) -> Coded:
    """Up to the last project that was decided on: what was passed over before it is open, for who
    skips the hard ones has no random sample."""
    verdicts = [verdict(project) for project in stratum.projects]
    read = max((at for at, v in enumerate(verdicts, start=1) if v is not None), default=0)
    said = verdicts[:read]
    settled = [verdict for verdict in said if verdict in ("yes", "no")]
    return Coded(
        stratum.name,
        stratum.hit,
        stratum.population,
        len(stratum.projects),
        read,
        settled.count("yes"),
        read - len(settled),
    )


def _strata(
    coded: Iterable[Coded], ready: bool, *, relevant: bool, others: bool | None = None
) -> list[Stratum]:
    """Strata with what is open counted as ``relevant`` or not; that of ``others`` apart."""
    return [
        Stratum(
            one.name,
            one.population,
            one.read,
            one.positive + one.open * (relevant if one.hit or others is None else others),
            one.hit,
        )
        for one in coded
        if ready or one.hit
    ]


def _wider(low: Estimate | None, high: Estimate | None) -> Estimate | None:
    if low is None or high is None:
        return low or high
    middle = (low.value + high.value) / 2
    return Estimate(middle, min(low.low, high.low), max(low.high, high.high))
