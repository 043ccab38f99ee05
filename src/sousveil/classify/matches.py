"""Which terms of a passage count, and how much: neighbours, negation, what is not surveillance.

A term found counts with its group's weight times its passage's role, unless a needed neighbour is
missing, an excluded one stands near, the words negate it (不含, without), it is part of a company's
name, or a word of the negative codes (手术室, weather) stands within reach in the same sentence.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from sousveil.classify.passages import ROLES, Passage
from sousveil.reference.lexicon import Hit
from sousveil.reference.taxonomy import Group, Taxonomy

FIRM = 2.9
"""A weight from which a term (雪亮工程) holds whatever stands beside it."""

_BREAK = re.compile("[。；;！？!?\n\t]|\\.\\s")
_CLAUSE = re.compile("[。；;，,！？!?\n\t]|\\.\\s")
_NOT_BEFORE = re.compile(
    "(?:不含|不包括|不包含|不再包含|无需|无须|不需要?|不涉及|不提供|不采购|不设置?|不得(?:使用|采用|采集|安装|设置)|"
    "禁止(?:使用|采集)?|严禁|并非|而非|不是|排除|剔除|除外|取消)"
    "[^。；;，,、\n]{0,10}$"
    "|除(?!了)[^。；;，,\n]{0,12}$"
    "|\\b(?:not|no|never|without|exclud(?:e|es|ed|ing)|except(?:ing)?|other than|rather than|"
    "does not include|shall not (?:use|include)|sin|excepto|salvo|no (?:incluye|comprende)|sans|"
    "hors|sauf|ohne|kein(?:e[rnms]?)?|nicht|ausgenommen|sem|exceto|nao inclui|без|кроме|"
    "не (?:включает|включая|предусмотрен\\w*|требуется))"
    "(?:\\s+[\\w'-]+){0,3}\\s*$"
    "|(?:بدون|باستثناء)\\s+(?:[^\\s]+\\s+)?$"
)
_WITH_OR_WITHOUT = re.compile(
    r"with\s+(?:or|and)\s+without(?:\s+[\w'-]+){0,3}\s*$|no (?:later|less)"
)
_NOT_AFTER = re.compile(
    "^[^。；;，,\n]{0,8}(?:除外|不在(?:本次)?(?:采购|招标|建设|服务)?(?:范围|内)|不含在内|不包含在内|另行采购|利旧|"
    "不需要|不列入|不属于本)"
    "|^[^.;\n]{0,30}\\b(?:is|are) (?:not (?:included|required|part|permitted|used|in scope)|"
    "excluded|out of scope|prohibited)"
    "|^[^.;\n]{0,20}\\b(?:queda excluid|no esta incluid|est exclu|sind? nicht|ist nicht|"
    "nao esta incluid|не требуется|не входит)"
)
_COMPANY = re.compile(
    "^(?:(?:技术|科技|系统|设备|工程|信息|安防|智能|服务|数据|软件|网络|电子){0,4}"
    "(?:\\([^)]{1,6}\\)|（[^）]{1,6}）)?(?:股份)?有限(?:责任)?公司|(?:技术|科技)?公司)"
    "|^\\s+(?:[\\w&-]+\\s+){0,2}(?:inc|llc|ltd|corp|corporation|gmbh|company|co)\\b"
)
_REACH = 48
_FARTHEST = 120
"""No negative word reaches farther than this, its own length included."""
_OFTEN = 8
"""Occurrences of one term in one passage that are looked at: more say nothing new."""
_SPACED_SCRIPT = re.compile("[0-9a-zà-ÿ\u0370-\u052f]")


class Match(msgspec.Struct, frozen=True):
    """A term that counts: [start, end) of its passage, and what it weighs there."""

    facet: str
    code: str
    term: str
    weight: float
    passage: Passage
    start: int
    end: int


class Denied(msgspec.Struct, frozen=True):
    """A term of a capability that does not count or counts less, and the words that say so."""

    code: str
    reason: str
    weight: float
    damped: bool
    passage: Passage
    start: int
    end: int


def find_matches(
    passage: Passage,
    taxonomy: Taxonomy,
    names: Sequence[str],
    matches: list[Match],
    denied: list[Denied],
) -> None:
    """Read one passage: what counts goes to ``matches``, what speaks against to ``denied``.

    ``names``: plain forms of the bodies and companies of the notice. What a body is called
    (情报指挥中心) does not say what it buys: words within a name never count for a capability.
    """
    hits = taxonomy.lexicon.find(passage.text)
    named = spans(passage.text, names)
    negatives = list(_negatives(hits, taxonomy))
    groups = taxonomy.groups
    seen: Counter[int] = Counter()
    for index, (start, end, term) in enumerate(hits):
        if term not in groups:
            continue
        seen[term] += 1
        if seen[term] > _OFTEN:
            continue
        inside = any(first <= start and end <= last for first, last in named)
        for group in groups[term]:
            if inside and group.facet == "capability":
                continue
            if group.facet == "negative" or not _neighbours_fit(passage.text, hits, index, group):
                continue
            weight = group.weight * ROLES[passage.role]
            against = _against(passage, hits[index], group, negatives, taxonomy)
            if against is not None:
                if group.facet == "capability":
                    denied.append(against)
                if not against.damped:
                    continue
                weight += against.weight
            text = taxonomy.lexicon.texts[term]
            matches.append(Match(group.facet, group.code, text, weight, passage, start, end))


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
    if not group.needs and not group.unless:
        return True
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
    taxonomy: Taxonomy,
) -> Denied | None:
    """What speaks against a term: negation, a company's name, negative words near it."""
    start, end, _ = hit
    text = passage.text
    weight = -group.weight * ROLES[passage.role]
    before = text[max(0, start - _REACH) : start]
    cut = 0
    for clause in _CLAUSE.finditer(before):
        cut = clause.end()
    before = before[cut:]
    found = _NOT_BEFORE.search(before)
    if found is not None and not _WITH_OR_WITHOUT.search(before):
        first = start - len(before) + found.start()
        return Denied(group.code, "negated", weight, False, passage, first, end)
    after = text[end : end + _REACH]
    found = _NOT_AFTER.match(after)
    if found is not None:
        return Denied(group.code, "negated", weight, False, passage, start, end + found.end())
    if group.facet != "capability":
        return None
    found = _COMPANY.match(after)
    if found is not None:
        return Denied(group.code, "company name", weight, False, passage, start, end + found.end())
    if group.weight >= FIRM:
        return None
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
    first = bisect_left(negatives, (start - _FARTHEST, 0, ""))
    for at in range(first, len(negatives)):
        other_start, other_end, name = negatives[at]
        if other_start > end + _FARTHEST:
            break
        if start <= other_start and other_end <= end and (other_start, other_end) != (start, end):
            continue
        code = taxonomy.codes["negative", name]
        gap = max(other_start - end, start - other_end, 0)
        if gap > reach(passage.text, start, code.within) or (
            code.codes and group.code not in code.codes
        ):
            continue
        if not _same_sentence(passage.text, start, end, other_start, other_end):
            continue
        weight = group.weight * ROLES[passage.role]
        if code.effect == "cancel":
            return Denied(group.code, name, -weight, False, passage, other_start, other_end)
        damped = Denied(
            group.code, name, weight * (code.factor - 1), True, passage, other_start, other_end
        )
    return damped
