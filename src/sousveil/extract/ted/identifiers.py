"""The national numbers of the organisations of a TED form."""

from sousveil.extract.elements.reader import Reader
from sousveil.extract.party_ids import each_once, national_id
from sousveil.extract.ted.table import FORM
from sousveil.model import Field, PartyId
from sousveil.reference.country_codes import alpha_2
from sousveil.text.outline import Element

_LEVELS = 3
"""How far above its number the country of an organisation stands at most (R2.0.8)."""


def identifiers(reader: Reader, form: Element) -> tuple[Field[PartyId], ...]:
    """The numbers that stand beside a name, each once."""
    return each_once(
        national_id(
            reader.said(reader.first(number.parent, "OFFICIALNAME")),
            _country(reader, number),
            reader.said(number),
            reader.evidence((number.start, number.end)),
        )
        for number in reader.all(form, *FORM["identifiers"].paths)
    )


def _country(reader: Reader, number: Element) -> str | None:
    """ISO 3166-1 alpha-2 of the address that the number belongs to."""
    holder = number.parent
    for _ in range(_LEVELS):
        stated = reader.first(holder, "COUNTRY")
        if stated is not None:
            return alpha_2(reader.attribute(stated, "VALUE"))
        holder = holder.parent if holder is not None else None
    return None
