"""Names joined to organisations: what is one, what never is, and that no order changes it."""

import random

from benchmarks.organisations.population import population
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.model import Judgement, NameKey, OrganisationId
from sousveil.resolve.organisations import ResolvedOrganisations, resolve_organisations
from sousveil.resolve.organisations.described import REASONS


def key(
    name: str, place: str | None = None, uscc: str = "", country: str = "CN", buys: bool = False
) -> NameKey:
    ids = (OrganisationId("CN-USCC", uscc),) if uscc else ()
    kind = "other" if buys else None
    return NameKey(f"{name}|{place}|{uscc}", name, country, place, ("supplier",), ids, kind)


def sets(found: ResolvedOrganisations) -> set[frozenset[str]]:
    return {frozenset(one.name_ids) for one in found.organisations}


def judged(left: NameKey, right: NameKey, verdict: str, at: str = "2026-01-01") -> Judgement:
    ends = (left.name_id, right.name_id)
    return Judgement("Li", at, "organisation", verdict, *ends)  # type: ignore[arg-type]


def test_the_same_number_is_the_same_company_under_another_name() -> None:
    names = [key("华安科技有限公司", uscc="A"), key("华安数字技术有限公司", uscc="A")]
    found = resolve_organisations(names)
    assert len(found.organisations) == 1
    assert [j.rule for j in found.joins] == ["identifier"]


def test_namesakes_with_other_numbers_are_two_and_the_third_stays_alone() -> None:
    names = [key("华安信息技术有限公司", uscc=n) for n in ("A", "B", "")]
    assert len(resolve_organisations(names).organisations) == 3


def test_a_name_without_number_joins_the_only_one_with_it() -> None:
    names = [key("江苏华安信息技术有限公司", uscc=n) for n in ("A", "")]
    assert len(resolve_organisations(names).organisations) == 1


def test_two_numbers_keep_apart_what_other_names_would_join() -> None:
    one, two = key("江苏华安信息技术有限公司", uscc="A"), key("江苏华安信息技术有限公司", uscc="B")
    between = key("江苏 华安信息技术有限公司")
    found = resolve_organisations([one, between, two])
    assert found.org_of[one.name_id] != found.org_of[two.name_id]


def test_a_name_that_says_nothing_of_its_own_joins_nothing() -> None:
    names = [key("人民医院", buys=True), key("人民医院 ", buys=True)]
    assert len(resolve_organisations(names).organisations) == 2


def test_the_place_within_the_other_joins_an_own_name_that_stands_there_once() -> None:
    short = key("萬豐國小", "南投縣", country="TW", buys=True)
    whole = key("南投縣仁愛鄉萬豐國民小學", "南投縣", country="TW", buys=True)
    other = key("南投縣信義鄉萬豐國民小學", "南投縣", country="TW", buys=True)
    assert len(resolve_organisations([short, whole]).organisations) == 1
    assert len(resolve_organisations([short, whole, other]).organisations) == 3


def test_a_unit_names_what_it_is_a_unit_of() -> None:
    names = [key("昌吉州公安局"), key("昌吉州公安局交警支队"), key("昌吉市公安局")]
    found = resolve_organisations(names)
    by_name = {one.name: one for one in found.organisations}
    assert by_name["昌吉州公安局交警支队"].parent_key == by_name["昌吉州公安局"].org_key
    assert by_name["昌吉市公安局"].parent_key is None


def test_what_people_judge_outranks_the_model() -> None:
    one, two, three = (key(n) for n in ("昌吉州公安局", "昌吉 州公安局", "皮山县公安局"))
    assert len(resolve_organisations([one, two]).organisations) == 1
    apart = resolve_organisations([one, two], [judged(one, two, "different")])
    assert len(apart.organisations) == 2
    fourth = key("昌吉州 公安局")
    held = resolve_organisations([one, two, fourth], [judged(one, two, "different")])
    assert len(held.organisations) == 2
    same = resolve_organisations([one, three], [judged(one, three, "same")])
    assert len(same.organisations) == 1
    assert same.joins[0].rule == "judged"
    again = [judged(one, three, "same"), judged(one, three, "different", at="2026-02-01")]
    assert len(resolve_organisations([one, three], again).organisations) == 2


def test_different_holds_through_others() -> None:
    one, two = key("江苏华安信息技术有限公司", uscc="A"), key("江苏华安信息工程有限公司", uscc="A")
    three = key("江苏华安信息技术有限公司")
    found = resolve_organisations([one, two, three], [judged(two, three, "different")])
    assert found.org_of[two.name_id] != found.org_of[three.name_id]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_no_order_of_adding_changes_the_result(seed: int, shuffle: random.Random) -> None:
    keys = [mention.key for mention in population(60, seed)]
    shuffled = keys[:]
    shuffle.shuffle(shuffled)
    assert resolve_organisations(keys) == resolve_organisations(shuffled)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000))
