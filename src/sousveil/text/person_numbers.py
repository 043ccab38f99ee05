"""Numbers of natural persons: identity numbers, and what registers of companies and persons alike
give to persons. They are never kept, whoever states them.
"""

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NATIONAL = "NATIONAL"
"""``FR-NATIONAL``: a number of a register of that country which the notice does not name."""

_OF_PERSONS = re.compile(
    r"(?:CPF|CURP|DNI|NIE|CEDULA|CC|CI|IPN|RNTRC|SSN|PASSPORTS?|PASS|PERSON|PESEL|IIN|SNILS)"
)
_COMPANIES = {
    "CN-USCC": r"(?!92).*",  # 92: a sole trader (个体工商户)
    "UA-EDR": r"\d{8}",
    "UA-EDRPOU": r"\d{8}",
    "MX-RFC": r"[A-Z&Ñ]{3}\d{6}.{3}",
    "PE-RUC": r"20.*",
    "EC-RUC": r"\d\d[69].*",
    "PY-RUC": r"80.*",
    "CL-RUT": r"(?:[5-9]\d{7}|1\d{8})[\dK]",
    "AR-CUIT": r"3[034].*",
    "DO-RNC": r"\d{9}",
    "BR-CNPJ": r"\d{14}",
    "ES-NIF": r"[ABCDEFGHJNPQRSUVW]\d.*",
    "PT-NIPC": r"[5-9].*",
    "PT-NIF": r"[5-9].*",
    "RU-INN": r"\d{10}",
    "KZ-BIN": r"\d{4}[456].*",
    "MD-IDNO": r"1.*",
    "IT-CF": r"\d{11}",
    "IN-PAN": r"[A-Z]{3}[^P].*",
    "BG-NATIONAL": r"(?!\d{10}$).*",
    "DK-NATIONAL": r"(?!\d{10}$).*",
    "EE-NATIONAL": r"(?!\d{11}$).*",
    "ES-NATIONAL": r"(?!\d{8}[A-Z]$|[XYZKLM]\d{7}[A-Z]$).*",
    "FI-NATIONAL": r"\d{8}",
    "IT-NATIONAL": r"(?![A-Z]{6}).*",
    "LT-NATIONAL": r"(?!\d{11}$).*",
    "LV-NATIONAL": r"[459].*",
    "PL-NATIONAL": r"(?!\d{11}$).*",
    "PT-NATIONAL": r"[5-9].*",
    "RO-NATIONAL": r"(?!\d{13}$).*",
    "SE-NATIONAL": r"\d\d[2-9].*",
}
"""Schemes whose register holds persons too, and what its numbers of others look like: length, first
digits or letters, as the registers' own rules have them (org-id.guide links each)."""

_PERSONS_HAVE_LETTERS = frozenset(
    ("CN-USCC", "MX-RFC", "ES-NIF", "ES-NATIONAL", "IT-CF", "IT-NATIONAL", "IN-PAN", "CL-RUT")
)
"""Of those, the registers whose numbers of persons are not digits alone."""


def is_resident_id(number: str) -> bool:
    """Whether 18 characters are a resident identity number: birth date and ISO 7064 check digit."""
    digits = "".join(number.split()).upper().replace("×", "X")
    if len(digits) != 18 or not digits[:17].isascii() or not digits[:17].isdigit():
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def is_a_persons(scheme: str, number: str) -> bool:
    """Whether a number, in its normal form, is none of an organisation in a register that numbers
    persons too: a natural person's, a sole trader's, or nobody's."""
    if is_resident_id(number) or _OF_PERSONS.fullmatch(scheme[3:]):
        return True
    companies = _COMPANIES.get(scheme)
    bare = number.removeprefix(scheme[:2]) if scheme.endswith(NATIONAL) else number
    return companies is not None and re.fullmatch(companies, bare) is None


def is_nobodys(scheme: str, number: str) -> bool:
    """Whether a number of such a register has neither the form of an organisation's nor of a
    person's: a slip, or the register's name is wrong. It shows nobody to be a person."""
    return (
        scheme in _COMPANIES
        and scheme not in _PERSONS_HAVE_LETTERS
        and not number.removeprefix(scheme[:2]).isdigit()
        and is_a_persons(scheme, number)
    )
