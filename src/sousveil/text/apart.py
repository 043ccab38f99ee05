"""Numbers of which a register gives each body one, so that two of them are two bodies.

A number tells bodies apart only where its form and check digit hold: a slip of the pen is no other
company. Sources: org-id.guide, which links each register's rules; check digits as the registers or
tax offices publish them (Japan's National Tax Agency, Ukraine's State Statistics Service, Russia's
and Kazakhstan's tax services, Receita Federal, SUNAT, SII, AFIP, DGII, Portugal's and Spain's tax
agencies, Agenzia delle Entrate). Not among them: DUNS (one a site), codes of American and Taiwanese
agencies (one an office, and a new one after each reform), ``…-NATIONAL`` (of no known register).
"""

import re
from collections.abc import Callable, Mapping, Sequence

from sousveil.text.person_numbers import is_a_persons


def apart_by(scheme: str, number: str) -> str | None:
    """What of a number, in its normal form, is another body's where it differs; None where it tells
    nobody apart: an unknown register, a wrong form or check digit, a person's, one digit repeated.
    """
    form, check = _REGISTERS.get(scheme, (None, None))
    if form is None or not re.fullmatch(form, number) or is_a_persons(scheme, number):
        return None
    if len(set(re.sub("[A-Z]", "", number))) == 1 or (check is not None and not check(number)):
        return None
    return number[:8] if scheme == "BR-CNPJ" else number  # then follow the branch and its check


def _sum(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _japan(number: str) -> bool:
    return 9 - _sum(number[1:], (2, 1) * 6) % 9 == int(number[0])


def _ukraine(number: str) -> bool:
    """Of numbers between 30 and 60 million the weights begin with the last."""
    weights = (7, 1, 2, 3, 4, 5, 6) if "3" <= number[0] < "6" else (1, 2, 3, 4, 5, 6, 7)
    rest = _sum(number[:7], weights) % 11
    if rest == 10:
        rest = _sum(number[:7], [weight + 2 for weight in weights]) % 11 % 10
    return rest == int(number[7])


def _russia(number: str) -> bool:
    return _sum(number[:9], (2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10 == int(number[9])


def _kazakhstan(number: str) -> bool:
    rest = _sum(number[:11], range(1, 12)) % 11
    if rest == 10:
        rest = _sum(number[:11], (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return rest == int(number[11])


def _brazil(number: str) -> bool:
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    first = _sum(number[:12], weights[1:]) % 11
    second = _sum(number[:13], weights) % 11
    return number[12:] == "".join(str(11 - rest if rest > 1 else 0) for rest in (first, second))


def _peru(number: str) -> bool:
    return (11 - _sum(number[:10], _TEN) % 11) % 10 == int(number[10])


def _argentina(number: str) -> bool:
    return {11: 0, 10: 9}.get(found := 11 - _sum(number[:10], _TEN) % 11, found) == int(number[10])


def _chile(number: str) -> bool:
    body = number[:-1].zfill(8)
    return "0K987654321"[_sum(body, (3, 2, 7, 6, 5, 4, 3, 2)) % 11] == number[-1]


def _dominican(number: str) -> bool:
    return (10 - _sum(number[:8], (7, 9, 8, 6, 5, 4, 3, 2)) % 11) % 9 + 1 == int(number[8])


def _portugal(number: str) -> bool:
    found = 11 - _sum(number[:8], range(9, 1, -1)) % 11
    return (found if found < 10 else 0) == int(number[8])


def _spain(number: str) -> bool:
    control = -_luhn(number[1:8] + "0") % 10
    return number[8] in (str(control), "JABCDEFGHI"[control])


def _italy(number: str) -> bool:
    return _luhn(number) % 10 == 0


def _luhn(number: str) -> int:
    doubled = (int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in doubled)


_TEN = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_REGISTERS: Mapping[str, tuple[str, Callable[[str], bool] | None]] = {
    "GB-COH": ("[0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}", None),
    "JP-JCN": ("[1-9][0-9]{12}", _japan),
    "UA-EDR": ("[0-9]{8}", _ukraine),
    "UA-EDRPOU": ("[0-9]{8}", _ukraine),
    "RU-INN": ("[0-9]{10}", _russia),
    "KZ-BIN": ("[0-9]{12}", _kazakhstan),
    "BR-CNPJ": ("[0-9]{14}", _brazil),
    "PE-RUC": ("[0-9]{11}", _peru),
    "AR-CUIT": ("[0-9]{11}", _argentina),
    "CL-RUT": ("[0-9]{7,8}[0-9K]", _chile),
    "DO-RNC": ("[0-9]{9}", _dominican),
    "PT-NIF": ("[0-9]{9}", _portugal),
    "PT-NIPC": ("[0-9]{9}", _portugal),
    "ES-NIF": ("[A-HJNP-SUVW][0-9]{7}[0-9A-J]", _spain),
    "IT-CF": ("[0-9]{11}", _italy),
    "EC-RUC": ("[0-9]{13}", None),
    "MX-RFC": ("[A-Z]{3}[0-9]{6}[0-9A-Z]{3}", None),
    "IN-PAN": ("[A-Z]{5}[0-9]{4}[A-Z]", None),
    "MD-IDNO": ("[0-9]{13}", None),
}
"""The form of a number, and how its check digit is proved where there is a public rule."""
