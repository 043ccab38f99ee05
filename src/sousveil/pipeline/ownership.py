"""Ownership: taken into a case without natural persons, checked, and put onto its organisations."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.ownership import FOLDER, keep_ownership, ownership_files, unknown_ownership
from sousveil.case.segments import Row
from sousveil.errors import OwnershipError
from sousveil.extract.masking import mask_path, mask_text
from sousveil.extract.masking.declared import Declared
from sousveil.extract.masking.owners import may_be_person
from sousveil.model import Organisation
from sousveil.model.ownership import Link
from sousveil.resolve.ownership import Owned, resolve_ownership
from sousveil.sources.ownership import read_ownership
from sousveil.sources.ownership_read import IsPerson, Read
from sousveil.sources.ownership_table import kept_table
from sousveil.sources.ownership_values import plain_words
from sousveil.text.organisations import organisation_core

_BLOCK = 1 << 20
_BY_HAND = "put there by hand: the ledger does not know it"
_NAMES_PERSONS = (
    "it names natural persons: give it to --add, which keeps a table without them, and delete it"
)
_CUT_MASK = re.compile("〔[^〔〕]*$")
_may_be_person = lru_cache(maxsize=1 << 16)(may_be_person)  # asked of the same owners row by row


class Problem(msgspec.Struct, frozen=True):
    """What is wrong in a file: at a line from 1 (0: with the whole file). ``taken``: the line
    counts all the same, its owner as a natural person."""

    file: str
    line: int
    reason: str
    taken: bool = False


class Taken(msgspec.Struct, frozen=True):
    """What came of a file: links between organisations, natural persons counted, problems, and
    where it is kept (None: it is there already, or was only tried)."""

    links: int
    natural_persons: int
    problems: tuple[Problem, ...]
    kept: str | None


def take(case: Case, file: Path, *, keep: bool = True) -> Taken:
    """Take a file in: its links, without the names of natural persons, also where its sources and
    its own name tell them. The case's lock must be held to ``keep`` it. Raises OwnershipError where
    the file cannot be used at all, or its links are more than a case keeps in one table."""
    read = read_ownership(file, _judge(case))
    persons = _persons_of(read)
    called = plain_words(mask_path(persons.mask(file.name))) or "file"
    links = [_told(link, called, persons) for link in read.links]
    problems = tuple(Problem(called, f.line, f.reason, f.taken) for f in read.faults)
    table = kept_table(links)
    path = keep_ownership(case, called, table, _hash(file)) if keep and links else None
    return Taken(
        sum(link.parent is not None for link in links),
        sum(link.natural_persons for link in links),
        problems,
        path.relative_to(case.root).as_posix() if path else None,
    )


def _persons_of(read: Read) -> Declared:
    parties = (party for link in read.links for party in (link.child, link.parent) if party)
    return Declared(read.persons.names, {party.name for party in parties})


def _told(link: Link, called: str, persons: Declared) -> Link:
    """With a source, persons masked: the words it states, else the file that was given. A code of
    an interest that names one of them is none."""
    said = persons.mask(link.source)
    source = plain_words(mask_text(said)) if link.source else f"{called}, line {link.line}"
    named = persons.mask(link.interest) != link.interest
    return msgspec.structs.replace(
        link,
        source=_CUT_MASK.sub("", source),
        interest="unknownInterest" if named else link.interest,
    )


def _judge(case: Case) -> IsPerson:
    """Whether a name may be a person's; an organisation that notices name is none."""
    with connect(case) as connection:
        rows = connection.execute("SELECT unnest(names) FROM organisations").fetchall()
    known = {organisation_core(name) for (name,) in rows}
    return lambda name: organisation_core(name) not in known and _may_be_person(name)


def _hash(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def check(case: Case) -> list[Problem]:
    """What is wrong in the tables of the case, and which of them nobody added by command."""
    problems: list[Problem] = []
    by_hand = set(unknown_ownership(case))
    for path in ownership_files(case):
        called = _called(path)
        try:
            read = read_ownership(path, _may_be_person)
        except OwnershipError as error:
            problems.append(Problem(called, 0, error.message))
        else:
            called = _persons_of(read).mask(called)
            problems += (Problem(called, f.line, f.reason, f.taken) for f in read.faults)
            problems += (
                [Problem(called, 0, _NAMES_PERSONS, taken=True)] if read.persons.names else []
            )
        if f"{FOLDER}/{path.name}" in by_hand:
            problems.append(Problem(called, 0, _BY_HAND, taken=True))
    others = (p for p in sorted((case.root / FOLDER).iterdir()) if p.suffix != ".csv")
    problems += (Problem(_called(p), 0, "not read: give it to --add") for p in others)
    return sorted(problems, key=lambda p: (p.file, p.line))


def load_links(case: Case) -> list[Link]:
    """The links of every table, with persons masked in those that were put there by hand too.
    Raises OwnershipError, with file and line, for one that cannot be used."""
    links: list[Link] = []
    for path in ownership_files(case):
        read = _read(path)
        persons = _persons_of(read)
        called = persons.mask(_called(path))
        for link in read.links:
            told = _told(link, called, persons)
            links.append(msgspec.structs.replace(told, file=called))
    return links


def _called(path: Path) -> str:
    return f"{FOLDER}/{mask_path(path.name)}"


def _read(path: Path) -> Read:
    called = _called(path)
    try:
        read = read_ownership(path, _may_be_person)
    except OwnershipError as error:
        raise OwnershipError(f"{called}: {error.message}", error.hint) from error
    for fault in read.faults:
        if not fault.taken:
            raise OwnershipError(
                f"{called}, line {fault.line}: {fault.reason}.",
                "Correct it, or delete the file; 'sousveil ownership CASE --check' lists all.",
            )
    return read


def owned_on(
    organisations: Iterable[Organisation],
    links: Sequence[Link],
    spellings: Mapping[str, Sequence[str]],
    on: str | None,
) -> Owned:
    """Groups on a day, of organisations and links; nothing where no links are given."""
    return resolve_ownership(organisations if links else (), links, on, spellings)


def ownership_rows(owned: Owned, names: Mapping[str, str]) -> Iterator[Row]:
    """Rows of ``ownership``. ``names`` of the case's organisations by key."""
    called = {**owned.names, **names}
    for one in owned.holdings:
        link, parent = one.link, one.link.parent
        yield (
            one.child_key,
            called[one.child_key],
            [str(number) for number in link.child.identifiers],
            one.parent_key,
            called[one.parent_key] if one.parent_key else None,
            [str(number) for number in parent.identifiers] if parent else [],
            *(link.natural_persons, link.interest),
            *(link.share_min, link.share_max, link.above, link.indirect),
            *(_day(link.since), _day(link.until)),
            *(one.controls, link.source, link.file, link.line),
        )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
