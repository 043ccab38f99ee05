"""What notices call their buyers: collected in any order, with the smallest words."""

from itertools import permutations

import msgspec
import pytest

from sousveil.model import Called, NameBeside, NameKey, PartyId
from sousveil.resolve.calling import Calling
from sousveil.resolve.mentions import Parties, mentions_of
from sousveil.resolve.organisations import resolve_organisations


def buyer(name: str) -> NameKey:
    return NameKey(name, name, "CN", "四川/泸州", ("buyer",), (), "other")


WHOLE, SHORT = buyer("泸州市第二人民医院"), buyer("泸州二院")
NOTICES = [
    (WHOLE, "泸州二院门禁采购", None),
    (WHOLE, "泸州二院监控采购", "p1"),
    (WHOLE, "监控采购中标公告", "p1"),
    (SHORT, "监控采购合同公示", "p1"),
]


def called(*notices: tuple[NameKey, str, str | None]) -> dict[str, tuple[Called, ...]]:
    calling = Calling()
    for one, title, project in notices:
        calling.note(one, [title], project)
    return calling.called()


def test_titles_and_other_notices_of_the_project_say_what_a_buyer_is_called() -> None:
    wanted = {
        WHOLE.name_id: (
            Called("泸州二院", "泸州二院监控采购", "titled"),
            Called("泸州二院", "监控采购合同公示", "one_project"),
        )
    }
    for notices in permutations(NOTICES):
        found = called(*notices)
        assert {name_id: set(said) for name_id, said in found.items()} == {
            name_id: set(said) for name_id, said in wanted.items()
        }
        assert found == called(*NOTICES)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("泸州市第二人民医院（泸州市传染病医院）门禁采购", "泸州市传染病医院"),
        ("关于泸州市第二人民医院(原泸州市云峰医院)门禁采购的公告", "泸州市云峰医院"),
        ("泸州市第二人民医院（二次）门禁采购", None),
        ("泸州市第二人民医院（新院区）门禁采购", None),
        ("泸州市第二人民医院、泸州市第三人民医院（泸州市传染病医院）门禁采购", None),
    ],
)
def test_a_title_says_the_other_name_in_brackets(title: str, other: str | None) -> None:
    found = called((WHOLE, title, None))
    assert [said.name for said in found.get(WHOLE.name_id, ())] == ([other] if other else [])


def test_hospitals_of_one_number_are_one_where_a_title_says_so() -> None:
    whole, short = buyer("泸州市第二人民医院"), buyer("泸州市第二医院")
    assert len(resolve_organisations([whole, short]).organisations) == 2
    said = called((whole, "泸州市第二医院门禁采购", None))
    told = msgspec.structs.replace(whole, called=said[whole.name_id])
    assert len(resolve_organisations([told, short]).organisations) == 1


def test_other_projects_and_notices_that_are_alone_say_nothing_of_each_other() -> None:
    assert called((WHOLE, "监控采购", "p1"), (SHORT, "监控采购", "p2")) == {}
    assert called((WHOLE, "监控采购", None), (SHORT, "监控采购", None)) == {}


def test_a_project_of_many_buyers_is_no_evidence_for_names() -> None:
    many = [(buyer(f"四川第{n}某县公安局"), "监控采购", "p1") for n in "一二三四五六"]
    assert called(*NOTICES[2:], *many) == {}


def test_names_with_the_number_of_a_supplier_are_names_of_it() -> None:
    ids = (PartyId("Falcon Ridge LLC", "US-SAM", "A"), PartyId("Bright Harbor", "US-SAM", "A"))
    parties = Parties("n", "US", None, suppliers=("Falcon Ridge LLC",), identifiers=ids)
    mentions = list(mentions_of(parties))
    calling = Calling()
    calling.note_stated(parties, mentions)
    said = Called("Bright Harbor", "Bright Harbor US-SAM:A", "one_number")
    assert calling.called() == {mentions[0].key.name_id: (said,)}
    other = msgspec.structs.replace(
        parties, identifiers=(ids[0], PartyId("Bright Harbor", "US-SAM", "B"))
    )
    calling = Calling()
    calling.note_stated(other, list(mentions_of(other)))
    assert calling.called() == {}


def stated(*notices: Parties) -> list[tuple[str, str, str]]:
    """Who is called what by which sign; the same in any order of notices."""
    found = []
    for order in permutations(notices):
        calling, names = Calling(), {}
        for parties in order:
            mentions = list(mentions_of(parties))
            names |= {mention.key.name_id: mention.key.name for mention in mentions}
            calling.note_stated(parties, mentions)
        said = calling.called().items()
        found.append(sorted((names[n], c.name, c.sign) for n, some in said for c in some))
    assert all(one == found[0] for one in found)
    return found[0]


def bought(buyer: str, *beside: NameBeside, place: str | None = "四川/泸州") -> Parties:
    return Parties(
        buyer, "CN", place, buyer=buyer, names_beside=tuple((one, one.other) for one in beside)
    )


