"""The taxonomy's own examples fall under their code, and its counterexamples do not."""

import importlib.util
from pathlib import Path

import pytest

from sousveil.classify import classify
from sousveil.classify.matches import Bodies, Denied, Match, find_matches
from sousveil.classify.passages import passages
from sousveil.reference.taxonomy import Code, load_taxonomy

_spec = importlib.util.spec_from_file_location("build", Path(__file__).parent / "build.py")
assert _spec is not None
assert _spec.loader is not None
_build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_build)

BY_CODING = frozenset({"capability", "platform", "target_group", "function", "data_source"})


def falls(text: str, code: Code) -> bool:
    """Whether a title falls under a code."""
    made, pages = _build.notice(text)
    if code.facet in BY_CODING:
        return code.id in classify(made, pages).codes(code.facet)
    matches: list[Match] = []
    denied: list[Denied] = []
    for passage in passages(made, pages):
        find_matches(passage, load_taxonomy(), Bodies(), matches, denied)
    if code.facet == "negative":
        return any(d.reason == code.id for d in denied)
    return any((m.facet, m.code) == (code.facet, code.id) for m in matches)


@pytest.mark.parametrize("code", load_taxonomy().codes.values(), ids=lambda c: f"{c.facet}-{c.id}")
def test_examples_and_counterexamples(code: Code) -> None:
    for text in code.examples:
        assert falls(text, code), text
    for text in code.counterexamples:
        assert not falls(text, code), text
