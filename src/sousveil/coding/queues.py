"""In which order records wait for a coder: by what helps most first, or by chance.

Chance is the hash of seed and project key (``sampling``): the same for everybody, whatever the
order of adding.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from sousveil.coding.rulings import Ruling
from sousveil.coding.sampling import chance, population_hash
from sousveil.model import Decision, Draw

QueueName = Literal["likely", "uncertain", "random", "disagreements", "review"]
QUEUES: tuple[QueueName, ...] = get_args(QueueName)


class Waiting(msgspec.Struct, frozen=True):
    """A project that could be decided on. ``notice_ids`` are all its notices, ``lead`` the one to
    show; ``score`` is the classifier's probability; ``review`` why a person should look."""

    project_key: str
    lead: str
    notice_ids: tuple[str, ...]
    score: float
    review: tuple[str, ...] = ()


def population(waiting: Iterable[Waiting]) -> str:
    """The hash of a population: of its project keys, in any order."""
    return population_hash(one.project_key for one in waiting)


def queued(
    name: QueueName, waiting: Sequence[Waiting], said: Mapping[str, Ruling], seed: int = 0
) -> list[Waiting]:
    """The projects of a queue in its order. ``said``: the rulings on notices.

    ``disagreements`` holds those on which coders differ or none is sure, ``review`` those that the
    classifier or joining asks about; the others hold all.
    """
    kept = [one for one in waiting if _belongs(name, one, said)]
    place = _places(seed)[name]
    return sorted(kept, key=lambda one: (place(one), one.project_key))


def _belongs(name: QueueName, one: Waiting, said: Mapping[str, Ruling]) -> bool:
    if name == "disagreements":
        rulings = (said[notice] for notice in one.notice_ids if notice in said)
        return any(ruling.review for ruling in rulings)
    return name != "review" or bool(one.review)


def _places(seed: int) -> dict[QueueName, Callable[[Waiting], float | str]]:
    """What each queue goes by, the smallest first."""
    return {
        "likely": lambda one: -one.score,
        "uncertain": lambda one: abs(one.score - 0.5),
        "random": lambda one: chance(seed, one.project_key),
        "disagreements": lambda one: abs(one.score - 0.5),
        "review": lambda one: abs(one.score - 0.5),
    }


def undecided(
    waiting: Iterable[Waiting],
    decisions: Iterable[Decision],
    texts: Mapping[str, str],
    coder: str,
    draws: Callable[[Waiting], Draw],
) -> list[Waiting]:
    """Those on which the coder has not decided, as their texts stand now.

    Of a sample a decision counts that was made in it: an earlier one, taken from a queue, could
    have been looked for. The queue of disagreements asks everybody again.
    """
    done: dict[str, list[Draw | None]] = {}
    for decision in decisions:
        own = decision.coder == coder and decision.role == "coder"
        if own and texts.get(decision.notice_id) == decision.text_hash:
            done.setdefault(decision.notice_id, []).append(decision.source)
    return [
        one for one in waiting if one.lead not in done or not _answered(done[one.lead], draws(one))
    ]


def _answered(sources: Sequence[Draw | None], draw: Draw) -> bool:
    """Whether decisions, one or more, taken from ``sources`` answer what ``draw`` asks."""
    if draw.kind == "queue":
        return draw.name != "disagreements"
    return any(source is not None and _same_sample(source, draw) for source in sources)


def _same_sample(source: Draw, draw: Draw) -> bool:
    named = (source.kind, source.population, source.seed)
    return named == (draw.kind, draw.population, draw.seed)
