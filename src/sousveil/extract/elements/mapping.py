"""A mapping table: which elements of a standard are read into which field, and what OCDS calls it.

The extractors take their paths from these tables, and the reference pages are written from them, so
that what is documented is what is read.
"""

from collections.abc import Mapping, Sequence

import msgspec


class Source(msgspec.Struct, frozen=True):
    """Where one field comes from.

    ``paths`` are tried in this order (see ``paths``); ``terms`` are the standard's own numbers for
    them (business terms of eForms, sections of TED forms); ``ocds`` is the path of the same thing
    in OCDS 1.1 and its extensions; ``note`` says what else decides.
    """

    paths: tuple[str, ...]
    terms: str = ""
    ocds: str = ""
    note: str = ""


Table = Mapping[str, Source]


def markdown(title: str, introduction: str, tables: Sequence[tuple[str, Table]]) -> str:
    """A reference page of mapping tables, each under its heading."""
    lines = [f"# {title}", "", introduction]
    for heading, table in tables:
        lines += ["", f"## {heading}", "", "| Field | Source element | Term | OCDS path | Note |"]
        lines.append("|---|---|---|---|---|")
        for field, source in table.items():
            paths = "<br>".join(f"`{path}`" for path in source.paths)
            ocds = f"`{source.ocds}`" if source.ocds else ""
            lines.append(f"| `{field}` | {paths} | {source.terms} | {ocds} | {source.note} |")
    return "\n".join(lines) + "\n"


def codes(title: str, left: str, right: str, table: Mapping[str, str]) -> str:
    """A table of codes and what they mean here."""
    lines = ["", f"## {title}", "", f"| {left} | {right} |", "|---|---|"]
    lines += [f"| `{code}` | {meaning} |" for code, meaning in table.items()]
    return "\n".join(lines) + "\n"


def roles(sections: Mapping[str, Sequence[str]]) -> str:
    """Which elements the classifier reads."""
    lines = ["", "## Words that are read for classification", "", "| Role | Element |", "|---|---|"]
    lines += [f"| {role} | `{path}` |" for role, paths in sections.items() for path in paths]
    return "\n".join(lines) + "\n"
