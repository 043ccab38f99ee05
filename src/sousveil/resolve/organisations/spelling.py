"""Chinese names as they are meant: hospitals of universities, schools, two names side by side."""

import re
from functools import lru_cache

from sousveil.reference.divisions import Division
from sousveil.resolve.organisations import words
from sousveil.resolve.organisations.short_forms import SCHOOLS
from sousveil.resolve.organisations.where import COUNTY, elsewhere, place_at

ENOUGH = 4
_SIDE_BY_SIDE = re.compile(
    "^(?P<first>.{3,}(?:医院|中心|学校|中学|馆))(?:暨|(?<=医院))(?P<second>.{3,}(?:医院|中心|学校|中学|馆))$"
)
_LEAGUE = re.compile("^(?P<head>.{4,}?)(?:医共体|医联体|医疗集团)(?P<member>.{2,}(?:医院|卫生院))$")
_DISTRICT = re.compile("^(?P<stem>[\u3400-\u9fff]{2,3})[区县](?=[\u3400-\u9fff]{3,})")


def own_hospital(plain: str, context: Division | None) -> str:
    """A university's hospital by its own name, where it has one (place and all)."""
    if "学" not in plain:
        return plain
    plain = words.MEDICAL_SCHOOL.sub("大学", plain)
    cut = words.AFFILIATED.match(plain)
    if cut is None:
        return plain
    left = plain[cut.end() :]
    if not left.endswith("医院"):
        return plain
    division, at = place_at(left, 0, context)
    if division is not None and context is not None and elsewhere(division, context):
        at = 0
    named = words.OWN_KIND.match(left[at:])
    if named is None:
        return plain
    if at and not named["own"]:
        county = division is not None and division.rank == COUNTY and at >= ENOUGH
        return left if county or named["kind"] in words.OF_ONE_KIND else plain
    if len(named["own"]) < 2 or words.GENERIC_OWN.match(named["own"]):
        return plain
    return left


def side_by_side(plain: str, context: Division | None) -> tuple[str, str]:
    """A hospital's name and the second one that stands behind it (甲市中医医院甲市第二医院): the
    second says where, and lies in the first's place; "" where there is none."""
    both = _SIDE_BY_SIDE.match(plain) if plain.count("医院") > 1 else None
    if both is None:
        return plain, ""
    second, _ = place_at(both["second"], 0, context)
    first, _ = place_at(both["first"], 0, context)
    if second is None or not any(where and where.holds(second) for where in (first, context)):
        return plain, ""
    return both["first"], both["second"]


def of_league(plain: str) -> str:
    """A league of hospitals (医共体) before its member's name says whose league, not who. A name
    that is no more than a kind (分院) needs it."""
    found = _LEAGUE.match(plain) if "医" in plain else None
    if found is None:
        return plain
    named = words.OWN_KIND.match(found["member"])
    own = named["own"] if named else ""
    return found["member"] if len(own) >= 2 and not words.GENERIC_OWN.match(own) else plain


def without_level(rest: str) -> str:
    """坪山区妇幼保健院 and 坪山妇幼保健院, where the district is none of those known: what is left
    of a name after its place."""
    named = _DISTRICT.match(rest)
    if named is None or words.GENERIC_OWN.match(named["stem"]) or "开发" in named["stem"]:
        return rest
    return named["stem"] + rest[named.end() :]


def once(plain: str) -> str:
    """A name that stands there twice, the second time with or without its province."""
    if plain.find(plain[-ENOUGH - 1 :]) == max(0, len(plain) - ENOUGH - 1):
        return plain  # its last signs stand there once
    for at in range(len(plain) // 2 - 4, len(plain) // 2 + 5):
        first, second = plain[:at], plain[at:]
        if (
            at > ENOUGH
            and first[-1] == plain[-1]
            and (first.endswith(second) or second.endswith(first))
            and min(len(first), len(second)) > ENOUGH
        ):
            return max(first, second, key=len)
    return plain


@lru_cache(maxsize=8192)
def schools(rest: str) -> str:
    """Kinds of schools and hospitals in the form that is written most."""
    return SCHOOLS(rest)
