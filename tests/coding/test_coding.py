"""Tables of decisions, and what the decisions of several coders amount to."""

import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.coding import Ruling, independent, read_table, rulings
from sousveil.errors import DecisionError
from sousveil.model import Decision, Draw

IDS = [f"{n:08x}{'0' * 24}" for n in (1, 2, 3)]
CODES = {
    "capability": frozenset({"drones", "face_recognition"}),
    "platform": frozenset({"weibo"}),
    "target_group": frozenset({"journalists"}),
}
HEAD = "notice_id,relevant,capabilities,overseas_target,note\n"


def said(
    coder: str, relevant: str, codes: tuple[str, ...] | None = None, text: str = "t"
) -> Decision:
    return Decision(coder, "2026-01-01T00:00:00+00:00", "n", text, relevant, codes)  # type: ignore[arg-type]


def ruling(*decisions: Decision) -> Ruling:
    return rulings(decisions, {"n": "t"})["n"]


@pytest.mark.parametrize(
    ("decisions", "verdict", "review"),
    [
        ([said("a", "yes")], "yes", ()),
        ([said("a", "yes"), said("a", "no")], "no", ()),
        ([said("a", "yes"), said("b", "no")], "disputed", ("coders_disagree",)),
        ([said("a", "unsure"), said("b", "no")], "no", ()),
        ([said("a", "unsure")], "unsure", ("coder_unsure",)),
        ([said("a", "yes", text="old")], "outdated", ("decision_outdated",)),
        ([said("a", "yes", text="old"), said("b", "no")], "no", ()),
        ([said("a", "yes", ("x",)), said("b", "yes", ("y",))], "yes", ("coders_disagree",)),
    ],
)
def test_what_decisions_amount_to(
    decisions: list[Decision], verdict: str, review: tuple[str, ...]
) -> None:
    found = ruling(*decisions)
    assert (found.verdict, found.review) == (verdict, review)


def settled(
    relevant: str,
    codes: tuple[str, ...] | None = None,
    text: str = "t",
    who: str = "c",
    second: int = 30,
) -> Decision:
    at = f"2026-01-01T00:00:{second:02}+00:00"
    return Decision(who, at, "n", text, relevant, codes, role="adjudicator")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decisions", "verdict", "codes", "review"),
    [
        ([said("a", "yes"), said("b", "no"), settled("no")], "no", None, ()),
        ([said("a", "yes", ("x",)), said("b", "no"), settled("yes")], "yes", ("x",), ()),
        ([said("a", "yes", ("x",)), said("b", "no"), settled("yes", ("y",))], "yes", ("y",), ()),
        ([said("a", "yes", ("x",)), said("b", "yes", ("y",)), settled("yes", ())], "yes", (), ()),
        (
            [said("a", "yes", ("x",)), said("b", "yes", ("y",)), settled("yes")],
            "yes", None, ("coders_disagree",),
        ),
        ([said("a", "yes"), said("b", "no"), settled("unsure")], "unsure", None, ("coder_unsure",)),
        ([said("a", "yes"), said("b", "no"), settled("no"), said("d", "yes")], "no", None, ()),
        (
            [said("a", "yes"), said("b", "no"), settled("no", text="old")],
            "disputed", None, ("coders_disagree",),
        ),
        ([settled("yes", second=9), settled("no", second=10, who="b")], "no", None, ()),
        ([settled("no", second=10, who="b"), settled("yes", second=9)], "no", None, ()),
        ([said("c", "yes"), said("a", "no"), settled("yes")], "yes", None, ()),
    ],
)  # fmt: skip
def test_an_adjudication_outranks_the_coders(
    decisions: list[Decision],
    verdict: str,
    codes: tuple[str, ...] | None,
    review: tuple[str, ...],
) -> None:
    found = ruling(*decisions)
    assert (found.verdict, found.capabilities, found.review) == (verdict, codes, review)
    assert (found.adjudicator is None) == (verdict == "disputed")


