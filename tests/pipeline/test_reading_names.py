"""Names read in processes say what they say in this one."""

import importlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.organisations.population import population

from sousveil.engine import Limits
from sousveil.model import NameKey
from sousveil.pipeline import reading_names
from sousveil.pipeline.reading_names import read_names
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.records import Said
from sousveil.resolve.organisations.said import read

NAMES = [mention.key for mention in islice(population(900, 3), 900)]
OTHERS = [
    NameKey("a", "合肥市康复医院（合肥市第九人民医院）", "CN", "安徽/合肥", (), (), "hospital"),
    NameKey("b", "Bauträger München GmbH", "DE", None, ()),
    NameKey("c", "Falcon Ridge LLC DBA Bright Harbor Services", "US", None, ()),
    NameKey("d", "\U0001f600 \x00 " * 50, None, None, ()),
    NameKey("e", "", None, "新疆/昌吉", (), (), "police"),
]
WRITTEN = [*NAMES, *OTHERS]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few names are many, and pieces small."""
    monkeypatch.setattr(reading_names, "_MANY", 100)
    monkeypatch.setattr(reading_names, "_PIECE", 70)


def test_names_read_in_processes_say_the_same() -> None:
    said = list(read_names(WRITTEN, 2, Limits()))
    assert said == list(read(WRITTEN))
    assert any(one.others for one in said)
    assert any(one.bare for one in said)


def test_organisations_are_the_same_however_names_are_read() -> None:
    def reader(names: Sequence[NameKey]) -> Iterator[Said]:
        return read_names(names, 2, Limits())

    assert resolve_organisations(WRITTEN, reader=reader) == resolve_organisations(WRITTEN)


def test_few_names_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(reading_names, "Pool")
    assert list(read_names(WRITTEN[:99], 2, Limits())) == list(read(WRITTEN[:99]))
    assert list(read_names(WRITTEN, 1, Limits())) == list(read(WRITTEN))


@pytest.mark.parametrize("child", ["dies", "waits", "leaves_out"])
def test_a_piece_that_fails_its_process_is_read_here(
    monkeypatch: pytest.MonkeyPatch, child: str
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "children"))
    failing = importlib.import_module("failing_readers")
    monkeypatch.setattr(reading_names, "read_piece", getattr(failing, child))
    assert list(read_names(WRITTEN, 2, Limits(seconds_per_item=3.0))) == list(read(WRITTEN))
