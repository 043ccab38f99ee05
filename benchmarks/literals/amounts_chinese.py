"""Forms of amounts in Chinese: mainland, Hong Kong, Taiwan; units in cells, headings and text."""

from decimal import Decimal
from random import Random

from tests.text.writing import capital_sum, numerals

from benchmarks.literals.amounts import is_ambiguous, no_total, rate
from benchmarks.literals.written import WIDE, Form, Written, grouped, plain, random_sum
from sousveil.text.currency import MAGNITUDES

SCALES = {
    "元": 1, "千元": 10**3, "万元": 10**4, "十万元": 10**5, "百万元": 10**6, "千万元": 10**7,
    "亿元": 10**8, "万亿元": 10**12,
}  # fmt: skip
TRADITIONAL = str.maketrans("万亿贰叁陆币", "萬億貳參陸幣")
_SHAPES = (
    "#{u}", "# {u}", "#（{u}）", "#({u})", "#（单位：{u}）", "#{u}（人民币）", "#{u}人民币",
    "￥#{u}", "￥ # {u}", "¥#{u}", "人民币#{u}", "人民币：#{u}", "人民币 #{u}整", "RMB#{u}",
    "约#{u}", "#{u}整", "￥#{u}（人民币）", "#{u}（含税）", "人民币（小写）：#{u}",
)  # fmt: skip
_FOREIGN = {
    "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "英镑": "GBP", "卢布": "RUB",
    "澳元": "AUD", "新台币": "TWD", "港币": "HKD", "美金": "USD", "韩元": "KRW",
}  # fmt: skip


def _number(rng: Random, scale: int, places: int = 6) -> tuple[Decimal, str]:
    """A number of a unit, such that it is a sum in whole fen, and how it is written."""
    if scale == 1:
        number = random_sum(rng, 0, 10, 2)
    else:
        number = random_sum(rng, -1, 4 if scale < 10**8 else 3, 2)
        if rng.random() < 0.4:
            number = Decimal(f"{number:.{rng.randint(2, places)}f}")
    return number, rng.choice((plain(number), grouped(number, ",", ".")))


def digits(rng: Random) -> Written:
    """A number with its unit, in one of the usual shapes."""
    unit = rng.choice(tuple(SCALES))
    number, words = _number(rng, SCALES[unit])
    text = rng.choice(_SHAPES).format(u=unit).replace("#", words)
    open_ = is_ambiguous(words, "CNY", SCALES[unit] > 1)
    return Written(text, "amount", number * SCALES[unit], "CNY", known="CNY", ambiguous=open_)


def wide(rng: Random) -> Written:
    """Full-width digits."""
    number, words = _number(rng, 10**4)
    open_ = is_ambiguous(words, "CNY", True)
    text = words.translate(WIDE) + "万元"
    return Written(text, "amount", number * 10**4, "CNY", known="CNY", ambiguous=open_)


def symbol(rng: Random) -> Written:
    """￥1,234.50 without a unit behind it."""
    number, words = _number(rng, 1)
    text = rng.choice(("￥#", "￥ #", "¥#", "人民币#", "RMB #", "CNY#")).replace("#", words)
    return Written(
        text, "amount", number, "CNY", known="CNY", ambiguous=is_ambiguous(words, "CNY", False)
    )


def mixed(rng: Random) -> Written:
    """1亿2000万元, 3万5千元, 12万3400元."""
    style = rng.randrange(6)
    if style == 3:
        high, low = rng.randint(1, 99), rng.randint(100, 999)
        text, value = f"{high}亿零{low}万元", high * 10**8 + low * 10**4
    elif style == 5:
        high, low = rng.randint(1, 999), rng.randint(1, 9)
        large, small = rng.choice(
            (("亿", "千万元"), ("亿", "百万元"), ("亿", "十万元"), ("万", "百元"), ("万亿", "亿元"))
        )
        value = high * int(MAGNITUDES[large]) + low * SCALES.get(small, 100)
        text = f"{high}{large}{low}{small}"
    elif style == 4:
        high = rng.randint(1, 99)
        word, size = rng.choice(
            (("百万元", 10**6), ("千万元", 10**7), ("个亿", 10**8), ("万", 10**4))
        )
        text, value = f"{high}{word}", high * size
    elif style == 0:
        high, low = rng.randint(1, 999), rng.randint(1, 9999)
        text, value = f"{high}亿{low}万元", high * 10**8 + low * 10**4
    elif style == 1:
        high, low = rng.randint(1, 999), rng.randint(1, 9)
        text, value = f"{high}万{low}千元", high * 10**4 + low * 10**3
    else:
        high, low = rng.randint(1, 999), rng.randint(1000, 9999)
        text, value = f"{high}万{low}元", high * 10**4 + low
    return Written(text, "amount", Decimal(value), "CNY", known="CNY")


