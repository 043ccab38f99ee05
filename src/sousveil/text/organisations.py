"""Names of organisations: where they stand in Chinese text, and their form for comparison.

A Chinese organisation name ends in a word that says what kind of body it is (公司, 局, 委员会).
``find_organisations`` finds these words, extends to the right while the name goes on (公安局 →
公安局某某分局) and to the left up to punctuation, a label or a word that joins sentences.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from sousveil.text.currency import words
from sousveil.text.normalise import squash
from sousveil.text.organisation_words import (
    BREAKS,
    DROPPED_BRACKETS,
    ENDING_CHARS,
    ENDINGS_BY_PAIR,
    GENERIC,
    LEADING_FORMS,
    LEGAL_FORMS_HAN,
    NEVER_ENDINGS,
    NOT_AFTER,
    PREFIXED_GENERIC,
    SINGLE_ENDINGS,
    STANDING_ALONE,
    TRAILING_FORMS,
)
from sousveil.text.scripts import fold, to_simplified

_LAST = re.compile(f"[{ENDING_CHARS}]")
_NAME_RUN = re.compile(r"[㐀-鿿\uf900-\ufaff〇々A-Za-z0-9·•・（）()&＆\-—－.]+$")
_OPENING = re.compile(r"[（(]")
# （集团） and the like in the middle of a name.
_INNER_BRACKET = re.compile(r".{0,4}[（(][㐀-鿿]{2,4}[)）][㐀-鿿]$")
_MAX_LEFT = 40
_MAX_GAP = 16
_LONGEST = 300
_HAN = re.compile(r"[㐀-鿿]")
_LATIN_FORM = re.compile(
    r"(?:Co\.?,? ?Ltd|Ltd|Limited|Inc|LLC|L\.L\.C|PLC|Corp|Corporation|Company|GmbH|AG|S\.?A\.?S?|"
    r"S\.?R\.?L|S\.?p\.?A|B\.?V|N\.?V|Oy|AB|A/S|Sp\. z o\.o|s\.r\.o|Ltda|Pty|Pte|Kft|d\.o\.o|"
    r"University|Ministry|Agency|Department|Authority|Council|Commission|Hospital|Institute)\b\.?"
)
_LATIN_WORDS_BEFORE = re.compile(
    r"(?<!\w)(?:[A-ZÀ-ÞŁŚŽČĐ][\w&'’.\-]*,?|&|of|and|the|for|de|del|la|für|der|und|i|y|et)"
    r"(?: (?:[A-ZÀ-ÞŁŚŽČĐ0-9][\w&'’.\-]*,?|&|of|and|the|for|de|del|la|für|der|und|i|y|et)){0,7} $"
)

_KINDS_OF = words("University Ministry Department Agency Authority Council Commission Institute")
_OF_WHAT = re.compile(r" (?:of|for) (?:the )?[A-Z]\w+(?:(?: and| of|,)? [A-Z]\w+){0,4}")


def find_organisations(text: str) -> Iterator[tuple[int, int]]:
    """Code points [start, end) of organisation names, in order, not overlapping.

    Chinese names in either script, and names in Latin letters that end in a legal form or a kind
    of body. Mentions without a name of their own (本公司, 采购人单位, 有关部门) are not found.
    """
    plain = to_simplified(text)
    hits = _endings(plain)
    done = 0
    index = 0
    latin = list(_latin(text)) if _LATIN_FORM.search(text) else []
    while index < len(hits):
        ending_start, end = hits[index]
        index += 1
        if ending_start < done:
            continue
        start = _left_edge(plain, done, ending_start)
        while index < len(hits) and _goes_on(plain, end, hits[index]):
            end = hits[index][1]
            ending_start = hits[index][0]
            index += 1
        if _is_named(plain, start, ending_start, end):
            while latin and latin[0][0] < end:
                span = latin.pop(0)
                if span[1] <= start:
                    yield span
            yield start, end
        done = end
    yield from (span for span in latin if span[0] >= done)


def _endings(text: str) -> list[tuple[int, int]]:
    """The kind words in the text, the longest at each place, unless what follows changes them."""
    hits: list[tuple[int, int]] = []
    for match in _LAST.finditer(text):
        end = match.end()
        length = 0
        for word in ENDINGS_BY_PAIR.get(text[end - 2 : end], ()):
            if text.endswith(word, 0, end):
                length = len(word)
                break
        char = text[end - 1]
        if not length and char not in SINGLE_ENDINGS:
            continue
        after = NOT_AFTER.get(char)
        if (after and text.startswith(after, end)) or text.endswith(NEVER_ENDINGS, 0, end):
            continue
        if not _INNER_BRACKET.match(text, max(0, end - 5), end + 2):
            hits.append((end - (length or 1), end))
    return hits


def _left_edge(text: str, floor: int, ending: int) -> int:
    """Where the name that ends in the word at ``ending`` begins."""
    low = max(floor, ending - _MAX_LEFT)
    match = _NAME_RUN.search(text, low, ending)
    if match is None:
        return ending
    start = match.start()
    run = text[start:ending]
    cut = 0
    for found in BREAKS.finditer(text, start, ending):
        cut = found.end() - start
    # A bracket opened inside the name must close inside it and the other way round.
    depth = 0
    for position in range(len(run) - 1, cut - 1, -1):
        if run[position] in "）)":
            depth += 1
        elif run[position] in "（(":
            depth -= 1
            if depth < 0:
                cut = position + 1
                break
    if depth > 0:
        cut = max(run.rfind("）", cut), run.rfind(")", cut)) + 1
    while cut < len(run) and run[cut] in "·•・-—－.）)&0123456789":
        cut += 1
    return start + cut


def _goes_on(text: str, end: int, following: tuple[int, int]) -> bool:
    """Whether the name runs on to the next kind word (…局 → …局某某支队)."""
    gap = text[end : following[0]]
    if len(gap) > _MAX_GAP:
        return False
    if not all(_HAN.match(c) or c in "（）()" for c in gap):
        return False
    if BREAKS.search(text, end, following[0]):
        return False
    # Brackets belong to the name only as a whole.
    return len(_OPENING.findall(gap)) == gap.count("）") + gap.count(")")


def _is_named(text: str, start: int, ending: int, end: int) -> bool:
    name = text[start:end]
    if name in STANDING_ALONE:
        return True
    if name in GENERIC or ending - start < 2:
        return False
    head = text[start:ending]
    return not (head in GENERIC or PREFIXED_GENERIC.match(name)) and bool(_HAN.search(head))


def _latin(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in _LATIN_FORM.finditer(text):
        if match.start() < done:
            continue
        low = max(done, match.start() - 90)
        before = _LATIN_WORDS_BEFORE.search(text, low, match.start())
        end = match.end()
        of_what = _OF_WHAT.match(text, end) if match.group() in _KINDS_OF else None
        if of_what is not None:
            end = of_what.end()
        elif before is None:
            continue
        span = (before.start() if before else match.start()), end
        yield span
        done = span[1]


@lru_cache(maxsize=65536)
def organisation_core(name: str) -> str:
    """The form in which two spellings of one organisation are equal; "" only for an empty name.

    Script, width, case, spaces, punctuation and legal form do not count; place words do, for two
    branches are two organisations. Remarks in brackets (（盖章）, （联合体牵头人）) go, other
    bracket content stays as part of the name.
    """
    plain = _fold_accents(fold(unicodedata.normalize("NFKC", name[:_LONGEST])))
    plain = _BRACKETS.sub(_bracket, plain)
    tokens = _TOKEN.findall(plain)
    while len(tokens) > 1 and tokens[-1] in TRAILING_FORMS:
        tokens.pop()
    while len(tokens) > 1 and tokens[0] in LEADING_FORMS:
        tokens.pop(0)
    joined = "".join(tokens)
    core = LEGAL_FORMS_HAN.sub("", joined)
    return core or joined or fold(squash(name))


_BRACKETS = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{0,60})[)）\]】〕]")
_TOKEN = re.compile(r"[^\W_]+")
_LETTER_DOTS = re.compile(r"\b((?:[^\W\d_]\.){2,})")


def _bracket(match: re.Match[str]) -> str:
    content = match.group(1)
    return "" if DROPPED_BRACKETS.fullmatch(content.strip()) else content


def _fold_accents(text: str) -> str:
    """Without accents, and abbreviations without their full stops (s.a. → sa)."""
    text = _LETTER_DOTS.sub(lambda m: m.group(1).replace(".", ""), text)
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _MARKS.sub("", parts)).replace("ł", "l").replace("ø", "o")


_MARKS = re.compile("[\u0300-\u036f]")
