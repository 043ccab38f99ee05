"""Characters that steer a screen instead of standing on it, made visible."""

import re

from sousveil.text.normalise import INVISIBLE

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What would move the cursor, colour, ring, or turn text round: documents may not."""


def visible(text: str) -> str:
    """Words of a document with each control character but the line end as the replacement sign."""
    return _CONTROL.sub("\ufffd", text)


def shown_name(name: str) -> str:
    """A name as it is shown, listed and exported: without signs that nobody sees, which turn the
    words behind them round, or make two names of one. What the document says stays in its quote."""
    return name if name.isascii() else INVISIBLE.sub("", name)


_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in any form (https://www.w3.org/TR/xml/#charsets)."""


def for_xml(text: str) -> str:
    """Text that may stand in XML once it is escaped, what may not as the replacement sign."""
    return _NO_XML.sub("\ufffd", text)


def drawable(words: str) -> str:
    """Words of a document as they may stand in a picture."""
    return for_xml(visible(words))


def on_page(value: object) -> object:
    """A value as it is written into a page: a text made visible, with spaces for tabs, which stand
    between the cells of rows; anything else as it is."""
    return visible(value.replace("\t", " ")) if type(value) is str else value