def sold(supplier: str, number: str, *beside: NameBeside) -> Parties:
    ids = (PartyId(supplier, "US-SAM", number),)
    said = tuple((one, one.other) for one in beside)
    return Parties(number, "US", None, suppliers=(supplier,), identifiers=ids, names_beside=said)


def test_what_a_text_says_beside_a_name_is_its_other_name() -> None:
    beside = NameBeside("泸县甲局", "泸县乙丙局", "stated")
    assert stated(bought("泸县甲局", beside)) == [("泸县甲局", "泸县乙丙局", "stated")]
    assert stated(bought("泸县乙局", beside)) == []  # of a party that the notice has not


def test_a_text_that_calls_a_unit_as_its_whole_gives_it_no_name() -> None:
    name = "泸县公安局交警大队"
    assert stated(bought(name, NameBeside(name, "泸县公安局", "stated"))) == []


def test_spellings_of_one_name_are_told_alike_in_any_order() -> None:
    other = "泸州市云峰医院"
    sites = [
        bought(name, NameBeside(name, site, "publisher"))
        for name in (WHOLE.name, "瀘州市第二人民醫院")
        for site in (other, "瀘州市雲峰醫院")
    ]
    found = []
    for order in permutations(sites):
        calling = Calling()
        for parties in order:
            calling.note_stated(parties, list(mentions_of(parties)))
        found.append(calling.called())
    assert all(one == found[0] for one in found)
    assert found[0]


def test_buyers_of_one_project_are_told_alike_in_any_order() -> None:
    whole = msgspec.structs.replace(WHOLE, name="瀘州市第二人民醫院")
    told = [(SHORT, "监控采购", "p1"), (WHOLE, "监控采购", "p1"), (whole, "监控采购", "p1")]
    found = [called(*notices) for notices in permutations(told)]
    assert all(one == found[0] for one in found)
    assert found[0]


def test_two_schools_of_one_project_that_their_titles_name_are_no_slip() -> None:
    left, right = buyer("泸州市锦江小学"), buyer("泸州市锦华小学")
    titles = "泸州市锦江小学门禁采购", "泸州市锦华小学门禁采购"
    assert called((left, titles[0], "p1"), (right, titles[1], "p1")) == {}
    assert called((left, titles[0], "p1"), (right, titles[0], "p1")) != {}


def test_a_short_form_on_a_site_is_the_buyers() -> None:
    site = NameBeside(WHOLE.name, "泸州二院", "publisher")
    assert stated(bought(WHOLE.name, site)) == [(WHOLE.name, "泸州二院", "own_site")]


def test_another_name_of_a_site_is_its_one_buyers() -> None:
    one = bought(WHOLE.name, NameBeside(WHOLE.name, "泸州市云峰医院", "publisher"))
    other = bought("泸州市公安局", NameBeside("泸州市公安局", "泸州市云峰医院", "publisher"))
    assert stated(one) == [(WHOLE.name, "泸州市云峰医院", "own_site")]
    assert stated(one, other) == []


def test_an_office_is_its_body_where_words_are_cut_short() -> None:
    for office, said in (("HARBOR CNTRINTL SECURITY AGENCY", 1), ("REGION 7 OFFICE", 0)):
        beside = NameBeside("Harbor Counterintelligence Security Agency", office, "office")
        parties = Parties("n", "US", None, buyer=beside.name, names_beside=((beside, office),))
        assert [sign for _, _, sign in stated(parties)] == ["own_office"] * said


def test_a_parent_of_the_same_name_is_the_same_company() -> None:
    parent = NameBeside("Falcon Ridge LLC", "FALCON RIDGE LLC", "parent", "US-SAM", "B")
    record = sold("Falcon Ridge LLC", "A", parent)
    assert stated(record) == [("Falcon Ridge LLC", "FALCON RIDGE LLC", "one_parent")]
    assert stated(sold("Bright Harbor LLC", "A", parent)) == []


def test_a_parents_name_beside_a_number_is_its_bearers_in_another_record_too() -> None:
    bearer = sold("Falcon Ridge Systems LLC", "B")
    child = sold("Ember LLC", "A", NameBeside("Ember LLC", "Falcon Ridge", "parent", "US-SAM", "B"))
    assert stated(bearer, child) == [("Falcon Ridge Systems LLC", "Falcon Ridge", "one_number")]
    for parent in ("Granite Delta", "Systems Inc", "Ridge", "Falcon Inc", "LLC"):
        former = NameBeside("Ember LLC", parent, "parent", "US-SAM", "B")
        assert stated(bearer, sold("Ember LLC", "A", former)) == []
    other_form = NameBeside("Ember LLC", "Falcon Ridge Systems Inc", "parent", "US-SAM", "B")
    assert len(stated(bearer, sold("Ember LLC", "A", other_form))) == 1
