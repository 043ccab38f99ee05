"""What stands in more than one way in names in Latin letters: federal agencies, slips of a letter.

Agencies of the United States by the initials that their own contracts carry.
"""

import re

_STYLED = re.compile(
    r"^(?:i\.|ilustre|ilustr[ií]sima|iltre\.|ilma\.|excm[oa]\.?|excelent[ií]simo|muy ilustre) "
    r"(?=municipalidad|ayuntamiento|diputaci[oó]n)"
)
"""The styles of Spanish and Chilean councils, which notices write or leave out."""
_FEDERAL = {
    "fbi": "federal bureau of investigation",
    "dea": "drug enforcement administration",
    "cbp": "customs and border protection",
    "ice": "immigration and customs enforcement",
    "atf": "bureau of alcohol, tobacco, firearms and explosives",
    "dhs": "department of homeland security",
    "doj": "department of justice",
    "dod": "department of defense",
    "tsa": "transportation security administration",
    "usss": "secret service",
    "usms": "marshals service",
    "uscg": "coast guard",
    "uscis": "citizenship and immigration services",
    "fema": "federal emergency management agency",
    "bop": "federal bureau of prisons",
    "dia": "defense intelligence agency",
    "disa": "defense information systems agency",
    "darpa": "defense advanced research projects agency",
    "nsa": "national security agency",
    "gsa": "general services administration",
    "nasa": "national aeronautics and space administration",
    "noaa": "national oceanic and atmospheric administration",
    "dcsa": "defense counterintelligence and security agency",
}
_NAMES = re.compile("|".join(map(re.escape, [*_FEDERAL.values(), "bureau of prisons"])))
_COUNTRY = re.compile(r"^(?:the )?(?:u\.? ?s\.?|united states) (?=\S)")
_PRISONS = re.compile("^bureau of prisons$")


_TRUSTEES = re.compile(
    r"^(?:the )?(?:board of )?(?:trustees|regents|governors) of (?:the )?"
    r"(?=.*\b(?:university|college)\b)|,? (?:the )?(?:trustees|regents) of(?: the)?$"
)
"""The body in whose name an American university signs is the university."""


def without_trustees(text: str) -> str:
    """A university's name, folded, without its trustees."""
    return _TRUSTEES.sub("", text)


def body_in_full(text: str, country: str | None) -> tuple[str, bool]:
    """A body's name, folded, without its style, and whether it is one of the federal agencies of
    the United States, whose initials are written out."""
    if country != "US":
        return _STYLED.sub("", text), False
    plain = _COUNTRY.sub("", re.sub(r"\bdept\.?(?= )", "department", text)).replace("&", "and")
    plain = _FEDERAL.get(plain.strip(" ."), plain)
    plain = _PRISONS.sub("federal bureau of prisons", plain)
    found = _NAMES.fullmatch(re.sub(r"\s+", " ", plain).strip())
    return (plain, True) if found else (text, False)


_LONG_WORD = 8
_LEAST_WORDS = 3


def with_gaps(rest: str) -> list[str]:
    """A name of three words or more with a gap for each long one in turn, all but its first two
    letters: equal for names of which one word may be misspelt."""
    all_words = rest.split()
    if len(all_words) < _LEAST_WORDS or not rest.isascii():
        return []
    return [
        " ".join((*all_words[:at], word[:2] + "*", *all_words[at + 1 :]))
        for at, word in enumerate(all_words)
        if len(word) >= _LONG_WORD and word.isalpha()
    ]


def letter_left_out(left: str, right: str) -> bool:
    """Whether all words are equal but one long one, in which one name left a letter out, not the
    last (Surveillance, Surveilance)."""
    ours, theirs = left.split(), right.split()
    differ = [(a, b) for a, b in zip(ours, theirs, strict=False) if a != b]
    if len(ours) != len(theirs) or len(ours) < _LEAST_WORDS or len(differ) != 1:
        return False
    short, whole = sorted(differ[0], key=len)
    if len(whole) != len(short) + 1 or len(short) < _LONG_WORD:
        return False
    return any(whole[:at] + whole[at + 1 :] == short for at in range(2, len(whole) - 1))
