"""What comes in any order is given in order, none of it later than it can be."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from sousveil.pipeline.in_order import in_order


@given(st.lists(st.lists(st.integers())).flatmap(lambda s: st.permutations(list(enumerate(s)))))
def test_every_order_of_coming_gives_one(pieces: list[tuple[int, list[int]]]) -> None:
    assert list(in_order(pieces)) == [one for _, found in sorted(pieces) for one in found]


def test_a_piece_is_given_as_soon_as_those_before_it_are_there() -> None:
    asked: list[int] = []

    def pieces() -> Iterator[tuple[int, str]]:
        for number, letters in ((1, "cd"), (0, "ab"), (2, "ef")):
            asked.append(number)
            yield number, letters

    found = in_order(pieces())
    assert [next(found) for _ in range(4)] == list("abcd")
    assert asked == [1, 0]
    assert list(found) == list("ef")
