"""Crosswalks: what other lists of goods and of technologies call our capabilities.

``data/taxonomy/crosswalk.toml`` holds each list as a ``scheme`` with its source and date. A
person's own taxonomy may come without one.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

from sousveil.errors import UsageError
from sousveil.reference.taxonomy import Taxonomy, load_taxonomy
from sousveil.reference.taxonomy_files import parse, read_file, shipped

FILE = "crosswalk.toml"
Kind = Literal["exact", "broader", "narrower", "related"]
_FORMS: Mapping[str, re.Pattern[str]] = {
    "cpv": re.compile(r"[0-9]{8}"),
    "pinmu": re.compile(r"[ABC][0-9]{8}"),
}
"""The form of a list's codes, where it is known: a slip of a digit too many is found."""


class Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry: how ``code`` of a list, called ``name`` there, stands to a capability.

    ``kind``: the list's entry is ``exact``ly ours, ``broader``, ``narrower``, or only ``related``.
    """

    capability: str
    code: str
    name: str
    kind: Kind


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One list. ``as_of``: its date. ``none``: capabilities for which it is known to have none."""

    id: str
    title: str
    source: str
    as_of: str
    none: tuple[str, ...] = ()
    entry: tuple[Relation, ...] = ()

    def of(self, capability: str) -> tuple[Relation, ...]:
        """The entries for a capability, as the file orders them."""
        return tuple(r for r in self.entry if r.capability == capability)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scheme: tuple[Scheme, ...]


@cache
def load_crosswalk() -> tuple[Scheme, ...]:
    """The crosswalks that ship with Sousveil."""
    return read_crosswalk(shipped(), load_taxonomy())


def read_crosswalk(folder: Traversable, taxonomy: Taxonomy) -> tuple[Scheme, ...]:
    """Read and check the crosswalks of a folder; none where it has no such file.

    Raises UsageError naming the file, the list and the entry at fault.
    """
    if not folder.joinpath(FILE).is_file():
        return ()
    try:
        read = msgspec.convert(parse(FILE, read_file(folder, FILE)), _File)
    except msgspec.ValidationError as error:
        raise UsageError(f"{FILE}: {error}.") from None
    ids = [scheme.id for scheme in read.scheme]
    if len(set(ids)) < len(ids):
        raise UsageError(f"{FILE} has a list twice.")
    for scheme in read.scheme:
        for fault in _faults(scheme, taxonomy):
            raise UsageError(f"{FILE}: {scheme.id}: {fault}.")
    return read.scheme


def _faults(scheme: Scheme, taxonomy: Taxonomy) -> Iterator[str]:
    capabilities = {code.id for code in taxonomy.facet("capability")}
    form = _FORMS.get(scheme.id)
    names: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for capability in scheme.none:
        if capability not in capabilities:
            yield f"none names {capability}, which is no capability"
    for entry in scheme.entry:
        where = f"{entry.capability} {entry.code}"
        if entry.capability not in capabilities:
            yield f"{where}: {entry.capability} is no capability"
        if entry.capability in scheme.none:
            yield f"{where}: none says that there is nothing for it"
        if (entry.capability, entry.code) in seen:
            yield f"{where} stands there twice"
        if form is not None and not form.fullmatch(entry.code):
            yield f"{where} is no code of that list"
        if names.setdefault(entry.code, entry.name) != entry.name:
            yield f"{where} has another name elsewhere"
        seen.add((entry.capability, entry.code))
