"""The way through what waits: forth, back, and on in another order without meeting one twice."""

import pytest

from sousveil.pipeline.sitting import Way


@pytest.fixture
def way() -> Way[str]:
    found: Way[str] = Way(lambda one: one.lower())
    found.arrange("ABCDE")
    return found


def test_forth_and_back(way: Way[str]) -> None:
    assert way.next() == "A"
    assert way.before("A") is None
    way.leave("A")
    way.leave("B")
    assert (way.next(), way.before("C"), way.after("B")) == ("C", "B", "C")
    way.leave("A")  # gone back to, and left again: what was passed stays passed
    assert way.next() == "C"
    assert way.passed == ["a", "b"]
    assert way.place("C") == (3, 5)


def test_another_order_leaves_what_was_met(way: Way[str]) -> None:
    way.leave("B")
    way.arrange("EDCBA")
    assert [way.next(), way.after("E"), way.after("D"), way.after("C")] == ["E", "D", "C", None]
    assert way.passed == ["a", "b"]


def test_the_end_and_anew(way: Way[str]) -> None:
    way.leave("E")
    assert way.next() is None
    assert way.before(None) == "E"
    way.again("BD")
    assert (way.next(), way.passed, way.find("a")) == ("B", [], None)


def test_one_that_does_not_wait_is_brought_in_as_the_next(way: Way[str]) -> None:
    way.leave("A")
    way.bring_in("X")
    assert (way.next(), way.after("X"), way.find("x")) == ("X", "B", "X")


def test_what_was_met_before_is_not_met_again() -> None:
    again = Way(str.lower, ["A", "B"])
    again.arrange("CAB")
    assert (again.next(), again.after("C"), again.before("C")) == ("C", None, "B")
