"""The state of a search as its address says it, and the addresses of other states."""

from itertools import islice
from typing import get_args
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from sousveil.errors import UsageError
from sousveil.pipeline.browsing import MOST_PAGES, Asked
from sousveil.search import Order, Query
from sousveil.search.facets import BY_FACET, FACETS, Chosen, filter_of

EXCLUDE = "not_"
"""What stands before a facet's name where its value is excluded."""
ORDERS: tuple[Order, ...] = get_args(Order)
_MOST_CHOSEN = 100
_OWN = frozenset({"q", "order", "page", "lang"})
_MOST_PASSED_OVER = 10


class State(msgspec.Struct, frozen=True):
    """A search: words, (parameter, value) of each choice in the order made, order, page."""

    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    order: Order = "relevance"
    page: int = 1

    def asked(self) -> Asked:
        """The search to make."""
        found = []
        for facet in FACETS:
            included = tuple(v for name, v in self.choices if name == facet.name)
            excluded = tuple(v for name, v in self.choices if name == EXCLUDE + facet.name)
            if included or excluded:
                found.append(Chosen(facet, included, excluded))
        return Asked(self.text, tuple(found), self.order, self.page)

    def fields(self, *, with_text: bool = True) -> list[tuple[str, str]]:
        """What a form must carry on: all but the page."""
        kept = [("q", self.text)] if self.text and with_text else []
        if self.order != "relevance":
            kept.append(("order", self.order))
        return [*kept, *self.choices]

    def address(self, path: str = "/search") -> str:
        """Where this state is found, or what another page shows of it."""
        fields = self.fields()
        if self.page > 1:
            fields.append(("page", str(self.page)))
        return path + (f"?{urlencode(fields)}" if fields else "")

    def narrowed(self, *choices: tuple[str, str]) -> "State":
        """The first page of what has these values, too: (facet, value). Where the state names
        values of the facet already, any of which do, the new one is written into the words."""
        found = self
        for name, value in choices:
            named = [each for each in found.choices if each[0] == name]
            if named == [(name, value)]:
                continue
            if named:
                found = found.also(str(Query(filter_of(BY_FACET[name], value))))
            else:
                found = msgspec.structs.replace(found, choices=(*found.choices, (name, value)))
        return msgspec.structs.replace(found, page=1)

    def also(self, words: str) -> "State":
        """The first page of what the words find, too."""
        text = f"({self.text}) {words}" if self.text else words
        return msgspec.structs.replace(self, text=text, page=1)

    def without(self, choice: tuple[str, str]) -> "State":
        """The first page without one choice."""
        left = tuple(each for each in self.choices if each != choice)
        return msgspec.structs.replace(self, choices=left, page=1)

    def cleared(self) -> "State":
        """The first page without any choice."""
        return msgspec.structs.replace(self, choices=(), page=1)

    def ordered(self, order: Order) -> "State":
        """The first page in another order."""
        return msgspec.structs.replace(self, order=order, page=1)

    def turned(self, page: int) -> "State":
        """Another page."""
        return msgspec.structs.replace(self, page=page)


def read_state(text: str, order: Order, page: int, params: QueryParams) -> State:
    """The state of an address; parameters that are no facet's are passed over (``passed_over``).

    Raises UsageError where too much was chosen.
    """
    choices = tuple(
        dict.fromkeys(
            (name, value) for name, value in params.multi_items() if _is_facet(name) and value
        )
    )
    if len(choices) > _MOST_CHOSEN:
        raise UsageError(
            f"More than {_MOST_CHOSEN} values were chosen.", "Write them into the query instead."
        )
    return State(text, choices, order, min(page, MOST_PAGES))


def passed_over(params: QueryParams) -> list[str]:
    """The first names in an address that a search knows nothing of: typed wrongly, as a rule."""
    unknown = (name for name in params if name not in _OWN and not _is_facet(name))
    return list(islice(unknown, _MOST_PASSED_OVER))


def _is_facet(parameter: str) -> bool:
    return parameter.removeprefix(EXCLUDE) in BY_FACET
