"""A second voice where the rules found words: a linear model of hashed n-grams, trained once.

``general.json`` is frozen; ``python -m benchmarks.general_model --write`` makes it from open
written records (never from sealed ones, never from a case). The log odds that a notice buys
surveillance are ``rules`` × the log odds of the rules' calibrated score + ``margin`` × the model's
margin + ``added``; the three were fitted to scores that rules gave to records they had not been
mended by, and to margins of writers the model had not read. A notice in which the rules found
nothing is not asked about: no finding stands without a word that can be quoted. Decision 0032.
"""

import base64
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np

from sousveil.classify.features import Columns, Values, block_rows, log_odds
from sousveil.classify.model import logistic, stretches
from sousveil.classify.passages import Passage
from sousveil.model import Reason

EXTRACTOR = "general/1"
_UNSAID = re.compile(r"〔[^〔〕]{1,40}〕|\d")
WIDTH = 1 << 16
"""Columns: those of the features, folded."""


class Frozen(msgspec.Struct, frozen=True):
    """What ``general.json`` holds: ``weights`` are ``WIDTH`` signed bytes in base64, each a
    multiple of ``step``."""

    weights: str
    step: float
    intercept: float
    rules: float
    margin: float
    added: float


class General:
    """The model, ready to be asked."""

    def __init__(self, frozen: Frozen) -> None:
        held = np.frombuffer(base64.b64decode(frozen.weights), np.int8)
        self._weights = held.astype(np.float64) * frozen.step
        self._frozen = frozen

    def at(self, columns: Columns) -> Values:
        """The weight of each column of the features."""
        weights: Values = self._weights[columns & (WIDTH - 1)]
        return weights

    def margin(self, read: Sequence[Passage]) -> float:
        """The model's own voice: above 0 for surveillance."""
        columns, values = folded(read)
        return float(self._weights[columns] @ values) + self._frozen.intercept

    def probability(self, rules: float, read: Sequence[Passage]) -> float:
        """The probability, to four places, that a notice buys surveillance. ``rules`` is the
        rules' own: the calibrated probability of their score."""
        said = self._frozen
        odds = said.rules * log_odds(rules) + said.margin * self.margin(read) + said.added
        return round(logistic(odds), 4)

    def against(self, read: Sequence[Passage]) -> tuple[Reason, ...]:
        """The stretches of text that speak most against, strongest first, with weights below 0."""
        words = _what_is_bought(read)
        return stretches(words, lambda columns: -self.at(columns), EXTRACTOR, sign=-1)


def folded(read: Sequence[Passage]) -> tuple[Columns, Values]:
    """The n-grams of a notice in the model's columns, rising, each column once."""
    columns, values = block_rows(_what_is_bought(read))
    unique, places = np.unique(columns & (WIDTH - 1), return_inverse=True)
    return unique, np.bincount(places, values, unique.size).astype(np.float64)


def _what_is_bought(read: Sequence[Passage]) -> list[Passage]:
    """Titles, names and purposes, with spaces for digits and for what was masked.

    The rest of a notice is the bidding's own words, which the records that were learned from have
    few of; prices, numbers and names say nothing of what is bought.
    """
    return [
        msgspec.structs.replace(p, text=_UNSAID.sub(lambda m: " " * len(m[0]), p.text))
        for p in read
        if p.role != "body"
    ]


@cache
def general() -> General:
    """The shipped model."""
    text = files("sousveil.classify").joinpath("general.json").read_bytes()
    return General(msgspec.json.decode(text, type=Frozen))
