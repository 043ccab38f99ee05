"""Which words of a release say what is bought, and which are the form's own noise."""

from collections.abc import Iterator
from typing import Literal

from sousveil.extract.ocds.reader import Reader
from sousveil.extract.record_scan import Leaf, Members, Node
from sousveil.model import Field, Section

Role = Literal["title", "name", "purpose", "body", "boilerplate"]

_WORDS = ("title", "description")
# Fields of the tender that speak of the procedure and of who may bid.
_PROCEDURE = (
    "procurementMethodRationale",
    "awardCriteriaDetails",
    "submissionMethodDetails",
    "eligibilityCriteria",
    "otherRequirements",
    "exclusionGrounds",
)
_PURPOSE_OF_PLANNING = (("rationale",), ("budget", "description"), ("budget", "project"))
_MOST = 5000  # sections of one release: catalogues list tens of thousands of items


def find_sections(
    reader: Reader, release: Members, title: Field[str] | None
) -> tuple[Section, ...]:
    """Sections in the order of the text, without overlaps; what serves as title is the title."""
    found: dict[Leaf, Role] = {}
    if title is not None and reader.text[title.evidence.start - 1] == '"':
        found[title.evidence.start - 1, title.evidence.end + 1] = "title"
    for role, node in _all(reader, release):
        if isinstance(node, tuple) and reader.text[node[0]] == '"' and node[1] - node[0] > 3:
            found.setdefault(node, role)
            if len(found) >= _MOST:
                break
    number = reader.page.number
    return tuple(
        Section(role, number, start + 1, end - 1) for (start, end), role in sorted(found.items())
    )


def _all(reader: Reader, release: Members) -> Iterator[tuple[Role, Node | None]]:
    tender = reader.object(release, "tender")
    for member in _worded(tender):
        yield "purpose", member
    yield from _things(reader, tender)
    for lot in reader.objects(tender, "lots"):
        yield from (("purpose", node) for node in _worded(lot))
    planning = release.get("planning")
    for path in _PURPOSE_OF_PLANNING:
        yield "purpose", reader.member(planning, *path)
    for name in _WORDS:
        yield "purpose", reader.member(planning, "project", name)
        yield "purpose", release.get(name)
    for stage in ("awards", "contracts"):
        for item in reader.objects(release, stage):
            yield from (("purpose", node) for node in _worded(item))
            yield from _things(reader, item)
    for name in _PROCEDURE:
        yield "boilerplate", tender.get(name)
    yield from _accompanying(reader, release, tender)


def _worded(holder: Members) -> Iterator[Node]:
    """Titles and descriptions, in other languages too (``title_es``)."""
    for name, node in holder.items():
        if name in _WORDS or name.startswith(("title_", "description_")):
            yield node


def _things(reader: Reader, holder: Members) -> Iterator[tuple[Role, Node | None]]:
    for item in reader.objects(holder, "items"):
        yield from (("purpose", node) for node in _worded(item))
        classified = reader.object(item, "classification")
        yield "purpose", classified.get("id")
        yield "purpose", classified.get("description")
        for other in reader.objects(item, "additionalClassifications"):
            yield "purpose", other.get("description")
    classified = reader.object(holder, "classification")
    yield "purpose", classified.get("id")
    yield "purpose", classified.get("description")


def _accompanying(
    reader: Reader, release: Members, tender: Members
) -> Iterator[tuple[Role, Node | None]]:
    """Documents, amendments and milestones: worth reading, but not what is bought."""
    holders = [reader.object(release, "planning"), tender]
    for stage in ("awards", "contracts"):
        for item in reader.objects(release, stage):
            holders += [item, reader.object(item, "implementation")]
    for holder in holders:
        for kind in ("documents", "milestones", "amendments"):
            if kind not in holder:
                continue
            for thing in reader.objects(holder, kind):
                yield from (("body", node) for node in _worded(thing))
                yield "body", thing.get("rationale")
