"""Text of others in a Markdown document: shown as it is, whatever it holds.

CommonMark lets any ASCII punctuation be escaped with a backslash; so does GitHub's dialect, whose
bare addresses (``www.``, ``https:``, ``@``) are links without brackets.
"""

import re

from sousveil.text.controls import visible

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>&|~$^@#]|:(?=\S)")
_WWW = re.compile(r"(?i)(www)\.")
_OPENING = re.compile(r"^( ?\d{1,9})([.)])(?=\s|$)|^( ?)([-+=])")
_TICKS = re.compile("`+")
_SPACES = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text on one line, each run of white space as one space, control characters made
    visible."""
    return visible(_SPACES.sub(" ", text))


def escaped(text: str) -> str:
    """The text for the inside of a paragraph, item, heading or cell of a table, on one line; not
    for the beginning of a line where it begins with a space."""
    safe = _ACTIVE.sub(r"\\\g<0>", one_line(text))
    safe = _WWW.sub(r"\1\\.", safe)
    return _OPENING.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", safe)


def code_span(text: str) -> str:
    """The text as a code span, in which nothing is markup. Not for the cells of a table."""
    line = one_line(text).strip()
    if not line:
        return ""
    fence = "`" * (max(map(len, _TICKS.findall(line)), default=0) + 1)
    room = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{room}{line}{room}{fence}"
