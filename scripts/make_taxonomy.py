"""Write the taxonomy, as its data files have it, to docs/reference/taxonomy.md."""

from collections.abc import Iterator
from pathlib import Path

from sousveil.reference.crosswalk import Scheme, load_crosswalk
from sousveil.reference.taxonomy import Code, load_taxonomy

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "taxonomy.md"

FACETS = {
    "capability": (
        "Capabilities",
        "What a system does, never who buys it. A notice is surveillance where one of them "
        "reaches the threshold of 0.5.",
    ),
    "function": ("Functions", "What it does with people or what they say."),
    "data_source": ("Data sources", "What it draws on."),
    "platform": ("Platforms", "Which platforms are named."),
    "target_group": (
        "Target groups",
        "Who is watched: groups only. A person whom a record names is masked and counts as a "
        "member of a group.",
    ),
    "ladder": (
        "Sophistication",
        "Two ladders. The highest rung that quoted words of a specification name is the level; "
        "without a specification there is none.",
    ),
    "marker": ("Marker", "Words beside an online capability that say that it looks abroad."),
    "negative": (
        "What is not surveillance",
        "Words near which a capability's words do not count (cancel), or count for less and ask "
        "for a person (damp).",
    ),
}
"""Facets in the order of the page."""

_INTRODUCTION = """\
# Taxonomy {version}

The codes that a notice can be given, the same for every country. `sousveil taxonomy show CODE`
prints one with its terms by language; [change the taxonomy](../how-to/change-the-taxonomy.md)
says how to make your own. Every record names the version it was coded with.

This page is written by `python -m scripts.make_taxonomy` from
`src/sousveil/reference/data/taxonomy/`; a test fails where it is not what the files say, and
another reads each example.

All codes have terms in Simplified and Traditional Chinese, English, Spanish, French, German,
Portuguese, Russian, Arabic, Japanese and Korean; names of platforms only where a language has
its own. Uyghur and Tibetan terms are few (names of systems, groups, sources and platforms that
are in common use), they stand in a file of their own, and no speaker of the languages has
checked them yet. Some codes have terms in Italian, Dutch, Ukrainian and Turkish.
"""

_CROSSWALK = """
## Crosswalks

What other lists call the capabilities. The list's entry is *exact*, *broader* (it holds ours
and more), *narrower* (ours holds it and more) or *related*. A dash: the list has nothing for it
that we know of. No notice is coded by such a code: it says what kind of thing is bought, hardly
ever that people are watched with it.
"""


def page() -> str:
    """The whole page."""
    taxonomy = load_taxonomy()
    parts = [_INTRODUCTION.format(version=taxonomy.version)]
    for facet, (title, told) in FACETS.items():
        parts.append(f"\n## {title}\n\n{told}\n")
        parts += [_code(code) for code in taxonomy.facet(facet)]
    parts.append(_CROSSWALK)
    capabilities = taxonomy.facet("capability")
    parts += ["".join(_table(scheme, capabilities)) for scheme in load_crosswalk()]
    return "".join(parts)


def _code(code: Code) -> str:
    extra = ""
    if code.facet == "negative":
        whom = ", ".join(f"`{name}`" for name in sorted(code.codes)) or "every capability"
        extra = f"- {code.effect.capitalize()}s within {code.within} characters: {whom}.\n"
    elif code.overseas:
        extra = "- Naming it says that people or media outside the buyer's country are watched.\n"
    elif code.facet == "platform":
        extra = _where(code)
    return (
        f"\n### `{code.id}`: {code.en} · {code.zh}\n\n{code.definition}\n\n"
        f"- Included: {code.includes}\n- Excluded: {code.excludes}\n"
        f"- Falls under it: {' · '.join(code.examples)}\n"
        f"- Does not: {' · '.join(code.counterexamples)}\n{extra}"
    )


def _where(code: Code) -> str:
    """For buyers of which countries watching a platform looks abroad."""
    if code.used_in:
        return f"- Looks abroad for buyers anywhere but in {', '.join(sorted(code.used_in))}.\n"
    if code.blocked_in:
        where = ", ".join(sorted(code.blocked_in))
        return f"- Looks abroad for buyers in {where}, whose states block it.\n"
    return ""


def _table(scheme: Scheme, capabilities: tuple[Code, ...]) -> Iterator[str]:
    yield f"\n### {scheme.title}\n\n{scheme.source}; as of {scheme.as_of}.\n\n"
    yield "| Capability | Entries |\n|---|---|\n"
    for code in capabilities:
        entries = "; ".join(
            f"{f'`{r.code}` ' if r.code != r.name else ''}{r.name} ({r.kind})"
            for r in scheme.of(code.id)
        )
        yield f"| `{code.id}` | {entries or '–'} |\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
