"""A page's text as a person reads it: the values of a JSON or XML record without its structure."""

import msgspec

from sousveil.text.outline import values


def readable(text: str, obtained: str) -> str:
    """The words to search and to show. Keys of a record are no words of it: everybody's record
    has a ``tender``."""
    if obtained == "elements":
        return "\n".join(values(text))
    if obtained != "record":
        return text
    words: list[str] = []
    try:
        _gather(msgspec.json.decode(text), words)
    except (msgspec.DecodeError, RecursionError):
        return text
    return "\n".join(words)


def _gather(item: object, words: list[str]) -> None:
    """Append the values in the order of the record. Every notice comes by: strings go first."""
    if isinstance(item, str):
        words.append(item)
    elif isinstance(item, dict):
        for value in item.values():
            _gather(value, words)
    elif isinstance(item, list):
        for value in item:
            _gather(value, words)
    elif item is not None and not isinstance(item, bool):
        words.append(str(item))
