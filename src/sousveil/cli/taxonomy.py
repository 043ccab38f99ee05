"""``sousveil taxonomy``: show, check, export and compare what notices are coded by."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument, Json

if TYPE_CHECKING:
    from sousveil.pipeline.recoding import Change, Comparison
    from sousveil.reference.crosswalk import Scheme
    from sousveil.reference.taxonomy import Code, Taxonomy

app = typer.Typer(
    name="taxonomy",
    help="The codes that notices are given: see them, change them, see what would change.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of taxonomy files.")]


@app.command()
def show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A code; all if none.")] = "",
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="FOLDER", help="Another taxonomy's folder.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the codes with their definitions, terms by language and names in other lists."""
    import json

    from sousveil.errors import UsageError

    taxonomy, schemes = _read(folder)
    codes = [c for c in taxonomy.codes.values() if code in ("", c.id)]
    if not codes:
        raise UsageError(
            f"The taxonomy has no code '{code[:60]}'.", "'sousveil taxonomy show' lists them."
        )
    if as_json:
        told = [_as_json(c, taxonomy, schemes) for c in codes]
        typer.echo(json.dumps({"version": taxonomy.version, "codes": told}, ensure_ascii=False))
        return
    if code:
        for found in codes:
            typer.echo(_in_full(found, taxonomy, schemes))
        return
    typer.echo(f"Taxonomy {taxonomy.version}")
    facet = ""
    for found in codes:
        if found.facet != facet:
            facet = found.facet
            typer.echo(f"\n{facet}")
        terms = sum(taxonomy.languages[found.facet, found.id].values())
        typer.echo(f"  {found.id:30} {found.en} · {found.zh} ({terms} terms)")


@app.command()
def check(folder: Folder, as_json: Json = False) -> None:
    """Check a taxonomy of your own: a fault is named with its file and entry."""
    import json

    taxonomy, schemes = _read(folder)
    untold = sorted(f"{c.facet}:{c.id}" for c in taxonomy.codes.values() if not c.definition)
    without = sorted(
        f"{facet}:{name}" for (facet, name), terms in taxonomy.languages.items() if not terms
    )
    terms = sum(sum(counts.values()) for counts in taxonomy.languages.values())
    told = {
        "version": taxonomy.version,
        "codes": len(taxonomy.codes),
        "terms": terms,
        "crosswalks": len(schemes),
        "without_definition": untold,
        "without_terms": without,
    }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(
        f"Taxonomy {taxonomy.version}: {len(taxonomy.codes)} codes, {terms:,} terms, "
        f"{len(schemes)} crosswalks. It can be used."
    )
    if untold:
        typer.echo(f"Without a definition: {', '.join(untold)}")
    if without:
        typer.echo(f"Without a term, so never given: {', '.join(without)}")


@app.command()
def export(folder: Folder, as_json: Json = False) -> None:
    """Write the shipped taxonomy into an empty or new folder, to be edited there."""
    import json

    from sousveil.case.taxonomy_copy import write_taxonomy

    names = write_taxonomy(folder)
    if as_json:
        typer.echo(json.dumps({"folder": str(folder), "files": names}, ensure_ascii=False))
    else:
        typer.echo(f"{len(names)} files written to {folder}.")


