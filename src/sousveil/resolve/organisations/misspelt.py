"""Words that names of organisations share, misspelt: Deparment, Polcie, Goverment.

Only such words are mended. They tell no organisation from another, so that a slip in one of them
says nothing; a slip in a name's own word may be another name.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from sousveil.text.currency import words

_SHARED = words(
    """
    department government university municipal municipalidad municipality prefeitura ayuntamiento
    administration international technologies technology communications enforcement association
    transportation surveillance commission commissioner authority hospital management engineering
    solutions systems industries electronics intelligence immigration protection investigation
    police sheriff county borough council metropolitan constabulary correctional corrections
    ministerio secretaria comunicaciones
    """
)
_BY_LETTER = {
    letter: tuple(word for word in sorted(_SHARED) if word[0] == letter)
    for letter in {word[0] for word in _SHARED}
}
_ANY_SLIP = 8
"""Letters of a word from which one letter too many or too few leaves it nothing else; in a shorter
one only two letters that changed places do. Another letter makes another word (protection and
projection, police and policy)."""
_WORD = re.compile(r"\b[a-z]{6,16}\b")
_COMMON = {"sherrif": "sheriff", "sherriff": "sheriff", "sherif": "sheriff"}


def mended(text: str) -> str:
    """A folded name with the words that names share as they are spelt."""
    return _WORD.sub(lambda match: _mended(match.group()), text)


@lru_cache(maxsize=65536)
def _mended(word: str) -> str:
    if word in _SHARED:
        return word
    if word in _COMMON:
        return _COMMON[word]
    for right in _BY_LETTER.get(word[0], ()):
        if abs(len(right) - len(word)) < 2 and _is_slip(word, right):
            return right
    return word


def _is_slip(word: str, right: str) -> bool:
    if OSA.distance(word, right, score_cutoff=1) != 1:
        return False
    if word.rstrip("s") == right.rstrip("s"):
        return False
    if len(word) == len(right):
        return sorted(word) == sorted(right)
    return len(right) >= _ANY_SLIP
