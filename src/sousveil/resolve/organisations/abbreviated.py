"""Names in Latin letters with words cut short: DEFENSE CI AND SECURITY AGENCY.

Words cut so could be of many; a record that names the one as an office of the other is asked for.
"""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9&]+")
_POINTS = re.compile(r"(?<=\b\w)\.")
_LEFT_OUT = frozenset(("the", "of", "and", "for", "us", "united", "states", "de", "la", "y", "et"))
_WHOLE_WORD = 4
_LEAST_INITIALS = 3


def abbreviates(short: str, whole: str) -> bool:
    """Whether a name is the other's, word for word, some of them cut short and one at least not; or
    its initials."""
    brief, full = _words(short), _words(whole)
    if brief == full or not brief or not full:
        return False
    if len(brief) == 1:
        return len(full) >= _LEAST_INITIALS and brief[0] == "".join(word[0] for word in full)
    kept = any(word in full and len(word) >= _WHOLE_WORD for word in brief)
    return kept and len(brief) == len(full) and all(map(_cut, brief, full))


def _words(name: str) -> list[str]:
    plain = _POINTS.sub("", unicodedata.normalize("NFKC", name).casefold())
    return [word for word in _WORD.findall(plain) if word not in _LEFT_OUT]


def _cut(short: str, whole: str) -> bool:
    """Whether a word is the other's letters in their order, the first included."""
    rest = iter(whole)
    return short[0] == whole[0] and not short.isdigit() and all(letter in rest for letter in short)
