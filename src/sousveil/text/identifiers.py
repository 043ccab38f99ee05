"""Numbers that registers give organisations, in their normal form, check digits proved."""

import re
import unicodedata

_FILLER = re.compile(r"[\s\-‐‑–—./·]+")
_ANY = re.compile(r"(?=.*\d)[0-9A-Z]{3,40}")
_CREDIT_CODE = re.compile(r"[1-9A-NPQRTUWXY][0-9]{7}[0-9A-HJ-NPQRTUWXY]{10}")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ENTITY_ID = re.compile(r"[1-9A-HJ-NP-Z][0-9A-HJ-NP-Z]{10}[1-9]")
_LEGAL_ENTITY = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_BUSINESS_NUMBER = re.compile(r"[0-9]{8}")
_BUSINESS_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_FORMS = {
    "US-DUNS": re.compile(r"[0-9]{9}"),
    "GB-COH": re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}"),
    "US-SAM": _ENTITY_ID,
    "JP-JCN": re.compile(r"[1-9][0-9]{12}"),
}
_PARTED = {"TW-PCC": re.compile(r"[A-Z0-9]{1,6}(?:\.[A-Z0-9]{1,6}){0,8}")}
"""Schemes whose points tell parts of the number apart: codes of Taiwan's agencies (3.76.47.1)."""


def normal_identifier(scheme: str, written: str) -> str | None:
    """A number of a scheme (a code of org-id.guide) as it is compared; None where it is none.

    Spaces, hyphens, points and strokes do not count. A number whose check digits fail is none:
    CN-USCC (GB 32100-2015), XI-LEI (ISO 17442), TW-UBN. Of a scheme without a rule any letters and
    digits count that hold a digit.
    """
    folded = unicodedata.normalize("NFKC", written).upper()
    if scheme in _PARTED:
        parted = "".join(folded.split())
        return parted if _PARTED[scheme].fullmatch(parted) else None
    plain = _FILLER.sub("", folded)
    if _ANY.fullmatch(plain) is None:
        return None
    match scheme:
        case "CN-USCC":
            return plain if _is_credit_code(plain) else None
        case "XI-LEI":
            return plain if _is_legal_entity(plain) else None
        case "TW-UBN":
            return plain if _is_business_number(plain) else None
    form = _FORMS.get(scheme)
    return plain if form is None or form.fullmatch(plain) else None


def _is_credit_code(plain: str) -> bool:
    if _CREDIT_CODE.fullmatch(plain) is None:
        return False
    total = sum(_CREDIT_ALPHABET.index(char) * 3**at % 31 for at, char in enumerate(plain[:17]))
    return _CREDIT_ALPHABET[-total % 31] == plain[17]


def _is_legal_entity(plain: str) -> bool:
    if _LEGAL_ENTITY.fullmatch(plain) is None:
        return False
    return int("".join(str(int(char, 36)) for char in plain)) % 97 == 1


def _is_business_number(plain: str) -> bool:
    """Since 2023 the sum divides by 5; a 7 in the seventh place counts as 10 or as 1 + 0."""
    if _BUSINESS_NUMBER.fullmatch(plain) is None:
        return False
    products = (int(d) * weight for d, weight in zip(plain, _BUSINESS_WEIGHTS, strict=True))
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (plain[6] == "7" and (total + 1) % 5 == 0)
