"""A small run of what ``python -m benchmarks.literals`` does with a million literals."""

from random import Random

import pytest
from benchmarks.literals.__main__ import TARGET, text
from benchmarks.literals.judge import FORMS, framed, judge, run
from benchmarks.literals.written import Written
from hypothesis import given, settings
from hypothesis import strategies as st


def test_none_is_silently_wrong() -> None:
    result = run(4 * len(FORMS), seed=1)
    total = result.total()
    assert total.written == 4 * len(FORMS)
    assert result.wrong == {}
    assert total.exact + total.flagged == total.written
    assert total.share >= TARGET
    assert "date · ja" in text(result, examples=True)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(FORMS), st.booleans())
def test_any_seed_and_form(seed: int, form: object, day_first: bool) -> None:
    rng = Random(seed)
    written = framed(form.write(rng), form.language, rng)  # type: ignore[attr-defined]
    assert judge(written, day_first) != "wrong", written


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        (Written("12万元", "amount", amount=120000, currency="CNY"), "exact"),
        (Written("12万元", "amount", amount=12, currency="CNY"), "wrong"),
        (Written("12万元", "amount", amount=120000, currency="USD"), "wrong"),
        (Written("1.234", "amount", amount=1234, currency="CNY", known="CNY"), "flagged"),
        (Written("5%", "amount", amount=5, currency="CNY"), "flagged"),
        (Written("5%", "rate", amount=5), "exact"),
        (Written("5元", "rate", amount=5), "wrong"),
        (Written("5元", "no_total"), "wrong"),
        (Written("5元/台", "no_total"), "exact"),
        (Written("2026年13月1日", "date"), "flagged"),
    ],
)
def test_the_judge_is_no_pushover(written: Written, outcome: str) -> None:
    assert judge(written, day_first=True) == outcome
