"""The police of a district and of its units: a branch (分局) of its city's police.

A city divided into districts has branches, a county has a bureau of its own (公安机关组织管理条例,
article 6): a district's 公安局 and its 公安分局 are two plates of one body.
"""

import re

from sousveil.reference.divisions import Division
from sousveil.resolve.organisations.where import COUNTY, by_name

BRANCH = "公安分局"
_BRANCH_ALONE = re.compile("^(?:公安)?分局(?P<unit>.*)$")
_BRANCH_OF = re.compile("^(?P<stem>[\u3400-\u9fff]{2,6}?)(?:公安)?分局(?P<unit>.*)$")
_ZONE = re.compile(
    "^(?:公安局)?(?:(?P<zone>高新|经开)区?|(?P<other>高新|经济)技术(?:产业)?开发区)(?:公安)?分局(?P<unit>.*)$"
)
"""The branch of a city's zone of development, which is no division."""


def police_branch(
    division: Division | None, head: str, unit: str
) -> tuple[Division | None, str, str]:
    """长沙市公安局岳麓分局, 岳麓区公安分局 and 岳麓区公安局 are one, the branch of the district; so
    are their units."""
    zone = _ZONE.match(head + unit)
    if division is not None and zone is not None:
        return (
            division,
            "公安局",
            f"{(zone['zone'] or zone['other']).replace('经济', '经开')}分局{zone['unit']}",
        )
    if division is None or head not in {BRANCH, "公安", "公安局"}:
        return division, head, unit
    if head == BRANCH:
        return division, BRANCH, unit
    alone = _BRANCH_ALONE.match(unit)
    if head == "公安" or (alone is not None and _is_district(division)):
        return (division, BRANCH, alone["unit"]) if alone else (division, head, unit)
    named = _BRANCH_OF.match(unit)
    for other in by_name().get(named["stem"], ()) if named else ():
        if named and other.rank == COUNTY and division.holds(other) and other != division:
            return other, BRANCH, named["unit"]
    if _is_district(division) and not named:
        return division, BRANCH, unit
    return division, head, unit


def _is_district(division: Division) -> bool:
    return division.rank == COUNTY and division.name.endswith("区")
