"""Forms of amounts in every language but Chinese; those are in ``amounts_chinese``.

What is ambiguous is decided here, by the writing alone: a number with one separator and three
digits after it (1.234) is a group of thousands or a fraction. The custom of the currency's
countries settles it where they group by that sign and sums have no thousandths, or, before a
magnitude (1,234 million dollars), by the same sign; with a magnitude the other sign is the
decimal one of that custom (1.234 million dollars). The euro is written in both customs: without a
magnitude either sign groups, with one it is open. Everything else is ambiguous.
"""

from decimal import Decimal
from random import Random

from tests.text.writing import numerals

from benchmarks.literals.written import (
    SPACES,
    WIDE,
    Form,
    Written,
    grouped,
    indian,
    one_separator_of_three,
    plain,
    random_sum,
)

DOTTED = {
    "USD", "GBP", "CNY", "JPY", "KRW", "TWD", "HKD", "INR", "CAD", "AUD", "SGD", "MXN", "CHF",
    "DOP",
    "PEN",
}  # fmt: skip
"""Currencies whose countries write 1,234.56 (the franc's write 1'234.56)."""


def is_ambiguous(number: str, currency: str | None, magnitude: bool) -> bool:
    """Whether a number can be read in two ways; see the module's own words."""
    sign = one_separator_of_three(number.replace("．", ".").replace("，", ","))
    if not sign:
        return False
    if currency is None:
        return True
    if currency == "EUR":
        return magnitude
    if currency in DOTTED:
        return sign == "." and not magnitude
    return (sign == "," and not magnitude) or (sign == "." and magnitude)


STYLES = {
    "en": lambda n, r: r.choice((plain(n), grouped(n, ",", "."))),
    "dot": lambda n, r: r.choice((plain(n, ","), grouped(n, ".", ","))),
    "space": lambda n, r: r.choice((plain(n, ","), grouped(n, r.choice(SPACES), ","))),
    "swiss": lambda n, r: grouped(n, r.choice("'’"), "."),
    "indian": lambda n, r: indian(n),
    "latin": lambda n, r: r.choice((plain(n), grouped(n, ",", "."))),
}


def sized(
    style: str, shape: str, currency: str, scale: int = 1, known: str | None = None, places: int = 2
):
    """A writer of amounts: ``shape`` holds # for the number, which counts ``scale`` units."""

    def write(rng: Random) -> Written:
        low, high, digits = (0, 9, places) if scale == 1 else (0, 3.6, 4)
        number = random_sum(rng, low, high, digits)
        words = STYLES[style](number, rng)
        text = shape.replace("#", words)
        open_ = is_ambiguous(words, currency, scale > 1)
        return Written(text, "amount", number * scale, currency, known=known, ambiguous=open_)

    return write


def cell(style: str, unit: str, currency: str, scale: int, known: str | None = None):
    """A writer of bare numbers under a heading that gives the unit."""

    def write(rng: Random) -> Written:
        number = random_sum(rng, 0, 9 if scale == 1 else 4, 2 if scale == 1 else 6)
        words = STYLES[style](number, rng)
        if rng.random() < 0.2:
            words = f" {words} "
        open_ = is_ambiguous(words.strip(), currency, scale > 1)
        return Written(
            words, "amount", number * scale, currency, unit=unit, known=known, ambiguous=open_
        )

    return write


def rate(shape: str, mark: str = "."):
    """A writer of percentages, permilles and discounts."""

    def write(rng: Random) -> Written:
        number = Decimal(f"{rng.uniform(0.1, 99.9):.{rng.randint(0, 2)}f}")
        return Written(shape.replace("#", plain(number, mark)), "rate", number)

    return write


def no_total(style: str, shape: str, known: str | None = None, unit: str | None = None):
    """A writer of prices of one piece and of ranges: # and, where there are two, a higher #."""

    def write(rng: Random) -> Written:
        low = random_sum(rng, 1, 4, 2)
        text = shape.replace("#", STYLES[style](low, rng), 1)
        text = text.replace("#", STYLES[style](low + random_sum(rng, 1, 4, 0), rng))
        return Written(text, "no_total", known=known, unit=unit)

    return write


