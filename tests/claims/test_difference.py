"""What changed since a check: each kind of change with its reason, nothing where nothing did."""

from collections.abc import Callable
from decimal import Decimal

import msgspec
import pytest
from tests.claims.conftest import Makes

from sousveil.claims import News, difference
from sousveil.claims.difference import Change
from sousveil.model.claim import HOLDS, UNTOLD, Check, CodersOnHits, FoundNotice, FoundProject

NO_NEWS = News(frozenset(), {}, {})
Checks = Callable[..., Check]


@pytest.fixture
def check() -> Checks:
    def make(*projects: FoundProject, **other: object) -> Check:
        values: dict[str, object] = {
            "claim": "c", "at": "2026-01-01T00:00:00+00:00", "by": "w", "software": "1",
            "taxonomy_version": "1.0", "corpus": "k", "heads": {}, "definition": "*",
            "claim_hash": "h", "what": "projects", "expected": "2", "verdict": HOLDS, "why": (),
            "figure": f"{len(projects)} projects", "low": None, "high": None,
            "coded": CodersOnHits(0, 0, 0), "evidence_sha256": "e", "evidence": projects,
        }  # fmt: skip
        return Check(**{**values, **other})  # type: ignore[arg-type]

    return make


def changed(before: FoundProject, now: FoundProject, check: Checks, news: News) -> tuple[str, ...]:
    (change,) = difference(check(before), check(now), news).records
    assert change.how == "changed"
    return change.reasons


def notice_of(project: FoundProject, **values: object) -> FoundProject:
    notices = tuple(msgspec.structs.replace(n, **values) for n in project.notices)
    return msgspec.structs.replace(project, notices=notices)


def test_nothing_changed(project: Makes, check: Checks) -> None:
    same = difference(check(project("a", 5)), check(project("a", 5), at="later"), NO_NEWS)
    assert not same
    assert (same.stated, same.records) == ((), ())


def test_what_is_stated_of_a_claim(project: Makes, check: Checks) -> None:
    now = check(
        project("a"), verdict=UNTOLD, figure="3 projects", definition="level:>=3", claim_hash="g",
        taxonomy_version="1.1", software="2", expected="3",
    )  # fmt: skip
    assert difference(check(project("a")), now, NO_NEWS).stated == (
        "verdict: holds → cannot be told from these records",
        "figure: 1 projects → 3 projects",
        "expected: 2 → 3",
        "definition: * → level:>=3",
        "software: 1 → 2",
        "taxonomy: 1.0 → 1.1",
    )
    detail = difference(check(), check(claim_hash="g"), NO_NEWS)
    assert detail.stated == ("definition: another detail of what counts was changed",)


@pytest.mark.parametrize(
    ("news", "other", "reasons"),
    [
        (News(frozenset({"da"}), {}, {}), {}, ("new: notice na was added",)),
        (News(frozenset(), {"na": ("Ann",)}, {}), {}, ("notice na was decided by Ann",)),
        (NO_NEWS, {"definition": "x"}, ("the definition changed",)),
        (NO_NEWS, {"taxonomy_version": "2"}, ("coded by taxonomy 2, not 1.0",)),
        (NO_NEWS, {"software": "2"}, ("read by version 2, not 1",)),
        (NO_NEWS, {}, ("it was in the case, and matches now",)),
    ],
)
def test_why_a_record_came_in(
    project: Makes, check: Checks, news: News, other: dict[str, object], reasons: tuple[str, ...]
) -> None:
    found = difference(check(), check(project("a"), **other), news)
    assert found.records == (Change("in", "a", "project a", reasons),)


@pytest.mark.parametrize(
    ("news", "other", "reasons"),
    [
        (NO_NEWS, {}, ("gone: notice na is not in the case",)),
        (News(frozenset(), {}, {"na": "b"}), {}, ("notice na now belongs to project b",)),
        (
            News(frozenset(), {"na": ("Ann", "Bo")}, {"na": "a"}),
            {},
            ("notice na was decided by Ann, Bo",),
        ),
        (News(frozenset(), {}, {"na": "a"}), {"definition": "x"}, ("the definition changed",)),
        (
            News(frozenset(), {}, {"na": "a"}),
            {},
            ("it is in the case, and matches no longer",),
        ),
    ],
)
def test_why_a_record_left(
    project: Makes, check: Checks, news: News, other: dict[str, object], reasons: tuple[str, ...]
) -> None:
    found = difference(check(project("a")), check(**other), news)
    assert found.records == (Change("out", "a", "project a", reasons),)


def test_how_a_record_counts_otherwise(project: Makes, check: Checks) -> None:
    before = project("a", 5)
    amount = changed(before, project("a", 6), check, NO_NEWS)
    assert amount == ("amount: CNY 5 → CNY 6",)
    assert changed(before, project("a"), check, NO_NEWS) == ("amount: CNY 5 → none",)
    usd = changed(before, project("a", 5, amount_usd=Decimal(3)), check, NO_NEWS)
    assert usd == ("US dollars: 1 → 3",)
    doubt = changed(before, project("a", 5, amount_doubt="unsure_award"), check, NO_NEWS)
    assert doubt == ("doubt of the amount: None → unsure_award",)
    buyer = changed(before, project("a", 5, buyer="another", year=2021), check, NO_NEWS)
    assert buyer == ("buyer: a buyer → another", "year: 2020 → 2021")
    doubted = notice_of(before, sure=False)
    assert changed(before, doubted, check, NO_NEWS) == ("it was sure, and is found, and in doubt",)
    coded = notice_of(before, values={"platforms": "twitter"})
    assert changed(before, coded, check, NO_NEWS) == ("platforms: None → twitter",)
    numbers = notice_of(before, numbers=(3, 4))
    assert changed(before, numbers, check, NO_NEWS) == ("numbers: [] → [3, 4]",)
    decided = notice_of(before, decided="yes", coders=("Ann",))
    news = News(frozenset(), {"na": ("Ann",)}, {"na": "a"})
    assert changed(before, decided, check, news) == ("notice na was decided by Ann",)


def test_a_notice_more_or_less_of_a_project(project: Makes, check: Checks) -> None:
    one = project("a")
    more = FoundNotice("nb", "db", 1, None, True, True)
    two = msgspec.structs.replace(one, notices=(*one.notices, more))
    added = News(frozenset({"db"}), {}, {})
    assert changed(one, two, check, added) == ("notice nb was added",)
    assert changed(one, two, check, NO_NEWS) == ("notice nb matches now",)
    assert changed(two, one, check, NO_NEWS) == ("notice nb is not in the case",)
    there = News(frozenset(), {}, {"nb": "a"})
    assert changed(two, one, check, there) == ("notice nb matches no longer",)