def test_independent_readings_are_those_before_the_others_were_known() -> None:
    anew = Draw("queue", "disagreements")
    first, other = said("a", "yes"), said("b", "no")
    asked = Decision("a", "2026-01-01T00:00:10+00:00", "n", "t", "no", source=anew)
    after = Decision("b", "2026-01-01T00:00:20+00:00", "n", "t", "yes")
    elsewhere = Decision("b", "2026-01-01T00:00:20+00:00", "m", "t", "yes")
    given = [first, asked, other, after, elsewhere, settled("no")]
    assert independent(given) == [first, other, elsewhere]
    assert independent([first, after]) == [first, after]


def test_codes_hold_where_all_who_name_them_agree() -> None:
    both = ruling(said("a", "yes", ("y", "x")), said("b", "yes", ("x", "y")), said("c", "yes"))
    assert both.capabilities == ("x", "y")
    assert both.coders == ("a", "b", "c")
    assert ruling(said("a", "yes", ("x",)), said("b", "yes", ())).capabilities is None


def test_the_order_of_coders_changes_nothing() -> None:
    some = [said("a", "yes", ("x",)), said("b", "unsure"), said("c", "yes", ("x",))]
    assert len({repr(ruling(*order)) for order in itertools.permutations(some)}) == 1


def test_notices_that_are_gone_have_no_ruling() -> None:
    assert rulings([said("a", "yes")], {}) == {}


def test_a_table_is_read() -> None:
    rows, wrong = read_table(
        HEAD + f"{IDS[0]},YES,drones; face_recognition,no,fine\n\n{IDS[1][:8]},no,,,\n", IDS, CODES
    )
    assert wrong == []
    first, second = rows
    assert (first.notice_id, first.relevant, first.line) == (IDS[0], "yes", 2)
    assert first.capabilities == ("drones", "face_recognition")
    assert first.overseas_target is False
    assert (second.notice_id, second.capabilities, second.note) == (IDS[1], None, None)
    none, _ = read_table(HEAD + f"{IDS[0]},yes,none,,\n", IDS, CODES)
    assert none[0].capabilities == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("0000,yes,,,", "at least 8 digits"),
        ("ffffffff,yes,,,", "no notice of the case"),
        (f"{IDS[0]},maybe,,,", "not yes, no or unsure"),
        (f"{IDS[0]},yes,xray,,", "no code 'xray'"),
        (f"{IDS[0]},no,drones,,", "not to be relevant"),
        (f"{IDS[0]},yes,,perhaps,", "overseas_target"),
        (f"{IDS[0]},yes,,,{'x' * 3000}", "longer than"),
        (f"{IDS[0]},yes,,,,more", "more values than columns"),
    ],
)
def test_wrong_rows_are_told_with_line_and_reason(row: str, reason: str) -> None:
    rows, wrong = read_table(f"{HEAD}{IDS[2]},no,,,\n{row}\n", IDS, CODES)
    assert [r.notice_id for r in rows] == [IDS[2]]
    assert [w.line for w in wrong] == [3]
    assert reason in wrong[0].reason


def test_a_notice_stands_in_one_row() -> None:
    rows, wrong = read_table(f"{HEAD}{IDS[0]},no,,,\n{IDS[0][:9]},yes,,,\n", IDS, CODES)
    assert len(rows) == 1
    assert "line 2" in wrong[0].reason


def test_digits_that_several_notices_begin_with() -> None:
    alike = [f"{'a' * 8}{n}{'0' * 23}" for n in range(3)]
    _, wrong = read_table(f"{HEAD}{'a' * 8},no,,,\n", alike, CODES)
    assert "several notices" in wrong[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id,relevant\n1,yes\n",
        "notice_id,relevant,relevant\n",
        'notice_id,relevant\n"a\n',
        "notice_id,relevant,colour\n",
    ],
)
def test_what_is_no_table_of_decisions(text: str) -> None:
    with pytest.raises(DecisionError):
        read_table(text, IDS, CODES)


@given(st.text(max_size=300))
def test_any_text_gives_rows_or_a_clear_error(text: str) -> None:
    rows = []
    with contextlib.suppress(DecisionError):
        rows, _ = read_table(HEAD + text, IDS, CODES)
    assert all(row.notice_id in IDS for row in rows)
