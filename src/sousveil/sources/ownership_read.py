"""What reading ownership data gives: links, faults by line, and natural persons as a number."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import msgspec

from sousveil.model.ownership import Link, Party

IsPerson = Callable[[str], bool]
"""Whether a name may be a natural person's: where nothing says that it is an organisation's."""

UNPUBLISHED = "unpublishedInterest"
"""The code of BODS for an interest of which nothing is told: of natural persons nothing is kept."""

CHILD_IS_PERSON = "the child looks like a natural person, and is not kept"
NUMBER_OF_PERSON = (
    "the parent has a number that its register gives to natural persons or sole traders, and is"
    " counted as one"
)

MOST_PERSONS = 1_000_000
"""Natural persons above one child at most."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://\S*|www\.\S+|(?:[\w\-]+\.)+[A-Za-z]{2,}/\S*")


def without_paths(source: str) -> str:
    """Words with each address of the web cut down to its host."""
    return _ADDRESS.sub(_host, source)


def _host(match: re.Match[str]) -> str:
    scheme, mark, rest = match[0].partition("://")
    if not mark:
        scheme, rest = "", match[0]
    try:
        host = urlsplit(f"//{rest}").hostname or ""
    except ValueError:  # a damaged address, e.g. of IPv6
        host = ""
    return f"{scheme}{mark}{host}" if host else ""


class Fault(msgspec.Struct, frozen=True):
    """What is wrong at a line, from 1; 0: with the whole file. It holds no text of the file.

    ``taken``: the line counts all the same, as a natural person whom nothing but the looks of the
    name shows to be one.
    """

    line: int
    reason: str
    taken: bool = False


class Named(msgspec.Struct, frozen=True):
    """Names of natural persons as a file declares them: held until they are masked in what the file
    says elsewhere, never kept and never printed."""

    names: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Named({len(self.names)})"


class Read(msgspec.Struct, frozen=True):
    """The links of a file, what is wrong in it, and whose names must not be kept."""

    links: tuple[Link, ...]
    faults: tuple[Fault, ...] = ()
    persons: Named = Named()


class Persons:
    """Counts the natural persons above each child; names are held while a file is read, no longer.

    Shares and dates of persons are not kept either: with them somebody could be found. Nor is the
    path of an address, which leads to the record of one person.
    """

    def __init__(self) -> None:
        self._counts: dict[Party, dict[str, int]] = {}
        self._first: dict[Party, Link] = {}

    def add(self, child: Party, who: str, count: int, source: str, line: int) -> None:
        """``who`` tells the persons of one file apart: the same one counts once. Raises ValueError
        where there are more than anybody counts."""
        counts = self._counts.setdefault(child, {})
        if sum(counts.values()) - counts.get(who, 0) + count > MOST_PERSONS:
            raise ValueError(f"more than {MOST_PERSONS:,} natural persons above one child")
        counts[who] = count
        known = Link(child, None, UNPUBLISHED, source=without_paths(source), line=line)
        self._first.setdefault(child, known)

    def links(self) -> Iterator[Link]:
        """One link a child, at the line of its first person."""
        for child, link in self._first.items():
            total = sum(self._counts[child].values())
            yield msgspec.structs.replace(link, natural_persons=total)
