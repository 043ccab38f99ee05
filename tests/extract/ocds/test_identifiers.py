"""Numbers of the organisations of a release, and none of persons."""

import json

from hypothesis import given
from hypothesis import strategies as st
from tests.extract.ocds.expectations import check_evidence, read

PARTIES = [
    {
        "id": "b",
        "name": "Example Council",
        "roles": ["buyer"],
        "identifier": {"scheme": "GB-LAC", "id": "E09000001"},
        "additionalIdentifiers": [
            {"scheme": "XI-LEI", "id": "529900T8BM49AURSDO55"},
            {"scheme": "Internal register", "id": "12345"},
        ],
    },
    {
        "id": "s",
        "name": "Example Ltd",
        "roles": ["supplier"],
        "identifier": {"scheme": "gb-coh", "id": 12345678},
    },
    {
        "id": "p",
        "name": "Приклад",
        "roles": ["tenderer"],
        "identifier": {"scheme": "UA-EDR", "id": "1234567890"},
    },
    {"id": "x", "name": "Nobody's", "identifier": {"scheme": "GB-COH", "id": "87654321"}},
]
RELEASE = {
    "ocid": "ocds-1-1",
    "tag": ["award"],
    "parties": PARTIES,
    "buyer": {"id": "b"},
    "tender": {"title": "Cameras", "tenderers": [{"id": "s"}, {"id": "p"}]},
    "awards": [{"id": "a", "suppliers": [{"id": "s", "name": "Example Ltd"}]}],
}


def numbers(release: object, *, ascii_only: bool = False) -> list[str]:
    text = json.dumps(release, ensure_ascii=ascii_only)
    (notice,) = read(text)
    check_evidence(notice, text)
    found = [field.value for field in notice.identifiers]
    return [f"{number.name}: {number.scheme} {number.id}" for number in found]


def test_of_the_parties_that_have_a_role() -> None:
    assert numbers(RELEASE) == [
        "Example Council: GB-LAC E09000001",
        "Example Council: XI-LEI 529900T8BM49AURSDO55",
        "Example Ltd: GB-COH 12345678",
    ]


def test_inline_as_in_1_0() -> None:
    release = {
        "ocid": "ocds-1-2",
        "tender": {"title": "Cameras"},
        "buyer": {"name": "Example Council", "identifier": {"scheme": "GB-LAC", "id": "E09000001"}},
    }
    assert numbers(release) == ["Example Council: GB-LAC E09000001"]


@given(
    st.text(max_size=20),
    st.one_of(st.text(max_size=30), st.integers(), st.none(), st.lists(st.integers())),
    st.booleans(),
)
def test_any_identifier_is_quoted(scheme: str, number: object, ascii_only: bool) -> None:
    odd = [{**PARTIES[0], "identifier": {"scheme": scheme, "id": number}}, PARTIES[1]]
    found = numbers({**RELEASE, "parties": odd}, ascii_only=ascii_only)
    assert "Example Ltd: GB-COH 12345678" in found
