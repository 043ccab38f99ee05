"""What people type to state a claim."""

from decimal import Decimal

import pytest

from sousveil.claims import stating
from sousveil.errors import ClaimError
from sousveil.model.claim import Counted, Expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("at_least=300", Expected(at_least=Decimal(300))),
        ("about = 216,000 ± 0.01", Expected(about=Decimal(216_000), within=Decimal("0.01"))),
        ("about=3100±5e-2", Expected(about=Decimal(3100), within=Decimal("0.05"))),
        ("exists=no", Expected(exists=False)),
        ("trend=rises", Expected(trend="rises")),
    ],
)
def test_expected(typed: str, meant: Expected) -> None:
    assert stating.expected(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "300",
        "exists=perhaps",
        "trend=1",
        "at_least=many",
        "a=1",
        "equals=1e-999999999",
        "about=1±1e99999",
    ],
)
def test_what_is_not_understood(typed: str) -> None:
    with pytest.raises(ClaimError):
        stating.expected(typed)


def test_counted() -> None:
    assert stating.counted("things", words=["camera"]) == Counted("things", words=("camera",))
    for wrong in ({"what": "money"}, {"what": "organisations", "role": "owner"}):
        with pytest.raises(ClaimError):
            stating.counted(**wrong)
