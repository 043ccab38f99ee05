"""Numbers that tell bodies apart: forms and check digits of registers, by numbers in public use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.apart import apart_by

RIGHT = {
    "GB-COH": ["07444723", "SC123456", "R0000012"],
    "JP-JCN": ["7000012050002", "1180301018771"],
    "UA-EDR": ["00032129", "14360570", "32855961"],
    "RU-INN": ["7707083893", "7736050003"],
    "PE-RUC": ["20512333797"],
    "AR-CUIT": ["30500010912"],
    "DO-RNC": ["101850043"],
    "PT-NIPC": ["501964843"],
    "ES-NIF": ["A28015865", "Q2826000H"],
    "IT-CF": ["00743110157"],
    "CL-RUT": ["760864285"],
}


@pytest.mark.parametrize(
    ("scheme", "number"), [(s, n) for s, found in RIGHT.items() for n in found]
)
def test_numbers_whose_check_digit_holds(scheme: str, number: str) -> None:
    assert apart_by(scheme, number) == number


@pytest.mark.parametrize(
    ("scheme", "number"),
    [(s, n) for s, found in RIGHT.items() for n in found if s not in ("GB-COH",)],
)
def test_one_wrong_digit_proves_nothing(scheme: str, number: str) -> None:
    at = 5
    wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert apart_by(scheme, wrong) is None


def test_branches_of_a_brazilian_company_are_one() -> None:
    endings = (f"{check:02d}" for check in range(100))
    (branch,) = (x for end in endings if (x := apart_by("BR-CNPJ", f"330001670049{end}")))
    assert branch == apart_by("BR-CNPJ", "33000167000101") == "33000167"


@pytest.mark.parametrize(
    ("scheme", "number"),
    [
        ("GB-COH", "00000000"),
        ("GB-COH", "1"),
        ("US-DUNS", "123456789"),
        ("FR-NATIONAL", "12345678"),
        ("PE-RUC", "10123456789"),  # of a person
        ("CN-USCC", "91330000733796106P"),  # proved elsewhere
    ],
)
def test_what_tells_nobody_apart(scheme: str, number: str) -> None:
    assert apart_by(scheme, number) is None


@given(st.sampled_from([*RIGHT, "KZ-BIN", "BR-CNPJ", "EC-RUC", "MX-RFC"]), st.text(max_size=15))
def test_any_text_is_a_number_or_none(scheme: str, number: str) -> None:
    told = apart_by(scheme, number)
    assert told is None or number.startswith(told)
