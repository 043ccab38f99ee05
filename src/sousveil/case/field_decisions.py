"""The files of decisions/fields/: what people say of single fields, one JSON Lines file a coder,
only ever appended to."""

from collections.abc import Sequence

import msgspec

from sousveil.case.append_only import Records
from sousveil.case.decisions import append_lines, own_file
from sousveil.case.folder import Case
from sousveil.model.field_decision import FieldDecision

FOLDER = "decisions/fields"
_encoder = msgspec.json.Encoder()
_records = Records(FOLDER, FieldDecision, "decision on a field", "coder")


def append_field_decisions(case: Case, decisions: Sequence[FieldDecision]) -> None:
    """Append what one coder says of fields, and note it in the ledger. The lock must be held."""
    if decisions:
        path = own_file(case, decisions[0].coder, FOLDER)
        append_lines(case, path, map(_encoder.encode, decisions))


def read_field_decisions(case: Case) -> list[FieldDecision]:
    """Everything that was said of fields, as ``Records.read`` has it."""
    return _records.read(case.root)
