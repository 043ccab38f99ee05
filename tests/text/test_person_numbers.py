"""Which numbers are of natural persons and sole traders, and which of nobody."""

import pytest

from sousveil.text.person_numbers import is_a_persons, is_nobodys, is_resident_id


@pytest.mark.parametrize(
    ("scheme", "number", "persons", "nobodys"),
    [
        ("CN-USCC", "91330000733796106P", False, False),
        ("CN-USCC", "92110105MA00000A1X", True, False),
        ("PE-RUC", "20123456789", False, False),
        ("PE-RUC", "10123456789", True, False),
        ("BR-CPF", "12345678901", True, False),
        ("MX-RFC", "CPL211105123", False, False),
        ("MX-RFC", "PELJ8001019A1", True, False),
        ("UA-EDR", "12345678", False, False),
        ("UA-EDR", "1234567890", True, False),
        ("UA-EDR", "UAXE02", True, True),
        ("BG-NATIONAL", "1234567890", True, False),
        ("GB-COH", "07444723", False, False),
    ],
)
def test_registers_of_persons_and_companies(
    scheme: str, number: str, persons: bool, nobodys: bool
) -> None:
    assert (is_a_persons(scheme, number), is_nobodys(scheme, number)) == (persons, nobodys)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("11010519491231002X", True), ("110105194912310021", False), ("11010519491331002X", False)],
)
def test_resident_numbers_have_a_date_and_a_check_digit(number: str, is_one: bool) -> None:
    assert is_resident_id(number) is is_one
