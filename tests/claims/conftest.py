"""Projects and claims as tests of counting make them."""

from decimal import Decimal
from typing import Protocol

import pytest

from sousveil.model.claim import (
    Claim,
    Counted,
    Definition,
    Expected,
    FoundNotice,
    FoundProject,
    Source,
)


class Makes(Protocol):
    """Makes a project found; ``sure`` False: in doubt."""

    def __call__(
        self, key: str, amount: int | None = None, *, sure: bool = True, **more: object
    ) -> FoundProject: ...


@pytest.fixture
def project() -> Makes:
    def make(
        key: str,
        amount: int | None = None,
        *,
        sure: bool = True,
        found: bool = True,
        numbers: tuple[int, ...] = (),
        **more: object,
    ) -> FoundProject:
        doubts = () if sure else ("score_uncertain",)
        notice = FoundNotice(
            f"n{key}", f"d{key}", 1, "a title", found, sure, doubts, numbers=numbers
        )
        values: dict[str, object] = {
            "notices": (notice,),
            "amount": None if amount is None else Decimal(amount),
            "currency": None if amount is None else "CNY",
            "amount_usd": None if amount is None else Decimal(amount) / 5,
            "name": f"project {key}",
            "buyer": "a buyer",
            "country": "CN",
            "year": 2020,
        }
        return FoundProject(project_key=key, **{**values, **more})  # type: ignore[arg-type]

    return make


class Claims(Protocol):
    """Makes a claim of what is counted, with what was published."""

    def __call__(self, what: str, records: str = "all", **stated: object) -> Claim: ...


@pytest.fixture
def claim() -> Claims:
    def make(what: str, records: str = "all", **stated: object) -> Claim:
        counted = {k: stated.pop(k) for k in ("currency", "role", "ladder", "words") if k in stated}
        return Claim(
            "c",
            "It was published.",
            Source("a newspaper", "its review", "2022"),
            Definition("*", records),  # type: ignore[arg-type]
            Counted(what, **counted),  # type: ignore[arg-type]
            Expected(**{k: _value(v) for k, v in stated.items()}),  # type: ignore[arg-type]
        )

    return make


def _value(value: object) -> object:
    return value if isinstance(value, bool | str | Decimal) else Decimal(str(value))