def coins(rng: Random) -> Written:
    """12元5角, 12元5角3分."""
    yuan, jiao, fen = rng.randint(1, 99999), rng.randint(1, 9), rng.randint(0, 9)
    text = f"{yuan}元{jiao}角" + (f"{fen}分" if fen else "")
    return Written(text, "amount", Decimal(yuan * 100 + jiao * 10 + fen) / 100, "CNY", known="CNY")


def capitals(rng: Random) -> Written:
    """人民币（大写）：壹佰贰拾万元整."""
    fen = int(random_sum(rng, 2, 10, 0)) * rng.choice((1, 10, 100, 100, 100))
    words = capital_sum(fen)
    if rng.random() < 0.2:
        words = words.replace("元", "圆")
    if rng.random() < 0.1:
        words = " ".join(words)
    shape = rng.choice(("#", "人民币#", "人民币（大写）：#", "大写：#", "大写金额：#", "（大写）#"))
    return Written(shape.replace("#", words), "amount", Decimal(fen) / 100, "CNY", known="CNY")


def numerals_small(rng: Random) -> Written:
    """三百二十万元, 五亿元."""
    number = int(random_sum(rng, 1, 11, 0))
    unit = rng.choice(("元", "元", "元整", "元人民币"))
    words = numerals(number)
    if rng.random() < 0.5:
        words = words.removeprefix("一") if words.startswith("一十") else words
    if rng.random() < 0.2 and number >= 10**6:
        number = number // 10**7 * 10**7 or 10**7
        words = f"{numerals(number // 10**8)}点{numerals(number // 10**7 % 10)}亿"
    return Written(words + unit, "amount", Decimal(number), "CNY", known="CNY")


def both(rng: Random) -> Written:
    """Capital numerals and digits of one sum, either first."""
    fen = int(random_sum(rng, 4, 10, 0)) * 100
    yuan = Decimal(fen) / 100
    small, large = f"{yuan:,}元", capital_sum(fen)
    shape = rng.choice(
        ("{s}（大写：{l}）", "{l}（￥{d}）", "小写：￥{d} 大写：{l}", "人民币{l}（¥{d}元）",
         "{s}，大写金额：{l}", "大写：{l}；小写：{s}")
    )  # fmt: skip
    text = shape.format(s=small, l=large, d=plain(yuan))
    return Written(text, "amount", yuan, "CNY", known="CNY")


def cell(rng: Random) -> Written:
    """A bare number under a heading that gives the unit."""
    unit = rng.choice(tuple(SCALES))
    number, words = _number(rng, SCALES[unit])
    shape = rng.choice(
        ("{}", "（{}）", "单位：{}", "金额单位：{}", "人民币，{}", "{}/含税", "以{}为单位")
    )
    open_ = is_ambiguous(words, "CNY", SCALES[unit] > 1)
    return Written(
        words, "amount", number * SCALES[unit], "CNY", unit=shape.format(unit), known="CNY",
        ambiguous=open_,
    )  # fmt: skip


def cell_with_unit(rng: Random) -> Written:
    """A cell with a unit of its own under a heading with another: the cell's own counts."""
    head, own = rng.sample(tuple(SCALES), 2)
    number, words = _number(rng, SCALES[own])
    text = rng.choice(("#{u}", "# {u}", "￥#{u}", "#（{u}）")).format(u=own).replace("#", words)
    open_ = is_ambiguous(words, "CNY", SCALES[own] > 1)
    return Written(
        text, "amount", number * SCALES[own], "CNY", unit=head, known="CNY", ambiguous=open_
    )


def foreign(rng: Random) -> Written:
    """500万美元, 美元 500 万, 港币500万元."""
    word = rng.choice(tuple(_FOREIGN))
    currency = _FOREIGN[word]
    scale, size = rng.choice((("", 1), ("万", 10**4), ("百万", 10**6), ("亿", 10**8)))
    number, words = _number(rng, size, 4)
    words = plain(number)
    shape = rng.choice(("#{s}{w}", "# {s}{w}", "#{s}{w}整"))
    if word in ("港币", "新台币"):
        shape = rng.choice(("{w}#{s}元", "{w}：#{s}元", "{w} #{s}元整"))
    text = shape.format(s=scale, w=word).replace("#", words)
    open_ = is_ambiguous(words, currency, size > 1)
    return Written(text, "amount", number * size, currency, known="CNY", ambiguous=open_)


