"""Whose numbers are kept: organisations', never a person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.extract.party_ids import each_once, national_id, party_id
from sousveil.model import Evidence, PartyId

SHA = "0" * 64


def evidence(written: str) -> Evidence:
    return Evidence(SHA, 1, 0, len(written), written, "test/1")


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        ("CN-USCC", "92652300MA7ABCDE3B"),  # a sole trader
        ("CN-USCC", "11010519491231002X"),  # an identity number
        ("CN-ANY", "11010519491231002X"),
        ("UA-EDR", "1234567890"),  # a person in Prozorro
        ("UA-IPN", "1234567890"),
        ("BR-CPF", "12345678909"),
        ("MX-RFC", "VECJ880326XXX"),
        ("PE-RUC", "10123456789"),
        ("EC-RUC", "1712345678001"),
        ("AR-CUIT", "20123456786"),
        ("RU-INN", "500100732259"),
        ("KZ-BIN", "880326300123"),
        ("ES-NATIONAL", "12345678Z"),
        ("ES-NATIONAL", "ESX1234567L"),
        ("IT-NATIONAL", "RSSMRA85T10A562S"),
        ("PL-NATIONAL", "44051401359"),
        ("FI-NATIONAL", "131052-308T"),
        ("SE-NATIONAL", "640823-3234"),
        ("TW-UBN", "A123456789"),
    ],
)
def test_numbers_of_persons_are_never_kept(scheme: str, written: str) -> None:
    assert party_id("Somebody", scheme, written, evidence(written)) is None


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        ("CN-USCC", "91650100MA7ABCDE15"),
        ("UA-EDR", "12345678"),
        ("MX-RFC", "ABC880326XX1"),
        ("PE-RUC", "20123456789"),
        ("EC-RUC", "1790012345001"),
        ("AR-CUIT", "30123456789"),
        ("RU-INN", "7707083893"),
        ("KZ-BIN", "123440012345"),
        ("ES-NATIONAL", "ESP2800000A"),
        ("IT-NATIONAL", "IT00123456789"),
        ("PL-NATIONAL", "5250001111"),
        ("FI-NATIONAL", "0112038-9"),
        ("SE-NATIONAL", "556012-5790"),
        ("GB-COH", "01234567"),
    ],
)
def test_numbers_of_organisations_are(scheme: str, written: str) -> None:
    found = party_id("Example Ltd", scheme, written, evidence(written))
    assert found is not None
    assert found.value.scheme == scheme
    assert found.raw == found.evidence.quote == written


def test_a_masked_name_has_no_number() -> None:
    for name in ("〔person〕", "〔person〕 Consulting", "", None):
        assert party_id(name, "GB-COH", "01234567", evidence("01234567")) is None
    assert party_id("Example", "GB-COH", "〔id_number〕", evidence("〔id_number〕")) is None


def test_a_scheme_is_a_code() -> None:
    for scheme in ("", "string", "VAT", "Registro Federal", "GB", "../x"):
        assert party_id("Example", scheme, "01234567", evidence("01234567")) is None


def test_short_national_numbers_tell_nobody_apart() -> None:
    assert national_id("Example", "DE", "HRB 1", evidence("HRB 1")) is None
    assert national_id("Example", None, "123456", evidence("123456")) is None
    found = national_id("Example", "DE", "HRB 123456", evidence("HRB 123456"))
    assert found is not None
    assert found.value == PartyId("Example", "DE-NATIONAL", "HRB123456")


def test_each_number_once() -> None:
    one = party_id("Example", "GB-COH", "01234567", evidence("01234567"))
    assert each_once([one, None, one]) == (one,)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=24))
def test_any_input_is_a_number_or_none(name: str, scheme: str, written: str) -> None:
    found = party_id(name, scheme, written, evidence(written))
    assert found is None or (found.value.name == name and found.value.id)
