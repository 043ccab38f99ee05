"""A notice half read: its source, its shape, its title and type; what the field pickers share."""

import msgspec

from sousveil.extract.chinese.layout import Layout, Pair
from sousveil.extract.chinese.source import Source
from sousveil.extract.chinese.tables import Record
from sousveil.model import Field, Money, NoticeType


class Reading(msgspec.Struct, gc=False):
    """What the pickers read. ``by_field`` holds the pairs of each field in their order."""

    source: Source
    layout: Layout
    records: list[Record]
    by_field: dict[str, list[Pair]]
    title: Field[str] | None
    type: NoticeType
    type_raw: str | None
    title_span: tuple[int, int] = (0, 0)
    conversions: list[tuple[Field[Money], Field[Money]]] = msgspec.field(default_factory=list)
    """Amounts with the same sum in another currency, as the notice itself states it."""
    flags: set[str] = msgspec.field(default_factory=set)
    currency: str = "CNY"
    """What 元 means in this notice: CNY, TWD or HKD."""

    def pairs(self, *fields: str) -> list[Pair]:
        """Pairs of some fields that state a value, in the order they stand."""
        found = [
            pair for name in fields for pair in self.by_field.get(name, ()) if pair.end > pair.start
        ]
        if len(fields) > 1:
            found.sort(key=lambda pair: pair.start)
        return found


def group(pairs: list[Pair]) -> dict[str, list[Pair]]:
    """Pairs by their field."""
    grouped: dict[str, list[Pair]] = {}
    for pair in pairs:
        grouped.setdefault(pair.field, []).append(pair)
    return grouped
