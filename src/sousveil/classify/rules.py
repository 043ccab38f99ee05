"""The rule layer: what a notice buys, by the taxonomy's words, with the words as reasons.

A capability is named by what the system does, never by who buys it; the buyer's kind only tips
words that are ambiguous alone. Unsure is an answer: between UNCERTAIN and SURE a person is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from sousveil.classify.calibration import probability
from sousveil.classify.ladders import ladder_of, level
from sousveil.classify.matches import TITLES, Bodies, Denied, Match, as_said_once, find_matches
from sousveil.classify.overseas import overseas_target, without_umbrella
from sousveil.classify.passages import EXTRACTOR, Passage, passages
from sousveil.classify.scores import (
    BESIDE,
    CLEAR,
    ELSEWHERE,
    THRESHOLD,
    UNCERTAIN,
    UNTITLED,
    against,
    by_code,
    ranked,
    reasons,
    score,
    tag,
)
from sousveil.classify.voices import Heard, hear
from sousveil.model import Coding, Notice, Page, Tag
from sousveil.reference.buyers import buyer_type
from sousveil.reference.lexicon import plain
from sousveil.reference.places import locate
from sousveil.reference.taxonomy import Taxonomy, load_taxonomy

SURE = 0.7
_DOUBT = 0.7
"""The probability up to which a person is asked about a finding."""
_TELLING = -0.6
"""What a word must have lost to its place (a school) for a person to be asked in any case."""
_OTHER_PURCHASES = frozenset({"environment", "tourism_promotion", "office_goods"})
"""Negative codes whose words in a title say that something else is bought. Those of medicine,
traffic and machines stand in titles of surveillance too (heartbeats watched in cells)."""
_SIDE_FACETS = ("platform", "target_group", "function", "data_source")


def classify(
    notice: Notice,
    pages: Mapping[int, Page],
    taxonomy: Taxonomy | None = None,
    *,
    named: Sequence[Tag] = (),
) -> Coding:
    """Code one notice. ``pages`` are its pages by number; ``taxonomy`` is the shipped one if None.

    Tags of the facet ``capability`` reach the threshold of 0.5; weaker ones are kept as
    ``candidate`` for review, with their reasons. Other facets are named only where a capability is.
    ``named`` are capabilities that somebody else gives (a coder, a model): they stand in the place
    of the rules' own, with the rules' reasons for the same code where there are any.
    """
    taxonomy = taxonomy or load_taxonomy()
    buyer = buyer_type(notice.buyer.value) if notice.buyer is not None else None
    read = list(passages(notice, pages))
    gate = taxonomy.gate
    hot = [gate.holds(passage.text) for passage in read]
    # Passages with a word of a capability first: where none of them counts, nothing else matters.
    found: list[list[Match]] = [[] for _ in read]
    denied: list[Denied] = []
    bodies, country = (_bodies(notice), _country(notice)) if named or any(hot) else (Bodies(), None)
    for passage, is_hot, own in zip(read, hot, found, strict=True):
        if is_hot:
            find_matches(passage, taxonomy, bodies, own, denied, country)
    matches = as_said_once([m for m in chain.from_iterable(found) if not m.beside], denied)
    shares = _Shares.of(read, matches, taxonomy)
    capabilities, candidates, best = _capabilities(matches, denied, buyer, shares)
    heard = hear(read, hot, capabilities + candidates, taxonomy)
    tags = _settled((capabilities, candidates), matches, named, heard)
    if not tags[0]:
        return _other(
            notice, taxonomy, buyer, read, denied, (capabilities, candidates), best, heard
        )
    for passage, is_hot, own in zip(read, hot, found, strict=True):
        if not is_hot:
            find_matches(passage, taxonomy, bodies, own, denied, country)
    matches = as_said_once(list(chain.from_iterable(found)), denied)
    matches = [m for m in matches if not m.beside or any(t.code in m.beside for t in tags[0])]
    capabilities, candidates, best = _capabilities(matches, denied, buyer, shares)
    again = _settled((capabilities, candidates), matches, named, heard)
    tags = again if again[0] else tags
    return _surveillance(notice, taxonomy, buyer, country, read, matches, denied, tags, best, heard)


def _settled(
    tags: tuple[tuple[Tag, ...], tuple[Tag, ...]],
    matches: Sequence[Match],
    named: Sequence[Tag],
    heard: Heard | None,
) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Capabilities and candidates: as others name them, as both voices do, or the rules' own
    (``tags``)."""
    if named:
        return _as_named(named, matches, tags[0] + tags[1])
    if heard is None:
        return tags
    return heard.capabilities(tags[0] + tags[1]) if heard.found else ((), ())


