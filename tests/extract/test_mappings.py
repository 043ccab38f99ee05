"""The mapping pages are what the tables say, and the tables are what is read."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from sousveil.extract.eforms import mapping as eforms
from sousveil.extract.eforms import table as eforms_table
from sousveil.extract.elements.mapping import Source
from sousveil.extract.elements.paths import steps
from sousveil.extract.ted import mapping as ted
from sousveil.extract.ted import table as ted_table

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
TABLES: dict[str, Mapping[str, Source]] = {
    "eforms.NOTICE": eforms_table.NOTICE,
    "eforms.LOT": eforms_table.LOT,
    "eforms.RESULT": eforms_table.RESULT,
    "eforms.ORGANISATION": eforms_table.ORGANISATION,
    "ted.FORM": ted_table.FORM,
    "ted.EXPORT": ted_table.EXPORT,
    "ted.LOT": ted_table.LOT,
    "ted.AWARD": ted_table.AWARD,
}


@pytest.mark.parametrize(("name", "page"), [("eforms", eforms.page), ("ted", ted.page)])
def test_the_page_is_written_from_the_tables(name: str, page: object) -> None:
    kept = (REFERENCE / f"mapping-{name}.md").read_text("utf-8")
    assert kept == page(), "run python -m scripts.make_mappings"  # type: ignore[operator]


@pytest.mark.parametrize("name", TABLES)
def test_every_path_can_be_followed_and_names_its_counterpart(name: str) -> None:
    for field, source in TABLES[name].items():
        assert source.paths, field
        for path in source.paths:
            assert steps(path)
        if field not in ("language", "source_url"):
            assert source.ocds, field


@pytest.mark.parametrize(
    ("table", "source"),
    [(name, key) for name, table in TABLES.items() for key in table],
)
def test_every_line_is_used_by_the_code(table: str, source: str) -> None:
    package, variable = table.split(".")
    folder = Path(eforms_table.__file__).parents[1] / package
    code = "".join(
        path.read_text("utf-8") for path in folder.glob("*.py") if path.stem not in ("table",)
    )
    direct = f'{variable}["{source}"]'
    by_name = re.search(rf'_(?:first|said)\("{re.escape(source)}"\)', code)
    passed = f'"{source}"' in code and f"{variable}[field]" in code
    assert direct in code or by_name or passed, f"{direct} is documented and never read"