def test_every_name_is_of_one_organisation_and_every_join_says_why(seed: int) -> None:
    keys = [mention.key for mention in population(60, seed)]
    found = resolve_organisations(keys)
    assert set(found.org_of) == {k.name_id for k in keys}
    assert sum(len(one.name_ids) for one in found.organisations) == len(found.org_of)
    for join in found.joins:
        assert REASONS[join.rule] == join.reason
        assert found.org_of[join.left] == found.org_of[join.right]
        assert 0.9 <= join.probability <= 1.0


def test_a_number_without_a_rule_needs_the_name_too() -> None:
    def numbered(name: str) -> NameKey:
        ids = (OrganisationId("GB-LAC", "99829800"),)
        return NameKey(name, name, "GB", None, ("buyer",), ids, "other")

    names = ["HM Land Registry", "Scottish Water", "Scottish Water Business Stream"]
    found = resolve_organisations(map(numbered, names))
    assert sets(found) == {frozenset(names[:1]), frozenset(names[1:])}


def of_register(name: str, *numbers: str, country: str = "GB") -> NameKey:
    ids = tuple(OrganisationId(*number.split(":", 1)) for number in numbers)
    return NameKey(f"{name}|{numbers}", name, country, None, ("supplier",), ids, None)


GB = ("GB-COH:07444723", "GB-COH:02723534")


def test_two_numbers_of_any_known_register_are_two_companies() -> None:
    for one, two in (
        GB,
        ("GB-COH:SC123456", "GB-COH:NI654321"),
        ("RU-INN:7707083893", "RU-INN:7736050003"),
        ("BR-CNPJ:00000000000191", "BR-CNPJ:33000167000101"),
        ("JP-JCN:7000012050002", "JP-JCN:1180301018771"),
    ):
        names = [
            of_register("Alpha Surveillance Systems Ltd", number) for number in (one, two, one)
        ]
        found = resolve_organisations(names)
        assert len(found.organisations) == 2, (one, two)
        assert found.joins == ()


def test_which_of_two_companies_a_name_without_number_is_nobody_can_say() -> None:
    names = [of_register("Alpha Surveillance Systems Ltd", *n) for n in ((), (GB[0],), (GB[1],))]
    assert len(resolve_organisations(names).organisations) == 3
    assert len(resolve_organisations(names[:2]).organisations) == 1
    proved = of_register("Alpha Surveillance Systems Ltd", "XI-LEI:5493001KJTIIGC8Y1R12")
    assert len(resolve_organisations([names[1], proved]).organisations) == 1
    assert len(resolve_organisations([*names[1:], proved]).organisations) == 3


def test_two_companies_stay_two_through_others() -> None:
    names = [
        of_register("Alpha Surveillance Systems Ltd", GB[0]),
        of_register("Alpha Surveilance Systems Ltd"),
        of_register("Alpha SurveillanceSystems Ltd"),
        of_register("Alpha Surveillance Systems Limited", GB[1]),
    ]
    found = resolve_organisations(names)
    assert found.org_of[names[0].name_id] != found.org_of[names[3].name_id]


def test_a_number_that_proves_nothing_keeps_nobody_apart() -> None:
    """A wrong check digit, a form that is none, a filler, a register that gives a body several."""
    for one, two in (
        ("RU-INN:7707083893", "RU-INN:7707083894"),
        ("JP-JCN:7000012050002", "JP-JCN:8000012050002"),
        ("GB-COH:07444723", "GB-COH:00000000"),
        ("GB-COH:07444723", "GB-COH:1"),
        ("BR-CNPJ:00000000000191", "BR-CNPJ:00000000000272"),  # two branches of one bank
        ("US-DUNS:123456789", "US-DUNS:987654321"),
        ("FR-NATIONAL:12345678", "FR-NATIONAL:87654321"),
    ):
        names = [of_register("Alpha Surveillance Systems Ltd", number) for number in (one, two)]
        assert len(resolve_organisations(names).organisations) == 1, (one, two)


def test_the_same_number_of_a_known_register_still_needs_the_name_too() -> None:
    one, two = of_register("Alpha Ltd", GB[0]), of_register("Omega Ltd", GB[0])
    assert len(resolve_organisations([one, two]).organisations) == 2
