"""Find persons whom a running text names as watched, by the word for what they are before them.

记者王建国的账号, 学者约翰·史密斯, "the journalist Jonathan Doe", журналиста Ивана Петрова: a
specification may name its targets, and nothing but this word shows that a name follows. Chinese
text is folded. In languages without capitals (Arabic, Japanese, Korean) such names are not found
here.
"""

import re

from sousveil.extract.masking.foreign import Span, names_after
from sousveil.extract.masking.names import DOT, HAN, likely_name, surname_length

_PRESENTS = re.compile(
    "(?:记者|学者|教授|作家|主编|评论员|时评人|媒体人|律师|议员|政客|政要|活动家|活动分子|活动人士"
    "|异见人士|异见者|民运人士|流亡人士|维权人士|分裂分子|分子|博主|大[Vv]|网红|主播|意见领袖"
    "|僧人|喇嘛|活佛|阿訇|伊玛目|牧师|神父|信徒|上访户|上访人员|访民|头目|骨干|领袖|账号主人)"
    '(?:[包括如为:(“"《 ]{0,3})'
)
_ENDS = re.compile(
    "$|[^〇㐀-䶿一-鿿豈-\ufaff]|[的等及和与在于之称曾被案]|账号|帐号|推特|脸书|微博|博客|言论|发帖|发表|发布"
    "|文章|动态|本人|相关|有关|活动|行踪|轨迹"
)
"""What may stand behind a name of Han characters that no mark closes."""
_DOTTED = re.compile(rf"[{HAN}]{{1,6}}?(?:[{DOT}][{HAN}]{{1,8}}?){{1,3}}(?={_ENDS.pattern})")
_JOINS = frozenset("和与及")
"""记者和学者: joined words, though 和 is a surname, too."""
_PARTICLES = frozenset("的等及和与在于之称者")
_NEXT = re.compile("[、,和及与]{1,2}")

_ROLES = (
    "journalist|reporter|correspondent|columnist|blogger|vlogger|activist|dissident|defector|critic"
    "|scholar|academic|whistleblower|influencer|cleric|imam|lama|politician|protester|suspect"
    "|fugitive|periodista|activista|disidente|bloguer[oa]|opositora?|sospechos[oa]|journaliste"
    "|militante?|activiste|dissidente?|blogueu(?:r|se)|opposante?|jornalista|ativista|blogueir[oa]"
    "|журналист(?:к[аиуеой]{1,2}|[ауеом]{0,2})|активист(?:к[аиуеой]{1,2}|[ауеом]{0,2})"
    "|блогер[ауеом]{0,2}|диссидент[ауеом]{0,2}|оппозиционер[ауеом]{0,2}|правозащитник[ауеом]{0,2}"
    "|учен(?:ый|ого|ому|ым)|Journalist(?:in|en)?|Aktivist(?:in|en)?|Blogger(?:in|s)?"
    "|Dissident(?:in|en)?|Oppositionelle[nr]?"
)
_FOREIGN = re.compile(
    rf"(?<!\w)(?:(?:{_ROLES})s?[,:]?\s{{1,2}}|(?:Journalists?|Activists?):\s)[“\"«]?"
)
_HINTS = (
    *("ournali", "eporter", "orresponden", "olumnist", "logger", "loguer", "logueu", "logueir"),
    *("ctivis", "ktivist", "tivista", "issiden", "isiden", "efector", "critic", "scholar"),
    *("academic", "histleblower", "nfluencer", "cleric", "imam", "lama", "olitician", "rotester"),
    *("suspect", "ugitive", "eriodista", "posit", "ospechos", "militant", "pposant", "ornalista"),
    *("урналист", "ктивист", "логер", "иссидент", "ппозиционер", "равозащитник", "учен"),
)
"""Parts of the words above: a text without any of them need not be walked."""
_NO_PERSON = re.compile(
    r"(?:Twitter|Facebook|YouTube|Instagram|Telegram|TikTok|LinkedIn|WhatsApp|Google|Microsoft|Meta"
    r"|Reddit|Safety|Network|Protection|Monitoring)\b"
)


_CONCERNED = re.compile(
    r"(?:重点人员|重点人物|重点对象|关注人员|关注对象|监控对象|监测对象|管控对象|布控对象|在逃人员|涉恐人员|(?:维吾尔|维|回|藏|哈萨克)?族(?:男子|女子)?|男子|女子|村民|居民)"
    rf"(?:为|是|包括|如|系)?[(:“\"《 ]{{0,2}}(?P<name>{_DOTTED.pattern})"
)
"""重点人员艾力·买买提: a name with a dot is no part of the word."""


def named_targets(text: str) -> list[Span]:
    """Names of persons after words that say what they are: journalist, scholar, activist."""
    found: list[Span] = []
    if any(hint in text for hint in _HINTS):
        for match in _FOREIGN.finditer(text):
            found += _written_in_letters(text, match.end())
    if text.isascii():
        return found
    found += [match.span("name") for match in _CONCERNED.finditer(text)]
    for match in _PRESENTS.finditer(text):
        found += _listed(text, match.end()) or _written_in_letters(text, match.end())
    return found


def without_role(listed: str) -> int:
    """Where a name begins behind a word for what the person is: 监测学者王建国 → 4; 0 if none."""
    ends = [match.end() for match in _PRESENTS.finditer(listed) if match.end() < len(listed)]
    return max(ends, default=0)


def _listed(text: str, start: int) -> list[Span]:
    """The name of Han characters that begins at ``start``, and those listed behind it."""
    found: list[Span] = []
    while (end := _name_end(text, start)) is not None:
        found.append((start, end))
        separator = _NEXT.match(text, end)
        if separator is None:
            break
        start = separator.end()
    return found


def _name_end(text: str, start: int) -> int | None:
    dotted = _DOTTED.match(text, start)
    if dotted is not None:
        return dotted.end()
    if text[start : start + 1] in _JOINS:
        return None
    surname = surname_length(text[start : start + 2], rare=False)
    for length in (surname + 2, surname + 1) if surname else ():
        name = text[start : start + length]
        if len(name) < length or name[-1] in _PARTICLES or not likely_name(name):
            continue
        if _ENDS.match(text, start + length):
            return start + length
    return None


def _written_in_letters(text: str, start: int) -> list[Span]:
    """Names of two words and more with capitals: one alone may be a platform or a paper."""
    return [
        (first, end)
        for first, end in names_after(text, start)
        if " " in text[first:end]
        and not text[first:end].isupper()
        and not _NO_PERSON.match(text, first)
    ]
