"""File names as safe text: undecodable bytes and control characters never reach a screen."""

import os
import re

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def safe_name(name: str) -> str:
    """``name`` as text that can be stored and shown.

    ``name`` is as Python gives it, with surrogates for bytes that are not UTF-8. Such names mostly
    come out of archives made on Chinese systems: they are read as GB 18030 where that gives
    printable text; what is left is written as ``\\xNN``. Control and direction characters too.
    """
    if not _UNSAFE.search(name):
        return name
    if any("\ud800" <= character <= "\udfff" for character in name):
        try:
            decoded = os.fsencode(name).decode("gb18030")
        except (UnicodeDecodeError, UnicodeEncodeError):
            decoded = ""
        if decoded.isprintable() and any("一" <= character <= "鿿" for character in decoded):
            return decoded
    return _UNSAFE.sub(_escaped, name)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