def _japanese(rng: Random) -> Written:
    """1億2,000万円: a number above and one below."""
    high, low = rng.randint(1, 99), rng.randint(1, 9999)
    text = f"{high}億{low:,}万円" if rng.random() < 0.5 else f"{high}億{low}万円"
    return Written(text, "amount", Decimal(high * 10**8 + low * 10**4), "JPY")


def _korean(rng: Random) -> Written:
    high, low = rng.randint(1, 99), rng.randint(1, 9999)
    shown = f"{low:,}" if rng.random() < 0.5 else str(low)
    text = f"{high}억{rng.choice(('', ' '))}{shown}만{rng.choice(('', ' '))}원"
    return Written(text, "amount", Decimal(high * 10**8 + low * 10**4), "KRW")


def _kopecks(rng: Random) -> Written:
    """1 234 567 рублей 50 копеек."""
    whole, small = rng.randint(100, 10**8), rng.randint(1, 99)
    words = f"{whole:,}".replace(",", rng.choice(SPACES))
    one, other = rng.choice((("руб.", "коп."), ("рублей", "копеек"), ("руб", "коп")))
    text = f"{words} {one} {small:02} {other}"
    return Written(text, "amount", Decimal(whole * 100 + small) / 100, "RUB")


def _german_dash(rng: Random) -> Written:
    """1.234,– €: no cents."""
    number = random_sum(rng, 3, 7, 0)
    dash = rng.choice(("–", "--", "-", "—"))
    text = f"{grouped(number, '.', ',')},{dash} {rng.choice(('€', 'EUR', 'Euro'))}"
    return Written(text, "amount", number, "EUR")


def _wide_yen(rng: Random) -> Written:
    number = random_sum(rng, 0, 10, 0)
    return Written(f"{number:,}".translate(WIDE) + "円", "amount", number, "JPY")


def _trillions(rng: Random) -> Written:
    high, low = rng.randint(1, 9), rng.randint(1, 9999)
    text = f"{high}兆{low:,}億円"
    return Written(text, "amount", Decimal(high * 10**12 + low * 10**8), "JPY")


def _capitals_of_japan(rng: Random) -> Written:
    number = int(random_sum(rng, 3, 9, 0))
    words = numerals(number).translate(str.maketrans("一二三十万", "壱弐参拾萬"))
    return Written(f"金{words}円也", "amount", Decimal(number), "JPY")


def _korean_numerals(rng: Random) -> Written:
    number = int(random_sum(rng, 4, 10, 0))
    words = numerals(number).replace("零", "")
    words = words.translate(
        str.maketrans("一二三四五六七八九十百千万亿", "일이삼사오육칠팔구십백천만억")
    )
    return Written(f"일금 {words}원정", "amount", Decimal(number), "KRW")


def open_unit(shape: str, currency: str):
    """A writer of what only its writer knows the size or sign of: never to go unflagged."""

    def write(rng: Random) -> Written:
        return Written(shape.replace("#", str(rng.randint(1, 999))), "no_total", known=currency)

    return write


def _forms(language: str, table: str, style: str) -> list[Form]:
    """One form a line: shape | currency | scale | currency of the country."""
    found = []
    for line in table.strip().splitlines():
        shape, currency, scale, known = (part.strip() for part in (line + "|||").split("|")[:4])
        size = int(float(scale or 1))
        places = 0 if currency in ("JPY", "KRW", "CLP", "PYG", "COP", "XOF") else 2
        write = sized(style, shape, currency, size, known or None, places)
        found.append(Form(language, shape, write))
    return found


