"""A run in a process of its own tells how far it is, and why it came to no end."""

import io
import re
from pathlib import Path

import msgspec
import pytest

import sousveil.pipeline
from sousveil.case.folder import Case
from sousveil.pipeline.apart import Failed, Step, Telling, Told, main
from sousveil.web.add_view import phase_key
from sousveil.web.languages import LANGUAGES, catalogue


def told(out: io.BytesIO) -> list[Told]:
    return [msgspec.json.decode(line, type=Told) for line in out.getvalue().splitlines()]


def test_the_first_and_last_of_a_phase_are_always_told() -> None:
    out = io.BytesIO()
    telling = Telling(out)
    telling.start("Reading", 10_000)
    for _ in range(10_000):
        telling.advance()
    telling.finish()
    said = told(out)
    assert said[0] == Step("Reading", 0, 10_000)
    assert said[-1] == Step("Reading", 10_000, 10_000)
    assert len(said) < 1_000


def test_a_case_that_another_process_writes_is_told(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    out = io.BytesIO()
    with case.writing():
        assert main("add", case.root, out) == 4
    (said,) = told(out)
    assert isinstance(said, Failed)
    assert "is being written" in said.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phase_has_a_name_in_every_language(language: str) -> None:
    phases = {
        phase
        for path in Path(sousveil.pipeline.__path__[0]).glob("*.py")
        for phase in re.findall(r'\.start\("([^"]+)"', path.read_text("utf-8"))
    }
    assert len(phases) > 5
    names = catalogue(language)
    assert [phase for phase in phases if f"add.phase.{phase_key(phase)}" not in names] == []
