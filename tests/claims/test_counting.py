"""Each thing that a claim may count: its figure, what is left in doubt, and the reasons told."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.claims.conftest import Claims, Makes

from sousveil.claims.counting import Count, Tendency, count
from sousveil.model.claim import FAILS, HOLDS, UNTOLD, Claim, FoundProject


def counted(
    claim: Claim,
    projects: list[FoundProject],
    tendencies: dict[frozenset[str], Tendency] | None = None,
    interval: tuple[Decimal, Decimal] | None = None,
) -> Count:
    """Count; of each notice the organisation is the first letter after ``n``."""
    return count(
        claim,
        projects,
        lambda notices, role: frozenset(f"{role} {notice[1]}" for notice in notices),
        lambda keys, ladder: (tendencies or {})[keys],
        interval,
    )


def test_projects_and_notices_in_doubt_leave_the_answer_in_doubt(
    project: Makes, claim: Claims
) -> None:
    projects = [project("a"), project("b"), project("c", sure=False)]
    assert counted(claim("projects", at_least=2), projects).verdict == HOLDS
    assert counted(claim("notices", equals=4), projects).verdict == FAILS
    found = counted(claim("projects", at_least=3), projects)
    assert (found.verdict, found.figure, found.number) == (UNTOLD, "3 projects", 3)
    assert found.why == (
        "2 projects are sure and 3 possible: 1 notice (score_uncertain) should be looked at by a "
        "person.",
    )


def test_what_may_be_found_counts_as_possible_alone(project: Makes, claim: Claims) -> None:
    projects = [project("a"), project("b", sure=False, found=False)]
    found = counted(claim("projects", at_most=1), projects)
    assert (found.verdict, found.figure) == (UNTOLD, "1 project")


def test_some_of_the_records_are_a_lower_bound(project: Makes, claim: Claims) -> None:
    projects = [project("a"), project("b")]
    assert counted(claim("projects", "some", at_least=2), projects).verdict == HOLDS
    assert counted(claim("projects", "some", at_most=1), projects).verdict == FAILS
    found = counted(claim("projects", "some", more_than=300), projects)
    assert found.verdict == UNTOLD
    assert found.why[-1].endswith("the 2 projects found are at least what there is.")


def test_no_records_say_nothing_where_not_all_were_given(claim: Claims) -> None:
    found = counted(claim("exists", "some", exists=True), [])
    assert (found.verdict, found.figure, found.why[0]) == (UNTOLD, "no", "No matching records.")
    assert counted(claim("exists", "some", exists=False), []).verdict == UNTOLD
    assert counted(claim("exists", "all", exists=False), []).verdict == HOLDS
    assert counted(claim("exists", "all", exists=True), []).verdict == FAILS


def test_existence_is_shown_by_one_sure_project(project: Makes, claim: Claims) -> None:
    assert counted(claim("exists", exists=True), [project("a", sure=False)]).verdict == UNTOLD
    assert counted(claim("exists", exists=True), [project("a")]).verdict == HOLDS
    assert counted(claim("exists", "some", exists=False), [project("a")]).verdict == FAILS


def test_organisations_count_once_and_countries_where_known(project: Makes, claim: Claims) -> None:
    projects = [
        project("ab"),
        project("ac"),
        project("b", country="US"),
        project("d", country=None),
    ]
    found = counted(claim("organisations", equals=3, role="buyer"), projects)
    assert (found.verdict, found.figure) == (HOLDS, "3 organisations")
    assert counted(claim("countries", equals=2), projects).verdict == HOLDS


def test_a_sum_lacks_what_is_not_stated(project: Makes, claim: Claims) -> None:
    stated = [project("a", 100), project("b", 50)]
    assert counted(claim("sum", equals=150, currency="CNY"), stated).verdict == HOLDS
    assert counted(claim("sum", equals=30, currency="USD"), stated).verdict == HOLDS
    assert counted(claim("sum", equals=151, currency="CNY"), stated).verdict == FAILS
    missing = [*stated, project("c")]
    found = counted(claim("sum", equals=150, currency="CNY"), missing)
    assert (found.verdict, found.figure) == (UNTOLD, "CNY 150.00")
    assert found.why == ("Amounts are missing in 1 of 3 projects.",)
    assert counted(claim("sum", at_least=150, currency="CNY"), missing).verdict == HOLDS
    assert counted(claim("sum", at_most=149, currency="CNY"), missing).verdict == FAILS


def test_a_sum_says_what_it_leaves_out_and_what_is_doubted(project: Makes, claim: Claims) -> None:
    projects = [
        project("a", 100),
        project("b", 70, currency="TWD", amount_usd=None),
        project("c", 9, amount_doubt="amounts_disagree"),
    ]
    found = counted(claim("sum", equals=109, currency="CNY"), projects)
    assert (found.verdict, found.figure) == (UNTOLD, "CNY 109.00")
    assert found.why == (
        "1 of 3 projects state another currency and are left out.",
        "The amounts of 1 of 3 projects are in doubt.",
    )
    dollars = counted(claim("sum", at_least=20, currency="USD"), projects)
    assert dollars.verdict == HOLDS
    assert "No rate of the day is known for the amounts of 1 of 3 projects." in dollars.why


def test_the_largest_amount(project: Makes, claim: Claims) -> None:
    projects = [project("a", 100), project("b", 70), project("c", 300, sure=False)]
    assert counted(claim("largest", at_least=100, currency="CNY"), projects).verdict == HOLDS
    found = counted(claim("largest", equals=100, currency="CNY"), projects)
    assert (found.verdict, found.figure) == (UNTOLD, "CNY 300.00")
    assert counted(claim("largest", more_than=300, currency="CNY"), projects).verdict == FAILS
    assert counted(claim("largest", at_least=1, currency="CNY"), []).verdict == FAILS


def test_the_amount_of_any_one_project(project: Makes, claim: Claims) -> None:
    about = claim("amount", about=100, within=Decimal("0.01"), currency="CNY")
    found = counted(about, [project("a", 500), project("b", 101)])
    assert (found.verdict, found.figure) == (HOLDS, "CNY 101.00")
    assert found.why == ("2 projects match: the amount nearest to it is shown.",)
    assert counted(about, [project("a", 500)]).verdict == FAILS
    assert counted(about, [project("a")]).verdict == UNTOLD
    assert counted(about, [project("a", 100, sure=False)]).verdict == UNTOLD
    assert counted(about, [project("a", 100, amount_doubt="unsure_award")]).verdict == UNTOLD
    some = claim("amount", "some", about=100, within=Decimal("0.01"), currency="CNY")
    assert counted(some, [project("a", 500)]).verdict == UNTOLD
    assert counted(about, []).figure == "no amount"


def test_a_trend_holds_where_all_readings_agree(project: Makes, claim: Claims) -> None:
    projects = [project("a"), project("b", sure=False)]
    keys = frozenset("ab")
    rises, none = Tendency("rises", "It rises.", 0.5, 0.1, 0.8), Tendency("none", "Chance.")
    stated = claim("trend", trend="rises", ladder="online")
    found = counted(stated, projects, {keys: rises, frozenset("a"): rises})
    assert (found.verdict, found.figure) == (HOLDS, "rises: +0.50 (+0.10 to +0.80)")
    assert counted(stated, projects, {keys: rises, frozenset("a"): none}).verdict == UNTOLD
    assert counted(stated, projects, {keys: none, frozenset("a"): none}).verdict == UNTOLD
    falls = Tendency("falls", "It falls.")
    assert counted(stated, projects, {keys: falls, frozenset("a"): falls}).verdict == FAILS
    few = Tendency(None, "Too few.")
    found = counted(stated, projects, {keys: few, frozenset("a"): few})
    assert (found.verdict, found.why) == (UNTOLD, ("Too few.",))


def test_things_are_at_least_the_largest_number_and_at_most_their_sum(
    project: Makes, claim: Claims
) -> None:
    words = {"words": ("摄像机",)}
    plain = [project("a", numbers=(300,)), project("b", numbers=(86,))]
    assert counted(claim("things", equals=386, **words), plain).verdict == HOLDS
    repeated = [project("a", numbers=(300, 300)), project("b", numbers=(86,))]
    found = counted(claim("things", equals=386, **words), repeated)
    assert (found.verdict, found.figure) == (UNTOLD, "686")
    assert found.why == ("At least 386: numbers may repeat each other, or are in doubt.",)
    silent = [*plain, project("c")]
    found = counted(claim("things", equals=386, **words), silent)
    assert (found.verdict, found.why) == (UNTOLD, ("1 of 3 projects state no number.",))
    assert counted(claim("things", at_least=386, **words), silent).verdict == HOLDS
    assert counted(claim("things", at_most=385, **words), silent).verdict == FAILS
    assert counted(claim("things", at_least=1, **words), []).why == ("No matching records.",)


def test_the_interval_of_a_coded_sample_stands_for_what_is_sure(
    project: Makes, claim: Claims
) -> None:
    projects = [project(key) for key in "abcdefghij"]
    interval = (Decimal(6), Decimal(9))
    found = counted(claim("projects", at_least=8), projects, interval=interval)
    assert found.verdict == UNTOLD
    assert found.why == ("By the coded sample, 6 to 9 projects (95 % interval).",)
    assert counted(claim("projects", at_least=5), projects, interval=interval).verdict == HOLDS
    assert counted(claim("projects", at_least=10), projects, interval=interval).verdict == FAILS


_projects = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 50)), st.sampled_from(["sure", "found", "may"])),
    max_size=6,
)


@given(_projects, st.sampled_from(["projects", "sum", "largest"]), st.integers(0, 100))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_verdicts_stand_however_doubts_are_settled(
    project: Makes, claim: Claims, stated: list[tuple[int | None, str]], what: str, wanted: int
) -> None:
    """Whatever is settled, and whatever a missing amount turns out to be, a verdict stays right."""
    projects = [
        project(f"{n}", amount, sure=which == "sure", found=which != "may")
        for n, (amount, which) in enumerate(stated)
    ]
    money = {} if what == "projects" else {"currency": "CNY"}
    at_least = counted(claim(what, at_least=wanted, **money), projects)
    fewer = [p for p in projects if p.sure]
    for kept, missing in ((fewer, 0), (projects, 0), (projects, 1_000)):
        amounts = [missing if p.amount is None else int(p.amount) for p in kept]
        figure = {"projects": len(kept), "sum": sum(amounts), "largest": max(amounts, default=0)}
        if at_least.verdict == HOLDS:
            assert figure[what] >= wanted
        elif at_least.verdict == FAILS:
            assert figure[what] < wanted
