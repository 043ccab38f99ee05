"""The names that saved queries go by: the same in a query (``@name``) and as a file's name."""

import re
from unicodedata import normalize

NAME = re.compile(r"[^\W_][\w-]{0,63}")
"""Letters of any script, digits, - and _; the first a letter or digit."""


def query_name(text: str) -> str | None:
    """The form a name is kept and looked up in (NFC, lower case); None where it is none."""
    name = normalize("NFC", normalize("NFC", text).lower())
    return name if NAME.fullmatch(name) else None
