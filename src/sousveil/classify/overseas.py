"""Whether people or media outside the buyer's own country are watched: one rule for every country.

Yes where a group abroad is named (foreign media, overseas public), where foreign social media are
named, where the words of an online capability stand beside a word for abroad (境外, overseas), or
where a platform is watched whose people are in other countries, or that the buyer's own people are
kept from. Where that is stands in the taxonomy's data: which words name which country (``home`` of
terms), and ``used_in`` and ``blocked_in`` of platforms. Only what is watched online counts:
foreigners met at home are visitors or migrants, and a camera at a border looks at travellers.
"""

import re
from collections.abc import Iterable

from sousveil.classify.matches import Match, reach
from sousveil.model import Tag
from sousveil.reference.taxonomy import Taxonomy

ONLINE = frozenset(
    {
        "public_opinion_monitoring",
        "social_media_collection",
        "influence_operations",
        "network_security_monitoring",
    }
)
"""Capabilities that read or write what people say online."""
_BESIDE = 12
UMBRELLA = "foreign_social_media"
_VISA = re.compile("visa|visum|visto|签证|виз|تأشير|ビザ|비자")
"""Who applies for a visa is abroad; a traveller may be anybody."""
LOOKS_ABROAD = frozenset(
    {
        "public_opinion_monitoring",
        "social_media_collection",
        "influence_operations",
        "police_intelligence_platform",
        "communications_monitoring",
        "data_fusion_platform",
        "network_security_monitoring",
        "location_tracking",
        "population_management",
    }
)


def overseas_target(
    tags: Iterable[Tag], matches: Iterable[Match], country: str | None, taxonomy: Taxonomy
) -> bool:
    """Whether a surveillance notice of a buyer in ``country`` looks abroad, by tags and matches."""
    tags = tuple(tags)
    capabilities = {t.code for t in tags if t.facet == "capability"}
    if not capabilities & LOOKS_ABROAD:
        return False
    for found in tags:
        if found.facet == "target_group":
            if found.code == "visitors" and any(_VISA.search(r.term) for r in found.reasons):
                return True
            if taxonomy.codes["target_group", found.code].overseas:
                return True
        elif found.facet == "platform" and looks_abroad(found.code, country, taxonomy):
            return True
    return _beside_abroad(matches, capabilities & ONLINE)


def _beside_abroad(matches: Iterable[Match], codes: frozenset[str] | set[str]) -> bool:
    """Whether a word for abroad stands close to a word of one of ``codes``."""
    words: list[Match] = []
    markers: list[Match] = []
    for match in matches:
        if match.facet == "marker":
            markers.append(match)
        elif match.facet == "capability" and match.code in codes:
            words.append(match)
    return any(
        word.passage is marker.passage
        and max(marker.start - word.end, word.start - marker.end)
        <= reach(word.passage.text, word.start, _BESIDE)
        for marker in markers
        for word in words
    )


def without_umbrella(
    tags: tuple[Tag, ...], country: str | None, taxonomy: Taxonomy
) -> tuple[Tag, ...]:
    """Without ``foreign_social_media`` where platforms are named that are not just local ones."""
    named = any(
        t.facet == "platform"
        and t.code != UMBRELLA
        and not _just_local(taxonomy.codes["platform", t.code].used_in, country)
        for t in tags
    )
    return tuple(t for t in tags if not (named and t.code == UMBRELLA))


def _just_local(used_in: frozenset[str], country: str | None) -> bool:
    return bool(used_in) and (country is None or country in used_in)


def looks_abroad(platform: str, country: str | None, taxonomy: Taxonomy) -> bool:
    """Whether watching a platform is watching people outside ``country``."""
    if platform == UMBRELLA:
        return True
    if country is None:
        return False
    code = taxonomy.codes["platform", platform]
    return country in code.blocked_in or (bool(code.used_in) and country not in code.used_in)
