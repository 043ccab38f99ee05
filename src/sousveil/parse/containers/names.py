"""Names of members: decoded, split at either slash, and refused where they lead elsewhere."""

import re
from collections.abc import Sequence

from sousveil.parse.encoding import decode

_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONGEST = 1_000


def member_path(name: str) -> str | None:
    """The label of a member: parts joined by ``/``; None where the name leads out of its container.

    Absolute names, drives and ``..`` lead out. Control characters, which could rewrite a line on a
    terminal, become U+FFFD.
    """
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return None
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".")]
    if not parts or ".." in parts:
        return None
    return _CONTROL.sub("\ufffd", "/".join(parts))[:_LONGEST]


def decoded_names(raw: Sequence[bytes]) -> list[str]:
    """Names of one archive whose encoding it does not state: UTF-8, or the same for all of them.

    Chinese archivers write GBK or Big5 and say nothing. Names are short; together they show
    which it is.
    """
    try:
        return [name.decode("utf-8") for name in raw]
    except UnicodeDecodeError:
        together = decode(b"\n".join(raw)).text.split("\n")
        if len(together) == len(raw):
            return together
        return [decode(name).text for name in raw]


_ENDINGS = {
    "text/html": "html", "text/plain": "txt", "application/pdf": "pdf", "application/rtf": "rtf",
}  # fmt: skip


def part_label(name: str | None, kind: str, number: int) -> str:
    """The label of a part of a mail: its own name where that leads nowhere else, or its number.

    ``kind`` is the part's media type, or the ending of a file (``.pdf``).
    """
    path = member_path(name) if name else None
    ending = kind[1:] if re.fullmatch(r"\.\w{1,8}", kind) else _ENDINGS.get(kind, "bin")
    return path or f"part {number}.{ending}"
