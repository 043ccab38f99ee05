"""The files of decisions/fields/: what people say of single fields, one JSON Lines file a coder,
only ever appended to."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from sousveil.case.append_only import Line, person, whole_lines
from sousveil.case.decisions import append_lines, own_file
from sousveil.case.folder import Case
from sousveil.errors import DecisionError
from sousveil.model.field_decision import FieldDecision

FOLDER = "decisions/fields"
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(FieldDecision)


def append_field_decisions(case: Case, decisions: Sequence[FieldDecision]) -> None:
    """Append what one coder says of fields, and note it in the ledger. The lock must be held."""
    if decisions:
        path = own_file(case, decisions[0].coder, FOLDER)
        append_lines(case, path, map(_encoder.encode, decisions))


def read_field_decisions(case: Case) -> list[FieldDecision]:
    """Everything that was said of fields: coder by coder, oldest first, each once. A torn last line
    is passed over; any other that cannot be read raises DecisionError."""
    first: dict[FieldDecision, Line] = {}
    for line in sorted(whole_lines(case.root / FOLDER)):
        first.setdefault(_decision(line), line)
    return sorted(first, key=lambda d: (d.coder, d.at, first[d]))


def _decision(line: Line) -> FieldDecision:
    try:
        decision = _decoder.decode(line.content)
    except msgspec.DecodeError as error:
        raise _unusable(line, "is no decision on a field") from error
    if decision.coder != person(Path(line.file)):
        raise _unusable(line, "names another coder than the file")
    return decision


def _unusable(line: Line, problem: str) -> DecisionError:
    return DecisionError(
        f"Line {line.number} of {FOLDER}/{line.file} {problem}.",
        "Correct it, or restore the file from a copy.",
    )


def digest(decisions: Iterable[FieldDecision]) -> str:
    """What was said of fields as one hash, "" for nothing."""
    lines = sorted(map(_encoder.encode, decisions))
    return hashlib.sha256(b"\n".join(lines)).hexdigest() if lines else ""
