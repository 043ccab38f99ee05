"""Names that are nearly one, and names without a buyer: what joins them and what must not."""

from itertools import product

import msgspec
import pytest

from sousveil.model import NoticeKey
from sousveil.resolve import groups, resolve
from sousveil.resolve.prepared import Prepared, prepare
from tests.resolve.test_resolve import BUYER, key, rules, together

LONG = "智慧安防小区视频监控平台建设"


def stated(amount: str, **told: object) -> NoticeKey:
    return msgspec.structs.replace(key(amount=amount, **told), amounts=(amount,))  # type: ignore[arg-type]


def test_a_sum_joins_names_that_are_alike() -> None:
    tender = stated("1393400", name="视频监控平台建设", buyer=BUYER, published="2024-01-10")
    award = stated(
        "1393400", name="视频监控平台建设与运维", buyer=BUYER, published="2024-03-10", kind="award"
    )
    assert rules(tender, award) == {"name_and_sum"}
    other = stated(
        "1393400", name="办公家具购置", buyer=BUYER, published="2024-03-10", kind="award"
    )
    assert not together(tender, other)
    elsewhere = msgspec.structs.replace(award, buyer="南岭县教育局")
    assert not together(tender, elsewhere)
    next_year = msgspec.structs.replace(tender, notice_id="f" * 32, published="2025-01-10",
                                        project_name="视频监控平台的建设")  # fmt: skip
    assert not together(tender, next_year)


def test_a_slip_in_a_long_name() -> None:
    one = key(name=LONG, buyer=BUYER, published="2024-01-10")
    slip = key(name="智慧安防小区视频监控平建设台", buyer=BUYER, published="2024-01-10")
    more = key(name=LONG + "与运维", buyer=BUYER, published="2024-02-10", kind="award")
    assert rules(one, slip) == {"name_nearly"}
    assert rules(one, more) == {"name_nearly"}


@pytest.mark.parametrize(
    ("left", "right"),
    [("一号楼智慧安防视频监控平台建设", "二号楼智慧安防视频监控平台建设"),
     ("东区智慧安防视频监控平台建设", "西区智慧安防视频监控平台建设")],
)  # fmt: skip
def test_another_number_in_a_name_is_another_project(left: str, right: str) -> None:
    keys = [key(name=name, buyer=BUYER, published="2024-01-10") for name in (left, right)]
    assert not together(*keys)


def test_without_a_buyer_a_long_name_joins_within_weeks() -> None:
    named = key(name=LONG, buyer=BUYER, published="2024-01-10")
    unnamed = key(name=LONG, published="2024-01-20", kind="award")
    assert rules(named, unnamed) == {"name_unnamed"}
    assert not together(named, key(name=LONG, published="2024-06-20", kind="award"))
    assert not together(named, key(name="监控平台建设", published="2024-01-20"))


def test_an_unnamed_notice_makes_no_bridge() -> None:
    """Two buyers of a common name stay two, though a notice without a buyer is near both."""
    keys = [key(name=LONG, buyer=b, published="2024-01-10") for b in (BUYER, "南岭县教育局")]
    assert not together(*keys, key(name=LONG, published="2024-01-12"))


def test_some_unit_is_nobody() -> None:
    one, other = (
        key(name="监控平台建设", buyer="某单位", published=f"2024-0{n}-10") for n in (1, 9)
    )
    assert not together(one, other)


def test_the_body_in_the_name_outranks_the_field() -> None:
    name = "北江市公安局南岸分局" + LONG
    tender = key(name=name, buyer="北江市公安局南岸分局", published="2024-01-10")
    agency = key(name=name, buyer="华原招标代理有限公司", published="2024-02-10", kind="award")
    assert together(tender, agency)
    assert not together(tender, key(name=name, buyer="南岭县教育局", published="2024-02-10"))


def of_two_publishers(count: int) -> list[NoticeKey]:
    """Notices of one name and sum, and each of a sum of its own; one publisher names no buyer."""
    return [
        msgspec.structs.replace(
            key(name=LONG, buyer=BUYER if n % 2 else None, published="2024-01-10",
                ocid="ocds-abc123-1" if n % 2 else "ocds-zzz999-1"),
            amounts=("1393400", f"{n}.50"),
        )
        for n in range(count)
    ]  # fmt: skip


def test_two_projects_are_compared_once_however_many_of_their_notices_are_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """500 notices of two publishers were compared pair by pair of notices, for two minutes."""
    compared = []
    differ = groups.results_differ

    def counting(left: Prepared, right: Prepared) -> bool:
        compared.append((left, right))
        return differ(left, right)

    monkeypatch.setattr(groups, "results_differ", counting)
    keys = of_two_publishers(60)
    assert len({r.project_key for r in resolve(keys).resolutions}) == 1
    assert 0 < len(compared) <= 4 * 30 * 30


def test_what_two_projects_cannot_have_in_one_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr(groups, "results_differ", lambda *pair: bool(asked.append(pair)))
    notices = prepare(of_two_publishers(20))
    named, unnamed = notices[1::2], notices[::2]
    pairs = list(product(named, unnamed))
    both = groups.Groups([*named, *unnamed], [0] * 10 + [1] * 10)
    assert list(both.unequivocal(pairs)) == pairs
    # By 10 notices of the one and 10 of the other, and before they are joined once more.
    assert len(asked) == 2 * 10 * 10


def test_projects_of_very_many_notices_are_not_compared_notice_by_notice() -> None:
    keys = of_two_publishers(1000)
    found = resolve(keys)
    assert len({r.project_key for r in found.resolutions}) == 1
    assert len(found.joins) < 3 * len(keys)
