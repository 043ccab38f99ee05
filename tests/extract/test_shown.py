"""Names as they are shown: without signs that nobody sees, their quotes untouched."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sousveil.extract.shown import shown
from sousveil.model import Evidence, Field, Lot, NameBeside, Notice, PartyId
from sousveil.text.normalise import INVISIBLE

HIDING = "\ufeffAlpha\u202e Example\u200b"


def field(value: object, quote: str = HIDING) -> Field[object]:
    evidence = Evidence("d" * 64, 1, 0, len(quote), quote, "test")
    return Field(value, quote, evidence)


def notice(**told: object) -> Notice:
    found = Notice("n", "d" * 64, 1, (1,), None, "test", "award")
    return msgspec.structs.replace(found, **told)


def test_values_lose_them_and_quotes_keep_them() -> None:
    beside = NameBeside(HIDING, f"{HIDING} plc", "stated")
    given_ = notice(
        buyer=field(HIDING),
        title=field("\u200b\ufeff"),
        suppliers=(field(HIDING), field("Beta Ltd"), field("\u2060")),
        identifiers=(field(PartyId(HIDING, "GB-COH", "07444723")),),
        names_beside=(field(beside),),
        lots=(Lot("1", field(HIDING), suppliers=(field(HIDING),)),),  # type: ignore[arg-type]
    )
    told = shown(given_)
    assert told.buyer is not None
    assert (told.buyer.value, told.buyer.raw, told.buyer.evidence.quote) == (
        "Alpha Example", HIDING, HIDING,
    )  # fmt: skip
    assert told.title is None
    assert [supplier.value for supplier in told.suppliers] == ["Alpha Example", "Beta Ltd"]
    assert told.identifiers[0].value == PartyId("Alpha Example", "GB-COH", "07444723")
    assert (told.names_beside[0].value.name, told.names_beside[0].value.other) == (
        "Alpha Example", "Alpha Example plc",
    )  # fmt: skip
    (lot,) = told.lots
    assert lot.title is not None
    assert (lot.title.value, lot.suppliers[0].value) == ("Alpha Example", "Alpha Example")


def test_a_notice_without_any_is_the_same() -> None:
    given_ = notice(buyer=field("示例市公安局"), suppliers=(field("Beta Ltd"),))
    assert shown(given_) is given_


@given(st.lists(st.text("Aa公司\u202e\u200b\u00ad\ufeff ", max_size=8), max_size=4))
def test_no_name_keeps_any(names: list[str]) -> None:
    told = shown(notice(suppliers=tuple(map(field, names)), buyer=field("".join(names))))
    values = [one.value for one in (told.buyer, *told.suppliers) if one is not None]
    assert not any(INVISIBLE.search(value) for value in values)
    assert shown(told) is told
