"""How sophisticated: the highest rung of a ladder that the specification's own words name.

Titles and repetitions of the project's name are no specification: where nothing else was seen the
level is None, not 0.
"""

from collections.abc import Sequence

from sousveil.classify.matches import Match, spans
from sousveil.classify.overseas import ONLINE
from sousveil.classify.scores import reasons
from sousveil.model import Reason, Tag

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
_EITHER = frozenset(
    {"police_intelligence_platform", "population_management", "data_fusion_platform"}
)
_SPECIFICATION = frozenset({"purpose", "body"})
_FOREIGN_RUNG = "online.3"


def ladder_of(capabilities: Sequence[Tag]) -> str | None:
    """The ladder that goes with the strongest capability that has one.

    Platforms that join data and registers of people serve either purpose: they decide only where
    nothing more telling was found.
    """
    ranked = sorted(capabilities, key=lambda t: (t.code in _EITHER, -t.score))
    for found in ranked:
        if found.code in ONLINE:
            return "online"
        if found.code in _VIDEO_POLICE:
            return "video_police"
    return None


def level(
    matches: Sequence[Match], ladder: str, names: Sequence[str], *, abroad: bool
) -> tuple[int | None, tuple[Reason, ...]]:
    """The highest level with its quoted words.

    ``names``: plain forms of title and name. ``abroad``: whether foreign platforms or groups
    abroad are watched, without which real time and history are no level 3 of the online ladder.
    """
    found: dict[int, list[Match]] = {}
    repeated: dict[int, list[tuple[int, int]]] = {}
    for match in matches:
        kind, _, rung = match.code.partition(".")
        if match.facet != "ladder" or kind != ladder or match.passage.role not in _SPECIFICATION:
            continue
        if match.code == _FOREIGN_RUNG and not abroad:
            continue
        key = id(match.passage)
        if key not in repeated:
            repeated[key] = spans(match.passage.text, names)
        if not any(start <= match.start and match.end <= end for start, end in repeated[key]):
            found.setdefault(int(rung), []).append(match)
    if not found:
        return None, ()
    top = max(found)
    return top, reasons(found[top])
