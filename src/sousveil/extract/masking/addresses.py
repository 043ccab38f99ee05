"""Find persons, numbers and mail in the parts of web addresses: ?name=张三&tel=138…, encoded too.

Numbers in addresses are mostly those of pages, and words those of files: only what is a name by
itself counts, or what stands under a key that asks for a person's details.
"""

import re
from urllib.parse import unquote

from sousveil.extract.masking.names import likely_name
from sousveil.model.document import MaskKind

_ADDRESS = re.compile(r"https?:(?:\\?/){2}[^\s\"'<>〔〕{}|^`]{4,2000}")
_PIECE = re.compile(r"[?&;#/](?:(?P<key>[\w.\-]{1,30})=)?(?P<value>[^?&;#/=\\]{2,120})")
_KEYS: tuple[tuple[MaskKind, re.Pattern[str]], ...] = (
    (
        "phone",
        re.compile(
            r"(?i)(?:tel|phone|mobile|fax|sj|sjh|dh|lxdh|lxfs|dianhua|shouji)(?:no|num|number)?"
        ),
    ),
    (
        "person",
        re.compile(
            r"(?i)(?:contact|person|real|full|first|last|given|family)[_-]?name|contact(?:person)?|linkman"
            r"|lxr|lianxiren|xm|xingming|surname"
        ),
    ),
    ("id_number", re.compile(r"(?i)sfz|sfzh|idcard|id_?no|passport")),
)
_DIGITS = re.compile(r"\d(?:[\d\s()+-]*\d)?")
_FEWEST = 6
_MAIL = re.compile(r"[^\s@]+@[\w-]+(?:\.[\w-]+)+")


def in_addresses(text: str) -> list[tuple[MaskKind, int, int]]:
    """Personal parts of addresses in ``text``, as (kind, start, end); values only, keys stay."""
    if "://" not in text and ":\\/" not in text:
        return []
    found: list[tuple[MaskKind, int, int]] = []
    for address in _ADDRESS.finditer(text):
        for piece in _PIECE.finditer(text, *address.span()):
            kind = _kind(piece["key"] or "", piece["value"])
            if kind is not None:
                found.append((kind, *piece.span("value")))
    return found


def _kind(key: str, value: str) -> MaskKind | None:
    plain = unquote(value.replace("+", " "), errors="replace").strip()
    if _MAIL.fullmatch(plain):
        return "email"
    if likely_name(plain):
        return "person"
    asked = next((kind for kind, words in _KEYS if words.fullmatch(key)), None)
    if asked == "person":
        return asked if any(char.isalpha() for char in plain) else None
    digits = sum(char.isdigit() for char in plain)
    return asked if digits >= _FEWEST and _DIGITS.fullmatch(plain.lstrip("+(")) else None
