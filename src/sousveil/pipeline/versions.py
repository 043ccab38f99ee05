"""What a result depends on beside its input: the versions that make up a stage's key."""

import hashlib

from sousveil.case import tables
from sousveil.classify import CLASSIFIER_VERSION
from sousveil.extract import EXTRACTORS
from sousveil.extract.masking import MASKING_VERSION
from sousveil.parse import PARSERS
from sousveil.reference import load_taxonomy
from sousveil.reference.places import PLACES_VERSION
from sousveil.reference.rates import RATES_VERSION
from sousveil.resolve import RESOLVE_VERSION
from sousveil.resolve.projects import PROJECTS_VERSION
from sousveil.search import SCHEMA_VERSION


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def parse_key() -> str:
    """Changes when the same bytes may give other parsed pages."""
    return _hash(["parse", *(f"{p.name}/{p.version}" for p in PARSERS)])


def reading_key() -> str:
    """Changes when the same bytes may give other rows: reruns the reading stage."""
    return _hash(
        [
            parse_key(),
            f"masking/{MASKING_VERSION}",
            *(f"{e.name}/{e.version}" for e in EXTRACTORS),
            f"classifier/{CLASSIFIER_VERSION}",
            f"taxonomy/{load_taxonomy().version}",
            f"places/{PLACES_VERSION}",
            f"rates/{RATES_VERSION}",
            *(f"{field.name} {field.type}" for field in tables.NOTICES),
        ]
    )


def corpus_key(segments: list[str], provenance: str) -> str:
    """Changes when other notices, or other rules, may join them otherwise."""
    return _hash([*segments, provenance, f"resolve/{RESOLVE_VERSION}/{PROJECTS_VERSION}"])


def index_key(corpus: str) -> str:
    """Changes when the index must be built anew."""
    return _hash([corpus, f"index/{SCHEMA_VERSION}"])
