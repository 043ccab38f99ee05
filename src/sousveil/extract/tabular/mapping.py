"""The reference pages of what is read from tables and other JSON, written from their lists.

Headings are shown as they stand in the lists; they are compared without case, accents, brackets and
punctuation, and Chinese ones folded to Simplified.
"""

from collections.abc import Mapping, Sequence

from sousveil.extract.chinese.mapping import in_traditional, labels_of
from sousveil.extract.elements.record_fields import OCDS_PATHS
from sousveil.extract.tabular.headings import Headings, sources
from sousveil.extract.tabular.kinds import kinds

_LISTS = ("zh_hant",)
_SYSTEMS = ("usaspending",)

_TABLES = """\
Which heading of a spreadsheet, a CSV table or a flat JSON object is read into which field.
Written by `python -m scripts.make_mappings` from the lists that the extractor reads with
(`extract/tabular/headings/`). The first heading of a field that has a value wins, in the
order given. Headings are compared without case, accents, brackets and punctuation; a currency
or unit behind or in brackets after the name of an amount (`Montant (k€)`, `Сумма, тыс. руб.`)
is read as such. What a person says of a table (`sousveil mappings`) goes before all of it.
USAspending's exports and the lists of Taiwan and Hong Kong have pages of their own."""

_USASPENDING = """\
Which column of USAspending's exports of contracts is read into which field. Written by
`python -m scripts.make_mappings` from `extract/tabular/headings/usaspending.toml`. The first
column with a value wins, in the order given. Amounts are US dollars
(`total_dollars_obligated`, and the values beside it). By the data dictionary the funding
agency pays for most of an award and the awarding agency executes it: the first is the buyer,
the second the agency where it is another body."""

_LISTS_PAGE = """\
What is read from lists and notices of Taiwan and Hong Kong. Written by `python -m
scripts.make_mappings` from `extract/tabular/headings/zh_hant.toml` and
`extract/chinese/forms/traditional.toml`. Words are kept Simplified, and what is read is
folded before it is compared, so that either script is found; headings and labels of the
mainland forms are read beside these. Years of the Republic (113/03/05, 民國113年3月5日) are
read where the record is Taiwan's. Amounts are TWD in Taiwan and HKD in Hong Kong unless they
say otherwise."""


def tables_page() -> str:
    """Headings by language."""
    parts = [f"# Tables: headings, fields, OCDS\n\n{_TABLES}\n"]
    for name, source in sources().items():
        if name in (*_SYSTEMS, *_LISTS):
            continue
        note = "The day stands before the month: 03/04/2026 is 3 April.\n\n"
        day = note if source.day_first else ""
        parts.append(f"\n## {source.language}\n\n{day}{_fields(source, traditional=name == 'zh')}")
        parts.append(_numbers(source))
    parts.append(_kinds())
    return "".join(parts)


def usaspending_page() -> str:
    """Columns of USAspending."""
    source = sources()["usaspending"]
    return (
        f"# USAspending: columns, fields, OCDS\n\n{_USASPENDING}\n\n{_fields(source)}"
        + _numbers(source)
        + _listed("Columns of those who act for the buyer where they are another body", source.acts)
        + _listed(
            "Columns that have the name where the transaction's description tells of a change",
            source.base_descriptions,
        )
        + f"\nA change is told by `{source.changes.replace('|', '&#124;')}`.\n"
        + _listed("Columns of grants and loans: such rows are no purchases", source.no_purchase)
    )


def lists_page() -> str:
    """Headings and labels of Taiwan and Hong Kong."""
    source = sources()["zh_hant"]
    return (
        f"# Taiwan and Hong Kong: headings, labels, fields, OCDS\n\n{_LISTS_PAGE}\n\n"
        f"## Headings of lists\n\n{_fields(source, traditional=True)}"
        f"{_numbers(source)}\n## Labels of notices\n\n{labels_of('traditional.toml')}"
    )


def _fields(source: Headings, traditional: bool = False) -> str:
    script = " Traditional |" if traditional else ""
    rows = [f"| Field | Headings |{script} OCDS path |", f"|---|---|{'---|' if script else ''}---|"]
    for field, headings in source.fields.items():
        shown = _words(headings)
        also = f" {_words([in_traditional(word) for word in headings])} |" if traditional else ""
        rows.append(f"| `{field}` | {shown} |{also} `{OCDS_PATHS[field]}` |")
    return "\n".join(rows) + "\n"


_OWNERS = {
    "": "the name whose heading begins alike, else the name before",
    "alike": "the name whose heading begins alike",
}


def _numbers(source: Headings) -> str:
    """Headings of the numbers of organisations."""
    if not source.numbers:
        return ""
    rows = [
        "\nNumbers of organisations, with right check digits and no person's:\n",
        "| Scheme | Of | Headings | OCDS path |",
        "|---|---|---|---|",
    ]
    for numbers in source.numbers:
        scheme = f"`{numbers.scheme}`" if numbers.scheme else "the country's: `GB-NATIONAL`"
        of = _OWNERS.get(numbers.of, f"`{numbers.of}`")
        path = OCDS_PATHS["identifiers"]
        rows.append(f"| {scheme} | {of} | {_words(numbers.headings)} | `{path}` |")
    rows += [
        f"\nWho has the number of `{numbers.scheme}` is also named under: "
        f"{_words(numbers.also_named)}."
        for numbers in source.numbers
        if numbers.also_named
    ]
    rows += [
        f"\nThe parent of a supplier, with its `{parent.scheme}` under {parent.number}: "
        f"{_words(parent.headings)}."
        for parent in source.parents
    ]
    rows += [f"\nAn office of {office.of}: {office.heading}." for office in source.offices]
    return "\n".join(rows) + "\n"


def _words(words: Sequence[str]) -> str:
    return ", ".join(words)


def _listed(title: str, words: Sequence[str]) -> str:
    return f"\n## {title}\n\n{', '.join(f'`{word}`' for word in words)}\n"


def _kinds() -> str:
    rows = [
        "\n## What kind of notice a record is\n",
        "Looked for in the record's type and title, then in what stands above the table and in its",
        "headings; the first list that fits decides. A record without any word for its kind is an",
        "award where it names a supplier (a contract where its headings say so), a tender where it",
        "has a deadline and no title of its own.\n",
        "| Notice type | Words (regular expressions) |",
        "|---|---|",
    ]
    rows += [f"| {kind.type} | {_patterns(kind.words)} |" for kind in kinds().type]
    by_fields: Mapping[str, str] = kinds().by_fields
    rows += [f"| {kind}, by headings | {_patterns([words])} |" for kind, words in by_fields.items()]
    return "\n".join(rows) + "\n"


def _patterns(words: Sequence[str]) -> str:
    return ", ".join(f"`{word.replace('|', '&#124;')}`" for word in words)
