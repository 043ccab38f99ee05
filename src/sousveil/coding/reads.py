"""Which decisions the stopping rule may use, and how a review stands by them.

A review is of a population: the projects of a query, or all. Its proof rests on reads at random
(``stopping``). They begin with the first decision that was taken from the random queue of just this
population. What was decided before, from whatever queue, sample or table, was read by likelihood:
how that was chosen does not matter. All other projects are the rest. Chance puts the rest into one
order, and the proof uses them from its beginning up to the first that is not decided on: it does
not matter from which queue a decision of these came, as the order was fixed before. Decisions
further back, behind a project that was skipped or taken from another queue meanwhile, count once
those before them are decided on. A population that grew is another one: its reads at random begin
anew.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Literal

import msgspec

from sousveil.coding.queues import Waiting, population
from sousveil.coding.rulings import Verdict, rulings
from sousveil.coding.sampling import chance
from sousveil.coding.stopping import RECALL, Standing, more_expected, standing
from sousveil.model import Decision


class Stop(msgspec.Struct, frozen=True):
    """How a review stands. ``decided`` of the ``population`` are, of these ``relevant`` and
    ``open`` (coders are unsure or differ). ``at_random``: those that the proof uses, read in the
    order of ``seed`` (None: reading at random has not begun); ``aside``: decided since, but further
    back in that order.

    ``missed_at_most``, ``recall`` and ``p_value`` are those of ``stopping.Standing`` for the recall
    ``goal``, and ``more`` how many more reads at random are expected to prove it: the worse of
    both, where what is open counts as relevant and where it does not.
    """

    population: int
    decided: int
    relevant: int
    open: int
    at_random: int
    aside: int
    seed: int | None
    goal: float
    next: Literal["most_likely", "at_random", "stop"]
    missed_at_most: int
    recall: float | None
    p_value: float
    more: int

    @property
    def proof(self) -> Literal["all_decided", "rejected", "not_begun", "not_yet"]:
        """What is proved of the hypothesis that less than ``goal`` is found."""
        if self.decided == self.population:
            return "all_decided"
        if self.next == "stop":
            return "rejected"
        return "not_yet" if self.at_random else "not_begun"

    @property
    def advice(self) -> Literal["stop", "go_on_at_random", "begin_at_random", "most_likely"]:
        """What to do next."""
        if self.next == "stop":
            return "stop"
        if self.seed is not None:
            return "go_on_at_random"
        return "begin_at_random" if self.next == "at_random" else "most_likely"


def stop_of(
    projects: Sequence[Waiting],
    decisions: Iterable[Decision],
    texts: Mapping[str, str],
    goal: float = RECALL,
) -> Stop:
    """How the review of ``projects``, all of a population, stands by ``decisions``.

    ``texts``: the present text hash by notice; what was decided on another text does not count.
    """
    decisions = list(decisions)
    named = {d.notice_id for d in decisions}
    leads = {one.lead for one in projects if one.lead in named}
    present = [
        d for d in decisions if d.notice_id in leads and texts.get(d.notice_id) == d.text_hash
    ]
    found = {notice: ruling.verdict for notice, ruling in rulings(present, texts).items()}
    first: dict[str, str] = {}
    for decision in sorted(present, key=lambda d: d.at):
        first.setdefault(decision.notice_id, decision.at)
    begun = _begun(present, projects)
    before = sorted(
        (notice for notice, at in first.items() if begun is None or at < begun[0]),
        key=lambda notice: (first[notice], notice),
    )
    reads = _in_order(projects, set(before), found, begun[1]) if begun else None
    verdicts = list(found.values())
    worst, more = _worst(
        len(projects),
        [found[notice] for notice in before],
        None if reads is None else [found[notice] for notice in reads],
        goal,
    )
    return Stop(
        population=len(projects),
        decided=len(verdicts),
        relevant=verdicts.count("yes"),
        open=sum(verdict not in ("yes", "no") for verdict in verdicts),
        at_random=len(reads or ()),
        aside=len(verdicts) - len(before) - len(reads or ()),
        seed=begun[1] if begun else None,
        goal=goal,
        next=worst.next,
        missed_at_most=worst.missed_at_most,
        recall=worst.recall,
        p_value=worst.p_value,
        more=more,
    )


def _begun(decisions: Iterable[Decision], projects: Sequence[Waiting]) -> tuple[str, int] | None:
    """When reading this population at random began, and with which seed."""
    at_random = [
        (d.at, d.source.seed, d.source.population)
        for d in decisions
        if d.source is not None
        and (d.source.kind, d.source.name) == ("queue", "random")
        and d.source.seed is not None
    ]
    if not at_random:
        return None
    whole = population(projects)
    return min(((at, seed) for at, seed, of in at_random if of == whole), default=None)


def _in_order(
    projects: Iterable[Waiting], before: Collection[str], decided: Collection[str], seed: int
) -> list[str]:
    """The rest's first projects, in the order of chance, up to one that is not decided on."""
    rest = (one for one in projects if one.lead not in before)
    ordered = sorted(rest, key=lambda one: chance(seed, one.project_key))
    return [one.lead for one in takewhile(lambda one: one.lead in decided, ordered)]


def _worst(
    whole: int, before: Sequence[Verdict], reads: Sequence[Verdict] | None, goal: float
) -> tuple[Standing, int]:
    """The standing that proves less, and the larger number of reads expected."""
    found = []
    for relevant in ({"yes"}, {"yes", "unsure", "disputed"}):
        ranked = [verdict in relevant for verdict in before]
        audit = None if reads is None else [verdict in relevant for verdict in reads]
        found.append(
            (standing(whole, ranked, audit, goal), more_expected(whole, ranked, audit, goal))
        )
    worst = max(
        (each for each, _ in found),
        key=lambda one: (one.next != "stop", one.p_value, one.missed_at_most),
    )
    return worst, max(more for _, more in found)