def _as_named(
    named: Sequence[Tag], matches: Sequence[Match], own: Sequence[Tag]
) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """Capabilities that others name, and what the rules found beside them as candidates."""
    groups = by_code(matches, "capability")
    given = tuple(
        Tag(t.facet, t.code, t.score, reasons(groups[t.code]) if t.code in groups else t.reasons)
        for t in named
    )
    codes = {t.code for t in named}
    rest = [Tag("candidate", t.code, t.score, t.reasons) for t in own if t.code not in codes]
    return given, ranked(rest)


class _Shares(msgspec.Struct, frozen=True):
    """How much the words of a capability count by what the titles say. ``elsewhere``: capabilities
    of which a title says that something else is bought (a canteen, a campaign for tourists)."""

    titled: bool
    elsewhere: frozenset[str]

    @classmethod
    def of(cls, read: Sequence[Passage], matches: Sequence[Match], taxonomy: Taxonomy) -> "_Shares":
        """Titled: a title holds a word of a capability, or there is no title that could."""
        titles = [passage for passage in read if passage.role in TITLES]
        named = any(m.facet == "capability" and m.passage.role in TITLES for m in matches)
        titled = named or not titles
        if titled or not matches:
            return cls(titled, frozenset())
        return cls(False, frozenset(_said_otherwise(titles, taxonomy)))

    def share(self, code: str) -> float:
        """How much the words of this capability count."""
        if self.titled:
            return 1.0
        return ELSEWHERE if code in self.elsewhere else UNTITLED


def _said_otherwise(titles: Sequence[Passage], taxonomy: Taxonomy) -> Iterator[str]:
    every = [code.id for code in taxonomy.facet("capability")]
    for passage in titles:
        for _, _, term in taxonomy.lexicon.find(passage.text):
            for group in taxonomy.groups.get(term, ()):
                if group.facet == "negative" and group.code in _OTHER_PURCHASES:
                    yield from taxonomy.codes["negative", group.code].codes or every


def _capabilities(
    matches: Sequence[Match], denied: Sequence[Denied], buyer: str | None, shares: _Shares
) -> tuple[tuple[Tag, ...], tuple[Tag, ...], float]:
    """Capabilities that reach the threshold, those that come near it, and the best score of all."""
    found: list[Tag] = []
    near: list[Tag] = []
    groups = by_code(matches, "capability")
    values = {
        code: score(group, buyer, (d for d in denied if d.code == code), shares.share(code))
        for code, group in groups.items()
    }
    best = max(values.values(), default=0.0)
    for code, group in groups.items():
        value = values[code]
        titled = best < CLEAR or any(m.passage.role in TITLES for m in group)
        if value >= (THRESHOLD if titled else BESIDE):
            found.append(tag("capability", code, value, group))
        elif value >= UNCERTAIN:
            near.append(tag("candidate", code, value, group))
    return ranked(found), ranked(near), best


def _other(
    notice: Notice,
    taxonomy: Taxonomy,
    buyer: str | None,
    read: Sequence[Passage],
    denied: Sequence[Denied],
    tags: tuple[tuple[Tag, ...], tuple[Tag, ...]],
    best: float,
    heard: Heard | None,
) -> Coding:
    """The coding of a notice that buys no surveillance: what the rules found in spite of the
    general model stays as candidates, with the words that speak against it."""
    capabilities, candidates = tags
    doubted = tuple(msgspec.structs.replace(t, facet="candidate") for t in capabilities)
    said = heard.against() if doubted and heard is not None else ()
    spoken = heard.speaking() if heard is not None and heard.suspected else ()
    return Coding(
        notice_id=notice.notice_id,
        taxonomy_version=taxonomy.version,
        classifier=EXTRACTOR,
        surveillance=False,
        surveillance_score=_probable(best, heard),
        rule_score=best,
        tags=doubted + candidates + spoken,
        against=against(denied) + said,
        buyer_type=buyer,
        review=_review(best, (), denied, heard),
    )


