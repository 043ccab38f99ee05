"""File names as safe text: undecodable bytes and control characters never reach a screen."""

import hashlib
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


_MOST_PARTS = 12
_MOST_BYTES = 200
_MOST_ENDING = 12


def harmless_path(path: str) -> str:
    """A path that somebody sent as one that can be made below a folder and never leaves it.

    What leads upward or to a root is left out, control characters are written as ``safe_name``
    writes them; an overlong part is cut, with digits of its hash for what it loses and its ending
    kept, and of a very deep path the last parts stay.
    """
    parts = [safe_name(part) for part in re.split(r"[/\\]", path)]
    kept = [_cut(part) for part in parts if part.strip(" .")]
    return "/".join(kept[-_MOST_PARTS:]) or "file"


def _cut(part: str) -> str:
    raw = part.encode()
    if len(raw) <= _MOST_BYTES:
        return part
    _, dot, ending = part.rpartition(".")
    ending = f"~{hashlib.sha256(raw).hexdigest()[:8]}" + (
        f".{ending}" if dot and ending.isascii() and len(ending) <= _MOST_ENDING else ""
    )
    return raw[: _MOST_BYTES - len(ending)].decode(errors="ignore") + ending
