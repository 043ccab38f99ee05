"""What a name must say before it stands for one organisation, and what speaks against two names."""

from sousveil.resolve.organisations.national import one_in_the_country
from sousveil.resolve.organisations.records import Group, Parts
from sousveil.resolve.organisations.words import GENERIC_OWN, OWN_KIND, SAY_NOTHING
from sousveil.text.scripts import fold

_OWN_WORDS = 4
"""Han characters of a company's own name from which it says something; twice as many of others, and
three times as many of bodies of the United States, where many towns share a name."""


def has_own_name(parts: Parts) -> bool:
    """Whether a body has more of a name than its kind and its number."""
    named = OWN_KIND.match(parts.rest)
    if named is None:
        return False
    return len(named["own"]) >= 2 and not GENERIC_OWN.match(named["own"])


def says_enough(parts: Parts) -> bool:
    """Whether equal parts mean one organisation: a body with its place, or a name of its own."""
    if parts.open:
        return False
    own = len(parts.rest)
    spaced = parts.rest.isascii() or " " in parts.rest
    if (
        parts.kind == "public_body"
        and not parts.placed
        and all(word in SAY_NOTHING or word.isdigit() for word in parts.rest.split())
    ):
        return False
    if parts.kind != "public_body":
        least = _OWN_WORDS * (1 if parts.form or not spaced else 2)
        return own >= least or parts.place is not None
    if parts.place is not None or one_in_the_country(parts.rest, parts.country):
        return own >= 2
    if spaced:
        return own >= _OWN_WORDS * (3 if parts.country == "US" else 2)
    university = parts.country == "JP" and parts.rest.endswith(fold("大学"))
    return own >= _OWN_WORDS + (0 if university else 1)


def fit(left: Group, right: Group) -> bool:
    """Whether forms and numbers do not speak against each other."""
    forms, numbers = {left.parts.form, right.parts.form}, {left.identifiers, right.identifiers}
    one_number = len(numbers - {()}) < 2 or left.is_of(right) or right.is_of(left)
    return len(forms - {""}) < 2 and one_number and not left.told_from(right)


def named_alike(left: Parts, right: Parts) -> bool:
    """Whether all words of one name stand in the other's, in the same unit."""
    ours, theirs = (set(parts.rest.split()) for parts in (left, right))
    return left.unit == right.unit and (ours <= theirs or theirs <= ours)
