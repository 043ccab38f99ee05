"""Each XML notice among the fixtures gives exactly what stands beside it."""

import json
from pathlib import Path

import pytest
from tests.extract.elements import summary_of

HERE = Path(__file__).parent
INPUTS = sorted((HERE / "eforms/fixtures").glob("*.xml")) + sorted(
    (HERE / "ted/fixtures").glob("*.xml")
)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_fixture(path: Path) -> None:
    expected = path.with_suffix(".expected.json")
    assert expected.is_file(), f"write what {path.name} should give to {expected.name}"
    assert summary_of(path) == json.loads(expected.read_text("utf-8"))


def test_no_expectation_stands_alone() -> None:
    found = {
        p.name.removesuffix(".expected.json")
        for folder in ("eforms", "ted")
        for p in (HERE / folder / "fixtures").glob("*.expected.json")
    }
    assert found == {path.stem for path in INPUTS}
