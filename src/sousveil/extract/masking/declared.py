"""Mask names that a file itself declares to be persons' in the short texts it states beside them.

A source of ownership (``https://…/officers/ann-example``, 王五股权声明) and the name of a file tell
a name in any shape: another order, initials, run together, parted by hyphens or ``%20``, in
Traditional characters, in pinyin, percent-encoded. Such texts prove nothing by themselves, so that
a word too many that is masked costs little, and one too few would be a record of a person.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice, permutations, product
from urllib.parse import unquote

from pypinyin import Style, pinyin

from sousveil.extract.masking.fold import fold
from sousveil.extract.masking.named_again import LINKS
from sousveil.extract.masking.spans import token
from sousveil.text.headings import without_accents
from sousveil.text.romanised import romanised

_EAST = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_EAST}]|(?:(?![{_EAST}])[^\W\d_])+")
_APOSTROPHES = frozenset("'’ʼ`")
_LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһкмтαορνικτυχ", "aeopcyxijsdhkmtaopviktux")
"""Letters of other alphabets that look like Latin ones, as names are disguised with."""
_SEVERAL = re.compile(
    r"[;；、，/|&＆()（）\[\]【】〔〕\n]+|,(?=[^,]*,)|\s(?:and|und|et|y|и)\s|[和及与等]"
)
"""Between the names of a cell; one comma may stand behind a surname."""
_HAN_NAME = re.compile("[\u3400-\u9fff]{2,6}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://\S*|(?:[\w\-]+\.)+[A-Za-z]{2,}/\S*")
_PUNYCODE = re.compile(r"xn--([A-Za-z0-9\-]+)")
_MASKED = re.compile("〔[^〔〕]*〕")
_WIDEST_GAP = 3
"""Signs between words that still are one name: a hyphen, a comma and a blank, ``%20``."""
_MOST_WORDS = 6
_MOST_READINGS = 16
_SHORTEST_ALONE = 3
_SHORTEST_INSIDE = 8
"""Letters of a whole name from which it is found within a longer word (annexamplefiling)."""
_ROUNDS = 3

Span = tuple[int, int]


class Declared:
    """Names of persons as a file declares them, to be masked in its other words.

    ``bodies``: names of organisations of the same file. A word that one of them bears names nobody
    alone, so that the source *Example Holding plc, annual report* stays beside Ann Example.
    """

    def __init__(self, names: Iterable[str], bodies: Iterable[str] = ()) -> None:
        self._beside: set[tuple[str, str]] = set()
        self._run_together: set[str] = set()
        self._alone: set[str] = set()
        self._east: set[str] = set()
        for name in {part for written in names for part in _each(written)}:
            self._learn(name)
        self._lengths = sorted({len(name) for name in self._east}, reverse=True)
        if self._alone:
            self._alone -= {word for body in bodies for word, _ in _words(body)}

    def mask(self, text: str) -> str:
        """``text`` with the names masked; where it is encoded, and a name shows only once it is
        decoded, the decoded text."""
        if not self._run_together and not self._east:
            return text
        masked = self._masked(unicodedata.normalize("NFC", text))
        decoded = _decoded(masked)
        if decoded == masked:
            return masked
        shown = self._masked(decoded)
        return masked if shown == decoded else shown

    def _learn(self, name: str) -> None:
        east = "".join(word for word, _ in _words(name) if re.match(f"[{_EAST}]", word))
        if len(east) > 1:
            self._east.add(east)
            for words in _readings(east):
                self._of_words(words, alone=False)
        for written in (name, *romanised(name)):
            words = [w for w, _ in _words(written) if not re.match(f"[{_EAST}]", w)]
            self._of_words(words, alone=True)

    def _of_words(self, words: list[str], *, alone: bool) -> None:
        telling = [word for word in words if word not in LINKS and len(word) > 1][:_MOST_WORDS]
        if alone:
            self._alone |= {word for word in telling if len(word) >= _SHORTEST_ALONE}
        for one, other in permutations(telling, 2):
            self._beside |= {(one, other), (one, other[0]), (other[0], one)}
        for orders in ({*permutations(telling, 2)}, _orders(telling), _orders(words)):
            self._run_together |= {"".join(order) for order in orders if len(order) > 1}

    def _masked(self, text: str) -> str:
        folded = fold(text)
        covered = [folded.span(*span) for span in self._spans(folded.text)]
        kept: list[str] = []
        position = 0
        for start, end in _united(covered):
            kept += (text[position:start], token("person"))
            position = end
        return "".join((*kept, text[position:]))

    def _spans(self, text: str) -> Iterator[Span]:
        aside = [match.span() for match in _MASKED.finditer(text)]
        words = [w for w in _words(text) if not any(a <= w[1][0] < b for a, b in aside)]
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        lower = text == text.lower()
        for at, (word, (start, end)) in enumerate(words):
            if re.match(f"[{_EAST}]", word):
                yield from self._eastern(words, at)
                continue
            yield from self._whole(words, at)
            for inner in self._within(word):
                yield start + inner[0], start + inner[1]
            written = lower or text[start].isupper()
            if word in self._alone and written and not any(a <= start < b for a, b in addresses):
                yield start, end

    def _eastern(self, words: list[tuple[str, Span]], at: int) -> Iterator[Span]:
        near = _near(words, at, self._lengths[0] if self._lengths else 0)
        letters = "".join(word for word, _ in near)
        for length in self._lengths:
            if letters[:length] in self._east and len(letters) >= length:
                yield words[at][1][0], near[length - 1][1][1]
                return

    def _whole(self, words: list[tuple[str, Span]], at: int) -> Iterator[Span]:
        """Names of which words follow each other, links and initials between them."""
        near = _near(words, at, 2 * _MOST_WORDS)
        start = words[at][1][0]
        joined = ""
        for word, (_, end) in near:
            joined += word
            if joined in self._run_together:
                yield start, end
        for number, (word, (_, end)) in enumerate(near[1:], start=1):
            if (words[at][0], word) in self._beside:
                yield start, end
            if not (len(word) == 1 or word in LINKS) or number > _WIDEST_GAP:
                return

    def _within(self, word: str) -> Iterator[Span]:
        for length in range(_SHORTEST_INSIDE, len(word)):
            if word[:length] in self._run_together:
                yield 0, length
            if word[-length:] in self._run_together:
                yield len(word) - length, len(word)


def _near(words: list[tuple[str, Span]], at: int, most: int) -> list[tuple[str, Span]]:
    """A word and those that follow it closely."""
    found = [words[at]]
    for word, span in islice(words, at + 1, at + most):
        if span[0] - found[-1][1][1] > _WIDEST_GAP:
            break
        found.append((word, span))
    return found


def _words(text: str) -> list[tuple[str, Span]]:
    """Words in the form in which they are compared, with where they stand in ``text``; letters of
    scripts without blanks each for itself."""
    plain = text if text.isascii() else fold(text).text
    if len(plain) != len(text):
        plain = text
    found: list[tuple[str, Span]] = []
    for match in _TOKEN.finditer(plain):
        word, (start, end) = _form(match[0]), match.span()
        between = plain[found[-1][1][1] : start] if found else ""
        if between in _APOSTROPHES and word != "s":
            found[-1] = (found[-1][0] + word, (found[-1][1][0], end))
        elif word:
            found.append((word, (start, end)))
    return found


def _form(word: str) -> str:
    plain = without_accents(unicodedata.normalize("NFKC", word).casefold())
    return plain.translate(_LOOK_ALIKE)


def _each(written: str) -> Iterator[str]:
    """The names of a cell that may hold several (王五、李四), and the cell as one name."""
    yield written
    for part in _SEVERAL.split(written):
        yield part
        pieces = part.split(",")
        if all(len(piece.split()) > 1 for piece in pieces):
            yield from pieces  # Ann Example, Bob Sample: not a surname before the others
        pieces = part.split()
        if all(_HAN_NAME.fullmatch(piece) for piece in pieces):
            yield from pieces


def _orders(words: list[str]) -> set[tuple[str, ...]]:
    """The orders in which the words of a name are written: any of a short one, else as it is,
    turned round, and with the last or the first word at the other end."""
    if len(words) <= _SHORTEST_ALONE:
        return {*permutations(words)}
    last_first = (words[-1], *words[:-1])
    return {tuple(words), tuple(reversed(words)), last_first, (*words[1:], words[0])}


def _readings(east: str) -> Iterator[list[str]]:
    """A Chinese name in pinyin, by syllables and with the given name as one word; surnames and
    signs with several readings in each of them."""
    if not _HAN_NAME.fullmatch(east):
        return
    signs = pinyin(east, style=Style.NORMAL, heteronym=True)
    for syllables in islice(product(*signs), _MOST_READINGS):
        plain = [syllable.replace("ü", "v") for syllable in syllables]
        yield plain
        for surname in (1, 2):
            if surname < len(plain):
                yield ["".join(plain[:surname]), "".join(plain[surname:])]


def _united(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _decoded(text: str) -> str:
    """Without percent signs, entities and punycode; a damaged code stays as it is."""
    for _ in range(_ROUNDS):
        before = text
        text = unescape(unquote(text, errors="replace")) if re.search("[%&]", text) else text
        text = _PUNYCODE.sub(_label, text)
        if text == before:
            break
    return text


def _label(match: re.Match[str]) -> str:
    try:
        return match[1].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return match[0]
