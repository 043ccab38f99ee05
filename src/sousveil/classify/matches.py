"""Which terms of a passage count, and how much: neighbours, negation, what is not surveillance.

A term found counts with its group's weight times its passage's role, unless a needed neighbour is
missing, an excluded one stands near, the words negate it (不含, without), it is part of a company's
name, or a word of the negative codes (手术室, weather) stands within reach in the same sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from sousveil.classify.negation import Negated, governing, negated
from sousveil.classify.passages import ROLES, Passage
from sousveil.reference.lexicon import Hit
from sousveil.reference.taxonomy import Group, Taxonomy

FIRM = 2.9
"""A weight from which a term (雪亮工程) holds whatever stands beside it."""

_BREAK = re.compile("[。；;！？!?\n\t]|(?<![\\s.][a-z])\\.\\s")
"""The end of a sentence; no abbreviation of single letters (z. B., e. g.) ends one."""
_COMPANY = re.compile(
    "^(?:(?:技术|科技|系统|设备|工程|信息|安防|智能|服务|数据|软件|网络|电子){0,4}"
    "(?:\\([^)]{1,6}\\)|（[^）]{1,6}）)?(?:股份)?有限(?:责任)?公司|(?:技术|科技)?公司)"
    "|^\\s+(?:[\\w&-]+\\s+){0,2}(?:inc|llc|ltd|corp|corporation|gmbh|company|co)\\b"
)
TITLES = frozenset({"title", "name"})
_COMPANY_NAME = "company name"
_REACH = 48
_FARTHEST = 120
"""No negative word reaches farther than this, its own length included."""
_OFFICE = re.compile(
    r"(?:中心|大队|支队|总队|办公室|指挥部|局|处|科|室|所|委|组"
    r"|cent(?:er|re|ro)|unit|office|division|department|bureau|squad|zentrum|zentrale|centrale)$"
)
_OFFICE_AFTER = re.compile(
    r"[\u3400-\u9fff]{0,3}(?:中心|大队|支队|总队|办公室|指挥部)"
    r"|\s(?:\w+\s)?(?:cent(?:er|re|ro)|unit|office|division|department|bureau|squad|zentrum)\b"
)
"""Ends of names of offices."""
_NAMED = 0.4
"""What is left of a term's weight where the buyer's own name holds it."""
_OFTEN = 8
"""Occurrences of one term in one passage that are looked at: more say nothing new."""
_SPACED_SCRIPT = re.compile("[0-9a-zà-ÿ\u0370-\u052f]")


class Match(msgspec.Struct, frozen=True):
    """A term that counts: [start, end) of its passage, and what it weighs there.

    ``beside``: it counts only where one of these capabilities is bought too; empty: in any case.
    """

    facet: str
    code: str
    term: str
    weight: float
    passage: Passage
    start: int
    end: int
    beside: frozenset[str] = frozenset()


class Bodies(msgspec.Struct, frozen=True):
    """Plain forms of the names of all bodies and companies of a notice, and of those who buy."""

    names: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()


class Denied(msgspec.Struct, frozen=True):
    """A term of a capability that does not count or counts less, and the words that say so.

    ``throughout``: the same words mean nothing else anywhere in the notice.
    """

    code: str
    term: str
    reason: str
    weight: float
    damped: bool
    passage: Passage
    start: int
    end: int
    throughout: bool = False


def find_matches(
    passage: Passage,
    taxonomy: Taxonomy,
    bodies: Bodies,
    matches: list[Match],
    denied: list[Denied],
    country: str | None = None,
) -> None:
    """Read one passage: what counts goes to ``matches``, what speaks against to ``denied``.

    ``country`` is the buyer's: terms that name a place (涉港) say that something is abroad only of
    buyers who are known to be elsewhere.

    What a body is called (情报指挥中心) does not say what it buys: words within a name never count
    for a capability, and words that the buyer's name holds count for less wherever they stand.
    """
    hits = taxonomy.lexicon.find(passage.text)
    named = spans(passage.text, bodies.names)
    negatives = list(_negatives(hits, taxonomy))
    groups = taxonomy.groups
    out: list[Negated] | None = None
    seen: dict[int, int] = {}
    role = ROLES[passage.role]
    for index, (start, end, term) in enumerate(hits):
        if term not in groups:
            continue
        seen[term] = times = seen.get(term, 0) + 1
        if times > _OFTEN:
            continue
        inside = bool(named) and any(first <= start and end <= last for first, last in named)
        for group in groups[term]:
            capability = group.facet == "capability"
            if group.facet == "negative" or (inside and capability):
                continue
            if group.home and (country is None or country in group.home):
                continue
            bound = group.needs or group.unless
            if bound and not _neighbours_fit(passage.text, hits, index, group):
                continue
            weight = group.weight * role
            if out is None:
                out = negated(passage.text)
            against: Denied | None = None
            if capability:
                against = _against(passage, hits[index], group, negatives, out, taxonomy) or (
                    _of_buyer(passage, start, end, group, bodies)
                )
            elif governing(out, start, end):
                continue
            if against is not None:
                denied.append(against)
                if not against.damped:
                    continue
                weight += against.weight
            text = taxonomy.lexicon.texts[term]
            matches.append(
                Match(group.facet, group.code, text, weight, passage, start, end, group.beside)
            )


def as_said_once(matches: Sequence[Match], denied: Sequence[Denied]) -> list[Match]:
    """The matches without words of capabilities that the notice takes out elsewhere.

    A title says what is bought: where it names the fusion center whose chairs they are, the fusion
    center of the text is no purchase either. And one word has one meaning in one notice: where the
    behaviour management of operating theatres is bought, behaviour management alone is theirs too.
    """
    out = {(d.code, d.term) for d in denied if d.throughout}
    out -= {_words(m) for m in matches if m.passage.role in TITLES}
    return [
        m
        for m in matches
        if m.facet != "capability" or m.passage.role in TITLES or _words(m) not in out
    ]


def _words(match: Match) -> tuple[str, str]:
    return match.code, match.passage.text[match.start : match.end]


def _of_buyer(
    passage: Passage, start: int, end: int, group: Group, bodies: Bodies
) -> Denied | None:
    """Words that name an office which the buyer's own name holds: not what it buys, then."""
    words = passage.text[start:end]
    if group.weight >= FIRM or not any(words in name for name in bodies.buyers):
        return None
    if not (_OFFICE.search(words) or _OFFICE_AFTER.match(passage.text, end)):
        return None
    weight = group.weight * ROLES[passage.role] * (_NAMED - 1)
    return Denied(group.code, words, "buyer's name", weight, True, passage, start, end)


