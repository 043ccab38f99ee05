"""What a result depends on beside its input: the versions that make up a stage's key.

The version of a stage is the hash of its code and tables (docs/decisions/0007): nobody can forget
to raise it.
"""

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from sousveil.case import tables
from sousveil.reference.rates import RATES_VERSION
from sousveil.reference.taxonomy import taxonomy_digest
from sousveil.search import SCHEMA_VERSION

_PARSING = ("parse", "text", "model")
_READING = ("extract", "classify", "reference", "resolve", "pipeline")
_JOINING = ("resolve", "reference", "text", "model")
_COMPARING = ("splink", "rapidfuzz", "pypinyin", "opencc")
"""Libraries that tell how alike two names are."""
_LEARNING = ("classify", "coding", "reference", "pipeline")
_COUNTED = (".py", ".toml", ".tsv", ".txt", ".json", ".npz")


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _package(name: str) -> str:
    """The hash of a package's code and tables."""
    digest = hashlib.sha256()
    for path, file in sorted(_files(resources.files("sousveil").joinpath(name), name)):
        digest.update(f"{path}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        path = f"{prefix}/{entry.name}"
        if entry.is_dir():
            found += _files(entry, path)
        elif entry.name.endswith(_COUNTED):
            found.append((path, entry))
    return found


def parse_key() -> str:
    """Changes when the same bytes may give other parsed pages."""
    return _hash(["parse", *map(_package, _PARSING)])


def reading_key(own_rates: str = "", own_taxonomy: Mapping[str, str] | None = None) -> str:
    """Changes when the same bytes may give other rows: reruns the reading stage.

    ``own_rates`` is the person's own table of rates, ``own_taxonomy`` the texts of their own
    taxonomy. Begins with the version of parsing, so that parsed pages can outlive a change of the
    rest.
    """
    rest = _hash(
        [
            *map(_package, _READING),
            f"rates/{RATES_VERSION}",
            *([f"own rates\n{own_rates}"] if own_rates else []),
            *([f"own taxonomy\n{taxonomy_digest(own_taxonomy)}"] if own_taxonomy else []),
            *(f"{field.name} {field.type}" for field in tables.NOTICES),
        ]
    )
    return f"{parse_key()}-{rest}"


def parsed_alike(key: str) -> bool:
    """Whether rows of this reading key came from pages as parsing gives them today."""
    return key.startswith(f"{parse_key()}-")


def joining_key() -> str:
    """Changes when the same names and notices may be joined otherwise."""
    libraries = (f"{name}/{metadata.version(name)}" for name in _COMPARING)
    python = f"python/{platform.python_version()}"  # its tables of signs, and its patterns
    return _hash([python, *libraries, *map(_package, _JOINING)])


def corpus_key(
    segments: list[str],
    provenance: str,
    decisions: str = "",
    judgements: str = "",
    ownership: str = "",
    fields: str = "",
) -> str:
    """Changes when other notices, or other rules, may join them otherwise, and when people decided
    something else.

    ``decisions`` is their digest, "" for none: the model that is learned from them, and what it
    makes of the notices, follow from it and from the versions. ``judgements`` is the digest of what
    they said of joins, ``ownership`` that of the tables of who owns whom.
    """
    parts = [*segments, provenance, joining_key()]
    if judgements:
        parts.append(f"judgements {judgements}")
    if ownership:
        parts += [f"ownership {ownership}", _package("sources"), _package("extract")]
    if fields:
        parts.append(f"fields {fields}")
    if decisions:
        learning = f"scikit-learn/{metadata.version('scikit-learn')}"
        parts += [f"decisions {decisions}", learning, *map(_package, _LEARNING)]
    return _hash(parts)


def index_key(corpus: str) -> str:
    """Changes when the index must be built anew."""
    return _hash([corpus, f"index/{SCHEMA_VERSION}", _package("search")])
