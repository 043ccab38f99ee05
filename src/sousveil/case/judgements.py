"""The files of decisions/joins/: what people judge of joins, one JSON Lines file a person, only
ever appended to."""

from collections.abc import Sequence

import msgspec

from sousveil.case.append_only import Records
from sousveil.case.decisions import append_lines, own_file
from sousveil.case.folder import Case
from sousveil.model import Judgement

FOLDER = "decisions/joins"
_encoder = msgspec.json.Encoder()
_records = Records(FOLDER, Judgement, "judgement of a join", "by", signed=False)


def append_judgements(case: Case, judgements: Sequence[Judgement]) -> None:
    """Append what one person judged, and note it in the ledger. The case's lock must be held."""
    if judgements:
        path = own_file(case, judgements[0].by, FOLDER)
        append_lines(case, path, map(_encoder.encode, judgements))


def read_judgements(case: Case) -> list[Judgement]:
    """Everything that people judged, as ``Records.read`` has it."""
    return _records.read(case.root)
