from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.report.record.load import notice_row
from sousveil.report.record.timeline import Event, events, timeline

BLANK = dict.fromkeys(
    ("project_name", "buyer", "agency", "method", "budget", "ceiling", "award", "currency",
     "bid_deadline", "source_path", "duplicate_of", "published", "title")
)  # fmt: skip


def row(number: int, **stated: object) -> dict[str, object]:
    return {
        **BLANK,
        "notice_id": f"{number:032x}",
        "notice_type": "tender",
        "suppliers": [],
        "lots": 1,
        **stated,
    }


def told(found: Event) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (c.field, tuple(o.text for o in c.old), tuple(n.text for n in c.new)) for c in found.changes
    ]


def test_what_a_correction_states_otherwise_is_a_change() -> None:
    first, second = events(
        [
            row(1, budget=Decimal("100"), currency="CNY", bid_deadline="2024-05-01T09:00"),
            row(2, budget=Decimal("120"), currency="CNY", bid_deadline="2024-05-08T09:00"),
        ],
        "x",
    )
    assert told(first) == []
    assert told(second) == [
        ("budget", ("CNY 100.00",), ("CNY 120.00",)),
        ("bid_deadline", ("2024-05-01 09:00",), ("2024-05-08 09:00",)),
    ]
    assert second.changes[0].since == f"{1:032x}"


def test_what_is_not_stated_again_has_not_changed() -> None:
    found = list(
        events([row(1, buyer="甲 局"), row(2), row(3, buyer="甲局"), row(4, buyer="乙局")], "x")
    )
    assert [told(each) for each in found[:3]] == [[], [], []]
    assert told(found[3]) == [("buyer", ("甲局",), ("乙局",))]
    assert found[3].changes[0].since == f"{3:032x}"


def test_of_lists_only_what_went_and_came_is_told() -> None:
    _, second = events([row(1, suppliers=["A", "B"]), row(2, suppliers=["B", "C"])], "x")
    assert told(second) == [("suppliers", ("A",), ("C",))]


def test_one_lot_is_said_by_nobody() -> None:
    _, second, third = events([row(1, lots=3), row(2, lots=1), row(3, lots=2)], "x")
    assert told(second) == []
    assert told(third) == [("lots", ("3",), ("2",))]


def test_a_project_of_the_demonstration_corpus(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        (key,) = connection.execute(
            "SELECT project_key FROM projects WHERE len(notice_ids) >= 4"
            " AND list_contains(notice_types, 'correction') LIMIT 1"
        ).fetchone()  # type: ignore[misc]
        ids = [
            found
            for (found,) in connection.execute(
                "SELECT notice_id FROM notices WHERE project_key = ?", [key]
            ).fetchall()
        ]
        own = notice_row(connection, ids[0])
        assert own is not None
        found = timeline(connection, own)
        documents = dict(
            connection.execute("SELECT notice_id, document_sha256 FROM notice_rows").fetchall()
        )
        asked: list[str] = []

        def some_of(count: int) -> Callable[[Sequence[str]], dict[str, str]]:
            def documents_of(notice_ids: Sequence[str]) -> dict[str, str]:
                asked.extend(notice_ids)
                return {one: documents[one] for one in notice_ids[:count]}

            return documents_of

        assert timeline(connection, own, some_of(len(ids))) == found
        assert timeline(connection, own, some_of(1)) == found
    assert set(asked) == set(ids) - {ids[0]}
    assert any(each.joined for each in found.events)
    assert sorted(each.notice_id for each in found.events) == sorted(ids)
    assert [e.notice_id for e in found.events if e.here] == [ids[0]]
    days = [e.published or date.max for e in found.events]
    assert days == sorted(days)
    changed = {c.field for e in found.events for c in e.changes if e.notice_type == "correction"}
    assert "bid_deadline" in changed
