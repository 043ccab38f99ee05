"""Reading an index: which notices answer a query, in what order, and how many."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

import msgspec
import tantivy

from sousveil.errors import CaseError, QueryError, UsageError
from sousveil.search.compile import compile_query, has_score
from sousveil.search.query import Query
from sousveil.search.schema import (
    COUNTED,
    ID,
    ID_HIGH,
    ID_LOW,
    ORDERS,
    SCHEMA_VERSION,
    SHOWN,
    SUPPLIERS,
    WEIGHT,
)

Order = Literal["relevance", "published", "amount_usd"]

STAMP = "sousveil-index.json"
_REBUILD = "Run sousveil rebuild: it makes the index anew."
_SPARE = 32  # hits read beyond those asked for, to see where a tie ends


class Hit(msgspec.Struct, frozen=True):
    """A notice found. ``score`` is 0 where the order is not by relevance."""

    notice_id: str
    score: float


class Hits(msgspec.Struct, frozen=True):
    """``total``: how many notices match; ``hits``: those asked for, in order."""

    total: int
    hits: tuple[Hit, ...]


@contextmanager
def _writable(folder: Path) -> Iterator[Path]:
    """The folder; where nothing can be written in it (a case on a disk that is read only, or of
    somebody else), one of links to its files: tantivy takes a lock to open an index. What was
    opened stays so when the links are gone."""
    if os.access(folder, os.W_OK):
        yield folder
        return
    with TemporaryDirectory(prefix="sousveil-index-") as links:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (Path(links) / file.name).symlink_to(file.resolve())
        yield Path(links)


class Index:
    """An index folder as it is now; a folder put in its place later is not seen.

    Raises CaseError where there is none, or one of another version.
    """

    def __init__(self, folder: Path) -> None:
        check_stamp(folder)
        try:
            with _writable(folder) as opened:
                index = tantivy.Index.open(str(opened))
                index.config_reader("manual")
                self._searcher = index.searcher()
        except (OSError, ValueError) as error:
            raise CaseError(f"The search index in {folder} is damaged.", _REBUILD) from error
        self._schema = index.schema

    def __len__(self) -> int:
        """How many notices it holds."""
        return int(self._searcher.num_docs)

    def search(
        self, query: Query, *, limit: int = 20, offset: int = 0, order: Order = "relevance"
    ) -> Hits:
        """The hits from ``offset`` on, at most ``limit``, and how many there are in all.

        ``relevance``: BM25 of the words, words in titles more, the later of equals first; a query
        of filters, single characters and beginnings of words (word*) alone comes latest first.
        ``published``: latest first, undated last. ``amount_usd``: largest first, unknown last.
        Ties by notice id, so the order is always the same.
        """
        if limit < 0 or offset < 0 or order not in get_args(Order):
            raise UsageError(
                "limit and offset cannot be negative, and order is one of "
                f"{', '.join(get_args(Order))}."
            )
        if limit == 0:
            return Hits(self.count(query), ())
        if order == "relevance" and has_score(query):
            return self._by_relevance(query, limit, offset)
        return self._by_column(query, limit, offset, ORDERS.get(order, ORDERS["published"]))

    def ids(self, query: Query) -> list[str]:
        """Ids of all notices that match, sorted."""
        if not len(self):
            return []
        compiled = compile_query(query, self._schema, scored=False)
        found = self._search(compiled, len(self), count=False)
        return sorted(self._ids([address for _, address in found.hits]))

    def count(self, query: Query) -> int:
        """How many notices match."""
        compiled = compile_query(query, self._schema, scored=False)
        return _total(self._search(compiled, 1))

    def term_counts(self, query: Query) -> dict[str, int]:
        """How many matching notices have each term of the facets (``facets.counts_by_facet``)."""
        compiled = compile_query(query, self._schema, scored=False)
        with _too_wide():
            return dict(self._searcher.terms_with_prefix(COUNTED, "", compiled))

    def supplier_counts(self, query: Query, most: int) -> list[tuple[str, int]]:
        """The suppliers, by key, of the most matching notices, and of how many; most first."""
        compiled = compile_query(query, self._schema, scored=False)
        asked = {"suppliers": {"terms": {"field": SUPPLIERS, "size": most}}}
        with _too_wide():
            found = self._searcher.aggregate(compiled, asked)
        return [(b["key"], b["doc_count"]) for b in found["suppliers"]["buckets"]]

    def shown(self, notice_ids: Iterable[str]) -> list[bytes]:
        """What was kept of each of these notices to be shown, in their order; those that the index
        does not have are passed over."""
        found = []
        for notice_id in notice_ids:
            one = tantivy.Query.term_query(self._schema, ID, notice_id, "basic")
            for _, address in self._searcher.search(one, 1, count=False).hits:
                found.append(bytes(self._searcher.doc(address)[SHOWN][0]))
        return found

    def _by_column(self, query: Query, limit: int, offset: int, column: str) -> Hits:
        compiled = compile_query(query, self._schema, scored=False)
        found = self._search(compiled, limit, order_by_field=column, offset=offset)
        ids = self._ids([address for _, address in found.hits])
        return Hits(_total(found), tuple(Hit(notice_id, 0.0) for notice_id in ids))

    def _by_relevance(self, query: Query, limit: int, offset: int) -> Hits:
        """Best first. Reads on until the tie that the last hit asked for is in has ended."""
        compiled = compile_query(query, self._schema, scored=True)
        last = offset + limit
        size = last + _SPARE
        while True:
            found = self._search(compiled, size, weight_by_field=WEIGHT)
            scores = [_rounded(score) for score, _ in found.hits]
            if len(scores) < size or scores[-1] < scores[last - 1]:
                break
            size *= 8
        ids = self._ids([address for _, address in found.hits])
        ranked = sorted(zip(scores, ids, strict=True), key=lambda hit: (-hit[0], hit[1]))
        hits = tuple(Hit(notice_id, score) for score, notice_id in ranked[offset:last])
        return Hits(_total(found), hits)

    def _search(
        self,
        compiled: tantivy.Query,
        limit: int,
        *,
        offset: int = 0,
        count: bool = True,
        order_by_field: str | None = None,
        weight_by_field: str | None = None,
    ) -> tantivy.SearchResult:
        """What the index's own search says; keys by column rise."""
        with _too_wide():
            return self._searcher.search(
                compiled,
                limit,
                count=count,
                order_by_field=order_by_field,
                offset=offset,
                order=tantivy.Order.Asc if order_by_field else tantivy.Order.Desc,
                weight_by_field=weight_by_field,
            )

    def _ids(self, addresses: list[tantivy.DocAddress]) -> list[str]:
        if not addresses:
            return []
        highs = self._searcher.fast_field_values(ID_HIGH, addresses)
        lows = self._searcher.fast_field_values(ID_LOW, addresses)
        return [
            str(self._searcher.doc(address)[ID][0])
            if high is None or low is None
            else f"{high:016x}{low:016x}"
            for address, high, low in zip(addresses, highs, lows, strict=True)
        ]


@contextmanager
def _too_wide() -> Iterator[None]:
    """The index's refusal of a query as a QueryError."""
    try:
        yield
    except ValueError as error:
        raise QueryError(
            "The query asks for more than the index can look up: too many words begin so.",
            "Write more letters before the *.",
        ) from error


def check_stamp(folder: Path) -> None:
    """Raise CaseError unless the folder holds an index of this version."""
    try:
        version = json.loads((folder / STAMP).read_bytes())["schema_version"]
    except FileNotFoundError:
        raise CaseError(f"There is no search index in {folder}.", _REBUILD) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseError(f"The search index in {folder} is damaged.", _REBUILD) from error
    if version != SCHEMA_VERSION:
        raise CaseError(f"The search index in {folder} is of another version.", _REBUILD)


def _rounded(score: float) -> float:
    """Six digits: sums of the same parts in another order must tie."""
    return float(f"{score:.6g}")


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # the stub forgets it
