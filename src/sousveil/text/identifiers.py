"""Numbers that registers give organisations: their normal form, with check digits proved.

Schemes are codes of org-id.guide where it has one. Sources of the rules: GB 32100-2015 (unified
social credit code), ISO 17442 (LEI, check digits by ISO/IEC 7064 MOD 97-10), Taiwan's Ministry of
Finance (unified business number; since 2023 a sum divisible by five) and its Public Construction
Commission (codes of agencies, whose points tell parts apart), Companies House, Dun & Bradstreet (no
check digit since 2006), USAspending's data dictionary (codes of agencies), the General Services
Administration (UEI: no O or I, no leading nought, no nine digits in a
row). Nothing public says how the last character of a UEI is computed: only its form is checked.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

USCC = "CN-USCC"
LEI = "XI-LEI"
UEI = "US-SAM"
UBN = "TW-UBN"
PCC = "TW-PCC"

SCHEME = re.compile(r"[A-Z]{2}[-_][A-Z][A-Z0-9_\-]{1,30}")
"""What the code of a register looks like, org-id.guide's too (``BE-BCE_KBO``)."""

_SEPARATORS = re.compile(r"[\s\-‐–—.·/]+")
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_USCC = re.compile(f"[1-9A-GY][1239][0-9]{{6}}[{_USCC_SIGNS}]{{10}}")
_LEI = re.compile("[0-9A-Z]{18}[0-9]{2}")
_UEI = re.compile("[1-9A-HJ-NP-Z][0-9A-HJ-NP-Z]{11}")
_NINE_DIGITS = re.compile("[0-9]{9}")
_UBN = re.compile("[0-9]{8}")
_UBN_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_PCC = re.compile(r"[0-9A-Z]{1,6}(?:\.[0-9A-Z]{1,6}){0,8}")
_FORMS = {
    "US-DUNS": re.compile("[0-9]{9}"),
    "GB-COH": re.compile("[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}"),
    "US-CGAC": re.compile("[0-9]{3}"),
    "US-FPDS": re.compile("[0-9A-Z]{4}"),
    "JP-JCN": re.compile("[1-9][0-9]{12}"),
}
_OTHER = re.compile("[0-9A-Z]{4,30}")


def normal_identifier(scheme: str, written: str) -> str | None:
    """The number in its normal form (capitals, no separators), None where it cannot be one of the
    scheme: a wrong form or a wrong check digit. Of schemes without a known rule the form alone
    counts: 4 to 30 letters and digits, one of them a digit."""
    folded = unicodedata.normalize("NFKC", written).upper()
    if scheme == PCC:
        parted = "".join(folded.split())
        return parted if _PCC.fullmatch(parted) else None
    number = _SEPARATORS.sub("", folded)
    if scheme in _FORMS:
        return number if _FORMS[scheme].fullmatch(number) else None
    return number if _RULES.get(scheme, _is_other)(number) else None


def _is_uscc(number: str) -> bool:
    if not _USCC.fullmatch(number):
        return False
    values = [_USCC_SIGNS.index(sign) for sign in number]
    total = sum(v * w for v, w in zip(values, _USCC_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == values[17]


def _is_lei(number: str) -> bool:
    if not _LEI.fullmatch(number):
        return False
    return int("".join(str(int(sign, 36)) for sign in number)) % 97 == 1


def _is_uei(number: str) -> bool:
    return _UEI.fullmatch(number) is not None and _NINE_DIGITS.search(number) is None


def _is_ubn(number: str) -> bool:
    if not _UBN.fullmatch(number):
        return False
    products = (int(d) * w for d, w in zip(number, _UBN_WEIGHTS, strict=True))
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (number[6] == "7" and (total + 1) % 5 == 0)


def _is_other(number: str) -> bool:
    return _OTHER.fullmatch(number) is not None and any(sign.isdigit() for sign in number)


_RULES: Mapping[str, Callable[[str], bool]] = {
    USCC: _is_uscc,
    LEI: _is_lei,
    UEI: _is_uei,
    UBN: _is_ubn,
}
