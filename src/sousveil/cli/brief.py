"""``sousveil brief``: for each platform named, a document that can be sent to it."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait

if TYPE_CHECKING:
    from sousveil.reference.platform_rules import PlatformRules
    from sousveil.report.brief_page import Written


def brief(
    case: CaseArgument,
    platform: Annotated[
        list[str] | None,
        typer.Option("--platform", metavar="CODE", help="Only this one; may be given again."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Where to write; CASE/briefs if none."),
    ] = None,
    form: Annotated[str | None, typer.Option("--format", help="html or md; both if none.")] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="Print the table of rules in use; writes nothing.")
    ] = False,
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Write what surveillance projects say of each platform, ready to send to it."""
    from sousveil.case.folder import Case
    from sousveil.errors import UsageError
    from sousveil.report.brief_page import FORMS, rules_of, write_all_briefs, write_briefs

    opened = Case.open(case)
    if rules:
        _print_rules(rules_of(opened), as_json)
        return
    forms = [each for each in FORMS if form in (None, each)]
    if not forms:
        raise UsageError(f"There is no format '{form}'.", "Use html or md.")
    folder = out or opened.root / "briefs"
    with opened.writing(wait) if out is None else nullcontext():
        if out is None and not platform and form is None:
            written = write_all_briefs(opened, folder)
        else:
            written = list(write_briefs(opened, folder, platform or [], forms))
    _print(written, as_json)


def _print(written: "list[Written]", as_json: bool) -> None:
    import msgspec

    if as_json:
        told = [
            {
                **{k: v for k, v in msgspec.to_builtins(w.head).items() if k != "collection"},
                "usd": float(w.head.usd),
                "totals": [
                    {**msgspec.to_builtins(t), "total": float(t.total), "usd": float(t.usd)}
                    for t in w.head.totals
                ],
                "without_amount": w.head.without_amount,
                "files": [str(path) for path in w.files],
            }
            for w in written
        ]
        collection = written[0].head.collection if written else None
        data = {"collection": collection, "briefs": told}
        typer.echo(msgspec.json.encode(data).decode())
        return
    for w in written:
        rule = "" if w.head.rules else " No rule entered; add one."
        projects = "project" if w.head.projects == 1 else "projects"
        names = ", ".join(str(path) for path in w.files)
        typer.echo(f"{w.head.name}: {w.head.projects:,} {projects}.{rule} {names}")
    if not written:
        typer.echo("No surveillance project of this case names a platform.")
    elif any(not rule.checked for w in written for rule in w.head.rules):
        typer.echo("Some rules were not compared with the live page: check them before you send.")


def _print_rules(rules: "PlatformRules", as_json: bool) -> None:
    import msgspec

    from sousveil.reference.platform_rules import to_toml

    if not as_json:
        typer.echo(to_toml(rules), nl=False)
        return
    told = [
        {**msgspec.to_builtins(rule), "status": rule.status, "own": platform in rules.own}
        for platform, found in sorted(rules.entries.items())
        for rule in found
    ]
    typer.echo(msgspec.json.encode({"rules": told}).decode())
