"""Claims: published statements that are counted, explained and checked again."""

from sousveil.claims.asking import asked
from sousveil.claims.check import Checking, Estimated, Sampled, Stamp
from sousveil.claims.counting import Tendency
from sousveil.claims.difference import Change, Difference, News, difference
from sousveil.claims.reading import claim_hash, claim_text, expected_words, read_claim

__all__ = [
    "Change",
    "Checking",
    "Difference",
    "Estimated",
    "News",
    "Sampled",
    "Stamp",
    "Tendency",
    "asked",
    "claim_hash",
    "claim_text",
    "difference",
    "expected_words",
    "read_claim",
]
