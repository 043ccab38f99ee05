"""Numbers of organisations: well-known ones, and what one wrong character does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.identifiers import LEI, PCC, UBN, UEI, USCC, normal_identifier

KNOWN = [
    (USCC, "9144030071526726XG", "9144030071526726XG"),
    (USCC, "91440300 7152 6726XG".lower(), "9144030071526726XG"),
    (USCC, "９１４４０３００７１５２６７２６ＸＧ", "9144030071526726XG"),
    (USCC, "91330000733796106P", "91330000733796106P"),
    (LEI, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
    (LEI, "HWUPKR0MPOU8FGXBT394", "HWUPKR0MPOU8FGXBT394"),
    (UBN, "04595257", "04595257"),
    (UBN, "22099131", "22099131"),
    (UEI, "ZQGGHJH74DW7", "ZQGGHJH74DW7"),
    ("GB-COH", "sc 123456", "SC123456"),
    ("US-DUNS", "12-345-6789", "123456789"),
    ("JP-JCN", "7000012050002", "7000012050002"),
    (PCC, " 3.76.47.1 ", "3.76.47.1"),
    (PCC, "A.15.2", "A.15.2"),
]
WRONG = [
    (USCC, "9144030071526726XH"),
    (USCC, "914403007152672"),
    (LEI, "5493001KJTIIGC8Y1R13"),
    (UBN, "04595258"),
    (UEI, "OQGGHJH74DW7"),
    (UEI, "0QGGHJH74DW7"),
    (UEI, "A123456789BC"),
    ("GB-COH", "unknown"),
    ("GB-COH", "1234567"),
    ("US-DUNS", "12345678"),
    (PCC, "3..76"),
    ("GB-COH", "12"),
    ("GB-COH", ""),
]


@pytest.mark.parametrize(("scheme", "written", "normal"), KNOWN)
def test_a_known_number_has_one_form(scheme: str, written: str, normal: str) -> None:
    assert normal_identifier(scheme, written) == normal


@pytest.mark.parametrize(("scheme", "written"), WRONG)
def test_what_cannot_be_one_is_none(scheme: str, written: str) -> None:
    assert normal_identifier(scheme, written) is None


@given(
    st.sampled_from([k for k in KNOWN if k[0] == USCC]),
    st.integers(0, 19),
    st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"),
)
def test_one_wrong_character_is_seen(known: tuple[str, str, str], place: int, sign: str) -> None:
    scheme, _, number = known
    place %= len(number)
    wrong = number[:place] + sign + number[place + 1 :]
    assert (normal_identifier(scheme, wrong) is None) == (wrong != number)


@given(st.text(max_size=30), st.sampled_from([USCC, LEI, UBN, UEI, PCC, "GB-COH"]))
def test_the_normal_form_is_its_own(written: str, scheme: str) -> None:
    normal = normal_identifier(scheme, written)
    assert normal is None or normal_identifier(scheme, normal) == normal
