"""Joins by what notices call a body: with their words, and only where they call one alone so."""

import msgspec

from sousveil.model import Called, NameKey
from sousveil.resolve.organisations import resolve_organisations
from tests.resolve.organisations.test_organisations import judged

TITLE = "泸州二院云峰楼门禁采购公告"


def buyer(name: str, *called: Called, place: str = "四川/成都") -> NameKey:
    return NameKey(f"{name}|{place}", name, "CN", place, ("buyer",), (), "other", called)


CALLED = Called("云峰医院", TITLE, "titled")
WHOLE = buyer("成都第一商务专科学校云峰医院", CALLED)
SHORT = buyer("云峰医院", place="四川")


def test_a_name_that_notices_give_joins_with_their_words() -> None:
    found = resolve_organisations([WHOLE, SHORT])
    assert len(found.organisations) == 1
    (join,) = found.joins
    assert (join.rule, join.levels) == ("titled", {"called so": TITLE})
    assert len(resolve_organisations([buyer(WHOLE.name), SHORT]).organisations) == 2


def test_of_several_words_the_first_are_the_reason() -> None:
    earlier = msgspec.structs.replace(CALLED, words="A" + TITLE)
    for said in ((CALLED, earlier), (earlier, CALLED)):
        (join,) = resolve_organisations([buyer(WHOLE.name, *said), SHORT]).joins
        assert join.levels == {"called so": earlier.words}


def test_a_name_that_two_are_called_is_nobodys() -> None:
    other = buyer("绵阳第二农业专科学校云峰医院", CALLED)
    assert len(resolve_organisations([WHOLE, other, SHORT]).organisations) == 3


def test_what_a_person_judged_outranks_what_notices_say() -> None:
    apart = judged(WHOLE, SHORT, "different")
    assert len(resolve_organisations([WHOLE, SHORT], [apart]).organisations) == 2
