"""Labels of what hangs together, against a plain search."""

from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.tied import tied


def test_nothing_tied_is_each_its_own() -> None:
    assert tied([], 0) == []
    assert len(set(tied([], 3))) == 3


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=14))
def test_two_have_one_label_where_a_way_leads_from_one_to_the_other(
    ties: list[tuple[int, int]],
) -> None:
    labels = tied(ties, 12)
    assert len(labels) == 12
    for start in range(12):
        reached = {start}
        for _ in ties:
            reached |= {end for tie in ties if reached & set(tie) for end in tie}
        assert reached == {at for at in range(12) if labels[at] == labels[start]}
