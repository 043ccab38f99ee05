"""A file of ownership that a person hands over: BODS statements or a table, told by its content."""

from pathlib import Path

from sousveil.errors import OwnershipError
from sousveil.sources.given_table import given_text
from sousveil.sources.ownership_bods import read_bods
from sousveil.sources.ownership_read import IsPerson, Read
from sousveil.sources.ownership_table import read_table

_JSON = (b"[", b"{")


def read_ownership(path: Path, is_person: IsPerson) -> Read:
    """The links of a file and its faults. ``is_person`` is asked where nothing says whether a name
    is an organisation's. Raises OwnershipError where the file cannot be used at all."""
    try:
        with path.open("rb") as file:
            first = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if first in _JSON:
            return read_bods(path, is_person)
    except OSError as error:
        raise OwnershipError(
            f"The file cannot be read: {error.strerror or 'it cannot be opened'}.",
            "Check the path given to --add.",
        ) from None
    return read_table(given_text(path, "table", "--add", OwnershipError), is_person)
