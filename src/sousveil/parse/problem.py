"""A record that cannot be read although the document around it can."""

import msgspec


class RecordProblem(msgspec.Struct, frozen=True):
    """One record of a document that failed; the others are read.

    ``pointer`` is the record's JSON Pointer, or None where the format has none; ``number`` the page
    number the record would have had (from 1). ``reason`` is a word of ``DocumentError.reason``.
    ``message`` and ``hint`` are for people and hold no text of the document.
    """

    pointer: str | None
    number: int
    reason: str
    message: str
    hint: str = ""
