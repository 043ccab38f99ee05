"""Every error Sousveil raises on purpose, as one tree.

    SousveilError
    ├── UsageError              a path, option or query the person gave cannot be used
    │   ├── QueryError          a search query that does not parse (says where)
    │   ├── ManifestError       a CSV manifest that cannot be read (says which row)
    │   ├── MappingError        a file of mappings/ that cannot be used (says line and key)
    │   ├── DecisionError       decisions that cannot be read (says file and line)
    │   ├── OwnershipError      ownership data that cannot be used (says file and line)
    │   └── ClaimError          a file of claims/ that cannot be used (says line and key)
    ├── DocumentError           one document cannot be read; the run goes on without it
    │   ├── UnreadableError     the bytes cannot be had (permissions, vanished, I/O error)
    │   ├── UnsupportedError    a format that this version does not read
    │   ├── DamagedError        a known format whose content is broken or truncated
    │   │   └── EmptyError      there is nothing in it
    │   ├── EncryptedError      a password is needed
    │   ├── BlockedError        a check or an error stands in the place of the page
    │   └── LimitError          a limit on time, memory, size, depth or count was reached
    ├── CaseError               the case folder cannot be used
    │   ├── NotACaseError       the folder is no case, or its case.toml is missing or broken
    │   ├── NewerCaseError      written by a newer Sousveil
    │   ├── LockedError         another process is writing
    │   ├── LedgerError         a ledger's chain is broken (says file and line)
    │   └── StorageError        the disk is full or refuses to write
    └── EngineError             the worker processes cannot be started or kept alive

``message`` says what was wrong and where; ``hint`` what the person can do. Neither may hold text
taken from a document: error texts are shown and logged, and documents name people.
"""


class SousveilError(Exception):
    """Root of all deliberate errors: ``message`` (what, where) and ``hint`` (what to do)."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type["SousveilError"], tuple[str, str]]:
        return type(self), (self.message, self.hint)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(SousveilError):
    """Something the person gave cannot be used."""

    exit_code = 2


class QueryError(UsageError):
    """A search query that does not parse. ``position`` is the 0-based code point."""

    def __init__(self, message: str, hint: str = "", position: int = 0) -> None:
        super().__init__(message, hint)
        self.position = position

    def __reduce__(self) -> tuple[type["QueryError"], tuple[str, str, int]]:  # type: ignore[override]
        return type(self), (self.message, self.hint, self.position)


class ManifestError(UsageError):
    """A CSV manifest that cannot be read."""


class MappingError(UsageError):
    """A file in the case's ``mappings/`` that cannot be used."""


class DecisionError(UsageError):
    """Decisions of coders, in the case or brought in, that cannot be read."""


class OwnershipError(UsageError):
    """Ownership data, in the case or brought in, that cannot be used."""


class ClaimError(UsageError):
    """A file in the case's ``claims/``, or the checks kept of it, that cannot be used."""


class DocumentError(SousveilError):
    """One document cannot be read. ``reason`` is the word kept in the failure list."""

    reason = "failed"


class UnreadableError(DocumentError):
    """The bytes of a file cannot be had."""

    reason = "unreadable"


class UnsupportedError(DocumentError):
    """A format that this version does not read."""

    reason = "unsupported"


class DamagedError(DocumentError):
    """A known format whose content is broken or truncated."""

    reason = "damaged"


class EmptyError(DamagedError):
    """A document without content."""

    reason = "empty"


class EncryptedError(DocumentError):
    """A document that needs a password."""

    reason = "encrypted"


class BlockedError(DocumentError):
    """A saved page that shows a check of the server (or an error) instead of the record."""

    reason = "blocked"


class LimitError(DocumentError):
    """A limit on time, memory, size, depth or count was reached."""

    reason = "limit"


class CaseError(SousveilError):
    """The case folder cannot be used."""

    exit_code = 3


class NotACaseError(CaseError):
    """The folder is not a case, or its case.toml is missing or broken."""


class NewerCaseError(CaseError):
    """The case was written by a newer Sousveil."""


class LockedError(CaseError):
    """Another process is writing to the case."""

    exit_code = 4


class LedgerError(CaseError):
    """A ledger's hash chain is broken."""

    exit_code = 5


class StorageError(CaseError):
    """The disk is full or refuses to write."""

    exit_code = 6


class EngineError(SousveilError):
    """The worker processes cannot be started or kept alive."""

    exit_code = 7
