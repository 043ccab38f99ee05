"""Removes what no page text may hold: control characters, lone surrogates, foreign line ends."""

import re

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029\x85]")


def printable(text: str) -> str:
    """``text`` with every line end as ``\\n`` and without control characters other than tab."""
    if not _UNWANTED.search(text):
        return text
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
