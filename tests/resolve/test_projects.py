import itertools
from datetime import date
from decimal import Decimal

from sousveil.model import NoticeType
from sousveil.resolve.member import Member
from sousveil.resolve.projects import summarise


def member(notice_id: str, notice_type: NoticeType, **values: object) -> Member:
    blank: dict[str, object] = {
        name: None for name in Member.__struct_fields__ if name not in ("notice_id", "notice_type")
    }
    blank |= dict.fromkeys(("capabilities", "platforms", "target_groups", "suppliers"), ())
    blank |= dict.fromkeys(("functions", "data_sources"), ())
    blank |= {"surveillance": False, "surveillance_score": 0.1, "overseas_target": False}
    return Member(notice_id=notice_id, notice_type=notice_type, **{**blank, **values})  # type: ignore[arg-type]


CHAIN = [
    member("1", "intention", on=date(2021, 1, 1), budget=Decimal(100), currency="CNY"),
    member("2", "tender", on=date(2021, 2, 1), budget=Decimal(110), currency="CNY",
           surveillance=True, surveillance_score=0.9, capabilities=("drones",), sophistication=2,
           sophistication_ladder="online"),
    member("3", "correction", on=date(2021, 2, 9), budget=Decimal(120), currency="CNY"),
    member("4", "award", on=date(2021, 3, 1), award=Decimal(95), currency="CNY",
           award_usd=Decimal(15), suppliers=("甲公司",)),
    member("5", "award", on=date(2021, 3, 2), award=Decimal(95), currency="CNY",
           duplicate_of="4", suppliers=("甲公司",)),
]  # fmt: skip


def test_the_award_counts_once_and_before_the_budget() -> None:
    project = summarise("p", CHAIN)
    assert (project.amount, project.amount_kind, project.amount_notice_id) == (
        Decimal(95), "award", "4",
    )  # fmt: skip
    assert project.amount_usd == Decimal(15)
    assert project.suppliers == ("甲公司",)
    assert project.notice_ids == ("1", "2", "3", "4", "5")
    assert project.year == 2021


def test_the_latest_budget_counts_where_no_award_is_stated() -> None:
    project = summarise("p", CHAIN[:3])
    assert (project.amount, project.amount_kind) == (Decimal(120), "budget")


def test_any_order_gives_the_same_project() -> None:
    expected = summarise("p", CHAIN)
    assert all(summarise("p", order) == expected for order in itertools.permutations(CHAIN))


def test_codes_come_from_the_notices_that_buy_surveillance() -> None:
    project = summarise("p", CHAIN)
    assert project.surveillance
    assert project.capabilities == ("drones",)
    assert project.lead_notice_id == "2"
    assert (project.sophistication, project.sophistication_ladder) == (2, "online")


def test_a_project_without_dates_or_amounts() -> None:
    project = summarise("p", [member("1", "other")])
    assert (project.year, project.amount, project.amount_kind, project.surveillance) == (
        None, None, None, False,
    )  # fmt: skip


def _awarded(*contracts: tuple[int, tuple[str, ...]]) -> Decimal | None:
    members = [
        member("1", "award", on=date(2021, 3, 1), award=Decimal(100), suppliers=("甲", "乙")),
        *(
            member(f"2{n}", "contract", on=date(2021, 4, 1 + n), award=Decimal(sum_), suppliers=who)
            for n, (sum_, who) in enumerate(contracts)
        ),
    ]
    return summarise("p", members).amount


def test_contracts_of_lots_do_not_shrink_the_award() -> None:
    assert _awarded((70, ("甲",)), (30, ("乙",))) == 100
    assert _awarded((70, ("甲",))) == 100
    assert _awarded((98, ("甲", "乙"))) == 98
    assert _awarded((120, ("甲", "乙"))) == 120
