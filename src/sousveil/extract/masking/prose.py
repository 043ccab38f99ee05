"""Find persons whom English prose says to reach (contact Jane Doe on 020 …), without a colon."""

import re

from sousveil.extract.masking.foreign import is_organisation
from sousveil.extract.masking.triggers import Triggered, matches

Span = tuple[int, int]

_WORD = r"[A-Z](?:[a-z'’-]+[A-Z])?[a-z'’-]+"
_NAME = rf"{_WORD}(?: [A-Z]\.?)? {_WORD}(?:-{_WORD})?"
_TITLES = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr|Sgt|PC)\.? )?"
_REACHED = re.compile(
    r"\b(?:[Cc]ontact|[Cc]all|[Pp]hone|[Rr]ing|[Ee]-?mail|[Ss]peak (?:to|with)) "
    rf"{_TITLES}(?P<name>{_NAME})"
    r"(?=(?:, [A-Z][\w /&-]{2,40},?)?,? ?"
    r"\(?(?:on|at|via|by|or|by (?:e-?mail|phone) (?:at|on))? ?:?\(?"
    r"(?:[+\d]|[\w.+-]{1,40}@|(?:[Tt]el|[Pp]hone|[Ee]-?mail)\b))"
)
_ASKED_FOR = re.compile(
    rf"\b(?:[Aa]sk for|[Pp]roject [Ll]ead(?:er)?|[Cc]ase [Oo]fficer) {_TITLES}(?P<name>{_NAME})"
    r"(?= ?(?:[.,;()\n]|on\b|at\b|is\b|will\b|$))"
)
_MADE_BY = re.compile(
    rf"\b(?:[Pp]repared|[Ss]ubmitted|[Dd]rafted|[Rr]equested) by {_TITLES}(?P<name>{_NAME})"
    r"(?=,? (?:on )?\d|, (?:[A-Z][a-z]+ ){0,3}"
    r"(?:Officer|Manager|Director|Chief|Buyer|Specialist|Analyst|Coordinator|Lieutenant|Sergeant"
    r"|Captain|Administrator|Engineer))"
)
"""Firms submit and prepare, too: only with an office or a day behind the name."""
_PAPER = r"(?:CV|C\.V\.|R[ée]sum[ée]|résumé|[Cc]urriculum [Vv]itae)"
_PAPER_OF = re.compile(
    rf"(?<![A-Za-z]){_PAPER}(?: (?:of|for|de|del) | ?[:–-] ?|(?<=CV) ){_TITLES}(?P<name>{_NAME})"
)
_OF_PAPER = re.compile(rf"(?<![A-Za-z])(?P<name>{_NAME})(?:['’]s)?[ ,–-]{{1,3}}{_PAPER}(?![a-z])")
"""CV of Jane Doe, Jane Doe - Résumé.pdf: papers of a person, as attachments are named."""
_OF_PAPERS = ("CV", "C.V", "Resum", "Résum", "résum", "urriculum ")
_PATTERNS: tuple[Triggered, ...] = (
    (("ontact ", "all ", "hone ", "ing ", "mail ", "peak "), _REACHED),
    (("sk for ", "ead", "fficer "), _ASKED_FOR),
    (("repared by ", "ubmitted by ", "rafted by ", "equested by "), _MADE_BY),
    (_OF_PAPERS, _PAPER_OF),
    (_OF_PAPERS, _OF_PAPER),
)
_DESK = re.compile(
    r"\b(?:Sales|Support|Customer|Line|Hall|House|Office|Enterprise|Enterprises|Reception|Control|Room"
    r"|Legal|Finance|Accounts|Time|Times|Partner|Agency|Team|Park|Street|Road|Centre|Valley|North|South"
    r"|East|West|New|Royal|Press|Media|Digital|Industries|Networks|Labs|Research|Consulting"
    r"|Associates|Partners|Technical|Head|Chief|Senior|Deputy|Director|Manager|Officer|Force"
    r"|County|Airport|Transport|Health|Home|Crown|Freedom|Information|America|Canada|Europe|UK)\b"
)


def reached(text: str) -> list[Span]:
    """Names of two words or more where prose says whom to call or whose papers it names; offices
    stay."""
    return [
        match.span("name")
        for match in matches(text, _PATTERNS)
        if not is_organisation(match["name"]) and not _DESK.search(match["name"])
    ]
