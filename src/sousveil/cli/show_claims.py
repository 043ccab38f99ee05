"""How claims, their checks and what changed of them look: as a table, as JSON."""

from collections.abc import Iterable, Sequence

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from sousveil.case.bundle import Bundle
from sousveil.claims import Difference, expected_words
from sousveil.cli.show import plain
from sousveil.errors import ClaimError
from sousveil.model.claim import UNTOLD, Check, Claim, FoundProject, Words
from sousveil.pipeline.claims import Checked

_MOST_WORDS = 6


def listed(
    items: Sequence[tuple[Claim, Check | None]], wrong: Sequence[ClaimError], as_json: bool
) -> None:
    """All claims, each with its last check."""
    if as_json:
        data = [
            {
                **msgspec.to_builtins(claim),
                "last": {"at": last.at, "verdict": last.verdict, "figure": last.figure}
                if last
                else None,
            }
            for claim, last in items
        ]
        _echo({"claims": data, "wrong": _errors(wrong)})
        return
    table = _table("Claim", "Expected", "Last check", "Statement")
    for claim, last in items:
        said = f"{last.at[:10]}: {last.verdict}, {last.figure}" if last else "never"
        row = (claim.name, expected_words(claim), said, claim.statement)
        table.add_row(*(plain(cell) for cell in row))
    Console().print(table)
    _complain(wrong)


def checked(found: Checked, as_json: bool, *, evidence: bool = False) -> None:
    """The checks made. ``evidence``: with the records of each."""
    if as_json:
        _echo(
            {
                "checks": [_json(each) for each in found.checks],
                "wrong": _errors(found.wrong),
            }
        )
        return
    console = Console(soft_wrap=True)
    if evidence:
        for each in found.checks:
            _one(console, each)
    else:
        summary(found.checks)
    _complain(found.wrong)


def summary(checks: Iterable[Check]) -> None:
    """One line a claim: what was expected, what was counted, what that says."""
    table = _table("Claim", "Published", "Counted", "Verdict")
    for each in checks:
        verdict = "cannot be told" if each.verdict == UNTOLD else each.verdict
        row = (each.claim, each.expected, each.figure, verdict)
        table.add_row(*(plain(cell) for cell in row))
    Console().print(table)


def differences(found: Sequence[Difference], now: Checked, as_json: bool) -> None:
    """What changed of each claim since its last check."""
    new = sorted({each.claim for each in now.checks} - {each.claim for each in found})
    if as_json:
        _echo(
            {
                "changed": [msgspec.to_builtins(each) for each in found if each],
                "unchanged": [each.claim for each in found if not each],
                "never_checked": new,
                "wrong": _errors(now.wrong),
            }
        )
        return
    console = Console(soft_wrap=True)
    for each in found:
        if not each:
            continue
        console.print(plain(f"{each.claim} (since {each.since})"))
        for line in each.stated:
            console.print(plain(f"  {line}"))
        for change in each.records:
            said = f"  {change.how}: {change.project_key[:12]} {change.name or '(no name)'}"
            console.print(plain(said))
            for reason in change.reasons:
                console.print(plain(f"      {reason}"))
    same = sum(not each for each in found)
    typer.echo(f"{len(found) - same:,} claims changed, {same:,} are as they were.")
    if new:
        typer.echo(f"Never checked before: {', '.join(new)}.")
    _complain(now.wrong)


def bundled(made: Bundle, as_json: bool) -> None:
    """What a bundle holds."""
    if as_json:
        _echo(msgspec.to_builtins(made))
        return
    typer.echo(
        f"{made.path}: {made.files:,} files, {made.originals:,} originals, SHA-256 {made.sha256}"
    )
    typer.echo("Unpack it, then 'sousveil rebuild' and 'sousveil claims check' on its folder.")
    typer.echo("Originals are as they came, with the names of persons in them.")


def _one(console: Console, each: Check) -> None:
    console.print(plain(f"{each.claim}: {each.verdict}"))
    console.print(plain(f"  published: {each.expected}; counted: {each.figure}"))
    console.print(plain(f"  by: {each.definition}"))
    for reason in each.why:
        console.print(plain(f"  {reason}"))
    if each.sampled:
        console.print(plain(f"  {each.sampled}"))
    coded = each.coded
    if coded.yes or coded.no:
        said = f"{coded.yes:,} yes, {coded.no:,} no, {coded.undecided:,} undecided"
        console.print(plain(f"  Of the notices found, coders said: {said}."))
    for project in each.evidence:
        _project(console, project)


def _project(console: Console, project: FoundProject) -> None:
    amount = "no amount stated"
    if project.amount is not None:
        usd = f" (US${project.amount_usd:,.0f})" if project.amount_usd is not None else ""
        amount = f"{project.currency} {project.amount:,.2f}{usd}"
    standing = "" if project.sure else " in doubt" if project.found else " possible only"
    head = f"  {project.project_key[:12]}{standing}  {project.name or '(no name)'}"
    console.print(plain(f"{head}  {project.buyer or ''}  {amount}"))
    if project.amount_words:
        console.print(plain(f"      {_words(project.amount_words)}"))
    for notice in project.notices:
        where = f"{notice.notice_id[:12]}  document {notice.document_sha256[:12]}"
        console.print(plain(f"      {where} p. {notice.page}  {notice.title or ''}"))
        for words in notice.words[:_MOST_WORDS]:
            console.print(plain(f"        {_words(words)}"))


def _words(words: Words) -> str:
    return f"{words.field}: “{words.quote}” (p. {words.page}, {words.start}–{words.end})"


def _json(check: Check) -> dict[str, object]:
    """Everything of a check, its projects with what they are: sure, found (in doubt) or
    possible."""
    evidence = [
        {
            **msgspec.to_builtins(project),
            "standing": "sure" if project.sure else "found" if project.found else "possible",
        }
        for project in check.evidence
    ]
    values = {name: getattr(check, name) for name in Check.__struct_fields__}
    return {**msgspec.to_builtins(values), "evidence": evidence}


def _errors(wrong: Sequence[ClaimError]) -> list[dict[str, str]]:
    return [{"error": error.message, "hint": error.hint} for error in wrong]


def _complain(wrong: Sequence[ClaimError]) -> None:
    for error in wrong:
        typer.echo(f"{error.message} {error.hint}", err=True)


def _echo(data: object) -> None:
    typer.echo(msgspec.json.encode(data).decode())


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
