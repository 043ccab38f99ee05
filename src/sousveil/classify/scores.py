"""From matches to tags: scores between 0 and 1, with the words that made them, strongest first.

The score of a code is 1 - 2^-w, where w sums the weights of its different terms, each further one
counting less (by 0.6), so that many weak words never make a strong one. A weight of 1 stands at
the threshold of 0.5.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sousveil.classify.matches import Denied, Match
from sousveil.model import Reason, Tag

THRESHOLD = 0.5
CLEAR = 0.8
BESIDE = 0.65
"""Beside a capability that is clear, a further one that no title names needs more than a single
common word: of those from 0.5 to 0.65 two in three were wrong in 344 records not seen before."""
UNTITLED = 0.85
"""What words count for where a title holds none: it says what is bought, and the text then speaks
of the place, of the suppliers or of what is not bought as often as of the purchase."""
ELSEWHERE = 0.6
"""What they count for where a title says that something else is bought: air is measured, offices
are cleaned, tourists are wooed."""
UNCERTAIN = 0.25
"""From here on a person is asked: one weak word in a title (监控系统) reaches it."""
DOUBT = (0.3, 0.7)
"""Probabilities between which a person is asked."""
MOST_REASONS = 8
_FALL = 0.6
_NEGATED = 0.5
_WEAK = 1.0
_PRIORS: Mapping[str, float] = {
    "police": 1.05,
    "state_security": 1.05,
    "customs_border": 1.05,
    "military": 1.05,
    "justice": 1.05,
    "health": 0.75,
    "education": 0.85,
}
"""What the kind of buyer does to words that are ambiguous alone; plain words count as they are.

Only kinds that every country has: a weight for propaganda departments or political and legal
committees would be one for the countries that have them.
"""


def weighted_kinds() -> frozenset[str]:
    """Kinds of buyers that tip a score at all."""
    return frozenset(_PRIORS)


def by_code(matches: Iterable[Match], facet: str) -> dict[str, list[Match]]:
    """Matches of one facet by code, without those inside a longer one of the same code.

    Of capabilities a word inside a longer and heavier one of another code is that one's: the
    cameras of body-worn cameras are no cameras over a street.
    """
    some = [match for match in matches if match.facet == facet]
    if facet == "capability":
        some = _own_words(some)
    found: dict[str, list[Match]] = defaultdict(list)
    for match in some:
        found[match.code].append(match)
    return {code: _outermost(group) for code, group in found.items()}


def _own_words(matches: Sequence[Match]) -> list[Match]:
    """Without matches inside longer ones of another code that weigh more."""
    kept: list[Match] = []
    for some in _passages(matches):
        starts = [match.start for match in some]
        longest = max(match.end - match.start for match in some)
        for match in some:
            first = bisect_left(starts, match.end - longest)
            near = some[first : bisect_right(starts, match.start)]
            if not any(_holds(other, match) for other in near):
                kept.append(match)
    return kept


def _holds(outer: Match, inner: Match) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    other = outer.code != inner.code and outer.weight > inner.weight
    return longer and other and outer.start <= inner.start and inner.end <= outer.end


def _passages(matches: Iterable[Match]) -> list[list[Match]]:
    """Matches by passage, in the order that passages were met; by place in each."""
    found: dict[int, list[Match]] = {}
    for match in matches:
        found.setdefault(id(match.passage), []).append(match)
    return [sorted(some, key=lambda m: (m.start, -m.end, -m.weight)) for some in found.values()]


def _outermost(matches: Sequence[Match]) -> list[Match]:
    """Without matches inside longer ones; of one span the heaviest stays."""
    kept: list[Match] = []
    for some in _passages(matches):
        last = -1
        for match in some:
            if match.end > last:
                last = match.end
                kept.append(match)
    return kept


def score(
    matches: Iterable[Match],
    buyer: str | None,
    denied: Iterable[Denied] = (),
    share: float = 1.0,
) -> float:
    """The score of one code, 0–1, rounded to three places. ``share``: how much all words count."""
    prior = _PRIORS.get(buyer or "", 1.0)
    best: dict[str, float] = {}
    for match in matches:
        weight = match.weight * prior if match.weight < _WEAK else match.weight
        best[match.term] = max(weight, best.get(match.term, 0.0))
    total = sum(
        weight * _FALL**rank for rank, weight in enumerate(sorted(best.values(), reverse=True))
    )
    negated = max((-d.weight for d in denied if d.reason == "negated"), default=0.0)
    return round(1 - 2 ** -max(total * share - _NEGATED * negated, 0.0), 3)


def tag(facet: str, code: str, value: float, matches: Sequence[Match]) -> Tag:
    """A tag with its strongest reasons; each term once, where it counts most."""
    return Tag(facet, code, value, reasons(matches))


def ranked(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Tags, strongest first."""
    return tuple(sorted(tags, key=lambda t: (-t.score, t.code)))


def reasons(matches: Sequence[Match]) -> tuple[Reason, ...]:
    """The strongest matches as reasons, each term once."""
    best: dict[str, Match] = {}
    for match in matches:
        known = best.get(match.term)
        if known is None or match.weight > known.weight:
            best[match.term] = match
    ranked = sorted(best.values(), key=lambda m: (-m.weight, m.start))[:MOST_REASONS]
    return tuple(
        Reason(m.term, m.passage.evidence(m.start, m.end), round(m.weight, 3)) for m in ranked
    )


def against(denied: Iterable[Denied]) -> tuple[Reason, ...]:
    """What speaks against, as reasons with negative weights, strongest first, each words once."""
    best: dict[tuple[str, str], Denied] = {}
    for item in denied:
        key = (item.reason, item.passage.text[item.start : item.end])
        known = best.get(key)
        if known is None or item.weight < known.weight:
            best[key] = item
    ranked = sorted(best.values(), key=lambda d: (d.weight, d.start))[:MOST_REASONS]
    return tuple(
        Reason(f"{d.reason}: {d.code}", d.passage.evidence(d.start, d.end), round(d.weight, 3))
        for d in ranked
    )
