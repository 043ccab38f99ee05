"""The reference pages of what is read from Chinese notices, written from the forms themselves."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, get_args

import opencc

from sousveil.extract.chinese.forms import shipped
from sousveil.extract.chinese.table import (
    AWARDS,
    BIDDERS,
    DEADLINES,
    FIELDS,
    INTENTION,
    SUPPLIERS,
)
from sousveil.extract.elements.record_fields import OCDS_PATHS
from sousveil.model import NoticeType

_NOTICES = """\
Which label of a Chinese notice is read into which field, by type of notice. Written by
`python -m scripts.make_mappings` from the forms that the extractor reads with
(`extract/chinese/forms/`) and from `extract/chinese/table.py`. A label is compared without
spaces, numbering, bullets and bracketed units, and folded to Simplified; the Traditional
column is the same word in the other script. Of several labels of a field the best rank wins
(1 the best), then the first in the notice. Labels marked *inline* are found within a line of
text, *by place* ones mean what the section or party around them says."""

_NUMBERS = """\
## Numbers of organisations

`identifiers` (OCDS `parties/identifier/id`): 统一社会信用代码 (`CN-USCC`) of buyer, agency,
suppliers and bidders, where it stands behind the name in the same line or row or on one of the
next lines; 厂商代码 (`TW-UBN`) and 机关代码 (`TW-PCC`) of Taiwan beside the name they belong to.
A number whose check digit fails is left out, and so is one that another organisation could claim,
one of a sole trader (92…) and any identity number of a person.
"""

_INTENTIONS = """\
Tables of purchase intentions (采购意向, 财库〔2020〕10号): every row is a notice of its own.
Written by `python -m scripts.make_mappings` from `extract/chinese/table.py` and the labels of
the forms. Workbooks and CSV files of intentions are read by [the headings of
tables](mapping-tables.md); what is here is read from pages (HTML, PDF, Word)."""


def page() -> str:
    """Labels, sections and types of Chinese notices."""
    return (
        f"# Chinese notices: labels, fields, OCDS\n\n{_NOTICES}\n"
        + f"\n## Fields by type of notice\n\n{_by_type()}"
        + f"\n## Labels\n\n{labels_of()}"
        + f"\n{_NUMBERS}"
        + f"\n## Whose details follow\n\n{_words_table('Party', 'party', 'party')}"
        + f"\n## Sections\n\n{_sections()}"
        + f"\n## Types of notice\n\n{_types()}"
    )


def intentions_page() -> str:
    """Columns of tables of purchase intentions."""
    words = _labels(None)
    rows = ["| Field | Columns | Traditional | OCDS path | Note |", "|---|---|---|---|---|"]
    for field, column in INTENTION.items():
        known = [word for label in column.paths for word in words[label]]
        traditional = "、".join(map(in_traditional, known))
        rows.append(
            f"| `{field}` | {'、'.join(known)} | {traditional} | `{column.ocds}` | {column.note} |"
        )
    table = "\n".join(rows)
    return f"# Chinese purchase intentions: columns, fields, OCDS\n\n{_INTENTIONS}\n\n{table}\n"


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def in_traditional(words: str) -> str:
    """The same words in Traditional script."""
    return str(_converter().convert(words))


def _entries(kind: str, file: str | None = None) -> Iterable[Mapping[str, Any]]:
    for path in sorted(shipped(), key=lambda entry: entry.name):
        if file in (None, path.name):
            yield from tomllib.loads(path.read_text(encoding="utf-8")).get(kind, ())


def _labels(file: str | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in _entries("label", file):
        found.setdefault(entry["field"], []).extend(entry["words"])
    return found


def labels_of(file: str | None = None) -> str:
    """The labels of one file of forms, or of all: what they are read into, and their words."""
    rows = [
        "| Label | Field | OCDS path | Rank | Words | Traditional | Note |",
        "|---|---|---|---|---|---|---|",
    ]
    for entry in _entries("label", file):
        label = entry["field"]
        field, note = FIELDS[label]
        marks = ["inline"] * bool(entry.get("inline")) + ["by place"] * bool(entry.get("context"))
        words: Sequence[str] = entry["words"]
        notes = "; ".join([note] * bool(note) + [f"*{mark}*" for mark in marks])
        rows.append(
            f"| `{label}` | {_code(field)} | {_code(_ocds(label, field))} | {entry.get('rank', 2)} "
            f"| {'、'.join(words)} | {'、'.join(map(in_traditional, words))} | {notes} |"
        )
    return "\n".join(rows) + "\n"


def _ocds(label: str, field: str) -> str:
    return "contracts/value" if label == "contract_amount" else OCDS_PATHS.get(field, "")


def _code(words: str) -> str:
    return f"`{words}`" if words else ""


def _by_type() -> str:
    """What depends on the type; the other fields are read in all."""
    rows = [
        "| Notice type | `award` | `suppliers` | `bidders` | `bid_deadline` |",
        "|---|---|---|---|---|",
    ]
    for kind in get_args(NoticeType):
        due = "corrected" if kind == "correction" else "yes" if kind in DEADLINES else ""
        rows.append(
            f"| {kind} | {_several(AWARDS.get(kind, ()))} | {'yes' if kind in SUPPLIERS else ''} "
            f"| {_several(BIDDERS.get(kind, ()))} | {due} |"
        )
    return "\n".join(rows) + "\n"


def _several(labels: Sequence[str]) -> str:
    return ", ".join(f"`{label}`" for label in labels)


def _words_table(title: str, kind: str, key: str) -> str:
    rows = [f"| {title} | Words | Traditional |", "|---|---|---|"]
    rows += [
        f"| {entry[key]} | {'、'.join(entry['words'])} "
        f"| {'、'.join(map(in_traditional, entry['words']))} |"
        for entry in _entries(kind)
    ]
    return "\n".join(rows) + "\n"


def _sections() -> str:
    rows = ["| Section | Read for classification as | Words of its heading |", "|---|---|---|"]
    rows += [
        f"| {entry['section']} | {entry['role']} | {'、'.join(entry['words'])} |"
        for entry in _entries("section")
    ]
    return "\n".join(rows) + "\n"


def _types() -> str:
    rows = [
        "| Notice type | Words of the title (regular expressions), the first that fits |",
        "|---|---|",
    ]
    rows += [
        f"| {entry['type']} | {' '.join(_code(w.replace('|', '&#124;')) for w in entry['words'])} |"
        for entry in _entries("type")
    ]
    return "\n".join(rows) + "\n"