def _surveillance(
    notice: Notice,
    taxonomy: Taxonomy,
    buyer: str | None,
    country: str | None,
    read: Sequence[Passage],
    matches: Sequence[Match],
    denied: Sequence[Denied],
    tags: tuple[tuple[Tag, ...], tuple[Tag, ...]],
    best: float,
    heard: Heard | None,
) -> Coding:
    """The coding of a notice that buys a surveillance capability."""
    capabilities, candidates = tags
    side = tuple(
        found
        for facet in _SIDE_FACETS
        for found in ranked(
            [
                tag(facet, code, score(group, None), group)
                for code, group in by_code(matches, facet).items()
            ]
        )
    )
    ladder = ladder_of(capabilities)
    names = [p.text.strip() for p in read if p.role in TITLES]
    names += [plain(f.value) for f in (notice.project_name, notice.title) if f is not None]
    side = without_umbrella(side, country, taxonomy)
    overseas = overseas_target(capabilities + side, matches, country, taxonomy)
    spoken: tuple[Tag, ...] = ()
    basis: dict[str, str] = {}
    if heard is not None:
        overseas, spoken, basis = heard.beside(capabilities, overseas, taxonomy)
    rung, why = level(matches, ladder, names, abroad=overseas) if ladder is not None else (None, ())
    return Coding(
        notice_id=notice.notice_id,
        taxonomy_version=taxonomy.version,
        classifier=EXTRACTOR,
        surveillance=True,
        surveillance_score=_probable(best, heard),
        rule_score=best,
        tags=capabilities + candidates + side + spoken,
        against=against(denied),
        buyer_type=buyer,
        overseas_target=overseas,
        sophistication=rung,
        sophistication_ladder=ladder if rung is not None else None,
        sophistication_reasons=why,
        review=_review(best, capabilities, denied, heard),
        basis=basis,
    )


def _probable(best: float, heard: Heard | None) -> float:
    return probability(best) if heard is None else heard.score


def _review(
    best: float, capabilities: Sequence[Tag], denied: Sequence[Denied], heard: Heard | None
) -> tuple[str, ...]:
    """Why a person should look: ``score_uncertain``, ``conflicting_evidence``, ``ambiguous_place``
    (a school, an office, a canteen), and what the general model says against the rules."""
    codes: list[str] = []
    if heard is not None:
        unsure = heard.unsure
    else:
        unsure = UNCERTAIN <= best <= SURE or bool(capabilities and probability(best) <= _DOUBT)
    if unsure:
        codes.append("score_uncertain")
    named = {t.code for t in capabilities}
    if any(d.code in named and not d.damped for d in denied):
        codes.append("conflicting_evidence")
    damped = [d.weight for d in denied if d.damped]
    if damped and (best >= UNCERTAIN or min(damped) <= _TELLING):
        codes.append("ambiguous_place")
    return (*codes, *(heard.review if heard is not None else ()))


def _bodies(notice: Notice) -> Bodies:
    """Plain forms of the names of bodies and companies that the notice holds."""
    buying = [plain(field.value) for field in (notice.buyer, notice.agency) if field is not None]
    selling = [plain(field.value) for field in (*notice.suppliers, *notice.bidders)]
    return Bodies((*buying, *selling), tuple(buying))


def _country(notice: Notice) -> str | None:
    """The buyer's country; by its names, where the extractor did not know."""
    if notice.country:
        return notice.country
    fields = ((notice.buyer,) if notice.buyer else ()) + notice.places
    place = locate([f.value for f in fields])
    return place.country if place is not None else None
