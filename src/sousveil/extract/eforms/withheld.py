"""Fields whose publication the buyer has put off (BT-195 to BT-198): they are absent.

Where a notice was published, the text of such a field reads ``unpublished`` and a number -1; a copy
from before still has the value beside the mark. Either way the notice does not state it.
"""

from sousveil.extract.eforms.table import EXTENSION, WITHHELD
from sousveil.extract.elements.reader import Reader
from sousveil.text.outline import Element

_PLACES = ("FieldsPrivacy", f"{EXTENSION}/FieldsPrivacy")


def shown(reader: Reader, element: Element | None) -> Element | None:
    """The element itself; None, with a flag, where it is marked as withheld."""
    code = WITHHELD.get(element.name) if element is not None else None
    if element is None or code is None:
        return element
    holder = element.parent
    if holder is not None and holder.name == "LegalMonetaryTotal":
        holder = holder.parent  # the mark stands in the tender
    for privacy in reader.all(holder, *_PLACES):
        if reader.said(reader.first(privacy, "FieldIdentifierCode")) == code:
            reader.flag("field_withheld")
            return None
    return element
