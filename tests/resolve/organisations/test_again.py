"""Taking over what was joined before gives what joining everything anew gives."""

import msgspec
from benchmarks.organisations.population import population
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.model import Called, Judgement, NameKey, OrganisationId
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.again import resolve_again
from sousveil.resolve.worked_out import WorkedOut
from tests.resolve.organisations.test_organisations import judged, key


def called(name: NameKey, other: str) -> NameKey:
    return msgspec.structs.replace(name, called=(Called(other, f"{other}门禁采购", "titled"),))


POLICE = [
    key("长沙市公安局", buys=True),
    key("长沙市公安局岳麓分局", buys=True),
    key("岳麓区公安分局", "湖南/长沙/岳麓", buys=True),
    key("湖南省公安局", buys=True),
    key("昌吉州公安局", buys=True),
    key("昌吉回族自治州公安局", buys=True),
    key("昌吉州公安局交警支队", buys=True),
]
COMPANIES = [
    key("江苏华安信息技术有限公司", uscc="A"),
    key("江苏华安信息技术有限公司"),
    key("江苏华安信息技术股份有限公司", uscc="B"),
    key("江苏华安信息工程有限公司", uscc="A"),
    key("江苏华安信息枝术有限公司"),
    key("华安信息技术有限公司", uscc="B"),
    key("中国工商银行股份有限公司昌吉回族自治州分行"),
    key("中国工商银行股份有限公司昌吉回族自治州支行"),
    key("浙江蓝天科技有限公司", uscc="C"),
    key("浙江钱江数视集团有限公司", uscc="C"),
    key("江苏金桥电子技术有限公司"),
    key("南京金桥电子技术有限公司"),
]
SCHOOLS = [
    key("萬豐國小", "南投縣", country="TW", buys=True),
    key("南投縣仁愛鄉萬豐國民小學", "南投縣", country="TW", buys=True),
    key("南投縣信義鄉萬豐國民小學", "南投縣", country="TW", buys=True),
    key("人民医院", buys=True),
    key("人民医院 ", buys=True),
]
OTHERS = [
    key("合肥市康复医院（合肥市第九人民医院）", "安徽/合肥", buys=True),
    key("合肥市第九人民医院", "安徽/合肥", buys=True),
    key("江苏华安数字技术有限公司（原江苏瑞博信息有限公司）"),
    key("江苏瑞博信息有限公司"),
    key("Falcon Ridge LLC DBA Bright Harbor Services", country="US"),
    key("Delta Summit LLC dba Bright Harbor Services", country="US"),
    key("Bright Harbor Services", country="US"),
    key("Agencia Nacional de Compras Públicas (ANCP)", country="CL", buys=True),
    key("ANCP - Chile", country="CL", buys=True),
    key("Struthers PD", "OH", country="US", buys=True),
    key("Sturthers PD", "OH", country="US", buys=True),
    key("Life Harbor Inc", country="US"),
    key("LIFEHARBOR INC", country="US"),
    key("Optigraph4all LLC", country="US"),
    key("Optigraph4all Inc", country="US"),
]
CALLED = [
    called(key("成都第一商务专科学校云峰医院", "四川/成都", buys=True), "云峰医院"),
    called(key("绵阳第二农业专科学校云峰医院", "四川/绵阳", buys=True), "云峰医院"),
    key("成都第一商务专科学校云峰医院 ", "四川/成都", buys=True),
    key("云峰医院", "四川", buys=True),
]
WRITTEN = [*POLICE, *COMPANIES, *SCHOOLS, *OTHERS, *CALLED]
NAMES = [*WRITTEN, *(mention.key for mention in population(25, 7))]
SOME = st.sets(st.sampled_from(NAMES), min_size=1)
JUDGED = st.lists(
    st.builds(
        judged,
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.sampled_from(["same", "different"]),
        st.sampled_from(["2026-01-01", "2026-01-02"]),
    ),
    max_size=3,
)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(SOME, JUDGED), min_size=2, max_size=4))
def test_whatever_was_added_removed_and_judged_before_changes_nothing(
    states: list[tuple[set[NameKey], list[Judgement]]],
) -> None:
    known = WorkedOut("1")
    for names, judgements in states:
        known = WorkedOut("1", dict(known.rows()))
        fresh = WorkedOut("1")
        found = resolve_again(names, judgements, known)
        assert found == resolve_organisations(names, judgements)
        assert found == resolve_again(names, judgements, fresh)
        assert list(known.rows()) == list(fresh.rows())


