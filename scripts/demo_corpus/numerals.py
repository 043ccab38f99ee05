"""Writes amounts of money in the ways that notices do."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")


def capital(amount: float) -> str:
    """Capital numerals of a whole number of yuan below 10^12: 叁拾贰万元整."""
    number = int(amount)
    groups: list[str] = []
    for name in ("", "万", "亿"):
        number, part = divmod(number, 10000)
        text = _four(part)
        groups.append(text + name if text else "")
    joined = ""
    for position in (2, 1, 0):
        part = groups[position]
        if joined and part and _needs_zero(amount, position):
            joined += "零"
        joined += part
    return (joined or "零") + "元整"


def _needs_zero(amount: float, position: int) -> bool:
    return (int(amount) // 10000**position) % 10000 < 1000


def _four(part: int) -> str:
    out, zero = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, part = divmod(part, unit)
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return out


def wan(amount: float) -> str:
    """Ten-thousands without trailing zeros: 1402000 → 140.2."""
    value = (Decimal(str(amount)) / 10000).normalize()
    return f"{value:f}"


def written(amount: float, style: str) -> str:
    """``amount`` (units of the currency) in one of the named styles."""
    match style:
        case "wan6":
            return f"{Decimal(str(amount)) / 10000:.6f} 万元（人民币）"
        case "wan":
            return f"{wan(amount)}万元"
        case "wanp":
            return f"{Decimal(str(amount)) / 10000:.7f}（万元）"
        case "bare_wan":
            return f"{Decimal(str(amount)) / 10000:.2f}"
        case "bare":
            return f"{amount:.2f}"
        case "yuan":
            return f"{int(amount)}元"
        case "yuanc":
            return f"{amount:,.2f}元"
        case "sym":
            return f"￥{amount:,.2f}元（人民币）"
        case "symwan":
            return f"￥{Decimal(str(amount)) / 10000:.6f} 万元（人民币）"
        case "cap":
            return f"人民币{capital(amount)}（￥{amount:.2f}）"
        case "caponly":
            return f"人民币{capital(amount)}"
        case "full":
            return f"{wan(amount)}万元".translate(FULL)
        case "yi":
            return f"{(Decimal(str(amount)) / 100000000).normalize():f}亿元"
        case "ntd":
            return f"{int(amount):,}元"
    raise ValueError(style)