def taiwan(rng: Random) -> Written:
    """新臺幣1,234,567元整, NT$1,234,567, 120萬元."""
    style = rng.randrange(4)
    if style == 0:
        number = random_sum(rng, 2, 10, 0)
        shape = rng.choice(
            ("新臺幣#元整", "新台幣 #元", "NT$#", "NT$ #元", "TWD #", "#元", "台幣#元")
        )
        text = shape.replace("#", f"{number:,}")
        return Written(text, "amount", number, "TWD", known="TWD")
    if style == 1:
        number = random_sum(rng, 0, 4, 1)
        unit, scale = rng.choice((("萬元", 10**4), ("億元", 10**8), ("千元", 10**3)))
        prefix = rng.choice(("", "新臺幣", "新臺幣 "))
        text = f"{prefix}{plain(number)}{unit}{rng.choice(('', '整'))}"
        return Written(text, "amount", number * scale, "TWD", known="TWD")
    if style == 2:
        fen = int(random_sum(rng, 3, 9, 0)) * 100
        text = f"新臺幣{capital_sum(fen).translate(TRADITIONAL)}"
        return Written(text, "amount", Decimal(fen) / 100, "TWD", known="TWD")
    number = random_sum(rng, 3, 9, 0)
    unit, scale = rng.choice((("元", 1), ("千元", 1000), ("新臺幣元", 1), ("新臺幣千元", 1000)))
    return Written(f"{number:,}", "amount", number * scale, "TWD", unit=unit, known="TWD")


def hong_kong(rng: Random) -> Written:
    """HK$1,234.00, 港幣500萬元, 港元."""
    number = random_sum(rng, 2, 9, 0)
    shape, scale = rng.choice(
        (("HK$#", 1), ("HKD #", 1), ("港幣#元", 1), ("港幣 # 元", 1), ("#港元", 1), ("# 港元", 1),
         ("港幣#萬元", 10**4), ("#萬港元", 10**4), ("$#", 1), ("#億港元", 10**8))
    )  # fmt: skip
    words = f"{number:,}"
    return Written(shape.replace("#", words), "amount", number * scale, "HKD", known="HKD")


CHINESE_AMOUNTS: list[Form] = [
    *[Form("zh", "digits and unit", digits)] * 6,
    *[Form("zh", "cell under a unit", cell)] * 4,
    *[Form("zh", "cell with a unit under another", cell_with_unit)] * 3,
    *[Form("zh", "capital numerals", capitals)] * 3,
    *[Form("zh", "capitals and digits", both)] * 2,
    *[Form("zh-Hant-TW", "Taiwan", taiwan)] * 4,
    *[Form("zh-Hant-HK", "Hong Kong", hong_kong)] * 2,
    Form("zh", "full width", wide),
    Form("zh", "sign or code", symbol),
    Form("zh", "mixed 亿 万 千", mixed),
    Form("zh", "角 and 分", coins),
    Form("zh", "numerals", numerals_small),
    *[Form("zh", "foreign currency", foreign)] * 2,
    Form("zh", "#%", rate("#%")),
    Form("zh", "#％", rate("#％")),
    Form("zh", "#‰", rate("#‰")),
    Form("zh", "下浮率#%", rate("下浮率#%")),
    Form("zh", "#折", rate("#折")),
    Form("zh", "百分之#", rate("百分之#")),
    Form("zh", "#元/台", no_total("en", "#元/台", "CNY")),
    Form("zh", "#元/人·天", no_total("en", "#元/人·天", "CNY")),
    Form("zh", "￥#/套件", no_total("en", "￥#/件", "CNY")),
    Form("zh", "单价#元", no_total("en", "单价：#元", "CNY")),
    Form("zh", "每台#元", no_total("en", "每台#元", "CNY")),
    Form("zh", "#元/平方米", no_total("en", "#元/平方米", "CNY", "元")),
    Form("zh", "#-#万元", no_total("en", "#-#万元", "CNY")),
    Form("zh", "#万元至#万元", no_total("en", "#万元至#万元", "CNY")),
    Form("zh", "#~#元", no_total("en", "#～#元", "CNY")),
    Form("zh", "#万-#万元", no_total("en", "#万-#万元", "CNY")),
    Form("zh", "cell #-#", no_total("en", "#-#", "CNY", "万元")),
    Form("zh", "#万元—#万元", no_total("en", "#万元—#万元", "CNY")),
]
