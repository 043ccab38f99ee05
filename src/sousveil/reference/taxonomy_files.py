"""The files of a taxonomy as texts: which there are, and reading them with their limits.

``taxonomy.toml`` is the index: the version and the names of the files, in their order.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import rtoml

from sousveil.errors import UsageError

INDEX = "taxonomy.toml"
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,30}")
_FILE = re.compile(r"[0-9a-z_]{1,60}\.toml")
_LARGEST = 4 << 20
"""Bytes of one file: the shipped ones have some tens of thousands."""


def shipped() -> Traversable:
    """The folder of the taxonomy that ships with Sousveil."""
    return resources.files("sousveil.reference").joinpath("data", "taxonomy")


@cache
def shipped_texts() -> Mapping[str, str]:
    """The files of the shipped taxonomy that can change a code."""
    return taxonomy_texts(shipped())


def taxonomy_texts(folder: Traversable) -> dict[str, str]:
    """The texts of a folder's index and of the files it names, by name, the index first.

    Raises UsageError where one is missing, is no text, or is too large to be a taxonomy.
    """
    texts = {INDEX: read_file(folder, INDEX)}
    for name in read_index(parse(INDEX, texts[INDEX]))[1]:
        texts[name] = read_file(folder, name)
    return texts


def read_index(index: Mapping[str, object]) -> tuple[str, list[str]]:
    """The version and the names of the files, in order. Raises UsageError."""
    version, files = index.get("version"), index.get("files")
    if not isinstance(version, str) or not isinstance(files, list):
        raise UsageError(f"{INDEX} needs a version and a list of files.")
    if not _VERSION.fullmatch(version):
        raise UsageError(f"{INDEX}: a version has letters, digits, dots and dashes, at most 31.")
    names = [str(name) for name in files]
    for name in names:
        if not _FILE.fullmatch(name) or name == INDEX:
            raise UsageError(
                f"{INDEX} names a file that cannot be one of the taxonomy.",
                "Names are small letters, digits and _ with .toml behind, in the same folder.",
            )
    if len(set(names)) < len(names):
        raise UsageError(f"{INDEX} names a file twice.")
    return version, names


def read_file(
    folder: Traversable, name: str, *, kind: str = "taxonomy file", largest: int = _LARGEST
) -> str:
    """One file of a folder. Raises UsageError where it is missing, has more than ``largest`` bytes
    or is no text; ``kind`` is what the error calls it."""
    try:
        with folder.joinpath(name).open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        raise UsageError(f"The {kind} {name} is missing.") from None
    except OSError:
        raise UsageError(f"The {kind} {name} cannot be read.") from None
    if len(content) > largest:
        raise UsageError(f"The {kind} {name} is larger than {largest:,} bytes.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"The {kind} {name} is no text.", "Save it as UTF-8.") from None


def parse(name: str, text: str, *, kind: str = "taxonomy file") -> dict[str, object]:
    """A file's content. Raises UsageError where it is not TOML."""
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        raise UsageError(f"The {kind} {name} is not valid TOML: {error}.") from None
