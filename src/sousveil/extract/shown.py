"""Names and titles of a notice without signs that nobody sees.

A zero-width sign makes two names of one, a mark of direction turns the words behind it round
wherever the name is shown or exported. The value loses them; the raw words and the quote of the
evidence stay as the document has them.
"""

from collections.abc import Sequence

import msgspec

from sousveil.model import Field, Lot, NameBeside, Notice, PartyId
from sousveil.text.controls import shown_name

_SINGLE = ("project_id", "plan_id", "project_name", "title", "buyer", "agency", "method")
_LISTS = ("suppliers", "bidders", "references")


def shown(notice: Notice) -> Notice:
    """The notice with its names as they are shown; a value of which nothing is seen is none."""
    changed: dict[str, object] = {}
    for name in _SINGLE:
        field: Field[str] | None = getattr(notice, name)
        if field is not None and (told := _field(field)) is not field:
            changed[name] = told
    for name in _LISTS:
        changed |= _if_changed(name, getattr(notice, name), _fields(getattr(notice, name)))
    numbers, beside = (
        tuple(map(_number, notice.identifiers)),
        tuple(map(_beside, notice.names_beside)),
    )
    changed |= _if_changed("identifiers", notice.identifiers, numbers)
    changed |= _if_changed("names_beside", notice.names_beside, beside)
    changed |= _if_changed("lots", notice.lots, tuple(map(_lot, notice.lots)))
    return msgspec.structs.replace(notice, **changed) if changed else notice


def _if_changed(name: str, before: Sequence[object], after: Sequence[object]) -> dict[str, object]:
    return {} if before == after else {name: after}


def _field(field: Field[str]) -> Field[str] | None:
    value = shown_name(field.value)
    if value == field.value:
        return field
    return msgspec.structs.replace(field, value=value.strip()) if value.strip() else None


def _fields(fields: Sequence[Field[str]]) -> tuple[Field[str], ...]:
    return tuple(told for field in fields if (told := _field(field)) is not None)


def _number(field: Field[PartyId]) -> Field[PartyId]:
    name = shown_name(field.value.name)
    if name == field.value.name:
        return field
    value = msgspec.structs.replace(field.value, name=name.strip())
    return msgspec.structs.replace(field, value=value)


def _beside(field: Field[NameBeside]) -> Field[NameBeside]:
    said = field.value
    names = {"name": shown_name(said.name), "other": shown_name(said.other)}
    if names == {"name": said.name, "other": said.other}:
        return field
    stripped = {key: name.strip() for key, name in names.items()}
    return msgspec.structs.replace(field, value=msgspec.structs.replace(said, **stripped))


def _lot(lot: Lot) -> Lot:
    title, suppliers = _field(lot.title) if lot.title else None, _fields(lot.suppliers)
    if title is lot.title and suppliers == lot.suppliers:
        return lot
    return msgspec.structs.replace(lot, title=title, suppliers=suppliers)
