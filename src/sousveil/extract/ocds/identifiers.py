"""The numbers of a release's organisations: of what stands with the role, and of its party."""

from collections.abc import Iterable, Iterator

from sousveil.extract.ocds.parties import Directory
from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.table import RELEASE
from sousveil.extract.party_ids import each_once, party_id
from sousveil.extract.record_scan import Members
from sousveil.model import Field, PartyId


def identifiers(
    reader: Reader, directory: Directory, organisations: Iterable[Members]
) -> tuple[Field[PartyId], ...]:
    """What ``identifier`` and ``additionalIdentifiers`` of organisations state, each number once.

    Schemes are codes of org-id.guide; what publishers write otherwise names no register.
    """
    return each_once(
        field for organisation in organisations for field in _of(reader, directory, organisation)
    )


def _of(
    reader: Reader, directory: Directory, organisation: Members
) -> Iterator[Field[PartyId] | None]:
    name = directory.name(organisation)
    if name is None:
        return
    first, others = RELEASE["identifiers"].paths
    for holder in (organisation, directory.full(organisation)):
        for stated in (reader.object(holder, first), *reader.objects(holder, others)):
            scheme, leaf = reader.plain(stated.get("scheme")), stated.get("id")
            written = reader.plain(leaf)
            if scheme is not None and written is not None and isinstance(leaf, tuple):
                yield party_id(name.value, scheme, written, reader.evidence(leaf))