_ENGLISH = """
US$# | USD
US$ # | USD
$# | USD
$# | CAD | 1 | CAD
USD # | USD
USD# | USD
# USD | USD
U.S.$# | USD
# US dollars | USD
# dollars | AUD | 1 | AUD
US$# million | USD | 1e6
$#m | USD | 1e6
$#bn | USD | 1e9
$#k | USD | 1e3
$# MM | USD | 1e6
USD # million | USD | 1e6
USD # thousand | USD | 1e3
# million US dollars | USD | 1e6
# billion dollars | USD | 1e9
£# | GBP
£#m | GBP | 1e6
£# million | GBP | 1e6
GBP # | GBP
GBP # million | GBP | 1e6
€# | EUR
EUR # | EUR
€#m | EUR | 1e6
€# million | EUR | 1e6
€#bn | EUR | 1e9
HK$# | HKD
HKD # | HKD
HK$# million | HKD | 1e6
NT$# | TWD
S$# | SGD
A$# | AUD
C$# | CAD
RMB # | CNY
RMB# million | CNY | 1e6
CNY # | CNY
# yuan | CNY
# million yuan | CNY | 1e6
JPY # | JPY
Rs. # | INR
INR # | INR
₹ # crore | INR | 1e7
Rs # lakh | INR | 1e5
KRW # | KRW
# (USD) | USD
US $ # | USD
USD $# | USD
CAD $# | CAD
AUD$# | AUD
HK $# | HKD
RD$# | DOP
$# CAD | CAD
USD#m | USD | 1e6
# MUSD | USD | 1e6
Rs. #/- | INR
₹# Lakhs | INR | 1e5
USD # (say it in words only) | USD
"""
_SPANISH = """
# € | EUR
#€ | EUR
# euros | EUR
# EUR | EUR
EUR # | EUR
# millones de euros | EUR | 1e6
# millones € | EUR | 1e6
# M€ | EUR | 1e6
$ # | COP | 1 | COP
$ # | CLP | 1 | CLP
$# | ARS | 1 | ARS
$ # millones | COP | 1e6 | COP
COP # | COP
₲ # | PYG
# pesos | ARS | 1 | ARS
$ # M/CTE | COP | 1 | COP
€ # | EUR
"""
_FRENCH = """
# € | EUR
# € HT | EUR
# € TTC | EUR
# EUR | EUR
# EUR HT | EUR
# euros | EUR
# euros HT | EUR
# million d'euros | EUR | 1e6
# millions d’euros | EUR | 1e6
# M€ | EUR | 1e6
# k€ | EUR | 1e3
# milliards d'euros | EUR | 1e9
# Md€ | EUR | 1e9
# XOF | XOF
# FCFA | XOF
# F CFA | XOF
"""
_GERMAN = """
# € | EUR
#€ | EUR
€ # | EUR
EUR # | EUR
# EUR | EUR
# Euro | EUR
# Mio. € | EUR | 1e6
# Mio. EUR | EUR | 1e6
# Mio € | EUR | 1e6
# Millionen Euro | EUR | 1e6
# Mrd. EUR | EUR | 1e9
# Milliarden Euro | EUR | 1e9
# Tsd. EUR | EUR | 1e3
# TEUR | EUR | 1e3
EUR # Mio. | EUR | 1e6
# EUR netto | EUR
# MEUR | EUR | 1e6
# T€ | EUR | 1e3
"""
_PORTUGUESE = """
R$ # | BRL
R$# | BRL
# reais | BRL
R$ # milhões | BRL | 1e6
R$ # milhão | BRL | 1e6
R$ # bilhões | BRL | 1e9
R$ # mil | BRL | 1e3
# mil reais | BRL | 1e3
# milhões de reais | BRL | 1e6
BRL # | BRL
R$ # mi | BRL | 1e6
R$ # bi | BRL | 1e9
R$ # (em palavras por extenso) | BRL
# € | EUR
# euros | EUR
"""
_RUSSIAN = """
# руб. | RUB
# руб | RUB
# рублей | RUB
# ₽ | RUB
# RUB | RUB
# RUR | RUB
# тыс. руб. | RUB | 1e3
# тыс. рублей | RUB | 1e3
# млн руб. | RUB | 1e6
# млн. руб. | RUB | 1e6
# млн рублей | RUB | 1e6
# миллионов рублей | RUB | 1e6
# млрд руб. | RUB | 1e9
# миллиардов рублей | RUB | 1e9
# долларов США | USD
# грн | UAH
# грн. | UAH
# тенге | KZT
# млн тенге | KZT | 1e6
# тыс. грн | UAH | 1e3
# млн.руб. | RUB | 1e6
# тыс.руб | RUB | 1e3
# (сумма прописью) рублей | RUB
# (сумма прописью) руб. | RUB
"""
_JAPANESE = """
#円 | JPY
# 円 | JPY
金#円也 | JPY
金#円 | JPY
¥# | JPY | 1 | JPY
￥#- | JPY | 1 | JPY
#万円 | JPY | 1e4
#億円 | JPY | 1e8
#千円 | JPY | 1e3
#百万円 | JPY | 1e6
#円（税込） | JPY
税抜#円 | JPY
"""
_KOREAN = """
#원 | KRW
# 원 | KRW
금#원 | KRW
금 #원정 | KRW
₩# | KRW
￦# | KRW
#만원 | KRW | 1e4
#만 원 | KRW | 1e4
#억원 | KRW | 1e8
#억 원 | KRW | 1e8
#천원 | KRW | 1e3
#백만원 | KRW | 1e6
#원(부가세 포함) | KRW
"""

