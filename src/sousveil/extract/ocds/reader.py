"""Read typed values with evidence from the tree of one record.

Nothing here raises on odd input: what has the wrong type is skipped and named in ``flags``.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from sousveil.extract.record_scan import Leaf, Members, Node, unescape
from sousveil.extract.stated import TOO_MUCH, is_masked, says_nothing
from sousveil.model import Evidence, Field, Page

EXTRACTOR_NAME = "ocds"
EXTRACTOR_VERSION = "2"

_MOMENT = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d):(\d\d)|T?\b)")
_DECIMAL = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_YEARS = range(1980, 2101)


class Reader:
    """One record page while it is read: makes fields of leaves and collects flags."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self._extractor = f"{EXTRACTOR_NAME}/{EXTRACTOR_VERSION}"
        self._flags: dict[str, None] = {}
        self.currencies: dict[int, Leaf] = {}
        """Where the currency of an amount is written, by the start of the amount's evidence."""
        self.only_currency: str | None = None
        """The one currency the record names anywhere, "" where not just one; None: not looked."""

    @property
    def flags(self) -> tuple[str, ...]:
        """Codes of what a person should look at, in the order met."""
        return tuple(self._flags)

    def flag(self, code: str) -> None:
        """Note that a person should look at this record."""
        self._flags[code] = None

    def inner(self, leaf: Leaf) -> Leaf:
        """The span of what a leaf says: without the quotation marks of a string."""
        start, end = leaf
        return (start + 1, end - 1) if self.text[start] == '"' else leaf

    def is_null(self, node: Node) -> bool:
        """Whether a node is the literal null."""
        return isinstance(node, tuple) and self.text[node[0]] == "n"

    def plain(self, node: Node | None) -> str | None:
        """The text of a string or number, white space squeezed; None if it says nothing."""
        if not isinstance(node, tuple):
            return None
        start, end = node
        first = self.text[start]
        if first == '"':
            content = self.text[start + 1 : end - 1]
            if "\\" in content:
                content = unescape(content).replace("\0", "")
            value = " ".join(content.split())
            if says_nothing(value):
                return None
            return value
        if first in "tfnNI" or self.text.startswith("-I", start):  # null, NaN, -Infinity
            return None
        return self.text[start:end]

    def word(self, node: Node | None) -> str:
        """A code of a codelist in lower case, ``""`` where there is none."""
        return (self.plain(node) or "").casefold()

    def evidence(self, leaf: Leaf) -> Evidence:
        """Evidence for what a leaf says, as written, escapes and all."""
        start, end = self.inner(leaf)
        page = self.page
        return Evidence(
            page.document_sha256, page.number, start, end, self.text[start:end], self._extractor
        )

    def field(self, node: Node | None, confidence: float = 1.0) -> Field[str] | None:
        """A text field; None where the node says nothing or only what was masked."""
        value = self.plain(node)
        if value is None or not isinstance(node, tuple):
            if isinstance(node, dict | list) and node:
                self.flag("text_unreadable")
            return None
        if is_masked(value):
            self.flag("value_masked")
            return None
        evidence = self.evidence(node)
        return Field(value, evidence.quote, evidence, confidence)

    def member(self, parent: Node | None, *names: str) -> Node | None:
        """The node under a path of names; None where any step is missing or no object."""
        for name in names:
            if not isinstance(parent, dict):
                return None
            parent = parent.get(name)
        return parent

    def object(self, parent: Node | None, *names: str) -> Members:
        """The object under a path of names; {} where there is none."""
        node = parent
        for name in names:
            node = node.get(name) if isinstance(node, dict) else None
        if isinstance(node, dict):
            return node
        if node is not None and node != [] and not self.is_null(node):
            if isinstance(node, list) and len(node) == 1 and isinstance(node[0], dict):
                return node[0]
            self.flag("structure_unreadable")
        return {}

    def objects(self, parent: Node | None, name: str) -> list[Members]:
        """The objects of the array that is a member; a lone object is an array of one."""
        node = parent.get(name) if isinstance(parent, dict) else None
        if node is None:
            return []
        if isinstance(node, list):
            found = [item for item in node if isinstance(item, dict) and item]
            if len(found) != len(node) and any(
                not isinstance(item, dict) and not self.is_null(item) for item in node
            ):
                self.flag("structure_unreadable")
            return found
        if isinstance(node, dict):
            return [node] if node else []
        if not self.is_null(node) and self.plain(node) is not None:
            self.flag("structure_unreadable")
        return []

    def nodes(self, start: Node | None, path: str) -> list[Node]:
        """What stands at a path of names under an object (``awards/value``): of arrays, that of
        each element; ``title_*`` are all members whose names begin so."""
        found = [] if start is None else [start]
        for name in path.split("/"):
            holders = [
                each
                for node in found
                for each in (node if isinstance(node, list) else [node])
                if isinstance(each, dict)
            ]
            if name.endswith("*"):
                begun = name[:-1]
                found = [h[key] for h in holders for key in h if key.startswith(begun)]
            else:
                found = [holder[name] for holder in holders if name in holder]
        return found

    def leaves(self, node: Node | None) -> Iterator[Leaf]:
        """The scalars of an array, or the scalar itself."""
        if isinstance(node, tuple):
            yield node
        elif isinstance(node, list):
            yield from (item for item in node if isinstance(item, tuple))

    def number(self, node: Node | None) -> Decimal | None:
        """An amount of money: a JSON number, or a string of nothing but a number.

        None, with a flag, for what cannot be one; None without one where nothing was said. Nought
        is how portals write that nothing was said.
        """
        value = self.plain(node)
        if value is None:
            if node is not None and not isinstance(node, tuple):
                self.flag("amount_unreadable")
            return None
        amount = None
        if _DECIMAL.fullmatch(value):
            try:
                amount = Decimal(value.replace(",", ""))
            except InvalidOperation:
                amount = None
        if amount is None or amount < 0 or amount >= TOO_MUCH:
            self.flag("amount_unreadable")
            return None
        return amount if amount else None

    def moment(self, node: Node | None) -> Field[datetime] | None:
        """An ISO 8601 moment as the clock on the wall shows it: the zone is left off.

        A bare day is midnight with less confidence.
        """
        value = self.plain(node)
        if value is None or not isinstance(node, tuple):
            return None
        match = _MOMENT.match(value)
        try:
            if match is None or int(match[1]) not in _YEARS:
                raise ValueError
            hour, minute = int(match[4] or 0), int(match[5] or 0)
            moment = datetime(int(match[1]), int(match[2]), int(match[3]), hour, minute)  # noqa: DTZ001
        except ValueError:
            self.flag("date_unreadable")
            return None
        evidence = self.evidence(node)
        return Field(moment, evidence.quote, evidence, 1.0 if match[4] else 0.6)

    def day(self, node: Node | None, confidence: float = 1.0) -> Field[date] | None:
        """The day of an ISO 8601 date or moment, as written."""
        moment = self.moment(node)
        if moment is None:
            return None
        return Field(moment.value.date(), moment.raw, moment.evidence, confidence)
