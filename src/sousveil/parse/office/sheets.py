"""Spreadsheets (XLSX, XLSB, XLS, ODS): the values last saved, one record a row.

Formulas are never evaluated: what a cell showed when it was saved is what is read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from sousveil.errors import DamagedError, EncryptedError, LimitError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.content import Content
from sousveil.parse.office.package import Package
from sousveil.parse.rows import MOST_ROWS, pages_of_rows

VERSION = 1
_AGAIN = "Open it, save it anew, and add that."


def parse_sheets(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    """Yield the records of every sheet. Raises DamagedError, EncryptedError or LimitError."""
    data = content.whole()
    if data[:2] == b"PK":
        Package(content)  # its limits
    with _failures():
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        number = 1
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS:
                raise LimitError(f"A sheet has more than {MOST_ROWS:,} rows.", "Split it.")
            rows = ([_shown(value) for value in row] for row in sheet.iter_rows())
            pointer = "/" + name.replace("~", "~0").replace("/", "~1")
            for page in pages_of_rows(rows, document, media_type, number, pointer):
                yield page
                number = page.number + 1


@contextmanager
def _failures() -> Iterator[None]:
    """What the library raises, in words. It is written in Rust, whose panics are no Exception."""
    try:
        yield
    except PasswordError:
        raise EncryptedError("The workbook needs a password.", "Save a copy without it.") from None
    except (CalamineError, OSError, ValueError):
        raise DamagedError("The workbook is broken or cut off.", _AGAIN) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedError("The workbook is broken or cut off.", _AGAIN) from None


def _shown(value: object) -> str:
    """A value as a person would write it down: no .0 behind whole numbers, ISO 8601 dates."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta | bool | int | float):
        return str(value)
    return printable(str(value))
