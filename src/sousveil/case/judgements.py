"""The files of decisions/joins/: what people judge of joins, one JSON Lines file a person, only
ever appended to."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from sousveil.case.append_only import Line, whole_lines
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
    """Everything that people judged, person by person, oldest first, each once. A torn last line is
    passed over; any other that cannot be read raises DecisionError."""
    first: dict[Judgement, Line] = {}
    for line in sorted(whole_lines(case.root / FOLDER)):
        first.setdefault(_judgement(line), line)
    return sorted(first, key=lambda j: (j.by, j.at, first[j]))


def _judgement(line: Line) -> Judgement:
    try:
        return _decoder.decode(line.content)
    except msgspec.DecodeError as error:
        raise DecisionError(
            f"Line {line.number} of {FOLDER}/{line.file} is no judgement of a join.",
            "Correct it, or restore the file from a copy.",
        ) from error


def digest(judgements: Iterable[Judgement]) -> str:
    """What was judged as one hash, "" for nothing."""
    lines = sorted(map(_encoder.encode, judgements))
    return hashlib.sha256(b"\n".join(lines)).hexdigest() if lines else ""
