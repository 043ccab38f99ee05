"""What reading ownership data gives: links, faults by line, and natural persons as a number."""

from collections.abc import Callable, Iterator

import msgspec

from sousveil.model.ownership import Link, Party

IsPerson = Callable[[str], bool]
"""Whether a name may be a natural person's: where nothing says that it is an organisation's."""

UNPUBLISHED = "unpublishedInterest"
"""The code of BODS for an interest of which nothing is told: of natural persons nothing is kept."""

CHILD_IS_PERSON = "the child looks like a natural person, and is not kept"


class Fault(msgspec.Struct, frozen=True):
    """What is wrong at a line, from 1; 0: with the whole file. It holds no text of the file.

    ``taken``: the line counts all the same, as a natural person whom nothing but the looks of the
    name shows to be one.
    """

    line: int
    reason: str
    taken: bool = False


class Read(msgspec.Struct, frozen=True):
    """The links of a file, and what is wrong in it."""

    links: tuple[Link, ...]
    faults: tuple[Fault, ...] = ()


class Persons:
    """Counts the natural persons above each child; names are held while a file is read, no longer.

    Shares and dates of persons are not kept either: with them somebody could be found.
    """

    def __init__(self) -> None:
        self._counts: dict[Party, dict[str, int]] = {}
        self._first: dict[Party, Link] = {}

    def add(self, child: Party, who: str, count: int, source: str, line: int) -> None:
        """``who`` tells the persons of one file apart: the same one counts once."""
        self._counts.setdefault(child, {})[who] = count
        self._first.setdefault(child, Link(child, None, UNPUBLISHED, source=source, line=line))

    def links(self) -> Iterator[Link]:
        """One link a child, at the line of its first person."""
        for child, link in self._first.items():
            total = sum(self._counts[child].values())
            yield msgspec.structs.replace(link, natural_persons=total)
