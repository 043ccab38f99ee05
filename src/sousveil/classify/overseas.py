"""Whether people or media outside the buyer's own country are watched: one rule for every country.

Yes where a group abroad is named (foreign media, overseas public), where foreign social media are
named, where the words of an online capability stand beside a word for abroad (境外, overseas), or
where a platform is watched that belongs to another country than the buyer's and is not
in everyday use at home. Only what is watched online counts: foreigners met at home are visitors or
migrants, and a camera at a border looks at travellers.
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
_UMBRELLA = "foreign_social_media"
_VISA = re.compile("visa|visum|visto|签证|виз|تأشير|ビザ|비자")
"""Who applies for a visa is abroad; a traveller may be anybody."""
_LOOKS_ABROAD = frozenset(
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
_BLOCKED: dict[str, frozenset[str]] = {
    "CN": frozenset(
        {
            *("twitter", "facebook", "youtube", "instagram", "telegram", "linkedin", "reddit"),
            *("whatsapp", "line", "ptt", "dcard", "lihkg", "vk", "naver", "kakaotalk"),
        }
    ),
    "TW": frozenset({"weibo", "wechat", "douyin", "zhihu", "tieba", "xiaohongshu", "vk"}),
}
"""Platforms that few at home use, so that watching them is watching people elsewhere.

China: blocked. Taiwan: the platforms of the mainland. For all other countries see ``_LOCAL``.
"""
_LOCAL: dict[str, frozenset[str]] = {
    "weibo": frozenset({"CN"}),
    "douyin": frozenset({"CN"}),
    "zhihu": frozenset({"CN"}),
    "tieba": frozenset({"CN"}),
    "xiaohongshu": frozenset({"CN", "HK", "MO", "TW", "SG", "MY"}),
    "wechat": frozenset({"CN", "HK", "MO", "TW", "SG", "MY"}),
    "ptt": frozenset({"TW"}),
    "dcard": frozenset({"TW"}),
    "lihkg": frozenset({"HK"}),
    "naver": frozenset({"KR"}),
    "kakaotalk": frozenset({"KR"}),
    "line": frozenset({"JP", "TW", "TH", "ID"}),
    "vk": frozenset({"RU", "BY", "KZ", "UA", "KG", "UZ", "TJ", "MD", "AM", "AZ", "GE"}),
}
"""Platforms with their people in few countries: elsewhere they are watched for those people."""


def overseas_target(
    tags: Iterable[Tag], matches: Iterable[Match], country: str | None, taxonomy: Taxonomy
) -> bool:
    """Whether a surveillance notice of a buyer in ``country`` looks abroad, by tags and matches."""
    tags = tuple(tags)
    capabilities = {t.code for t in tags if t.facet == "capability"}
    if not capabilities & _LOOKS_ABROAD:
        return False
    for found in tags:
        if found.facet == "target_group":
            if found.code == "visitors" and any(_VISA.search(r.term) for r in found.reasons):
                return True
            if taxonomy.codes["target_group", found.code].overseas:
                return True
        elif found.facet == "platform" and looks_abroad(found.code, country):
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


def without_umbrella(tags: tuple[Tag, ...], country: str | None) -> tuple[Tag, ...]:
    """Without ``foreign_social_media`` where platforms are named that are not just local ones."""
    named = any(
        t.facet == "platform"
        and t.code != _UMBRELLA
        and not (t.code in _LOCAL and (country is None or country in _LOCAL[t.code]))
        for t in tags
    )
    return tuple(t for t in tags if not (named and t.code == _UMBRELLA))


def looks_abroad(platform: str, country: str | None) -> bool:
    """Whether watching a platform is watching people outside ``country``."""
    if platform == _UMBRELLA:
        return True
    if country is None:
        return False
    if country in _BLOCKED and platform in _BLOCKED[country]:
        return True
    return platform in _LOCAL and country not in _LOCAL[platform]
