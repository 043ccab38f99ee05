"""How sophisticated: the highest rung of a ladder that the specification's own words name.

Titles and repetitions of the project's name are no specification: where nothing else was seen the
level is None, not 0.
"""

from collections.abc import Sequence

from sousveil.classify.matches import Match
from sousveil.classify.overseas import looks_abroad
from sousveil.classify.scores import reasons
from sousveil.model import Reason, Tag

_ONLINE = frozenset(
    {
        "public_opinion_monitoring",
        "social_media_collection",
        "influence_operations",
        "network_security_monitoring",
    }
)
_VIDEO_POLICE = frozenset(
    {
        "video_surveillance",
        "face_recognition",
        "vehicle_recognition",
        "police_intelligence_platform",
        "location_tracking",
        "biometrics_other",
        "population_management",
        "data_fusion_platform",
        "drones",
        "other_surveillance",
    }
)
_SPECIFICATION = frozenset({"purpose", "body"})
_FOREIGN_PLATFORMS = 3
_SEVERAL = 2


def ladder_of(capabilities: Sequence[Tag]) -> str | None:
    """The ladder that goes with the strongest capability that has one."""
    for found in sorted(capabilities, key=lambda t: -t.score):
        if found.code in _ONLINE:
            return "online"
        if found.code in _VIDEO_POLICE:
            return "video_police"
    return None


def level(
    matches: Sequence[Match], ladder: str, names: Sequence[str], country: str | None
) -> tuple[int | None, tuple[Reason, ...]]:
    """The highest level with its quoted words.

    ``names``: plain forms of title and name. ``country``: the buyer's; several platforms that are
    foreign to it (see overseas.py) stand for level 3 of the online ladder.
    """
    found: dict[int, list[Match]] = {}
    foreign: list[Match] = []
    spans: dict[int, list[tuple[int, int]]] = {}
    for match in matches:
        if match.facet not in {"ladder", "platform"} or match.passage.role not in _SPECIFICATION:
            continue
        key = id(match.passage)
        if key not in spans:
            spans[key] = _repetitions(match.passage.text, names)
        if any(start <= match.start and match.end <= end for start, end in spans[key]):
            continue
        kind, _, rung = match.code.partition(".")
        if match.facet == "platform":
            if looks_abroad(match.code, country):
                foreign.append(match)
        elif kind == ladder:
            found.setdefault(int(rung), []).append(match)
    if ladder == "online" and len({m.code for m in foreign}) >= _SEVERAL:
        found.setdefault(_FOREIGN_PLATFORMS, []).extend(foreign)
    if not found:
        return None, ()
    top = max(found)
    return top, reasons(found[top])


def _repetitions(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    """Where a text repeats the project's name or title."""
    spans: list[tuple[int, int]] = []
    for name in names:
        start = text.find(name) if name else -1
        while start >= 0:
            spans.append((start, start + len(name)))
            start = text.find(name, start + len(name))
    return spans
