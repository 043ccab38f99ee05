"""An English gloss of Chinese names, titles and terms, for orientation beside the original.

Names of bodies follow the grammar of such names (``gloss_bodies``), places the table of divisions
(``gloss_places``), all else the glossary word by word (``gloss_terms``); what nothing knows is
written in pinyin. It is a gloss, not a translation: callers mark it as such, the original beside
it. Masks such as 〔person〕 stay as they are.
"""

import re
from functools import lru_cache

from sousveil.reference.gloss_bodies import body_at
from sousveil.reference.gloss_places import pinyin
from sousveil.reference.gloss_terms import Kind, Token, cut
from sousveil.text.scripts import to_simplified

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_MOST = 400
"""Code points of a text that are glossed: a name or a title, not a document."""

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PUNCTUATION = _WIDE | str.maketrans("【】《》〈〉“”「」『』、。～　", '[]"""""""""",.~ ')
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年(?:度)?)?\s*[-–—至~]\s*((?:19|20)\d{2})\s*年(?:度)?"
)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年(?:度)?")
_REPUBLIC = re.compile(r"(?:中华民国)?(?<!\d)(1[0-4]\d)年度?")
"""Years of the Republic as Taiwan counts them: 112 is 2023."""

_HAN_YEAR = re.compile("二[〇零○]([〇零○一二三四五六七八九])([〇零○一二三四五六七八九])年(?:度)?")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_INNER_SPACE = re.compile("(?<=[\u3400-\u9fff])[ \\t\\n]+(?=[\u3400-\u9fff])")
_AWARDS = re.compile(r"中标\(成交\)|成交\(中标\)")
_SPACES = re.compile(r"\s+")
_TIGHT = re.compile(r"\s+([,.:;!?)\]])|([(\[])\s+")
_JOINED = re.compile(r"\s*([-/–·])\s*")
_MOST_OF_NOTICE = 7
"""Tokens that say what a notice is, at most, after 的 in 关于X的更正公告."""

_NO_NOUN_AFTER = frozenset({"and", "of", "on", "for"})


def gloss(text: str) -> str | None:
    """English for orientation, None where there is nothing Chinese to gloss."""
    if not _HAN.search(text):
        return None
    return _gloss(text[:_MOST])


@lru_cache(maxsize=32768)
def _gloss(text: str) -> str:
    plain = _INNER_SPACE.sub("", to_simplified(text).translate(_PUNCTUATION))
    tokens = cut(_years(plain))
    english = _SPACES.sub(" ", " ".join(_words(_with_openings(tokens)))).strip()
    english = _TIGHT.sub(lambda m: m[1] or m[2] or "", english)
    return english[:1].upper() + english[1:]


def _years(text: str) -> str:
    text = _AWARDS.sub("中标", text)
    text = _HAN_YEAR.sub(lambda m: f"20{(m[1] + m[2]).translate(_HAN_DIGITS)}年", text)
    text = _YEARS.sub(r" \1–\2 ", text)
    text = _MONTH.sub(lambda m: f" {m[1]}-{int(m[2]):02d} ", text)
    return _REPUBLIC.sub(r" ROC year \1 ", _YEAR.sub(r" \1 ", text))


def _with_openings(tokens: list[Token]) -> list[Token]:
    """Parentheses of a company's place, ``(厦门)``, as one token each: they belong to its name."""
    found: list[Token] = []
    position = 0
    while position < len(tokens):
        window = tokens[position : position + 3]
        if (
            len(window) == 3
            and (window[0].text, window[2].text) == ("(", ")")
            and (window[1].kind is Kind.PLACE or window[1].text == "集团")
        ):
            english = f"({window[1].english})"
            found.append(Token(Kind.OPENING, f"({window[1].text})", english, english))
            position += 3
        else:
            found.append(tokens[position])
            position += 1
    return found


def _words(tokens: list[Token]) -> list[str]:
    """The English of the tokens in order; bodies in English order, with a colon where a text
    begins with one and goes on."""
    found: list[str] = []
    position = 0
    while position < len(tokens):
        turned = _notice_on(tokens, position)
        if turned is not None:
            words, position = turned
            found += words
            continue
        fresh = position == 0 or tokens[position - 1].kind is Kind.OTHER
        phrase = body_at(tokens, position) if _may_begin(tokens, position) else None
        if phrase is not None and (phrase.certain or (fresh and _ends(tokens, phrase.end))):
            position = phrase.end
            on = position < len(tokens) and _goes_on(tokens[position])
            joined = on and tokens[position].english in ("and", "of")
            found.append(f"{phrase.english}:" if fresh and on and not joined else phrase.english)
            continue
        found.append(_word(tokens, position))
        position += 1
    return found


def _notice_on(tokens: list[Token], start: int) -> tuple[list[str], int] | None:
    """关于X的更正公告 in English order: correction notice on X; and the index after it."""
    if tokens[start].text != "关于":
        return None
    last = max((at for at in range(start, len(tokens)) if tokens[at].text == "的"), default=start)
    end = last + 1
    while end < len(tokens) and tokens[end].kind is not Kind.OTHER:
        end += 1
    if last == start or end == last + 1 or end - last > _MOST_OF_NOTICE:
        return None
    return [*_words(tokens[last + 1 : end]), "on", *_words(tokens[start + 1 : last])], end


def _may_begin(tokens: list[Token], position: int) -> bool:
    """A body's name begins with a place or the Party, or where the text or a clause begins."""
    if position == 0 or tokens[position - 1].kind is Kind.OTHER:
        return True
    token, before = tokens[position], tokens[position - 1]
    return token.kind in (Kind.PLACE, Kind.PARTY, Kind.BODY, Kind.INSTITUTION) and (
        before.kind is not Kind.PLACE
    )


def _ends(tokens: list[Token], end: int) -> bool:
    return end == len(tokens) or tokens[end].kind is Kind.OTHER


def _goes_on(token: Token) -> bool:
    """Whether a title goes on after a body's name: with a word, or a year."""
    return token.kind is not Kind.OTHER or token.text.strip()[:1].isdigit()


def _word(tokens: list[Token], position: int) -> str:
    token = tokens[position]
    if token.kind is Kind.UNKNOWN:
        return pinyin(token.text)
    if token.kind is Kind.QUALIFIER:
        return token.english.lower()
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    noun = after is not None and after.kind not in (Kind.OTHER, Kind.COUNT, Kind.OPENING)
    if noun and after is not None and after.english not in _NO_NOUN_AFTER:
        return token.before
    return token.english
