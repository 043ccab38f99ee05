"""Equal keys are found together, whatever stands between."""

from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.organisations.alike import alike


def test_those_alone_are_left_out() -> None:
    assert alike(["a", "b", None, "a", None, "c", "b", "a"]) == [[0, 3, 7], [1, 6]]
    assert alike([]) == []


@given(st.lists(st.none() | st.sampled_from("abcde")))
def test_all_that_are_equal_and_no_others(keys: list[str | None]) -> None:
    found = alike(keys)
    for members in found:
        assert members == [at for at, key in enumerate(keys) if key == keys[members[0]]]
    told = {at for members in found for at in members}
    assert told == {at for at, key in enumerate(keys) if key is not None and keys.count(key) > 1}
