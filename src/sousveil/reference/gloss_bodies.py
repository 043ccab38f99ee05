"""Names of bodies and companies in English order.

Chinese goes from the whole to the part: places from wide to narrow, the body, its parts. English
goes the other way: "Traffic Police Detachment, Changji City Public Security Bureau, Xinjiang". The
narrowest place stands before the body, wider ones after it. A company's core is a name, so pinyin;
its line of business, the words between core and form, is translated.
"""

import msgspec

from sousveil.reference.gloss_places import pinyin
from sousveil.reference.gloss_terms import Kind, Token, qualifiers

_SMALL_WORDS = frozenset({"and", "of", "for", "the", "on", "a", "in"})
_MOST_WORDS = 7
"""Words between a body's place and the noun it ends in; more are no name."""

_NAMING = (Kind.DOING, Kind.WORD, Kind.NUMBER, Kind.UNKNOWN, Kind.QUALIFIER, Kind.BRAND)
_NOUNS = (Kind.BODY, Kind.UNIT, Kind.FACILITY, Kind.INSTITUTION)
_TRADES = frozenset(
    (
        "建设",
        "工程",
        "服务",
        "软件",
        "系统",
        "设备",
        "安装",
        "租赁",
        "维护",
        "应用",
        "装备",
        "家具",
        "物资",
        "设施",
        "招标",
        "采购",
    )
)
"""What is bought, as the business of who sells it."""

_LONG_BODY = 4
"""Characters from which on a kind of body alone is a name: 铁路公安局; 公安局 may be any."""

_BUREAUS = "局厅署处"
_JOINING = ("和", "及", "与")
_OWN_CAPITALS = (Kind.BODY, Kind.INSTITUTION)


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A body: its English, and the index of the token after it. ``certain``: it is a name wherever
    it stands; else only where it is the whole text."""

    english: str
    end: int
    certain: bool


class _Unit(msgspec.Struct, frozen=True, gc=False):
    english: str
    wider: tuple[str, ...]


def body_at(tokens: list[Token], start: int) -> Phrase | None:
    """The body whose name begins at ``start``, with as many of its parts as are named."""
    units: list[_Unit] = []
    position, certain, end = start, False, start
    while True:
        read = _unit(tokens, position, first=not units)
        if read is None:
            break
        unit, position, sure = read
        units.append(unit)
        certain = certain or sure or len(units) > 1
        end = position
    if not units:
        return None
    parts = [part for unit in reversed(units) for part in (unit.english, *reversed(unit.wider))]
    return Phrase(", ".join(parts), end, certain)


def _unit(tokens: list[Token], start: int, *, first: bool) -> tuple[_Unit, int, bool] | None:
    """One body or part of one: places, words, and the noun it ends in."""
    position = start
    party = tokens[position].kind is Kind.PARTY if position < len(tokens) else False
    position += party
    places: list[Token] = []
    while position < len(tokens) and tokens[position].kind is Kind.PLACE:
        places.append(tokens[position])
        position += 1
    if position < len(tokens) and places and _is_committee(tokens, position, party):
        english = tokens[position].english
        english = "Committee" if party or english == "committee" else english
        name = f"{places[-1].english} {english}"
        unit = _Unit(f"CPC {name}" if party else name, _wider(places))
        return unit, position + 1, True
    return _ending_in_noun(tokens, position, places, first=first)


def _ending_in_noun(
    tokens: list[Token], position: int, places: list[Token], *, first: bool
) -> tuple[_Unit, int, bool] | None:
    """The unit whose words begin at ``position``, up to the noun it ends in."""
    words: list[Token] = []
    zone: tuple[_Unit, int, bool] | None = None
    while position < len(tokens) and len(words) <= _MOST_WORDS:
        token = tokens[position]
        if token.kind is Kind.COMPANY and not _holding(tokens, position):
            return _company(tokens, position, places, words) or zone
        if token.kind is Kind.ZONE:
            known = bool(places or words)
            places = [*places[:-1], _zone(places, words, token)]
            words = []
            if known:
                zone = _Unit(places[-1].english, _wider(places)), position + 1, True
        elif token.kind in _NOUNS and not _goes_on(tokens, position):
            if token.kind is Kind.UNIT and not _is_noun(tokens, position, places, words, first):
                return zone
            named = token.kind is Kind.BODY and (bool(words) or len(token.text) >= _LONG_BODY)
            sure = bool(places) or named or not first
            unit = _Unit(_named(places, words, token), _wider(places))
            return unit, position + 1, sure
        elif _may_name(tokens, position, words):
            words.append(token)
        else:
            return zone
        position += 1
    return zone


def _is_noun(
    tokens: list[Token], position: int, places: list[Token], words: list[Token], first: bool
) -> bool:
    """Whether a unit's word is one here: something says whose or which it is, and one of a single
    character is no piece of a word that the glossary has not."""
    if len(tokens[position].text) > 1:
        return bool(places or words) or not first
    if not words and tokens[position].text == "局":  # 市局
        return bool(places)
    after = tokens[position + 1].kind if position + 1 < len(tokens) else Kind.OTHER
    return (
        bool(words)
        and (words[-1].kind is not Kind.UNKNOWN or tokens[position].text in _BUREAUS)
        and len(words[-1].text) > 1
        and after is not Kind.UNKNOWN
    )


def _may_name(tokens: list[Token], position: int, words: list[Token]) -> bool:
    """Whether a token can stand between a body's place and its noun."""
    token = tokens[position]
    return (
        token.kind in (*_NAMING, Kind.OPENING, Kind.UNIT)
        or (token.kind is Kind.PLACE and bool(words))
        or token.text in _JOINING
        or _holding(tokens, position)
        or (token.text in _TRADES and _in_company(tokens, position))
    )


