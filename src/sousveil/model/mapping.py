"""How the rows of a table are to be read: which column means which field."""

import hashlib

import msgspec


class Column(msgspec.Struct, frozen=True):
    """What a column means: a field of a notice, and for amounts unit (万元) and currency."""

    field: str
    unit: str = ""
    currency: str = ""


class TableMapping(msgspec.Struct, frozen=True):
    """What a person says of a table. It replaces the guess as a whole.

    ``columns`` by heading; of several for one field the first with a value is taken. It is for
    tables that have all of ``headings``. Without ``notices`` no row is one. ``notice_type``,
    ``currency`` (ISO 4217) and ``country`` (ISO 3166-1 alpha-2) hold for rows that state none.
    ``origin`` says where it is written.
    """

    columns: dict[str, Column]
    headings: tuple[str, ...] = ()
    notices: bool = True
    notice_type: str = ""
    currency: str = ""
    country: str = ""
    origin: str = ""

    @property
    def digest(self) -> str:
        """Changes when rows may be read otherwise: not with where it is written."""
        said = msgspec.structs.replace(self, origin="", headings=())
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]


class Sheet(msgspec.Struct, frozen=True):
    """A table of rows as it was found and read.

    ``pointer`` leads to it in its document (``/<sheet>``; empty for a CSV file); ``page`` is its
    first record's page. ``columns`` is what each heading meant; ``mapping`` the digest of the
    mapping that said so, empty for a guess.
    """

    document_sha256: str
    page: int
    pointer: str
    headings: tuple[str, ...]
    rows: int
    notices: int = 0
    columns: dict[str, Column] = {}
    mapping: str = ""
