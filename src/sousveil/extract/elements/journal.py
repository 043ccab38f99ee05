"""Numbers of notices in the Official Journal, in one form for all the ways they are written.

2011 wrote ``2011/S 1-000181``, 2019 ``2019/S 001-000001``; the same notice is ``000001-2019`` where
the issue is left out (DOC_ID of TED, ``ojs-notice-id`` of eForms, there with up to eight digits).
"""

import re

from sousveil.extract.elements.reader import Reader
from sousveil.model import Field
from sousveil.text.outline import Element

_WITH_ISSUE = re.compile(r"(\d{4})\s*/\s*S\s*(\d{1,3})\s*-\s*(\d{1,8})", re.IGNORECASE)
_WITHOUT_ISSUE = re.compile(r"(\d{1,8})-(\d{4})")


def journal_number(written: str) -> str | None:
    """The number in its usual form; None where it is none."""
    match = _WITH_ISSUE.fullmatch(written.strip())
    if match is not None:
        return f"{match[1]}/S {int(match[2]):03d}-{int(match[3]):06d}"
    match = _WITHOUT_ISSUE.fullmatch(written.strip())
    return f"{int(match[1]):06d}-{match[2]}" if match is not None else None


def reference(reader: Reader, element: Element) -> Field[str] | None:
    """A number that a notice names: one of the Journal in its usual form, any other as written."""
    known = journal_number(reader.said(element))
    if known is not None:
        return reader.coded(known, (element.start, element.end))
    return reader.field(element)


def each_once(found: list[Field[str] | None]) -> tuple[Field[str], ...]:
    """References without those that were named before."""
    kept: dict[str, Field[str]] = {}
    for field in found:
        if field is not None:
            kept.setdefault(field.value, field)
    return tuple(kept.values())
