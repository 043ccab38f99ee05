"""Saved queries inside queries: what ``@name`` stands for, each read once, never in a circle."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from sousveil.errors import QueryError
from sousveil.search.query import Node
from sousveil.text.query_names import query_name

MAX_NESTING = 10
"""Saved queries inside saved queries."""


class Saved:
    """The saved queries that one query may refer to. Each is parsed once however often it is
    named, so that queries that name each other twice do not double at every step."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._nodes: dict[str, tuple[Node, int]] = {}
        self._open: list[str] = []

    def node(
        self, written: str, place: int, parse: Callable[[str, "Saved"], tuple[Node, int]]
    ) -> tuple[Node, int]:
        """The tree of a saved query and how many words and filters it has.

        Raises QueryError where there is none of the name, where it leads back to itself, and for
        what cannot be understood in it.
        """
        name = query_name(written) or written
        if name in self._nodes:
            return self._nodes[name]
        text = self._texts.get(name)
        if text is None:
            raise QueryError(
                f"There is no saved query @{name}.", _nearest(name, self._texts), place
            )
        if name in self._open:
            circle = " → ".join(f"@{each}" for each in (*self._open, name))
            raise QueryError(
                f"The saved query @{name} leads back to itself: {circle}.",
                "Change one of them: sousveil query save CASE NAME QUERY --replace",
                place,
            )
        if len(self._open) >= MAX_NESTING:
            raise QueryError(
                f"Saved queries stand more than {MAX_NESTING} deep in each other.",
                "Write some of them out.",
                place,
            )
        self._open.append(name)
        try:
            self._nodes[name] = parse(text, self)
        except QueryError as error:
            at = error.position + 1
            raise QueryError(
                f"In the saved query @{name}, character {at}: {error.message}", error.hint, place
            ) from None
        finally:
            self._open.pop()
        return self._nodes[name]


def _nearest(name: str, texts: Mapping[str, str]) -> str:
    close = get_close_matches(name, texts, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(f'@{each}' for each in close)}?"
    return 'sousveil query list CASE shows them. To search for the words, use quotes: "@…".'
