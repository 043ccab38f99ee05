"""The unit beside a number: how much it multiplies and which currency it names.

``unit_after`` reads forwards from a number (万元, （万元）, Mio €, US dollars, %), ``word_before``
backwards (￥, USD, 人民币：). Both look a few characters far and never search the text.
"""

import re
from decimal import Decimal
from functools import lru_cache

import msgspec

from sousveil.text.currency import ISO_CODES, MAGNITUDES, WORDS

_ONE = Decimal(1)
_HAN_WORDS = sorted(
    (w for w in WORDS if "㐀" < w[0] <= "鿿" and w != "円"), key=lambda w: (-len(w), w)
)
_CURRENCY = "|".join(_HAN_WORDS)
_NOT_A_UNIT = "件素器旦宵代朝首老帅帥氏音钱錢宇月"
_YUAN = rf"块钱|塊錢|[元圆圓](?![{_NOT_A_UNIT}])"
_SCALE = "万亿|萬億|兆(?=[元圆圓円\\d])|[十百千拾佰仟]?[亿億万萬]|[千仟百佰]"
_CHINESE = re.compile(
    rf"[ \u00a0\u3000\n]{{0,3}}(?P<open>[（(]\s*(?:单位\s*[:：]\s*)?)?"
    rf"(?P<unit>(?:(?P<before>{_CURRENCY}|RMB|CNY)\s?)?(?:个(?=[亿億]))?(?P<scale>{_SCALE})?\s?"
    rf"(?P<name>{_CURRENCY}|{_YUAN}|円)?)"
    r"(?P<whole>[整正](?![数數常式在好确確]))?(?P<close>\s*[）)])?"
)
_TAIL = re.compile(
    rf"\s{{0,2}}(?:[（(]\s*(?P<name>{_CURRENCY}|RMB|CNY|USD|EUR|HKD|TWD|JPY|GBP)\s*[）)]"
    r"|(?P<plain>人民币|人民幣))"
)
_CHINESE_FIRST = frozenset(
    {w[0] for w in _HAN_WORDS} | set("元圆圓块塊兆万萬亿億千仟百佰十拾円（(个")
)
_RATE = re.compile(
    r"[ \u00a0\u2009\u202f]?(?P<unit>[%％‰]|折(?![叠疊合旧舊弯彎线線扣])|"
    r"(?:per ?cent|percent|pct|Prozent|pour ?cent|por ?cient?o|procent|процент(?:а|ов)?|パーセント|"
    r"퍼센트|프로)(?![^\W\d_가-힣]))",
    re.IGNORECASE,
)
_RATE_FIRST = frozenset("%％‰折pPпПパ퍼프")
_KOREAN = re.compile(
    r"[ \u00a0]{0,2}(?P<unit>(?P<scale>[십백천]?[만억조]|[천백])?[ \u00a0]?(?P<name>원))정?"
)
_TOKEN = re.compile(
    r"[ \u00a0\u2009\u202f]{0,2}(?P<open>[(（] ?)?(?:d['’])?"
    r"(?P<word>F ?CFA|M\.N\.|долларов США|долл\. США|U\.S\. dollars|US dollars|mil millones|"
    r"[A-Za-zÀ-ɏ]{1,4}[$¥/]\.?|"
    r"[A-Za-zÀ-ɏḀ-ỿ]+\.?|[Ѐ-ӿ]+\.?|[가-힣]+|[ก-๛]+|[$¥￥€£₽₴₸₹₩₺₫฿₦₱₪₾₼₲₡₵₮])"
    r"(?P<close> ?[)）])?"
)
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z]{0,3}) ?$")
_SKIPPED = frozenset({"de", "d", "of", "US", "U.S."})
_THOUSANDS_OF = {"T": Decimal(1000), "k": Decimal(1000), "K": Decimal(1000), "M": Decimal(10**6)}
"""TEUR, kUSD, MEUR: a letter glued to a code."""
_INITIAL = re.compile(r"\.[^\W\d_]")
_LONGEST_WORD = 7
# Last characters of currency words in Han or signs; any ASCII letter, / and . can end one as well.
BEFORE_LAST = frozenset(
    {w[-1] for w in WORDS if not w[-1].isascii()}
    | set("$/.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
)
CURRENCY_FIRST = "".join(sorted({w[0] for w in _HAN_WORDS} | set("元圆圓块塊円")))
UNIT_FIRST = "".join(sorted(_CHINESE_FIRST)) + "%％‰折"
SIGN_CHARS = "$¥￥€£₽₴₸₹₩₺₫฿₦₱₪₾₼₲₡₵₮￦￡"
SIGNS = frozenset(SIGN_CHARS)
PADDING = frozenset(" \t\u00a0\u3000:：约約计計共为為合")
# Currency codes that are also words or abbreviations: they need a figure that looks like money.
UNSURE_CODES = frozenset(
    {"ALL", "TOP", "CUP", "PEN", "SOS", "LAK", "BAM", "TRY", "COP", "GEL", "MAD", "CAD", "ARS"}
    | {"RM", "Rs", "Bs", "m", "lei", "kr", "lv", "Ft"}
)


class Unit(msgspec.Struct, frozen=True, gc=False):
    """A unit: ``scale`` to multiply by, the ``currency`` word as written, and where they stand.

    [start, end) is the unit as written (万元), ``until`` the end with what closes it (万元） ).
    ``magnitude`` is the magnitude word, "" if none.
    """

    scale: Decimal
    currency: str | None
    start: int
    end: int
    until: int
    magnitude: str = ""
    is_rate: bool = False


def unit_after(text: str, position: int) -> Unit | None:
    """The unit that begins at ``position``, after at most a few spaces; None if none does."""
    first = position
    size = len(text)
    while first < size and first < position + 3 and text[first] in " \u00a0\u2009\u202f\u3000\n":
        first += 1
    if first == size:
        return None
    char = text[first]
    if char in _RATE_FIRST:
        rate = _rate(text, position)
        if rate is not None or char in "%％‰折":
            return rate
    unit = None
    if "가" <= char <= "힣":
        korean = _KOREAN.match(text, position)
        if korean is not None:
            start, end = korean.span("unit")
            scale = korean["scale"] or ""
            return Unit(_scale(scale), "원", start, end, korean.end(), scale)
    if char in _CHINESE_FIRST:
        unit = _chinese(text, position)
        if unit is not None and "\n" in text[position:first] and not _ends_line(text, unit):
            return None
    if unit is None and "\n" not in text[position:first] and not ("㐀" < char <= "鿿"):
        unit = _word(text, position)
    return unit


def _ends_line(text: str, unit: Unit) -> bool:
    """Whether a unit on the line after its number is a whole unit and all there is of a word."""
    following = text[unit.until : unit.until + 1]
    return unit.currency is not None and not following.isalnum()


def _rate(text: str, position: int) -> Unit | None:
    match = _RATE.match(text, position)
    if match is None:
        return None
    start, end = match.span("unit")
    return Unit(_ONE, None, start, end, end, is_rate=True)


def _chinese(text: str, position: int) -> Unit | None:
    match = _CHINESE.match(text, position)
    if match is None:
        return None
    before, scale, name = match.group("before", "scale", "name")
    start, end = match.span("unit")
    if not (before or scale or name):
        return None
    opened, closed = match.group("open"), match.group("close")
    if opened and not closed:
        return None
    until = match.end() if opened else match.end("whole")
    if until < end:
        until = end
    currency = name if name and (name in WORDS or not before) else before or name
    if not opened or (currency in "元圆圓" if currency else True):
        tail = _TAIL.match(text, until)
        if tail and (tail.group("name") or name):
            currency = tail.group("name") or tail.group("plain")
            until = tail.end()
    return Unit(_scale(scale), currency, start, end, until, scale or "")


@lru_cache(maxsize=64)
def _scale(word: str | None) -> Decimal:
    if not word:
        return _ONE
    known = MAGNITUDES.get(word)
    if known is not None:
        return known
    result = _ONE
    for char in word:
        result *= MAGNITUDES[char]
    return result


def _word(text: str, position: int) -> Unit | None:
    """Units in letters and signs: Mio €, million US dollars, тыс. руб., (EUR)."""
    scale, magnitude, currency = _ONE, "", None
    start = end = until = position
    while currency is None:
        match = _TOKEN.match(text, end)
        if match is None:
            break
        word = match.group("word")
        opened, closed = match.group("open"), match.group("close")
        if opened and not closed:
            break
        if word in _SKIPPED and end != position:
            end = match.end("word")
            continue
        name = currency_word(word)
        letter = _THOUSANDS_OF.get(word[0])
        if name is None and letter is not None and word[1:] in ISO_CODES:
            scale, magnitude, name = scale * letter, word[0], word[1:]
            start = match.start("word") if until == position else start
            end = match.end("word")
            until = match.end() if opened else end
            currency = name
            break
        if word == "T" and text[match.end() : match.end() + 1] == "€":
            scale, magnitude = scale * 1000, word
            start, end = match.start("word"), match.end("word")
            until = end
            continue
        if name is None and len(word.rstrip(".")) <= 2 and _initials(text, match):
            break
        if name is None:
            bare = word.rstrip(".")
            size = MAGNITUDES.get(word) or MAGNITUDES.get(bare)
            if size is None and len(bare) > 3:
                size = MAGNITUDES.get(bare.lower())
            if size is None or opened:
                break
            scale, magnitude = scale * size, word
        currency = name
        start = match.start("word") if until == position else start
        end = match.end("word")
        until = match.end() if opened else end
        if name and name != word and word.endswith(".") and name + "." == word:
            # The full stop ends a sentence as often as an abbreviation: leave it out.
            end -= 1
            until = end
    if until == position:
        return None
    return Unit(scale, currency, start, until if currency is None else end, until, magnitude)


def _initials(text: str, match: re.Match[str]) -> bool:
    """Whether a short word is an initial and no magnitude: M.N. (moneda nacional)."""
    end = match.end("word") - match["word"].endswith(".")
    return _INITIAL.match(text, end) is not None


def currency_word(word: str) -> str | None:
    """``word`` as the table of currencies spells it, None if it names no currency."""
    if word in WORDS:
        return word
    bare = word.rstrip(".")
    if bare in WORDS:
        return bare
    if len(bare) == 3 and bare.isascii() and bare.islower():
        code = bare.upper()
        return code if code in ISO_CODES and code not in UNSURE_CODES else None
    lower = bare.lower()
    return lower if len(bare) > 3 and lower in WORDS else None


def word_before(text: str, position: int) -> tuple[str, int] | None:
    """The currency word that ends just before ``position`` and where it starts, None if none.

    Spaces, a colon, 约, and one short bracket (（大写）, （小写）) may stand between.
    """
    end = position
    for _ in range(6):
        if not end:
            return None
        char = text[end - 1]
        if char in PADDING:
            end -= 1
        elif char in "）)":
            opening = max(text.rfind("（", end - 7, end), text.rfind("(", end - 7, end))
            if opening < 0:
                return None
            end = opening
        else:
            break
    if not end or text[end - 1] not in BEFORE_LAST:
        return None
    for length in range(min(_LONGEST_WORD, end), 0, -1):
        start = end - length
        word = text[start:end]
        name = currency_word(word)
        if name is None:
            continue
        # A word in letters must not be the end of a longer one.
        if word[0].isascii() and word[0].isalpha() and start and text[start - 1].isalpha():
            if "㐀" < text[start - 1] <= "鿿":
                return name, start
            continue
        return _with_code(text, name, start)
    return None


def _with_code(text: str, name: str, start: int) -> tuple[str, int]:
    """A sign and the code before it: CAD $, AUD$, HK $."""
    if name not in WORDS or text[start] != "$" or not start:
        return name, start
    code = _CODE_BEFORE.search(text, max(0, start - 6), start)
    if code is None:
        return name, start
    sign = f"{code[1]}$"
    return (sign, code.start(1)) if sign in WORDS else (name, start)
