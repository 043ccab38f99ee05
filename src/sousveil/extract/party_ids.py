"""Numbers of a notice's parties: what is kept of them, whatever form the notice has.

Numbers of natural persons are never kept. Masking has run before; this is the second lock. Where a
register gives numbers to companies and persons alike, its own rule tells them apart (below).
"""

import re
from collections.abc import Iterable

from sousveil.extract.masking.identity import is_resident_id
from sousveil.extract.stated import MASK
from sousveil.model import Evidence, Field, Notice, PartyId
from sousveil.text.identifiers import normal_identifier

NATIONAL = "NATIONAL"
"""``FR-NATIONAL``: a number of a register of that country which the notice does not name."""

_SCHEME = re.compile(r"[A-Z]{2}[-_][A-Z][A-Z0-9_\-]{1,30}")
_LEAST_DIGITS = 5
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


def party_id(
    name: str | None, scheme: str, written: str, evidence: Evidence, confidence: float = 1.0
) -> Field[PartyId] | None:
    """The number of an organisation as a field; None where it is none, or a person's.

    ``name`` is the organisation's as the notice's field has it: a masked one has no number.
    """
    code = scheme.strip().upper()
    if not name or MASK.search(name) or MASK.search(written) or not _SCHEME.fullmatch(code):
        return None
    number = normal_identifier(code, written)
    if number is None or _is_a_persons(code, number):
        return None
    return Field(PartyId(name, code, number), evidence.quote, evidence, confidence)


def national_id(
    name: str | None, country: str | None, written: str, evidence: Evidence
) -> Field[PartyId] | None:
    """A number whose register is not named. Short ones (``HRB 1``, ``14``) tell nobody apart."""
    if country is None or sum(char.isdigit() for char in written) < _LEAST_DIGITS:
        return None
    return party_id(name, f"{country}-{NATIONAL}", written, evidence, 0.8)


def _is_a_persons(scheme: str, number: str) -> bool:
    if is_resident_id(number) or _OF_PERSONS.fullmatch(scheme[3:]):
        return True
    companies = _COMPANIES.get(scheme)
    bare = number.removeprefix(scheme[:2]) if scheme.endswith(NATIONAL) else number
    return companies is not None and re.fullmatch(companies, bare) is None


def each_once(found: Iterable[Field[PartyId] | None]) -> tuple[Field[PartyId], ...]:
    """The numbers found, each once."""
    kept: dict[PartyId, Field[PartyId]] = {}
    for field in found:
        if field is not None:
            kept.setdefault(field.value, field)
    return tuple(kept.values())


def of_parties(notice: Notice) -> tuple[Field[PartyId], ...]:
    """The numbers of those whom the notice itself names as buyer, agency, supplier or bidder."""
    parties = (notice.buyer, notice.agency, *notice.suppliers, *notice.bidders)
    names = {field.value for field in parties if field is not None}
    return tuple(field for field in notice.identifiers if field.value.name in names)
