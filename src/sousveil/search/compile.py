"""A query tree as an index query: words are phrases of terms, all else filters without a score."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import tantivy

from sousveil.search.fields import BY_NAME, Kind, asked_place_keys
from sousveil.search.query import (
    All,
    And,
    Node,
    Not,
    OneOf,
    Or,
    Present,
    Query,
    Within,
    Words,
    asked_words,
    word_tokens,
)
from sousveil.search.schema import WORDS, code_term, present_term, stored_number, term_field
from sousveil.search.terms import is_echo, phrase
from sousveil.search.tokenizer import BREAK

_Query = tantivy.Query
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_TITLE_WEIGHT = 2.0


def compile_query(query: Query, schema: tantivy.Schema, *, scored: bool) -> tantivy.Query:
    """The index's query. ``scored``: words count by BM25, those in titles more."""
    return _Compiler(schema, scored).node(query.root)


def has_score(query: Query) -> bool:
    """Whether some notices can be more relevant than others: the query asks for whole words."""
    return any(_has_frequency(words) for words in asked_words(query))


def _has_frequency(words: Words) -> bool:
    """Not so a lone character and the beginning of a lone word: they stand for many terms."""
    return len(phrase(word_tokens(words.text))) > words.prefix


class _Compiler:
    def __init__(self, schema: tantivy.Schema, scored: bool) -> None:
        self.schema = schema
        self.scored = scored

    def node(self, node: Node) -> tantivy.Query:
        match node:
            case All():
                return self._filter(_Query.all_query())
            case Words():
                return self._words(node)
            case OneOf(field, values):
                return self._filter(self._one_of(field, values))
            case Present(field):
                return self._filter(self._code(field, present_term(field)))
            case Within():
                return self._filter(self._within(node))
            case Or(items):
                return _Query.boolean_query([(_SHOULD, self.node(item)) for item in items])
            case And(items):
                return self._all(items)
            case Not():
                return self._all((node,))

    def _all(self, items: tuple[Node, ...]) -> tantivy.Query:
        """All of the items; the index must be told what to take the negated ones from."""
        parts = [
            (_NOT, self.node(item.item)) if isinstance(item, Not) else (_MUST, self.node(item))
            for item in items
        ]
        if all(occur == _NOT for occur, _ in parts):
            parts.append((_MUST, self._filter(_Query.all_query())))
        return _Query.boolean_query(parts)

    def _filter(self, query: tantivy.Query) -> tantivy.Query:
        return _Query.const_score_query(query, 0.0) if self.scored else query

    def _words(self, words: Words) -> tantivy.Query:
        found = self._phrase(words, words.field or WORDS)
        if not self.scored or not _has_frequency(words):
            return self._filter(found)
        if words.field is not None:
            return found
        title = _Query.boost_query(self._phrase(words, "title"), _TITLE_WEIGHT)
        return _Query.boolean_query([(_MUST, found), (_SHOULD, title)])

    def _phrase(self, words: Words, field: str) -> tantivy.Query:
        sequence = word_tokens(words.text)
        terms = phrase(sequence)
        if not terms:  # a lone character: alone, or the first of a pair
            return _Query.regex_query(self.schema, field, f"{sequence[0].text}.?")
        if words.prefix:
            return self._prefix(terms, field)
        if len(terms) == 1:
            return _Query.term_query(self.schema, field, terms[0][1])
        if is_echo(sequence):
            return self._echo(sequence[0].text, len(terms), field)
        return _Query.phrase_query(self.schema, field, list(terms))

    def _echo(self, character: str, marks: int, field: str) -> tantivy.Query:
        """One character again and again, each time after a break (控，控).

        One run less has as many marks, so one more must tie them to a run: the pair before the
        first, the pair after the last, or the first and last character of two lone ones.
        """
        repeated = [(at + 1, character) for at in range(marks)]
        before = [(0, f".{character}"), *repeated]
        after = [*repeated, (marks + 1, f"{character}.")]
        lone = [(0, character), *repeated, (marks + 1, character)]
        tied = [
            _Query.regex_phrase_query(self.schema, field, list(before)),
            _Query.regex_phrase_query(self.schema, field, list(after)),
            _Query.phrase_query(self.schema, field, list(lone)),
        ]
        return _Query.boolean_query([(_SHOULD, query) for query in tied])

    def _prefix(self, terms: list[tuple[int, str]], field: str) -> tantivy.Query:
        """The last term is a word or number that may go on; letters and digits need no escape."""
        pattern = terms[-1][1] + ".*"
        if len(terms) == 1:
            return _Query.regex_query(self.schema, field, pattern)
        before = [(at, f"\\{BREAK}" if term == BREAK else term) for at, term in terms[:-1]]
        return _Query.regex_phrase_query(self.schema, field, [*before, (terms[-1][0], pattern)])

    def _code(self, field: str, term: str) -> tantivy.Query:
        return _Query.term_query(self.schema, term_field(field), term, "basic")

    def _one_of(self, field: str, values: tuple[str, ...]) -> tantivy.Query:
        if BY_NAME[field].kind is Kind.PLACE:
            keys = sorted({key for value in values for key in asked_place_keys(value)})
        else:
            keys = list(values)
        terms = [code_term(field, key) for key in keys]
        if len(terms) == 1:
            return self._code(field, terms[0])
        return _Query.term_set_query(self.schema, term_field(field), terms)

    def _within(self, node: Within) -> tantivy.Query:
        amount = BY_NAME[node.field].kind is Kind.AMOUNT
        kind = tantivy.FieldType.Float if amount else tantivy.FieldType.Integer
        number: Callable[[int | float], int | float] = float if amount else int
        low, high = (
            None if bound is None else number(stored_number(_comparable(bound)))
            for bound in (node.low, node.high)
        )
        return _Query.range_query(
            self.schema,
            node.field,
            kind,
            low,
            high,
            include_lower=not node.low_excluded,
            include_upper=not node.high_excluded,
        )


def _comparable(bound: Decimal | date) -> float | int | date:
    """A bound as columns hold it; a whole number stays exact."""
    if isinstance(bound, date):
        return bound
    return int(bound) if bound == bound.to_integral_value() else float(bound)
