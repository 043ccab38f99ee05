"""The files of decisions/joins/: what people judge of joins, one JSON Lines file a person, only
ever appended to."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from sousveil.case.decisions import append_lines, own_file
from sousveil.case.folder import Case
from sousveil.errors import DecisionError
from sousveil.model import Judgement

FOLDER = "decisions/joins"
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Judgement)


def append_judgements(case: Case, judgements: Sequence[Judgement]) -> None:
    """Append what one person judged, and note it in the ledger. The case's lock must be held."""
    if judgements:
        path = own_file(case, judgements[0].by, FOLDER)
        append_lines(case, path, map(_encoder.encode, judgements))


def read_judgements(case: Case) -> list[Judgement]:
    """Everything that people judged, person by person, oldest first. A torn last line is passed
    over; any other that cannot be read raises DecisionError."""
    paths = sorted((case.root / FOLDER).glob("*.jsonl"))
    return [judgement for path in paths for judgement in _read(path)]


def _read(path: Path) -> Iterator[Judgement]:
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError as error:
        raise DecisionError(f"{FOLDER}/{path.name} cannot be read.", "Restore it.") from error
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n") or not line.strip():
            continue
        try:
            yield _decoder.decode(line)
        except msgspec.DecodeError as error:
            raise DecisionError(
                f"Line {number} of {FOLDER}/{path.name} is no judgement of a join.",
                "Correct it, or restore the file from a copy.",
            ) from error


def digest(judgements: Iterable[Judgement]) -> str:
    """What was judged as one hash, "" for nothing."""
    lines = sorted(map(_encoder.encode, judgements))
    return hashlib.sha256(b"\n".join(lines)).hexdigest() if lines else ""
