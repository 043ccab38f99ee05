"""One name over the years: which notices are one purchase, which the next."""

from sousveil.model import NoticeKey
from tests.resolve.test_resolve import BUYER, NAME, key, project_of, resolve, together


def note(kind: str, day: str, number: str | None = None, **told: str) -> NoticeKey:
    return key(kind=kind, name=NAME, buyer=BUYER, published=day, number=number, **told)


def test_a_call_after_an_award_is_the_next_purchase() -> None:
    first = note("tender", "2024-01-10"), note("award", "2024-02-20")
    assert together(*first)
    assert not together(*first, note("tender", "2024-06-01"))
    assert together(*first, note("tender", "2024-03-01"))


def test_a_call_after_a_failure_is_the_same() -> None:
    keys = [note("tender", "2024-01-10"), note("award", "2024-02-20"),
            note("termination", "2024-03-01"), note("tender", "2024-05-01")]  # fmt: skip
    assert together(*keys)


def test_each_award_joins_its_own_call() -> None:
    years = [
        [note("tender", f"{y}-01-10"), note("award", f"{y}-02-10"), note("contract", f"{y}-03-10")]
        for y in (2022, 2023, 2024)
    ]
    found = project_of(resolve(k for keys in years for k in keys))
    assert [len({found[k.notice_id] for k in keys}) for keys in years] == [1, 1, 1]
    assert len(set(found.values())) == 3


def test_contracts_are_numbered_apart() -> None:
    tender = note("tender", "2024-01-10", "BJZB-2024-0012")
    award = note("award", "2024-02-10", "BJZB-2024-0012")
    assert together(tender, award, note("contract", "2024-03-10", "HT-99-2024-7781"))


def test_acceptance_comes_late() -> None:
    assert together(note("tender", "2022-01-10"), note("acceptance", "2024-01-10"))
    assert not together(note("tender", "2022-01-10"), note("correction", "2024-01-10"))


def test_a_name_of_many_numbers_is_a_forms() -> None:
    keys = [note("tender", f"2024-01-{n:02d}", f"BJZB-CG-2024-{n:04d}") for n in range(10, 16)]
    assert len(set(project_of(resolve(keys)).values())) == 6
