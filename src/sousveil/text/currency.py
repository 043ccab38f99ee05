"""Words and signs of currencies and of magnitudes, in the languages records come in.

ISO 4217 for codes; CLDR for signs and names. A sign that several currencies share (``$``, ``¥``,
``kr``) maps to the most traded one and is settled by a hint (see ``settle``).
"""

from decimal import Decimal


def words(text: str) -> frozenset[str]:
    """A set of the words in ``text``: keeps long tables readable."""
    return frozenset(text.split())


ISO_CODES = words(
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BDT BGN BHD BIF BND BOB BRL BWP BYN BZD CAD CDF "
    "CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD GBP GEL GHS "
    "GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KRW "
    "KWD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR "
    "MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SLE SOS SRD SSP SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"
)

WORDS: dict[str, str] = {
    # Chinese
    "人民币": "CNY", "美元": "USD", "美金": "USD", "港元": "HKD", "港币": "HKD", "港纸": "HKD",
    "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "日圆": "JPY", "日币": "JPY", "韩元": "KRW",
    "韩币": "KRW", "卢布": "RUB", "瑞士法郎": "CHF", "新台币": "TWD", "台币": "TWD",
    "新台币元": "TWD", "澳元": "AUD", "澳门元": "MOP", "澳门币": "MOP", "葡币": "MOP",
    "加元": "CAD", "加拿大元": "CAD", "澳大利亚元": "AUD", "新加坡元": "SGD", "新西兰元": "NZD",
    "泰铢": "THB", "卢比": "INR", "坚戈": "KZT", "林吉特": "MYR", "人民币元": "CNY",
    "元人民币": "CNY", "人民幣": "CNY", "人民幣元": "CNY", "元人民幣": "CNY", "港幣": "HKD",
    "港紙": "HKD", "歐元": "EUR", "英鎊": "GBP", "日圓": "JPY", "日幣": "JPY", "韓元": "KRW",
    "韓幣": "KRW", "盧布": "RUB", "新臺幣": "TWD", "新台幣": "TWD", "臺幣": "TWD", "台幣": "TWD",
    "新臺幣元": "TWD", "澳門元": "MOP", "澳門幣": "MOP", "葡幣": "MOP", "泰銖": "THB",
    "盧比": "INR", "堅戈": "KZT",
    # signs
    "$": "USD", "US$": "USD", "USD$": "USD", "U.S.$": "USD", "HK$": "HKD", "HKD$": "HKD",
    "NT$": "TWD", "NTD": "TWD", "NTD$": "TWD", "TWD$": "TWD", "MOP$": "MOP", "S$": "SGD",
    "SG$": "SGD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
    "RD$": "DOP", "TT$": "TTD", "J$": "JMD", "EC$": "XCD", "BZ$": "BZD",
    "N$": "NAD", "FJ$": "FJD", "Mex$": "MXN", "$U": "UYU", "B/.": "PAB", "Z$": "ZWL", "CAD$": "CAD",
    "NZ$": "NZD", "R$": "BRL", "MX$": "MXN", "COL$": "COP", "CLP$": "CLP", "AR$": "ARS",
    "S/": "PEN", "S/.": "PEN", "Bs": "BOB", "Bs.": "BOB", "¥": "CNY", "￥": "CNY", "RMB": "CNY",
    "RMB¥": "CNY", "CNY¥": "CNY", "CN¥": "CNY", "JP¥": "JPY", "€": "EUR", "£": "GBP", "₽": "RUB",
    "₴": "UAH", "₸": "KZT", "₹": "INR", "Rs": "INR", "Rs.": "INR", "₩": "KRW", "₺": "TRY",
    "₫": "VND", "฿": "THB", "₦": "NGN", "₱": "PHP", "₪": "ILS", "₾": "GEL", "₼": "AZN", "₲": "PYG",
    "₡": "CRC", "₵": "GHS", "₮": "MNT", "Rp": "IDR", "Rp.": "IDR", "RM": "MYR", "zł": "PLN",
    "zl": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "RON", "lv": "BGN", "лв": "BGN", "лв.": "BGN",
    "￦": "KRW", "￡": "GBP", "FCFA": "XOF", "F CFA": "XOF", "CFA": "XOF",
    "kr": "SEK", "kr.": "DKK", "KSh": "KES", "Ksh": "KES",
    # words after a number
    "руб": "RUB", "руб.": "RUB", "рублей": "RUB", "рубля": "RUB", "рубль": "RUB", "грн": "UAH",
    "грн.": "UAH", "гривень": "UAH", "гривні": "UAH", "гривня": "UAH", "тенге": "KZT", "тг": "KZT",
    "円": "JPY", "원": "KRW", "บาท": "THB", "đồng": "VND", "đ": "VND", "dollars": "USD",
    "dollar": "USD", "US dollars": "USD", "U.S. dollars": "USD", "euros": "EUR", "euro": "EUR",
    "Euro": "EUR", "Euros": "EUR", "pounds": "GBP", "yuan": "CNY", "renminbi": "CNY",
    "pesos": "MXN", "reais": "BRL", "rubles": "RUB", "roubles": "RUB", "yen": "JPY",
    "hryvnia": "UAH", "hryvnias": "UAH", "rupees": "INR", "kronor": "SEK", "kroner": "NOK",
    "złotych": "PLN", "forint": "HUF", "francs": "CHF", "долларов США": "USD",
    "долл. США": "USD", "долларов": "USD", "евро": "EUR", "RUR": "RUB", "M.N.": "MXN",
}  # fmt: skip
WORDS |= {code: code for code in ISO_CODES}
WORDS["CNH"] = "CNY"
WORDS |= {
    f"{code}$": code
    for code in ["USD", "CAD", "AUD", "HKD", "TWD", "NZD", "SGD", "MXN", "COP", "CLP", "ARS"]
}

