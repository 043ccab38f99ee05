"""A district's police under its plates; a county's is a bureau of its own."""

import pytest

from sousveil.model import NameKey
from sousveil.resolve.organisations.parts import parts_of


def key(name: str) -> tuple[str, ...]:
    return parts_of(NameKey("n", name, "CN", None, (), (), "police")).key


@pytest.mark.parametrize(
    "ways",
    [
        ("长沙市公安局岳麓分局", "岳麓区公安分局", "长沙市岳麓区公安局", "长沙市公安局岳麓区分局"),
        (
            "长沙市公安局岳麓分局交通警察大队",
            "岳麓区公安分局交警大队",
            "长沙市岳麓区公安局交警大队",
        ),
        ("成都高新区公安分局", "成都市公安局高新区分局", "成都市公安局高新技术产业开发区分局"),
        ("成都市公安局经开区分局", "成都经济技术开发区公安分局"),
    ],
)
def test_plates_of_a_district_are_one(ways: tuple[str, ...]) -> None:
    assert len({key(way) for way in ways}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("长沙市公安局", "长沙市公安局岳麓分局"),
        ("长沙县公安局", "长沙市公安局"),
        ("长沙县公安局", "长沙县公安局开发区分局"),
        ("长沙市公安局岳麓分局", "长沙市公安局岳麓分局交警大队"),
        ("长沙市公安局高新分局", "长沙市公安局"),
        ("长沙市公安局高新分局", "长沙市公安局经开分局"),
    ],
)
def test_a_branch_is_not_its_city(left: str, right: str) -> None:
    assert key(left) != key(right)


def test_a_county_keeps_its_bureau() -> None:
    assert key("长沙县公安局")[3:] == ("公安局", "")
