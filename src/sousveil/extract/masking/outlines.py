"""Find personal details in the outline of an XML record: the keys of JSON, as elements.

Elements decide first (Contact/Name, Telephone, ATTENTION), as keys do in a record; the prose of all
others is searched together. Whole persons are elements too: beneficial owners, and organisations
that the record calls a natural person.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sousveil.extract.masking.finder import without_overlap
from sousveil.extract.masking.record_text import Text
from sousveil.extract.masking.records import Found, Frame, Scan
from sousveil.text.outline import Element, read

_KEYS = {
    "Name": "name",
    "OFFICIALNAME": "name",
    "StreetName": "streetAddress",
    "ADDRESS": "streetAddress",
}
_FRAMES = {"TouchPoint": "contactPoint", "PostalAddress": "address"}
_ORGANISATIONS = frozenset({"OFFICIALNAME", "RegistrationName", "AA_NAME", "Department"})
_EAST = re.compile("[぀-ヿ㐀-鿿가-힣]")
_WORDS_OF = frozenset({"P", "FT"})
"""Elements that only hold the words of the one around them."""

_CODES = re.compile(
    r"(?:ID|Identifier|Code|Date|Time|Amount|Numeric|Indicator|URI|Measure|Percent|Zone|Quantity)$"
    r"|^(?:URL|URI|DATE|DS_DATE|DT_DATE|TIME|VAL|NB|NO_DOC)(?:_|$)|(?:_NUMBER|_NO|_OJ|_CODE|ID)$"
)
"""Elements whose values are numbers, codes, dates or addresses of pages: never prose."""

_HOME = frozenset({"ResidenceAddress"})
_HOME_KEPT = frozenset({"CountrySubentityCode", "IdentificationCode"})
_LEGAL_FORM = re.compile(
    r"(?<!\w)(?:Ltd|Limited|LLC|LLP|Plc|GmbH|gGmbH|mbH|AG|KG|OHG|UG|SE|SA|SAS|SARL|EURL|SL|SLU|SRL"
    r"|SpA|BV|NV|BVBA|Oy|Oyj|AB|A/S|ApS|ASA|Lda|Inc|Corp|Kft|Zrt|Nyrt|OÜ|UAB|SIA|d\.?o\.?o|s\.?r\.?o"
    r"|a\.s|S\.A\.?(?:S\.?)?|S\.L\.?(?:U\.?)?|S\.?p\.?A|S\.?r\.?l|S\.?à ?r\.?l|B\.V|N\.V"
    r"|[Ss]p\. ?z ?o\.? ?o|E?ООД|Е?АД|ООО|[ΑA]\.?[ΕE]|[ΕE]\.?[ΠP]\.?[ΕE])(?!\w)",
)
"""Forms that no natural person has, whatever a record says of one that bears it."""


def find_in_outline(text: str) -> Found:
    """Personal details in an outline as (kind, start, end), in order, none overlapping."""
    root = read(text)
    scan = Scan(text)
    if root is None:
        raise ValueError("not an outline")
    organisations = _organisations(root, text)
    _walk(root, text, scan, organisations)
    # A name that is part of an organisation's, or one word (Info), is looked for nowhere else.
    parts = {run for words in organisations for run in _runs(words)}
    scan.known = {
        name
        for name in scan.known
        if (words := _words(name)) not in parts and (len(words) > 1 or _EAST.search(name))
    }
    scan.read_prose()
    return without_overlap(scan.found)


def _organisations(root: Element, text: str) -> frozenset[tuple[str, ...]]:
    """The words of every name that the record gives to an organisation or a part of one."""
    return frozenset(
        _words(text[element.start : element.end])
        for element in root.each()
        if element.end > element.start and _names_organisation(element)
    )


def _names_organisation(element: Element) -> bool:
    if element.name in _ORGANISATIONS:
        return True
    party = element.parent if element.name == "Name" else None
    holder = party.parent if party is not None and party.name == "PartyName" else None
    return holder is not None and holder.name != "TouchPoint"


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.casefold().split())


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Up to five words that follow each other in a name."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + 5, len(words)) + 1):
            yield words[start:end]


def _walk(root: Element, text: str, scan: Scan, organisations: frozenset[tuple[str, ...]]) -> None:
    """Every element in the order of the text, with the frames of those around it."""
    waiting: list[Element | None] = [root]
    while waiting:
        element = waiting.pop()
        if element is None:
            scan.close(scan.stack.pop())
            continue
        _element(element, text, scan, organisations)
        if element.children:
            parent = scan.stack[-1].key
            key = "contactPoint" if parent == "contactPoint" else element.name
            frame = _FRAMES.get(element.name, key)
            scan.stack.append(Frame(frame, names=[], streets=[], ids=[]))
            waiting.append(None)
            waiting.extend(reversed(element.children))


def _element(
    element: Element, text: str, scan: Scan, organisations: frozenset[tuple[str, ...]]
) -> None:
    if element.name == "NaturalPersonIndicator" and _says(element, text) == "true":
        _natural(element, text, scan)
    for name, (start, end) in (element.long or {}).items():
        scan.value(name, Text(start, text[start:end], None))
    if element.start == element.end:
        return
    value = Text(element.start, text[element.start : element.end], None)
    named = element
    while named.name in _WORDS_OF and named.parent is not None:
        named = named.parent
    if _in_home(element):
        if element.name not in _HOME_KEPT:
            scan.add("address", value, 0, len(value.value))
    elif _is_code(named.name) and "@" not in value.value:
        return
    elif _words(value.value) in organisations:  # buyers give their own name as the contact
        scan.prose.append(value)
    else:
        scan.value(_KEYS.get(named.name, named.name), value)


@lru_cache(maxsize=4096)
def _is_code(name: str) -> bool:
    return _CODES.search(name) is not None


def _says(element: Element, text: str) -> str:
    return text[element.start : element.end].strip().lower()


def _in_home(element: Element) -> bool:
    parent = element.parent
    return parent is not None and (
        parent.name in _HOME or (parent.parent is not None and parent.parent.name in _HOME)
    )


def _natural(indicator: Element, text: str, scan: Scan) -> None:
    """Mask name, number and address of the organisation that is called a natural person."""
    organisation = indicator.parent
    inside = list(organisation.each()) if organisation is not None else []
    names = [e for e in inside if e.name == "Name" and e.parent and e.parent.name == "PartyName"]
    own = [e for e in names if e.parent and e.parent.parent and e.parent.parent.name == "Company"]
    if any(_LEGAL_FORM.search(text[name.start : name.end]) for name in own):
        return
    for element in inside:
        value = Text(element.start, text[element.start : element.end], None)
        if element in own or element.name in ("CompanyID", *_STREETS):
            kind = "person" if element in own else _STREETS.get(element.name, "id_number")
            if value.value:
                scan.add(kind, value, 0, len(value.value))  # type: ignore[arg-type]


_STREETS = {"StreetName": "address", "AdditionalStreetName": "address", "Line": "address"}
