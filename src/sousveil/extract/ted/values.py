"""Values as TED forms write them: paragraphs, days in parts, attributes that withhold."""

from datetime import date, datetime

from sousveil.extract.elements.reader import Reader
from sousveil.model import Field, Money, MoneyKind
from sousveil.text.outline import Element, Span

_PARAGRAPHS = frozenset({"P", "FT"})


def words(reader: Reader, element: Element | None) -> list[Element]:
    """The elements that hold an element's words: itself, or its paragraphs."""
    if element is None:
        return []
    if reader.said(element):
        return [element]
    return [
        inner
        for child in element.children
        if child.name in _PARAGRAPHS
        for inner in ([child] if reader.said(child) else words(reader, child))
    ]


def text(reader: Reader, element: Element | None, confidence: float = 1.0) -> Field[str] | None:
    """A text field of an element or its paragraphs; the quote covers them all."""
    found = words(reader, element)
    if len(found) < 2:
        return reader.field(found[0] if found else None, confidence)
    evidence = reader.evidence((found[0].start, found[-1].end))
    value = " ".join(reader.said(part) for part in found)
    return Field(value, evidence.quote, evidence, confidence)


def shown(reader: Reader, element: Element | None) -> Element | None:
    """The element itself; None, with a flag, where the sender asks not to publish it."""
    holder = element
    for _ in range(5):
        if holder is None:
            break
        if reader.attribute(holder, "PUBLICATION") == "NO":
            reader.flag("field_withheld")
            return None
        holder = holder.parent
    return element


def money(reader: Reader, element: Element | None, kind: MoneyKind) -> Field[Money] | None:
    """An amount, unless it is withheld."""
    return reader.money(shown(reader, element), kind)


def day(reader: Reader, element: Element | None, confidence: float = 1.0) -> Field[date] | None:
    """A day written as one, or in the parts DAY, MONTH and YEAR (R2.0.8)."""
    parts = _parts(reader, element)
    if parts is None:
        return reader.day(element, confidence)
    when, span = parts
    evidence = reader.evidence(span)
    return Field(when, evidence.quote, evidence, confidence)


def moment(reader: Reader, element: Element | None) -> Field[datetime] | None:
    """A day with the time that stands beside it or inside it."""
    if element is None:
        return None
    parts = _parts(reader, element)
    if parts is None:
        beside = element.name.replace("DATE", "TIME", 1)
        clock = reader.first(element.parent, beside) if beside != element.name else None
        return reader.moment(element, clock)
    when, (start, end) = parts
    clock = reader.first(element, "TIME")
    hour, _, minute = reader.said(clock).replace(".", ":").partition(":")
    timed = hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60
    if clock is not None and timed:
        end = max(end, clock.end)
    evidence = reader.evidence((start, end))
    value = datetime(  # noqa: DTZ001
        when.year, when.month, when.day, int(hour) if timed else 0, int(minute) if timed else 0
    )
    return Field(value, evidence.quote, evidence, 1.0 if timed else 0.6)


def _parts(reader: Reader, element: Element | None) -> tuple[date, Span] | None:
    found = [reader.first(element, name) for name in ("DAY", "MONTH", "YEAR")]
    said = [reader.said(part) for part in found]
    if not all(value.isdecimal() for value in said):
        return None
    try:
        when = date(int(said[2]), int(said[1]), int(said[0]))
    except (ValueError, OverflowError):
        reader.flag("date_unreadable")
        return None
    if not 1980 <= when.year <= 2100:
        reader.flag("date_unreadable")
        return None
    known = [part for part in found if part is not None]
    return when, (min(part.start for part in known), max(part.end for part in known))
