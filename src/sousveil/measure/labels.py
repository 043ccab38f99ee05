"""Labels that a reader made of records, and the exported rows they are compared with."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from sousveil.errors import UsageError

Row = Mapping[str, object]

_IDENTITY = ("notice_id", "document_sha256", "page", "source_path")
_ABOUT = frozenset(
    {
        *_IDENTITY,
        "id",
        "set",
        "source",
        "sealed",
        "is_notice",
        "read_twice",
        "note",
        "text_sha256",
        "pointer",
    }
)


class Label(msgspec.Struct, frozen=True):
    """What a reader says of one record.

    ``values`` holds the fields that were labelled, by their names in the export; None says that
    the record does not state one. ``is_notice`` False: the record is none, and nothing should be
    found. ``sealed`` labels are kept for a final measurement.
    """

    line: int
    name: str
    values: Row
    notice_id: str | None = None
    document_sha256: str | None = None
    page: int | None = None
    source_path: str | None = None
    part: str = ""
    """The set it belongs to (``set`` in the file): scores are given for each."""
    is_notice: bool = True
    sealed: bool = False


def read_labels(path: Path) -> list[Label]:
    """Labels of a JSON Lines file, one object a record.

    Each names its record by ``notice_id``, by ``document_sha256`` (and ``page``), or by
    ``source_path``; all other keys are fields of the export. Raises UsageError with the line.
    """
    return [_label(number, row, path) for number, row in _objects(path)]


def read_export(path: Path) -> Iterator[Row]:
    """The rows that ``sousveil export … notices --format jsonl`` wrote. Raises UsageError."""
    for number, row in _objects(path):
        if "notice_id" not in row:
            raise UsageError(
                f"{path.name}, line {number}: no notice_id.",
                "Give what 'sousveil export CASE notices --format jsonl' wrote.",
            )
        yield row


def _label(number: int, row: Row, path: Path) -> Label:
    known = {name: row.get(name) for name in _IDENTITY}
    if not (known["notice_id"] or known["document_sha256"] or known["source_path"]):
        raise UsageError(
            f"{path.name}, line {number}: the label does not say of which record it is.",
            "Give notice_id, document_sha256 (and page), or source_path.",
        )
    try:
        return msgspec.convert(
            {
                **known,
                "line": number,
                "name": str(row.get("id") or f"line {number}"),
                "values": {name: value for name, value in row.items() if name not in _ABOUT},
                "part": row.get("set") or "",
                "is_notice": row.get("is_notice", True),
                "sealed": row.get("sealed", False),
            },
            Label,
        )
    except msgspec.ValidationError:
        raise UsageError(
            f"{path.name}, line {number}: page must be a whole number, is_notice and sealed true or"
            " false, all else that names the record text.",
            "Mend that line and run the command again.",
        ) from None


def _objects(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    decoder = msgspec.json.Decoder(dict[str, object])
    number = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, decoder.decode(line)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read.", "Check the path and its permissions."
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UsageError(
            f"{path.name}, line {number}: not a JSON object.",
            "Each line must be one JSON object.",
        ) from None