YUAN = frozenset("元圆圓块")

MAGNITUDES: dict[str, Decimal] = {
    word: Decimal(size)
    for size, words in {
        10: "十 拾",
        10**2: "百 佰 백",
        10**3: "千 仟 천 miles k K thousand thousands tsd Tsd mil тыс тыс. тис тис. 천 tys.",
        10**4: "万 萬 만 十千",
        10**5: "十万 拾万 십만 lakh lakhs lac lacs Lakh Lakhs",
        10**6: (
            "百万 佰万 MM million millions Million mln Mln mn Mn m M mio Mio mio. Mio. Mill. mill. "
            "Millionen millones millón milhões milhão milioni milione miljoen млн млн. мільйонів "
            "миллионов 백만 triệu juta milionów"
        ),
        10**7: "千万 仟万 천만 crore crores Crore Crores Cr",
        10**8: "亿 億 억",
        10**9: (
            "billion billions Billion bn Bn bln B b mrd Mrd mrd. Mrd. Milliarde Milliarden "
            "milliard milliards Md Mds miliardi miliardo bilhões bilhão млрд млрд. мільярдів "
            "миллиардов tỷ miliar 十亿 십억 mil|millones"
        ),
        10**12: "万亿 조 trillion trillions tn 兆 трлн",
    }.items()
    for word in words.split()
}
MAGNITUDES = {word.replace("|", " "): size for word, size in MAGNITUDES.items()}

# Currencies whose countries write 1.234.567,89: there 1.234 is a thousand and more.
COMMA_CURRENCIES = words(
    "EUR BRL RUB UAH PLN CZK HUF RON BGN TRY IDR VND ARS CLP COP UYU PYG DKK NOK SEK ISK "
    "RSD BAM MKD GEL AZN AMD BYN KZT MDL BOB CRC VES XOF XAF"
)

_DOLLARS = words(
    "USD CAD AUD HKD TWD NZD SGD MXN CLP COP ARS UYU BND FJD JMD NAD TTD XCD DOP CUP MOP"
)
_SHARED: dict[str, frozenset[str]] = {
    "$": _DOLLARS,
    "¥": frozenset({"CNY", "JPY"}),
    "￥": frozenset({"CNY", "JPY"}),
    "£": frozenset({"GBP", "EGP", "LBP", "SDG", "SSP", "SYP"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kr.": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "Rs": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "Rs.": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "卢比": frozenset({"INR", "PKR", "LKR", "NPR"}),
    "lei": frozenset({"RON", "MDL"}),
    "dollars": _DOLLARS,
    "dollar": _DOLLARS,
    "pesos": frozenset({"MXN", "CLP", "COP", "ARS", "UYU", "PHP", "DOP", "CUP"}),
    "francs": frozenset({"CHF", "XOF", "XAF", "XPF", "CDF", "GNF", "RWF", "BIF", "DJF"}),
    "FCFA": frozenset({"XOF", "XAF"}),
    "F CFA": frozenset({"XOF", "XAF"}),
    "CFA": frozenset({"XOF", "XAF"}),
    "kroner": frozenset({"NOK", "DKK"}),
    "रु": frozenset({"INR", "NPR"}),
}


def settle(word: str, hint: str | None) -> str | None:
    """The ISO code of a currency word; ``hint`` decides between currencies sharing a sign."""
    if word in YUAN:
        return hint or ("CNY" if word != "圓" else None)
    shared = _SHARED.get(word)
    if shared and hint in shared:
        return hint
    return WORDS.get(word)