def spans(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of ``names`` stands in ``text``."""
    found: list[tuple[int, int]] = []
    for name in names:
        start = text.find(name) if name else -1
        while start >= 0:
            found.append((start, start + len(name)))
            start = text.find(name, start + len(name))
    return found


def _negatives(hits: Sequence[Hit], taxonomy: Taxonomy) -> Iterator[tuple[int, int, str]]:
    for start, end, term in hits:
        for group in taxonomy.groups.get(term, ()):
            if group.facet == "negative":
                yield start, end, group.code


def _neighbours_fit(text: str, hits: Sequence[Hit], index: int, group: Group) -> bool:
    start, end, _ = hits[index]
    within = reach(text, start, group.within)
    needed = not group.needs
    first = bisect_left(hits, (start - within - _REACH, 0, 0))
    for at in range(first, len(hits)):
        other_start, other_end, term = hits[at]
        if other_start > end + within:
            break
        if other_end < start - within:
            continue
        apart = other_end <= start or other_start >= end
        if term in group.unless and _same_sentence(text, start, end, other_start, other_end):
            return False
        if apart and not needed and term in group.needs:
            needed = True
            if not group.unless:
                return True
    return needed


def reach(text: str, start: int, within: int) -> int:
    """Distances are given in Han characters; words of spaced scripts take about twice the room."""
    return within * 2 if _SPACED_SCRIPT.match(text, start) else within


def _same_sentence(text: str, start: int, end: int, other_start: int, other_end: int) -> bool:
    gap = text[other_end:start] if other_end <= start else text[end:other_start]
    return _BREAK.search(gap) is None


def _against(
    passage: Passage,
    hit: Hit,
    group: Group,
    negatives: Sequence[tuple[int, int, str]],
    out: list[Negated],
    taxonomy: Taxonomy,
) -> Denied | None:
    """What speaks against a term of a capability: negation, a company's name, negative words near
    it."""
    start, end, _ = hit
    text = passage.text
    weight = -group.weight * ROLES[passage.role]
    taken = governing(out, start, end)
    if taken is not None:
        first, last = min(start, taken.cue_start), max(end, taken.cue_end)
        titled = passage.role in TITLES
        return Denied(
            group.code, text[start:end], "negated", weight, False, passage, first, last, titled
        )
    found = _COMPANY.match(text[end : end + _REACH])
    if found is not None:
        last = end + found.end()
        return Denied(
            group.code, text[start:end], _COMPANY_NAME, weight, False, passage, start, last
        )
    return _near_negative(passage, start, end, group, negatives, taxonomy)


def _near_negative(
    passage: Passage,
    start: int,
    end: int,
    group: Group,
    negatives: Sequence[tuple[int, int, str]],
    taxonomy: Taxonomy,
) -> Denied | None:
    damped: Denied | None = None
    term = passage.text[start:end]
    first = bisect_left(negatives, (start - _FARTHEST, 0, ""))
    for at in range(first, len(negatives)):
        other_start, other_end, name = negatives[at]
        if other_start > end + _FARTHEST:
            break
        if start <= other_start and other_end <= end and (other_start, other_end) != (start, end):
            continue
        code = taxonomy.codes["negative", name]
        if group.weight >= FIRM and not (code.boilerplate and passage.role not in TITLES):
            continue
        gap = max(other_start - end, start - other_end, 0)
        if gap > reach(passage.text, start, code.within) or (
            code.codes and group.code not in code.codes
        ):
            continue
        if not _same_sentence(passage.text, start, end, other_start, other_end):
            continue
        weight = group.weight * ROLES[passage.role]
        if code.effect == "cancel":
            everywhere = passage.role in TITLES or not code.boilerplate
            return Denied(
                *(group.code, term, name, -weight, False),
                *(passage, other_start, other_end, everywhere),
            )
        less = weight * (code.factor - 1)
        damped = Denied(group.code, term, name, less, True, passage, other_start, other_end)
    return damped