AMOUNTS: list[Form] = [
    *_forms("en", _ENGLISH, "en"),
    *_forms("es", _SPANISH, "dot"),
    *_forms("es", "$ # MXN | MXN\n$# M.N. | MXN | 1 | MXN\nMXN # | MXN\nS/ # | PEN", "latin"),
    *_forms("fr", _FRENCH, "space"),
    *_forms("de", _GERMAN, "dot"),
    *_forms("de", "CHF # | CHF\n# CHF | CHF", "swiss"),
    *_forms("pt", _PORTUGUESE, "dot"),
    *_forms("ru", _RUSSIAN, "space"),
    *_forms("ja", _JAPANESE, "en"),
    *_forms("ko", _KOREAN, "en"),
    *_forms("en", "Rs. # | INR\n₹# | INR\nINR # | INR", "indian"),
    Form("ja", "#億#万円", _japanese),
    Form("ja", "#兆#億円", _trillions),
    Form("ja", "金壱百弐拾万円也", _capitals_of_japan),
    Form("ko", "일금 일백이십만원정", _korean_numerals),
    Form("en", "$# mil", open_unit("$# mil", "USD")),
    Form("es", "M$ #", open_unit("M$ #", "CLP")),
    Form("en", "-$#", open_unit("-$#", "USD")),
    Form("zh", "-#元", open_unit("-#元", "CNY")),
    Form("zh", "# 345.67元", open_unit("# 345.67元", "CNY")),
    Form("zh", "#万元以上", no_total("en", "#万元以上", "CNY")),
    Form("ru", "1 млн # тыс. руб.", open_unit("1 млн # тыс. руб.", "RUB")),
    Form("fr", "2 millions # mille euros", open_unit("2 millions # mille euros", "EUR")),
    Form("ko", "3천#백만원", open_unit("3천#백만원", "KRW")),
    Form("en", "$# each", no_total("en", "$# each")),
    Form("en", "$#/hr", no_total("en", "$#/hr")),
    Form("en", "unit price: $#", no_total("en", "unit price: $#")),
    Form("fr", "# € l'unité", no_total("space", "# € l'unité")),
    Form("fr", "# € HT/jour", no_total("space", "# € HT/jour")),
    Form("pt", "R$ #/mês", no_total("dot", "R$ #/mês")),
    Form("pt", "R$ # a unidade", no_total("dot", "R$ # a unidade")),
    Form("de", "je Stück # €", no_total("dot", "je Stück # €")),
    Form("de", "#-# EUR", no_total("dot", "#-# EUR")),
    Form("ko", "개당 #원", no_total("en", "개당 #원")),
    Form("ko", "단가 #원", no_total("en", "단가 #원")),
    Form("zh", "#元每吨", no_total("en", "#元每吨", "CNY")),
    Form("zh", "每人每天#元", no_total("en", "每人每天#元", "CNY")),
    Form("zh", "综合单价#元", no_total("en", "综合单价#元", "CNY")),
    Form("ja", "full width 円", _wide_yen),
    Form("ko", "#억 #만원", _korean),
    Form("ru", "# руб. # коп.", _kopecks),
    Form("de", "#,– €", _german_dash),
    Form("en", "cell, US$", cell("en", "US$", "USD", 1)),
    Form("en", "cell, USD million", cell("en", "USD million", "USD", 10**6)),
    Form("en", "cell, HK$'000", cell("en", "HK$'000", "HKD", 1000)),
    Form("de", "cell, EUR", cell("dot", "EUR", "EUR", 1)),
    Form("de", "cell, in Tsd. EUR", cell("dot", "in Tsd. EUR", "EUR", 1000)),
    Form("de", "cell, Mio. €", cell("dot", "Mio. €", "EUR", 10**6)),
    Form("fr", "cell, k€", cell("space", "k€", "EUR", 1000)),
    Form("es", "cell, miles de euros", cell("dot", "miles de euros", "EUR", 1000)),
    Form("pt", "cell, R$ mil", cell("dot", "R$ mil", "BRL", 1000)),
    Form("ru", "cell, тыс. руб.", cell("space", "тыс. руб.", "RUB", 1000)),
    Form("ja", "cell, 千円", cell("en", "千円", "JPY", 1000)),
    Form("ko", "cell, 백만원", cell("en", "백만원", "KRW", 10**6)),
    Form("en", "#%", rate("#%")),
    Form("en", "# per cent", rate("# per cent")),
    Form("en", "# percent", rate("# percent")),
    Form("fr", "# %", rate("#\u202f%", ",")),
    Form("de", "# %", rate("# %", ",")),
    Form("de", "# Prozent", rate("# Prozent", ",")),
    Form("es", "# por ciento", rate("# por ciento", ",")),
    Form("ru", "# процентов", rate("# процентов", ",")),
    Form("en", "$# per hour", no_total("en", "$# per hour")),
    Form("en", "US$#/unit", no_total("en", "US$#/unit")),
    Form("en", "£# per day", no_total("en", "£# per day")),
    Form("de", "# €/Stück", no_total("dot", "# €/Stück")),
    Form("de", "# EUR pro Stunde", no_total("dot", "# EUR pro Stunde")),
    Form("fr", "# € par jour", no_total("space", "# € par jour")),
    Form("es", "# € por hora", no_total("dot", "# € por hora")),
    Form("pt", "R$ # por hora", no_total("dot", "R$ # por hora")),
    Form("ru", "# руб./час", no_total("space", "# руб./час")),
    Form("ru", "# руб. за единицу", no_total("space", "# руб. за единицу")),
    Form("ja", "#円/台", no_total("en", "#円/台")),
    Form("ja", "1台当たり#円", no_total("en", "1台当たり#円")),
    Form("ko", "#원/개", no_total("en", "#원/개")),
    Form("en", "between US$# and US$#", no_total("en", "between US$# and US$#")),
    Form("en", "USD # - USD #", no_total("en", "USD # - USD #")),
    Form("en", "$#–$#", no_total("en", "$#–$#")),
    Form("en", "US$ # to US$ #", no_total("en", "US$ # to US$ #")),
    Form("de", "# bis # EUR", no_total("dot", "# bis # EUR")),
    Form("fr", "entre # € et # €", no_total("space", "entre # € et # €")),
    Form("fr", "de # à # euros", no_total("space", "de # à # euros")),
    Form("es", "entre # y # euros", no_total("dot", "entre # y # euros")),
    Form("pt", "de R$ # a R$ #", no_total("dot", "de R$ # a R$ #")),
    Form("ru", "от # до # руб.", no_total("space", "от # до # руб.")),
    Form("ja", "#万円～#万円", no_total("en", "#万円～#万円")),
    Form("ja", "#円から#円まで", no_total("en", "#円から#円まで")),
    Form("ko", "#만원~#만원", no_total("en", "#만원~#만원")),
    Form("ko", "#원부터 #원까지", no_total("en", "#원부터 #원까지")),
]
