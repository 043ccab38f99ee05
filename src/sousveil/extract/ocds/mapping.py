"""The reference page of what is read from OCDS, written from the extractor's own tables."""

from sousveil.extract.elements.mapping import codes, markdown
from sousveil.extract.ocds.table import LOT, METHODS, PROZORRO, RELEASE, TAGS

_INTRODUCTION = """\
Which path of a release of the Open Contracting Data Standard (1.0 and 1.1) is read into which
field. Written by `python -m scripts.make_mappings` from the tables that the extractor reads
with (`extract/ocds/table.py`). Several paths are tried in the order given. `awards/value` is
the value of each award, `parties[buyer]` the parties with that role, `title_*` names that
begin so. The OCDS path is that of 1.1 where a path is of 1.0, of an extension, or of a
publisher's own.

Of a record the compiled release is read; else its releases, merged by the standard's rules;
else the last values of the versioned release. Awards and contracts that are cancelled or
unsuccessful do not count, nor do pending ones beside others in force."""

_KINDS = """
The first of these tags that a release has decides; without tags the contents do: contracts,
then awards, then the tender (an intention while it is planned), then planning. A release
tagged as tender or planning that holds awards in force is read by its contents and flagged
`tag_behind_contents`. A cancelled tender, or awards of which none stands, make a termination;
a certificate of completion (`completionCertificate`) an acceptance; an expression of interest
without a period for bids, unless the procedure is open, a prequalification.
"""

_PROZORRO = """
An object of Prozorro's interface with `tenderID` and `procuringEntity` is read as the tender of a
release. These names differ; all others are those of OCDS.

| Field | Source element | OCDS path |
|---|---|---|
"""


def page() -> str:
    """The page as Markdown."""
    lines = (
        f"| `{field}` | {'<br>'.join(f'`{path}`' for path in source.paths)} | `{source.ocds}` |\n"
        for field, source in PROZORRO.items()
    )
    tables = (("Release", RELEASE), ("Lots, from `tender/lots`", LOT))
    return (
        markdown("OCDS: paths and fields", _INTRODUCTION, tables)
        + codes("Tags", "Tag", "Notice type", TAGS)
        + _KINDS
        + codes(
            "Words of `procurementMethodDetails` that make a tender another notice",
            "Word",
            "Notice type",
            METHODS,
        )
        + "\n## Prozorro\n"
        + _PROZORRO
        + "".join(lines)
    )
