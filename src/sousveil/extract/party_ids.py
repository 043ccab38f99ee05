"""Numbers of a notice's parties: what is kept of them, whatever form the notice has.

Numbers of natural persons are never kept. Masking has run before; this is the second lock. Where a
register gives numbers to companies and persons alike, its own rule tells them apart (below).
"""

from collections.abc import Iterable

from sousveil.extract.stated import MASK
from sousveil.model import Evidence, Field, Notice, PartyId
from sousveil.text.identifiers import SCHEME, normal_identifier
from sousveil.text.person_numbers import NATIONAL, is_a_persons

_LEAST_DIGITS = 5


def party_id(
    name: str | None, scheme: str, written: str, evidence: Evidence, confidence: float = 1.0
) -> Field[PartyId] | None:
    """The number of an organisation as a field; None where it is none, or a person's.

    ``name`` is the organisation's as the notice's field has it: a masked one has no number.
    """
    code = scheme.strip().upper()
    if not name or MASK.search(name) or MASK.search(written) or not SCHEME.fullmatch(code):
        return None
    number = normal_identifier(code, written)
    if number is None or is_a_persons(code, number):
        return None
    return Field(PartyId(name, code, number), evidence.quote, evidence, confidence)


def national_id(
    name: str | None, country: str | None, written: str, evidence: Evidence
) -> Field[PartyId] | None:
    """A number whose register is not named. Short ones (``HRB 1``, ``14``) tell nobody apart."""
    if country is None or sum(char.isdigit() for char in written) < _LEAST_DIGITS:
        return None
    return party_id(name, f"{country}-{NATIONAL}", written, evidence, 0.8)


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
