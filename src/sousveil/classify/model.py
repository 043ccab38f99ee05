"""The linear model in use: from a row of features to a probability, and the words that made it.

Two voices are added: the rules' log odds, as they are, and the model's margin, scaled. The model
never replaces the rules: of words that no decision held its margin is 0, and the rules' answer
stands.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np

from sousveil.classify.features import Columns, Features, Gram, Values, grams
from sousveil.classify.passages import Passage
from sousveil.model import Reason

EXTRACTOR = "model/1"
MOST_REASONS = 5
_MOST_GRAMS = 12
_WIDEST = 40
"""Letters by which a quote grows to the edge of its word."""
_LETTERS = re.compile(r"(?:(?![\u0e00-\u0eff\u1780-\u17ff\u2e80-\uabff\uf900-\ufaff])[^\W\d_]){2}")
"""Two letters of scripts that set spaces between words."""
_LEAST = 0.05
"""N-grams that weigh less than this share of the strongest are no reasons."""


class Weights(msgspec.Struct, frozen=True):
    """A linear function: ``weights`` at ``columns`` (rising), and what is added."""

    columns: tuple[int, ...]
    weights: tuple[float, ...]
    intercept: float


class Learned(msgspec.Struct, frozen=True):
    """A model learned from decisions, as plain data.

    Log odds are the rules' + ``scale`` × the margin. ``codes``: for each capability that coders
    named often enough, how to tell it among surveillance.
    """

    version: str
    relevance: Weights
    scale: float
    codes: tuple[tuple[str, Weights], ...] = ()


class Scorer:
    """A learned model, ready to score."""

    def __init__(self, learned: Learned) -> None:
        self.learned = learned
        self._relevance = _Linear(learned.relevance)
        self._codes = [(code, _Linear(weights)) for code, weights in learned.codes]

    def probability(self, row: Features) -> float:
        """The probability, 0–1, to four places, that the notice buys surveillance."""
        return round(logistic(row.rule + self.learned.scale * self.margin(row)), 4)

    def margin(self, row: Features) -> float:
        """The model's own voice: above 0 for surveillance."""
        return self._relevance.margin(row)

    def code(self, row: Features) -> tuple[str, float] | None:
        """The capability that fits best, with its probability; None where none was learned."""
        if not self._codes:
            return None
        found = [(logistic(linear.margin(row)), code) for code, linear in self._codes]
        share, code = max(found, key=lambda pair: (pair[0], pair[1]))
        return code, round(share, 3)

    def reasons(self, read: Sequence[Passage]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """The stretches of text whose n-grams speak most for and against, strongest first.

        Weights are the model's own, to three places; n-grams that touch make one stretch.
        """
        at = self._relevance.at
        return (
            stretches(read, at, EXTRACTOR),
            stretches(read, lambda columns: -at(columns), EXTRACTOR, sign=-1),
        )


def _plain_grams(passage: Passage) -> Gram:
    return grams(passage.text)


def stretches(
    read: Sequence[Passage],
    at: Callable[[Columns], Values],
    extractor: str,
    sign: int = 1,
    cut: Callable[[Passage], Gram] = _plain_grams,
) -> tuple[Reason, ...]:
    """The stretches of text whose n-grams weigh most by ``at``, strongest first; n-grams that touch
    make one. ``sign`` is that of the weights in the reasons; ``cut`` gives the n-grams."""
    parts = [(passage, cut(passage)) for passage in read]
    strongest = _strongest(parts, [at(found.columns) for _, found in parts])
    marked: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for number, (_, found) in enumerate(parts):
        for place in np.flatnonzero(np.isin(found.columns, list(strongest))):
            weight = strongest[int(found.columns[place])]
            marked[number].append((int(found.starts[place]), int(found.ends[place]), weight))
    best: dict[str, Reason] = {}
    for number, spans in sorted(marked.items()):
        passage = parts[number][0]
        whole = sorted((*_word(passage.text, start, end), weight) for start, end, weight in spans)
        for start, end, weight in _joined(whole):
            term = passage.text[start:end]
            if term not in best or best[term].weight * sign < weight:
                evidence = passage.evidence(start, end, extractor)
                best[term] = Reason(term, evidence, round(sign * weight, 3))
    ranked = sorted(best.values(), key=lambda r: (-abs(r.weight), r.evidence.start, r.term))
    return tuple(ranked[:MOST_REASONS])


class _Linear:
    def __init__(self, said: Weights) -> None:
        self._columns = np.array(said.columns, np.int64)
        self._weights = np.array(said.weights, np.float64)
        self._intercept = said.intercept

    def at(self, columns: Columns) -> Values:
        """The weight of each column, 0 for those unknown."""
        if not self._columns.size:
            return np.zeros(columns.size)
        places = np.minimum(np.searchsorted(self._columns, columns), self._columns.size - 1)
        return np.where(self._columns[places] == columns, self._weights[places], 0.0)

    def margin(self, row: Features) -> float:
        return math.fsum(self.at(row.columns) * row.values) + self._intercept


def logistic(value: float) -> float:
    """The probability of log odds, for any size of them."""
    if value >= 0:
        return 1 / (1 + math.exp(-min(value, 500.0)))
    return math.exp(max(value, -500.0)) / (1 + math.exp(max(value, -500.0)))


def _strongest(
    parts: Sequence[tuple[Passage, Gram]], weights: Sequence[Values]
) -> dict[int, float]:
    """The columns that weigh most, with their weights."""
    known: dict[int, float] = {}
    for (_, found), values in zip(parts, weights, strict=True):
        for at in np.flatnonzero(values > 0):
            known[int(found.columns[at])] = float(values[at])
    ranked = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_GRAMS]
    return {column: weight for column, weight in ranked if weight >= _LEAST * ranked[0][1]}


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, grown to the words that it begins and ends in: three letters of a long word tell a
    reader nothing. Scripts written without spaces stay as they are."""
    if start < end and text[start].isspace():
        start += 1
    if start < end and text[end - 1].isspace():
        end -= 1
    first, last = max(0, start - _WIDEST), min(len(text), end + _WIDEST)
    while start > first and _LETTERS.fullmatch(text, start - 1, start + 1):
        start -= 1
    while end < last and _LETTERS.fullmatch(text, end - 1, end + 1):
        end += 1
    return start, end


def _joined(spans: Sequence[tuple[int, int, float]]) -> Iterator[tuple[int, int, float]]:
    """Spans that overlap as one, with the sum of their weights."""
    start, end, total = spans[0]
    for first, last, weight in spans[1:]:
        if first < end:
            end, total = max(end, last), total + weight
            continue
        yield start, end, total
        start, end, total = first, last, weight
    yield start, end, total
