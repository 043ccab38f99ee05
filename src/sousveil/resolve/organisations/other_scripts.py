"""A name in letters taken apart: Latin, Cyrillic, Greek, Indic, Thai and others without Han signs.

A company's words keep their order. A body's stand in the order of the alphabet (Kent Police and
Crime Commissioner, Police and Crime Commissioner for Kent), but where their order says which it is:
University of York, York University; Precinct 12 Station 3, Precinct 3 Station 12.
"""

import re
from functools import lru_cache

from sousveil.reference.countries import US_STATES
from sousveil.reference.places import locate
from sousveil.resolve.organisations import words
from sousveil.resolve.organisations.bodies_abroad import may_be_a_states, written_once
from sousveil.resolve.organisations.company_forms import leading, with_short_forms, without_remarks
from sousveil.resolve.organisations.latin_names import body_in_full, without_trustees
from sousveil.resolve.organisations.letters import letters_of, words_of
from sousveil.resolve.organisations.misspelt import mended
from sousveil.resolve.organisations.records import Parts
from sousveil.resolve.organisations.short_forms import without_and
from sousveil.resolve.organisations.where import division_of
from sousveil.text.organisations import organisation_core

_CODE = re.compile(r"\(\s*[0-9]+\s*\)|^[0-9][0-9a-z]{4,5} (?=[a-z])")
_LETTER_DOTS = re.compile(r"\b((?:[^\W\d_]\.){2,})")
_CUT_FORM = re.compile(r"\bs\.? ?a\.? de(?: c\.?)?$")
"""A Mexican form at the end of a field that was too short for it."""
_IN_ORDER = frozenset({"university", "college"})


def other_parts(text: str, country: str | None, noticed: str | None, buys: bool) -> Parts:
    """The parts of a folded name. ``noticed``: the notice's place; ``buys``: a body's name."""
    roman = _romanised(text, country)
    if roman is not None:
        return roman
    text = without_trustees(mended(letters_of(text, country)))
    text = with_short_forms(_CUT_FORM.sub("sa de cv", text))
    federal = False
    if buys:
        text, federal = body_in_full(text, country)
        text = written_once(text, country)
    folded = _CODE.sub("", _LETTER_DOTS.sub(lambda m: m.group(1).replace(".", ""), text))
    if buys:
        folded = words.LATIN_PHRASES(folded)
        if "/" in folded:  # a department and the body within it
            first, *_, last = folded.split("/")
            folded = max(last, first, key=lambda part: " " in part)
    kept, form = _without_forms(_words(folded), country)
    company = form is not None
    ours = False
    if buys and not company:
        kept, ours = _body(kept, noticed, country)
    rest = " ".join(kept)
    rest = rest or organisation_core(text)
    national = federal or _is_national(folded, country)
    local = buys and not company and (ours or not national)
    place = noticed if local else None
    marks = " ".join([token for token in kept if len(token) == 1 or _has_digit(token)])
    kind = "company" if company else "public_body" if buys else "unknown"
    return Parts(country, place, rest, "", marks, kind, placed=ours, form=form or "")


def _has_digit(token: str) -> bool:
    return not token.isalpha() and any(sign.isdigit() for sign in token)


def _words(folded: str) -> list[str]:
    tokens = words_of(folded.replace("'", ""))
    kept = [words.LATIN_SHORT.get(token, token) for token in tokens]
    kept = [token for token in kept if token not in words.LATIN_DROPPED] or kept
    return [words.PLURAL.sub("", token) for token in kept]


def _without_forms(kept: list[str], country: str | None) -> tuple[list[str], str | None]:
    """The words without the legal form, and the form; None where none is said."""
    forms: list[str] = []
    kept = without_remarks(kept, country)
    in_front = leading(country)
    while len(kept) > 1 and (kept[-1] in words.LATIN_FORMS or kept[-1] in in_front - {"pt", "as"}):
        forms.insert(0, kept.pop())
    if country == "ID" and len(kept) > 1 and kept[-1] == "pt":
        forms.insert(0, kept.pop())
    while len(kept) > 1 and kept[0] in in_front:
        forms.append(kept.pop(0))
    kept = without_remarks(kept, country)
    if not forms:
        return kept, None
    return kept, " ".join(
        equal for one in forms if (equal := words.LATIN_EQUAL.get(one, one)) != "co"
    )


def _body(kept: list[str], noticed: str | None, country: str | None) -> tuple[list[str], bool]:
    """A body's words, and whether they say that it is the notice's own state's."""
    if "sheriff" in kept:  # a county's always
        kept = [word for word in kept if word != "county"]
    states = _states(noticed, country)
    own = [word for word in kept if word not in states] or kept
    numbers = {word for word in own if word[0].isdigit()}
    in_order = len(numbers) > 1 or not _IN_ORDER.isdisjoint(own)
    return list(dict.fromkeys(own)) if in_order else sorted(set(own)), len(own) < len(kept)


def _is_national(folded: str, country: str | None) -> bool:
    if country == "US" and words.DEPARTMENT_OF.search(folded):
        return words.FEDERAL_DEPARTMENT.search(folded) is not None
    return words.LATIN_NATIONAL.search(folded) is not None and not may_be_a_states(folded, country)


@lru_cache(maxsize=1024)
def _states(place: str | None, country: str | None) -> frozenset[str]:
    """How the notice's own state stands in a name: it says nothing more there."""
    if not place or country != "US":
        return frozenset()
    first = place.split("/", maxsplit=1)[0]
    code = next((c for c, name in US_STATES.items() if first in (c, name)), first)
    return frozenset({code.casefold(), *US_STATES.get(code, "").casefold().split(" ")} - {""})


def _romanised(text: str, country: str | None) -> Parts | None:
    """An English name of a Chinese body: Pishan County Public Security Bureau."""
    if country not in (None, "CN"):
        return None
    for pattern, body in words.ROMAN_BODIES:
        if pattern.search(text):
            where = locate((text,))
            division = division_of(_path(where)) if where and where.country == "CN" else None
            if division is None:
                return None
            return Parts("CN", division.code, without_and(body), "", "", "public_body", placed=True)
    return None


def _path(where: object) -> str | None:
    names = [getattr(where, part) for part in ("province", "prefecture", "county")]
    return "/".join(name for name in names if name) or None