def run(
    names: list[NameKey], before: WorkedOut, judgements: tuple[Judgement, ...] = ()
) -> tuple[WorkedOut, int, int]:
    """What is known after a run, and the names it joined anew and took over."""
    known = WorkedOut("1", dict(before.rows()))
    resolve_again(names, judgements, known)
    return known, known.anew["names"], known.taken_over["names"]


def test_only_names_that_a_new_one_may_touch_are_joined_anew() -> None:
    known, *counts = run([*POLICE, *COMPANIES[1:]], WorkedOut())
    assert counts == [18, 0]
    known, *counts = run([*POLICE, *COMPANIES[1:]], known)
    assert counts == [0, 18]
    known, *counts = run([*POLICE, *COMPANIES], known)
    assert counts == [6, 13]
    assert known.anew["read"] == 0  # its name stood there without the number


def test_whichever_name_comes_last_finds_what_it_belongs_to() -> None:
    whole = resolve_organisations(WRITTEN)
    for name in WRITTEN:
        known, *_ = run([other for other in WRITTEN if other is not name], WorkedOut())
        assert resolve_again(WRITTEN, (), WorkedOut("1", dict(known.rows()))) == whole


def test_a_name_that_goes_and_a_judgement_touch_their_circle_alone() -> None:
    known, *_ = run([*POLICE, *COMPANIES], WorkedOut())
    known, *counts = run([*POLICE, *COMPANIES[1:]], known)
    assert counts == [5, 13]
    told = judged(POLICE[0], POLICE[3], "different")
    _, *counts = run([*POLICE, *COMPANIES[1:]], known, (told,))
    assert counts == [4, 14]


def test_another_version_takes_nothing_over() -> None:
    known, *_ = run(POLICE, WorkedOut())
    later = WorkedOut("2", dict(known.rows()))
    resolve_again(POLICE, (), later)
    assert later.taken_over.total() == 0
    assert later.anew["names"] == len(POLICE)


def test_nothing_comes_of_no_names() -> None:
    assert resolve_again([], (), WorkedOut()) == resolve_organisations([])


def test_what_notices_call_a_body_is_joined_anew_when_they_call_it_otherwise() -> None:
    short, whole = CALLED[3], CALLED[0]
    plain = msgspec.structs.replace(whole, called=())
    known, *counts = run([plain, short, POLICE[0]], WorkedOut())
    known, *counts = run([whole, short, POLICE[0]], known)
    assert counts == [2, 1]
    assert len(resolve_again([whole, short], (), known).organisations) == 1


def test_two_joins_alike_but_for_their_levels_are_put_in_order() -> None:
    bears, parent = (
        OrganisationId("US-SAM", "TUYTY9SYP3H1"),
        OrganisationId("US-SAM", "JDZ1T4WLXBH7"),
    )
    said = Called("Falcon Ridge LLC", f"Falcon Ridge LLC {parent}", "one_parent", str(parent))
    names = [
        NameKey("a", "Falcon Ridge LLC", "US", None, ("supplier",), (bears,), called=(said,)),
        NameKey("b", "Falcon Ridge LLC", "US", None, ("supplier",), (parent,)),
    ]
    found = resolve_again(names, (), WorkedOut("1"))
    assert found == resolve_organisations(names)
    assert [join.rule for join in found.joins] == ["one_parent", "one_parent"]