@app.command()
def compare(
    case: CaseArgument,
    folder: Annotated[
        Path | None,
        typer.Option("--with", metavar="FOLDER", help="The other taxonomy; the shipped if none."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, max=100_000, help="Records to list.")
    ] = 50,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Every record that changes, as JSON Lines."),
    ] = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Code a case's notices again with another taxonomy and list what would change; writes
    nothing into the case."""
    import json
    from contextlib import ExitStack

    import msgspec

    from sousveil.case.atomic import storage_errors
    from sousveil.case.folder import Case
    from sousveil.cli import show as shown
    from sousveil.errors import UsageError
    from sousveil.pipeline import recoding

    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise UsageError(f"{out} cannot be written: it is no place for a file.", "Name a file.")
    opened = Case.open(case)
    taxonomy, _ = _read(folder)
    listed: list[Change] = []
    with ExitStack() as stack:
        if out is not None:
            stack.enter_context(storage_errors(out))
        file = stack.enter_context(out.open("wb")) if out is not None else None

        def take(change: "Change") -> None:
            if len(listed) < limit:
                listed.append(change)
            if file is not None:
                file.write(msgspec.json.encode(change) + b"\n")

        progress = stack.enter_context(shown.progress(quiet or as_json))
        found = recoding.compare(opened, taxonomy, take, progress)
    if as_json:
        told = {**msgspec.to_builtins(found), "records": msgspec.to_builtins(listed)}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        typer.echo(_compared(found, listed))


def _read(folder: Path | None) -> "tuple[Taxonomy, tuple[Scheme, ...]]":
    from sousveil.reference.crosswalk import load_crosswalk, read_crosswalk
    from sousveil.reference.taxonomy import load_taxonomy, read_taxonomy

    if folder is None:
        return load_taxonomy(), load_crosswalk()
    taxonomy = read_taxonomy(folder)
    return taxonomy, read_crosswalk(folder, taxonomy)


def _as_json(
    code: "Code", taxonomy: "Taxonomy", schemes: "tuple[Scheme, ...]"
) -> dict[str, object]:
    told: dict[str, object] = {
        name: getattr(code, name)
        for name in ("facet", "id", "en", "zh", "definition", "includes", "excludes")
    }
    told["examples"] = list(code.examples)
    told["counterexamples"] = list(code.counterexamples)
    told["terms"] = dict(sorted(taxonomy.languages[code.facet, code.id].items()))
    if code.facet == "capability":
        told["crosswalk"] = [
            {"scheme": scheme.id, "code": r.code, "name": r.name, "kind": r.kind}
            for scheme in schemes
            for r in scheme.of(code.id)
        ]
    return told


def _in_full(code: "Code", taxonomy: "Taxonomy", schemes: "tuple[Scheme, ...]") -> str:
    counts = taxonomy.languages[code.facet, code.id]
    lines = [
        f"{code.facet} {code.id} (taxonomy {taxonomy.version})",
        f"{code.en} · {code.zh}",
        f"  Definition: {code.definition or '–'}",
        f"  Includes: {code.includes or '–'}",
        f"  Excludes: {code.excludes or '–'}",
        *(f"  Falls under it: {text}" for text in code.examples),
        *(f"  Does not: {text}" for text in code.counterexamples),
        f"  Terms: {', '.join(f'{name} {n}' for name, n in sorted(counts.items())) or 'none'}",
    ]
    if code.facet == "capability":
        lines += [
            f"  {scheme.title}: {r.name if r.code == r.name else f'{r.code} {r.name}'} ({r.kind})"
            for scheme in schemes
            for r in scheme.of(code.id)
        ]
    return "\n".join(lines)


def _compared(found: "Comparison", listed: "list[Change]") -> str:
    from sousveil.cli.show import plain

    kept = ", ".join(f"{count:,} by {name}" for name, count in found.versions.items()) or "none"
    lines = [
        f"{found.changed:,} of {found.notices:,} notices ({kept}) would change with taxonomy "
        f"{found.taxonomy}: {found.surveillance_gained:,} would become surveillance, "
        f"{found.surveillance_lost:,} would no longer be.",
    ]
    lines += [f"  {c.code}: +{c.gained:,} −{c.lost:,}" for c in found.codes]
    for change in listed:
        signs = [f"+{code}" for code in change.gained] + [f"−{code}" for code in change.lost]
        for field in ("surveillance", "overseas_target", "sophistication"):
            before, after = getattr(change, field)
            if before != after:
                signs.append(f"{field} {before} → {after}")
        name = plain(change.name or "untitled").plain
        lines.append(f"{change.notice_id[:12]} {name}: {', '.join(signs)}")
    if found.changed > len(listed):
        lines.append(f"… and {found.changed - len(listed):,} more: --limit or --out shows them.")
    return "\n".join(lines)
