"""How far a review is from a proof that nearly all is found, in a few plain lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sousveil.coding.reads import Stop


def told(stop: "Stop") -> Iterator[str]:
    """The lines: what is decided, what is proved, what to do next."""
    yield (
        f"Of {stop.population:,} projects in the queue decided: {stop.decided:,}; relevant: "
        f"{stop.relevant:,}{f'; open: {stop.open:,}' if stop.open else ''}; "
        f"read in the order of chance: {stop.at_random:,}."
    )
    if stop.aside:
        yield (
            f"{stop.aside:,} more stand further back in that order: they count once those before "
            "them are decided."
        )
    yield _proved(stop)
    yield _next(stop)


def _proved(stop: "Stop") -> str:
    hypothesis = f"That less than {stop.goal:.0%} of the relevant ones is found"
    match stop.proof:
        case "all_decided":
            return "All are decided: nothing can be missed but what coders overlooked."
        case "rejected":
            missed = f"at most {stop.missed_at_most:,} are missed (95 % confidence)"
            return f"{hypothesis} is rejected, p = {_p(stop.p_value)}: {missed}."
        case "not_begun":
            return f"{hypothesis} is not yet rejected: only reading at random can do that."
    share = f", so {stop.recall:.0%} found at least" if stop.recall is not None else ""
    return (
        f"{hypothesis} is not yet rejected, p = {_p(stop.p_value)}: "
        f"{stop.missed_at_most:,} may be missed{share}."
    )


def _next(stop: "Stop") -> str:
    least = f"'--queue random' then proves it after {stop.more:,} at the least."
    match stop.advice:
        case "stop":
            return "You may stop."
        case "go_on_at_random":
            seed = f" --seed {stop.seed}" if stop.seed != 1 else ""
            return f"Go on with '--queue random{seed}': about {stop.more:,} more expected."
        case "begin_at_random":
            return f"It seems that nearly all are found. {least}"
    return f"Go on with '--queue likely' until few are relevant. {least}"


def _p(value: float) -> str:
    return "below 0.001" if value < 0.001 else f"{value:.3f}"
