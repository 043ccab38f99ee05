"""Coding schemes: what is read, and that each fault is told with its line."""

import pytest

from sousveil.coding.scheme import Fault, in_use, new_scheme, read_scheme, scheme_hash
from sousveil.model.scheme import FACETS, Scheme
from sousveil.reference.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy()
RIGHT = """name = "Pilot"
readers = 2
threshold = 0.8
coders = ["Ana", "Bo"]

[[question]]
id = "relevant"
asks = "Does it watch people?"
excludes = "Cameras that watch traffic alone"

[[question]]
id = "capabilities"
asks = "What can it do?"
codes = [
    "drones",
    "face_recognition",
]

[[definition]]
question = "capabilities"
code = "drones"
definition = "Aircraft that carry a camera"
"""


def read(text: str) -> Scheme:
    found = read_scheme(text.encode(), TAXONOMY)
    assert isinstance(found, Scheme), found
    return found


def faults(text: str) -> list[Fault]:
    found = read_scheme(text.encode(), TAXONOMY)
    assert isinstance(found, list), found
    return found


def test_a_scheme_is_read_and_versioned_by_its_hash() -> None:
    scheme = read(RIGHT)
    assert (scheme.name, scheme.readers, scheme.threshold) == ("Pilot", 2, 0.8)
    assert scheme.hash == scheme_hash(RIGHT.encode())
    assert scheme.hash != read(RIGHT.replace("0.8", "0.7")).hash


def test_codes_in_use_are_told_in_the_schemes_words() -> None:
    found = {code.id: code.definition for code in in_use(read(RIGHT), "capabilities", TAXONOMY)}
    assert found.keys() == {"drones", "face_recognition"}
    assert found["drones"] == "Aircraft that carry a camera"
    shipped = {code.id: code.definition for code in TAXONOMY.facet("capability")}
    assert found["face_recognition"] == shipped["face_recognition"]


def test_a_question_that_is_not_asked_has_no_codes_and_without_a_scheme_all_are_in_use() -> None:
    assert in_use(read(RIGHT), "platforms", TAXONOMY) == ()
    assert in_use(None, "platforms", TAXONOMY) == TAXONOMY.facet("platform")


def test_a_new_scheme_can_be_used_as_it_is() -> None:
    scheme = read(new_scheme('A "case"', TAXONOMY))
    assert scheme.name == 'A "case"'
    for question, facet in FACETS.items():
        assert in_use(scheme, question, TAXONOMY) == TAXONOMY.facet(facet)


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ('    "face_recognition",', '    "telepathy",', 16, "no capability code 'telepathy'"),
        ('code = "drones"', 'code = "dreams"', 21, "no capability code 'dreams'"),
        ('question = "capabilities"', 'question = "platforms"', 21, "'platforms' is not asked"),
        ("threshold = 0.8", "threshold = 8", 3, "threshold must be"),
        ("readers = 2", "readers = 3", 4, "fewer coders are named"),
        ("readers = 2", 'readers = "two"', 2, "readers: expected 'int'"),
        ('id = "relevant"', 'id = "capabilities"', 1, "no question 'relevant'"),
        ('id = "relevant"', 'id = "price"', 7, "question 1: invalid enum value 'price'"),
        ('asks = "What can it do?"', "", 11, "question 2: object missing required field 'asks'"),
        ("excludes =", "without =", 9, "question 1: object contains unknown field 'without'"),
        ("readers = 2", "readers == 2", 2, "it is no TOML"),
        ("coders =", "people =", 4, "unknown field 'people'"),
    ],
)
def test_a_fault_is_told_with_its_line(before: str, after: str, line: int, words: str) -> None:
    assert before in RIGHT
    found = faults(RIGHT.replace(before, after, 1))
    told = [(fault.line, fault.problem) for fault in found]
    assert any(at == line and words in problem for at, problem in told), told


def test_all_faults_are_told_in_the_order_of_lines() -> None:
    text = RIGHT.replace('"drones"', '"dreams"').replace("0.8", "0")
    assert [fault.line for fault in faults(text)] == [3, 15, 21]


def test_bytes_that_are_no_text_are_a_fault() -> None:
    assert isinstance(read_scheme(b"\xff\xfe\x00", TAXONOMY), list)
