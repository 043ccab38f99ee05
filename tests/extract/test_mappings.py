"""The mapping pages say what the tables say, the tables are what is read, OCDS has the paths."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from scripts.make_mappings import FORMS, PAGES

from sousveil.extract.chinese import forms
from sousveil.extract.chinese import table as chinese_table
from sousveil.extract.chinese.mapping import in_traditional
from sousveil.extract.eforms import table as eforms_table
from sousveil.extract.elements.mapping import Source
from sousveil.extract.elements.paths import steps
from sousveil.extract.elements.record_fields import EXTENSIONS, OCDS_PATHS
from sousveil.extract.ocds import table as ocds_table
from sousveil.extract.tabular.headings import field_names, field_of, sources
from sousveil.extract.ted import table as ted_table

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("SOUSVEIL_SHARED", ROOT.parent / "shared"))
SCHEMA = SHARED / "data" / "ocds-schema-1.1.5"
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


OCDS_TABLES: dict[str, Mapping[str, Source]] = {
    "ocds.RELEASE": ocds_table.RELEASE,
    "ocds.LOT": ocds_table.LOT,
    "ocds.PROZORRO": ocds_table.PROZORRO,
    "chinese.INTENTION": chinese_table.INTENTION,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_written_from_the_tables(name: str) -> None:
    kept = (REFERENCE / name).read_text("utf-8")
    assert kept == PAGES[name](), "run python -m scripts.make_mappings"


def test_every_page_is_in_the_index_and_no_other_is_kept() -> None:
    assert {path.name for path in REFERENCE.glob("mapping*.md")} == PAGES.keys()
    index = (REFERENCE / "mappings.md").read_text("utf-8")
    assert all(f"]({name})" in index for name in FORMS)


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
    [(name, key) for name, table in {**TABLES, **OCDS_TABLES}.items() for key in table],
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
    # The columns of intentions are gone through in a row.
    row = f"{variable}.items()" in code and f'cells["{source}"]' in code
    assert direct in code or by_name or passed or row, f"{direct} is documented and never read"


def stated_paths() -> Iterator[str]:
    for table in {**TABLES, **OCDS_TABLES}.values():
        for source in table.values():
            yield from source.ocds.split(", ") if source.ocds else ()
    yield from OCDS_PATHS.values()
    yield "contracts/value"


@pytest.mark.parametrize("path", sorted(set(stated_paths())))
def test_ocds_has_the_path(path: str) -> None:
    """Each step is a property of the official release schema, or an extension is named for it."""
    if not (found := sorted(SCHEMA.rglob("release-schema.json"))):
        pytest.skip(f"the OCDS schema is not under {SCHEMA}")
    schema = json.loads(found[0].read_text("utf-8"))
    names = path.split("/")
    if any(path == start or path.startswith(f"{start}/") for start in EXTENSIONS):
        return
    node = schema
    for name in names:
        node = of_items(node, schema)
        assert name in node["properties"], f"{path}: OCDS 1.1.5 has no {name} there"
        node = node["properties"][name]


def of_items(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "properties" not in node:
        if "$ref" in node:
            node = schema["definitions"][node["$ref"].rsplit("/", 1)[-1]]
        elif "items" in node:
            node = node["items"]
        else:
            break
    assert "properties" in node, sorted(node)
    return node


def test_every_extension_is_used() -> None:
    paths = set(stated_paths()) | {p for s in ocds_table.RELEASE.values() for p in s.paths}
    unused = [s for s in EXTENSIONS if not any(p == s or p.startswith(f"{s}/") for p in paths)]
    assert unused == []


def test_every_field_of_a_heading_and_of_a_label_is_known() -> None:
    assert set(field_names()) <= OCDS_PATHS.keys()
    labels = forms.load().labels
    assert {label.field for label in labels.values()} == chinese_table.FIELDS.keys()
    for field, _ in chinese_table.FIELDS.values():
        assert not field or field in OCDS_PATHS


def test_a_label_is_found_in_either_script() -> None:
    for words, label in forms.load().labels.items():
        found = forms.find_label(forms.to_simplified(in_traditional(words)))
        assert found is not None
        assert found.field == label.field, words


def test_a_heading_is_found_in_either_script() -> None:
    for name in ("zh", "zh_hant"):
        for field, headings in sources()[name].fields.items():
            for heading in headings:
                meant = field_of(in_traditional(heading))
                assert meant is not None, heading
                assert meant[0] == field, heading


def test_what_a_type_has_is_a_label() -> None:
    known = chinese_table.FIELDS.keys()
    for table in (chinese_table.AWARDS, chinese_table.BIDDERS):
        assert all(set(labels) <= known for labels in table.values())
    assert all(set(column.paths) <= known for column in chinese_table.INTENTION.values())
