"""Whether the name of an owner, which nothing else tells of, may be a natural person's."""

import re

from sousveil.extract.masking.finder import find_personal
from sousveil.extract.masking.foreign import is_organisation
from sousveil.extract.masking.names import DOT, HAN, companies, labelled_name
from sousveil.reference.buyers import buyer_type
from sousveil.text.organisations import find_organisations
from sousveil.text.scripts import to_simplified

_ASIAN = re.compile(rf"[{HAN}\u3040-\u30ff\uac00-\ud7af{DOT}\s]+")
_OF_PERSON = re.compile(
    r"^(?:ИП|ФОП|estate of)\s|(?<!\w)(?:ИП|ФОП)$|个体(?:工商)?户?[)）]?$", re.IGNORECASE
)
"""Marks of a person who trades, or did."""
_INITIAL = re.compile(r"(?<=[^\W\d_] )[A-Z] (?=[^\W\d_])")
_KNOWN = re.compile("[\u0000-\u052f\u1e00-\u1fff]")
"""Latin, Greek and Cyrillic letters, whose names of persons are known by their form."""
_MOST_WORDS = 5
_LONGEST_NAME = 4
_FOREIGN_NAME = 12


def may_be_person(name: str) -> bool:
    """Generous: what could be a person's name is one, unless a word says that it is a body's."""
    plain = to_simplified(" ".join(name.split()))
    if not plain or plain in companies() or buyer_type(plain) is not None:
        return False
    if _OF_PERSON.search(plain):
        return True
    if next(find_organisations(plain), None) is not None or is_organisation(plain):
        return False
    if _ASIAN.fullmatch(plain):
        bare = re.sub(rf"[{DOT}\s]", "", plain)
        dotted = len(bare) < len(plain) and len(bare) <= _FOREIGN_NAME
        return dotted or len(bare) <= _LONGEST_NAME or labelled_name(bare)
    if not _KNOWN.search("".join(filter(str.isalpha, plain))):
        return len(plain.split()) <= _MOST_WORDS and any(map(str.isalpha, plain))
    # A surname first is known by its comma where only first letters are capital (SMITH, JOHN A.).
    written = (plain, plain.title()) if "," in plain and plain.isupper() else (plain,)
    forms = dict.fromkeys((*written, *(_INITIAL.sub("", one) for one in written)))
    return any(find_personal(f"Contact person: {name}") for name in forms)