def _holding(tokens: list[Token], position: int) -> bool:
    """A group in the name of one of its companies: 集团 in 中国移动通信集团广西有限公司."""
    return tokens[position].text == "集团" and _in_company(tokens, position + 1)


def _in_company(tokens: list[Token], position: int) -> bool:
    """Whether what follows leads on to the form of a company, with no other noun between."""
    for at in range(position, min(position + _MOST_WORDS, len(tokens))):
        token = tokens[at]
        if token.kind is Kind.COMPANY:
            return True
        if token.kind not in (*_NAMING, Kind.PLACE, Kind.OPENING) and token.text not in _TRADES:
            return False
    return False


def _zone(places: list[Token], words: list[Token], token: Token) -> Token:
    """A zone as a place: 天津 + 经济技术开发区."""
    english = _named(places, words, token)
    return Token(Kind.PLACE, token.text, english, english)


def _is_committee(tokens: list[Token], position: int, party: bool) -> bool:
    token = tokens[position]
    return token.kind is Kind.COMMITTEE or (party and token.text == "委员会")


def _goes_on(tokens: list[Token], position: int) -> bool:
    """Whether the noun qualifies another one: 中心 in 中心小学."""
    after = tokens[position + 1 : position + 2]
    return tokens[position].text in qualifiers() and bool(after) and after[0].kind is Kind.FACILITY


def _wider(places: list[Token]) -> tuple[str, ...]:
    """The places that stand after the body; the last one is in its name already."""
    return tuple(token.english for token in places[:-1])


def _named(places: list[Token], words: list[Token], noun: Token) -> str:
    place = places[-1].english if places else ""
    if noun.kind is Kind.FACILITY:
        middle = _name_and_qualifiers(words)
    else:
        middle = " ".join(
            _capital(pinyin(w.text) if w.kind is Kind.UNKNOWN else w.before) for w in words
        )
    name = noun.english if noun.kind in _OWN_CAPITALS else _capital(noun.english)
    return " ".join(part for part in (place, middle, name) if part)


def _name_and_qualifiers(words: list[Token]) -> str:
    """What stands before a school, prison or hospital: qualifiers in English, a name in pinyin."""
    known = qualifiers()
    found: list[str] = []
    name = ""
    for token in words:
        english = token.english if token.kind is Kind.QUALIFIER else known.get(token.text)
        if token.kind in (Kind.NUMBER, Kind.PLACE):
            english = token.english
        if english is None:
            name += token.text
            continue
        if name:
            found.append(pinyin(name))
            name = ""
        found.append(english)
    if name:
        found.append(pinyin(name))
    return " ".join(part for part in found if part)


def _company(
    tokens: list[Token], end: int, places: list[Token], words: list[Token]
) -> tuple[_Unit, int, bool] | None:
    """A company whose form stands at ``end``. Places without their level word that follow others
    belong to its core."""
    if not places and not words:
        return None
    wide = [p for i, p in enumerate(places) if i == 0 or p.full]
    words = [p for p in places if p not in wide] + words
    parts = [wide[-1].english] if wide else []
    for name in _between_places(words):
        if name and name[0].kind in (Kind.PLACE, Kind.OPENING):
            parts.append(name[0].english)
            continue
        core, business = _core_and_business(name, has_place=bool(parts))
        parts += core
        parts += [_capital(token.before) for token in business]
    position = end
    while position < len(tokens) and tokens[position].kind is Kind.COMPANY:
        parts.append(tokens[position].english)
        position += 1
    return _Unit(" ".join(parts), _wider(wide)), position, True


def _between_places(words: list[Token]) -> list[list[Token]]:
    """The words cut at places inside a name: 顺达工程管理 · 重庆."""
    found: list[list[Token]] = [[]]
    for token in words:
        if token.kind in (Kind.PLACE, Kind.OPENING):
            found += [[token], []]
        else:
            found[-1].append(token)
    return found


def _core_and_business(words: list[Token], *, has_place: bool) -> tuple[list[str], list[Token]]:
    """The core in English or pinyin, and the words of business after it."""
    cut = len(words)
    while cut and _is_business(words[cut - 1]):
        cut -= 1
    if cut == 0 and words and not has_place:
        cut = 1
    core: list[str] = []
    name = ""
    for token in words[:cut]:
        if token.kind in (Kind.BRAND, Kind.OPENING, Kind.NUMBER, Kind.COMPANY):
            if name:
                core.append(pinyin(name))
                name = ""
            core.append(token.english)
        else:
            name += token.text
    if name:
        core.append(pinyin(name))
    return core, words[cut:]


def _is_business(token: Token) -> bool:
    return len(token.text) > 1 and token.kind in (
        Kind.WORD, Kind.DOING, Kind.QUALIFIER, Kind.PURCHASE, Kind.UNIT
    )  # fmt: skip


def _capital(english: str) -> str:
    """Capitals as in a name, small words apart; what has capitals already keeps them."""
    return " ".join(
        word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in english.split(" ")
    )
