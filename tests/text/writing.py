"""How numbers are written: the tests' own inverse of the parsers."""

DIGITS = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "十", "百", "千")
CAPITAL_UNITS = ("", "拾", "佰", "仟")


def section(number: int, digits: str, units: tuple[str, ...]) -> str:
    """A number of 1–9999 in numerals."""
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if zero and text else "") + digits[digit] + units[power]
            zero = False
        else:
            zero = True
    return text


def numerals(number: int, *, capital: bool = False) -> str:
    """A number of 0 to 9999 万亿 in Chinese numerals, as GB/T 15835 writes it."""
    digits, units = (CAPITALS, CAPITAL_UNITS) if capital else (DIGITS, UNITS)
    if number == 0:
        return digits[0]
    text = ""
    for size, unit in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // size % 10**4
        if size == 10**8 and not part and number // 10**12:
            # 三万亿五千万: the 亿 of 万亿 stands once.
            continue
        if part:
            gap = text and part < 1000
            text += (digits[0] if gap else "") + section(part, digits, units) + unit
    return text


def capital_sum(fen: int) -> str:
    """A sum of money in fen as bills write it: 叁拾贰元零伍分, 壹万元整."""
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = numerals(yuan, capital=True) + "元" if yuan else ""
    if not rest:
        return (text or "零元") + "整"
    if jiao:
        text += CAPITALS[jiao] + "角"
    elif yuan:
        text += "零"
    if cents:
        text += CAPITALS[cents] + "分"
    return text
