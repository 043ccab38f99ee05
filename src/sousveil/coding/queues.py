"""In which order records wait for a coder, and which of them a sample draws.

A queue goes by what helps most first; a sample by chance, so that figures can be estimated from
it. Chance is the hash of seed and project key: the same for everybody, whatever the order of
adding, and a larger sample of one seed holds the smaller one.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from sousveil.coding.rulings import Ruling
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
    keys = sorted(one.project_key for one in waiting)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def chance(seed: int, project_key: str) -> str:
    """Where chance puts a project: by rising hash."""
    return hashlib.sha256(f"{seed}\n{project_key}".encode()).hexdigest()


def queued(
    name: QueueName, waiting: Sequence[Waiting], said: Mapping[str, Ruling], seed: int = 0
) -> list[Waiting]:
    """The projects of a queue in its order. ``said``: the rulings on notices.

    ``disagreements`` holds those on which coders differ or none is sure, ``review`` those that the
    classifier or joining asks about; the others hold all.
    """
    kept = [one for one in waiting if _belongs(name, one, said)]
    return sorted(kept, key=lambda one: (_places(seed)[name](one), one.project_key))


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


def sampled(waiting: Sequence[Waiting], seed: int, size: int) -> tuple[list[Waiting], Draw]:
    """``size`` projects by chance, all where there are fewer, and what a decision on them keeps."""
    drawn = queued("random", waiting, {}, seed)[:size]
    share = len(drawn) / len(waiting) if waiting else 0.0
    return drawn, Draw("sample", "random", population(waiting), seed, share)


def undecided(
    waiting: Iterable[Waiting],
    decisions: Iterable[Decision],
    texts: Mapping[str, str],
    coder: str,
    draw: Draw,
) -> list[Waiting]:
    """Those on which the coder has not decided, as their texts stand now.

    Of a sample a decision counts that was made in it: an earlier one, taken from a queue, could
    have been looked for. The queue of disagreements asks everybody again.
    """
    again = draw.kind == "queue" and draw.name == "disagreements"
    done = {
        decision.notice_id
        for decision in decisions
        if decision.coder == coder
        and not again
        and texts.get(decision.notice_id) == decision.text_hash
        and (draw.kind == "queue" or _same_sample(decision.source, draw))
    }
    return [one for one in waiting if one.lead not in done]


def _same_sample(source: Draw | None, draw: Draw) -> bool:
    if source is None or source.kind != "sample":
        return False
    return (source.population, source.seed) == (draw.population, draw.seed)
