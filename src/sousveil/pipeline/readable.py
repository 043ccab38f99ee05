"""A page's text as a person reads it: the values of a JSON record instead of its raw slice."""

from collections.abc import Iterator

import msgspec


def readable(text: str, obtained: str) -> str:
    """The words to search and to show. Keys of a record are no words of it: everybody's record
    has a ``tender``."""
    if obtained != "record":
        return text
    try:
        record = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text
    return "\n".join(_values(record))


def _values(record: object) -> Iterator[str]:
    waiting = [record]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(reversed(item.values()))
        elif isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, str):
            yield item
        elif item is not None and not isinstance(item, bool):
            yield str(item)
