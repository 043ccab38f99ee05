"""How a browser is led in without the token among what it is started with.

Everybody on a machine can read the arguments of its processes. So a browser is given a file that
only the user can read, in the case's private/ folder, whose page leads to the address.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from sousveil.case.atomic import storage_errors
from sousveil.case.folder import Case
from sousveil.web.door import Door


@contextmanager
def way_in(case: Case, door: Door) -> Iterator[Path]:
    """The page that leads to a door's address, there until the end. Raises StorageError."""
    page = case.root.resolve() / "private" / f"enter-{door.port}.html"
    address = escape(door.address)
    with storage_errors(page):
        page.unlink(missing_ok=True)  # of a room that was killed
        with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(
                "<!doctype html><html lang=en><meta charset=utf-8><title>Sousveil</title>"
                f'<meta http-equiv=refresh content="0;url={address}">'
                f'<p><a href="{address}">Sousveil</a></html>\n'
            )
    try:
        yield page
    finally:
        page.unlink(missing_ok=True)
