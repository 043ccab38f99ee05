"""Whom notices name: ids that no order or case changes, and nobody behind a mask."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import OrganisationId, PartyId
from sousveil.resolve.mentions import Mention, Names, Parties, mentions_of, name_id

LEI = "529900T8BM49AURSDO55"
CODE = "91650100MA7ABCDE15"


def mentions(**stated: object) -> list[Mention]:
    known = {"country": "CN", "place": "新疆/昌吉回族自治州", **stated}
    return list(mentions_of(Parties("a" * 32, **known)))  # type: ignore[arg-type]


def test_roles_and_positions() -> None:
    found = mentions(
        buyer="昌吉市公安局",
        buyer_type="police",
        agency="公共资源交易中心",
        suppliers=("天山慧眼科技有限公司", "钱江数视科技有限公司"),
        bidders=("天山慧眼科技有限公司",),
    )
    assert [(m.role, m.position, m.key.name) for m in found] == [
        ("buyer", 0, "昌吉市公安局"),
        ("agency", 0, "公共资源交易中心"),
        ("supplier", 0, "天山慧眼科技有限公司"),
        ("supplier", 1, "钱江数视科技有限公司"),
        ("bidder", 0, "天山慧眼科技有限公司"),
    ]
    assert [m.key.buyer_type for m in found] == ["police", None, None, None, None]
    assert found[2].key.name_id == found[4].key.name_id


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("天山慧眼科技有限公司", ("CN", None)),
        ("乌鲁木齐市天山慧眼科技有限公司", ("CN", "新疆/乌鲁木齐市")),
        ("香港某科技有限公司", ("HK", None)),
        ("Example Ltd", ("CN", None)),
    ],
)
def test_a_supplier_is_where_its_name_says(name: str, where: tuple[str, str | None]) -> None:
    (found,) = mentions(suppliers=(name,))
    assert (found.key.country, found.key.place) == where


def test_latin_letters_name_no_place_of_another_country_by_chance() -> None:
    (found,) = mentions(suppliers=("Anyang County Systems",), country="KR", place=None)
    assert (found.key.country, found.key.place) == ("KR", None)


def test_an_agency_that_is_a_company_is_nowhere_a_public_one_at_the_notice() -> None:
    (company,) = mentions(agency="国信招标集团股份有限公司")
    (public,) = mentions(agency="政府采购中心")
    assert company.key.place is None
    assert public.key.place == "新疆/昌吉回族自治州"


def test_masked_names_are_nobody() -> None:
    assert not mentions(
        buyer="〔person〕",
        agency="〔phone〕公司",
        suppliers=("〔person〕商行", "…"),
        bidders=("-",),
    )


def test_numbers_belong_to_their_name() -> None:
    numbers = (PartyId("天山慧眼科技有限公司", "CN-USCC", CODE), PartyId("Other", "XI-LEI", LEI))
    one, other = mentions(
        suppliers=("天山慧眼科技有限公司", "钱江数视科技有限公司"), identifiers=numbers
    )
    assert one.key.identifiers == (OrganisationId("CN-USCC", CODE),)
    assert other.key.identifiers == ()


def test_two_numbers_of_one_register_tell_nothing() -> None:
    numbers = (
        PartyId("Example Ltd", "GB-COH", "01234567"),
        PartyId("Example Ltd", "GB-COH", "07654321"),
        PartyId("Example Ltd", "XI-LEI", LEI),
    )
    (found,) = mentions(suppliers=("Example Ltd",), identifiers=numbers)
    assert found.key.identifiers == (OrganisationId("XI-LEI", LEI),)


def test_the_id_of_a_name_never_changes() -> None:
    """A judgement names ids: another id would silently undo it."""
    known = name_id("CN", "新疆/昌吉回族自治州", "昌吉市公安局", ())
    assert known == "of42916a989d31460458b3b13"
    number = OrganisationId("CN-USCC", CODE)
    assert name_id("CN", None, "天山慧眼科技有限公司", (number,)) == "of2e0ddc95f7713334347dd67"


@given(
    st.sampled_from(["昌吉市公安局", "Example Systems Ltd", "天山慧眼科技有限公司（乌鲁木齐）"]),
    st.sampled_from([" ", "\u3000", "\u200b", "\n"]),
    st.integers(0, 6),
)
def test_what_typing_adds_changes_no_id(name: str, space: str, at: int) -> None:
    written = name[:at] + space + name[at:]
    assert name_id("CN", None, written, ()) == name_id("CN", None, name, ())


def test_script_width_and_case_are_one_and_words_are_not() -> None:
    def same(left: str, right: str) -> bool:
        return name_id("CN", None, left, ()) == name_id("CN", None, right, ())

    assert same("臺北市政府警察局", "台北市政府警察局")
    assert same("甲（北京）公司", "甲(北京)公司")
    assert same("EXAMPLE LTD", "Example Ltd")
    assert not same("甲有限公司", "甲股份有限公司")
    assert not same("甲公司", "甲公司北京分公司")
    assert name_id("CN", None, "甲公司", ()) != name_id(None, None, "甲公司", ())
    assert name_id("CN", "新疆", "甲局", ()) != name_id("CN", "西藏", "甲局", ())


WORDS = st.sampled_from(["昌吉市公安局", "昌吉 市公安局", "昌吉市公安局 ", "皮山县公安局"])
NOTICES = st.lists(
    st.builds(
        Parties,
        notice_id=st.sampled_from("abcdef"),
        country=st.sampled_from([None, "CN"]),
        place=st.sampled_from([None, "新疆"]),
        buyer=WORDS,
        buyer_type=st.sampled_from([None, "police", "other", "court"]),
        suppliers=st.lists(WORDS, max_size=2).map(tuple),
    ),
    max_size=8,
)


def gathered(notices: Sequence[Parties]) -> Names:
    names = Names()
    for notice in notices:
        for mention in mentions_of(notice):
            names.note(mention.key)
    return names


@given(NOTICES, st.randoms(use_true_random=False))
def test_no_order_of_notices_changes_the_names(notices: list[Parties], chance: object) -> None:
    shuffled = list(notices)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    names, others = gathered(notices), gathered(shuffled)
    keys = list(names.keys())
    assert keys == list(others.keys())
    ids = [key.name_id for key in keys]
    assert ids == sorted(set(ids))
    assert names.spellings(ids) == others.spellings(ids)
    written = {m.key.name for notice in notices for m in mentions_of(notice)}
    assert set(names.spellings(ids)) == written
    for key in keys:
        assert name_id(key.country, key.place, key.name, key.identifiers) == key.name_id
        assert names.commonest([key.name_id]) == key.name


def test_the_commonest_spelling_is_shown() -> None:
    one = Parties("a", "CN", "新疆", buyer="昌吉市公安局")
    typed = Parties("b", "CN", "新疆", buyer="昌吉市 公安局")
    (key,) = gathered([typed, one, one]).keys()
    assert key.name == "昌吉市公安局"
    (key,) = gathered([one, typed]).keys()
    assert key.name == "昌吉市 公安局"  # of two as common the longer
