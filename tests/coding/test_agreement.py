"""Agreement of coders: published examples, scikit-learn, and what must hold of any."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from sousveil.coding.agreement import Disagreement, agreement, agreement_per_code
from sousveil.coding.intervals import clopper_pearson


def coded(line: str) -> dict[str, str]:
    """The codes of a line by unit; a dot is no code."""
    return {f"{at:03}": code for at, code in enumerate(line.split()) if code != "."}


def from_table(table: list[list[int]]) -> dict[str, dict[str, str]]:
    """Two coders whose table of counts this is."""
    pairs = [
        (str(row), str(column))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    return {
        "one": {f"{at:04}": pair[0] for at, pair in enumerate(pairs)},
        "two": {f"{at:04}": pair[1] for at, pair in enumerate(pairs)},
    }


def test_kappa_of_cohens_example() -> None:
    """Cohen (1960), table 1: 200 patients, kappa .492."""
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    found = agreement(from_table(table))
    assert found.agreed is not None
    assert found.agreed.value == pytest.approx(0.70)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(0.492, abs=5e-4)
    # Fleiss, Cohen & Everitt (1969) give kappa's standard error; about 0.05 here.
    assert found.kappa.half_width == pytest.approx(1.96 * 0.053, rel=0.1)


def test_alpha_of_krippendorffs_examples() -> None:
    """Krippendorff (2011): two coders, ten units, alpha .095; two coders, twelve units and five
    codes, .692; four coders, twelve units with values missing, .743."""
    binary = {"m": coded("0 1 0 0 0 0 0 0 1 0"), "j": coded("1 1 1 0 0 1 0 0 0 0")}
    assert round(_alpha(binary), 3) == 0.095
    nominal = {
        "ben": coded("a a b b d c c c e d d a"),
        "gerry": coded("b a b b b c c c e d d d"),
    }
    assert round(_alpha(nominal), 3) == 0.692
    missing = {
        "a": coded("1 2 3 3 2 1 4 1 2 . . ."),
        "b": coded("1 2 3 3 2 2 4 1 2 5 . 3"),
        "c": coded(". 3 3 3 2 3 4 2 2 5 1 ."),
        "d": coded("1 2 3 3 2 4 4 1 2 5 1 ."),
    }
    assert round(_alpha(missing), 3) == 0.743
    found = agreement(missing)
    assert found.units == 11
    assert found.counts == {"1": 9, "2": 13, "3": 10, "4": 5, "5": 3}
    assert found.kappa is None
    assert [one.unit for one in found.disagreements] == ["001", "005", "007"]
    assert found.disagreements[0] == Disagreement(
        "001", (("a", "2"), ("b", "2"), ("c", "3"), ("d", "2"))
    )


def _alpha(codings: dict[str, dict[str, str]]) -> float:
    found = agreement(codings).alpha
    assert found is not None
    assert found.low <= found.value <= found.high
    return found.value


codes = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2)


@settings(max_examples=50, deadline=None)
@given(codes)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    codings = {
        name: {str(at): pair[side] for at, pair in enumerate(pairs)}
        for side, name in enumerate(("one", "two"))
    }
    found = agreement(codings).kappa
    if found is None:
        assert len({code for pair in pairs for code in pair}) == 1
        return
    known = cohen_kappa_score(*zip(*pairs, strict=True))
    assert found.value == pytest.approx(known)
    assert found.low <= found.value <= found.high <= 1


@settings(max_examples=25, deadline=None)
@given(codes, st.randoms())
def test_order_of_coders_and_units_does_not_matter(
    pairs: list[tuple[str, str]], chance: random.Random
) -> None:
    units = list(enumerate(pairs))
    one = {side: {str(at): pair[side == "b"] for at, pair in units} for side in "ab"}
    chance.shuffle(units)
    other = {side: {str(at): pair[side == "b"] for at, pair in units} for side in "ba"}
    assert agreement(one) == agreement(other)


def test_the_same_seed_gives_the_same_interval() -> None:
    codings = from_table([[20, 5], [3, 12]])
    assert agreement(codings, seed=4) == agreement(codings, seed=4)
    assert agreement(codings, seed=4).kappa != agreement(codings, seed=5).kappa


def test_agreeing_throughout_is_not_certain() -> None:
    found = agreement(from_table([[10, 0], [0, 10]]))
    least = clopper_pearson(20, 20).low
    assert found.kappa is not None
    assert (found.kappa.value, found.kappa.high) == (1, 1)
    assert found.kappa.low == pytest.approx(1 - (1 - least) / 0.5)
    assert found.alpha is not None
    assert 0 < found.alpha.low < 1
    assert found.disagreements == ()


def test_one_code_alone_or_no_common_unit_tells_nothing() -> None:
    alone = agreement({"a": {"u": "yes", "v": "yes"}, "b": {"u": "yes", "v": "yes"}})
    assert alone.agreed is not None
    assert (alone.agreed.value, alone.kappa, alone.alpha) == (1, None, None)
    apart = agreement({"a": {"u": "yes"}, "b": {"v": "no"}})
    assert (apart.units, apart.agreed, apart.kappa, apart.alpha) == (0, None, None, None)


def test_several_codes_are_judged_each_by_itself() -> None:
    found = agreement_per_code(
        {
            "a": {"u": ("face", "crowd"), "v": (), "w": ("face",)},
            "b": {"u": ("face",), "v": (), "w": ("face",), "x": ("gait",)},
        }
    )
    assert list(found) == ["crowd", "face", "gait"]
    assert found["face"].kappa is not None
    assert found["face"].kappa.value == 1
    assert found["crowd"].disagreements == (Disagreement("u", (("a", "yes"), ("b", "no"))),)
    assert found["gait"].kappa is None
