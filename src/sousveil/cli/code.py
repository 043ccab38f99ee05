"""``sousveil code``: deciding on projects in the terminal, one key each."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sousveil.case.folder import Case
    from sousveil.coding.queues import Waiting
    from sousveil.pipeline.desk import Desk

_HELP = """y  it buys surveillance          n  it does not         u  the words cannot tell
c  yes, and I name the codes     t  with a note         s  skip for now
b  back to the one before        f  all fields          q  stop (all is kept)
p  how far it is, and whether enough is read"""
_RELEVANT = {"y": "yes", "n": "no", "u": "unsure"}
_STOP = frozenset({"q", "\x03", "\x04", ""})
"""Also Ctrl-C and Ctrl-D, which a raw terminal gives as keys, and the end of the input."""


def code(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")],
    coder: Annotated[str, typer.Option("--coder", metavar="NAME", help="Who decides.")],
    queue: Annotated[
        str,
        typer.Option("--queue", help="likely, uncertain, random, disagreements or review."),
    ] = "likely",
    query: Annotated[str, typer.Option("--query", help="Only projects that a query finds.")] = "",
    sample: Annotated[
        str, typer.Option("--sample", metavar="NAME", help="One that 'sousveil sample' drew.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="Of the random queue.")] = 1,
    wait: Annotated[
        float, typer.Option("--wait", metavar="SECONDS", help="Wait for another writer this long.")
    ] = 0.0,
) -> None:
    """Decide on one project after the other, one key each; what is decided is kept at once."""
    from rich.console import Console

    from sousveil.case.folder import Case
    from sousveil.coding.queues import QUEUES
    from sousveil.errors import UsageError
    from sousveil.pipeline.desk import Desk

    name = next((known for known in QUEUES if known == queue), None)
    if name is None:
        raise UsageError(f"There is no queue '{queue}'.", f"Use one of: {', '.join(QUEUES)}.")
    opened = Case.open(case)
    console = Console()
    desk = Desk(opened, coder, name, query=query, sample=sample, seed=seed)
    console.print(_HELP, highlight=False)
    with opened.writing(wait):
        _work(opened, desk, console)
    _tell(desk, console)


def _work(case: "Case", desk: "Desk", console: "Console") -> None:
    waiting = desk.waiting()
    at = 0
    while at < len(waiting):
        _show(case, waiting[at], console, f"{at + 1:,} of {len(waiting):,}")
        key = _key()
        if key in _STOP:
            return
        at = _answered(case, desk, waiting, at, key, console)


def _answered(
    case: "Case", desk: "Desk", waiting: "list[Waiting]", at: int, key: str, console: "Console"
) -> int:
    """Do what a key says; returns the place of the project to show next."""
    from sousveil.cli import show as shown
    from sousveil.errors import DecisionError
    from sousveil.pipeline.find import notice

    if key == "b":
        return max(0, at - 1)
    if key == "s":
        return at + 1
    if key == "f":
        shown.notice(notice(case, waiting[at].lead), False)
        return at
    if key == "p":
        _tell(desk, console)
        return at
    note = None
    if key == "t":
        note = typer.prompt("Note", default="", show_default=False) or None
        key = _key()
    codes = None
    if key == "c":
        written = typer.prompt("Capabilities, spaces between", default="", show_default=False)
        codes, key = tuple(written.replace(",", " ").split()), "y"
    relevant = _RELEVANT.get(key)
    if relevant is None:
        console.print(_HELP, highlight=False)
        return at
    try:
        desk.decide(waiting[at], relevant, capabilities=codes, note=note)  # type: ignore[arg-type]
    except DecisionError as error:
        console.print(f"{error.message} {error.hint}", highlight=False)
        return at
    console.print(f"  {relevant}", style="bold")
    return at + 1


def _key() -> str:
    """One key, without Enter on a terminal; elsewhere the next character of the input. The end of
    the input stops."""
    if sys.stdin.isatty():
        return typer.getchar().lower()
    key = sys.stdin.read(1)
    while key.isspace():
        key = sys.stdin.read(1)
    return key.lower()


def _show(case: "Case", project: "Waiting", console: "Console", place: str) -> None:
    """The project as a coder needs it: names with gloss, who, where, how much, why."""
    from sousveil.cli.show import plain
    from sousveil.pipeline.find import notice

    view = notice(case, project.lead)
    values = {field.name: field for field in view.fields}
    console.rule(f"{place}   probability {project.score:.2f}", align="left")
    console.print(plain(view.title or view.notice_id, style="bold"))
    if view.gloss:
        console.print(plain(f"[gloss] {view.gloss}", style="italic"))
    for name in _SHOWN:
        field = values.get(name)
        if field is not None:
            told = f"   [gloss] {field.gloss}" if field.gloss else ""
            console.print(plain(f"  {name}: {field.value}{told}"))
    for tag in view.codes:
        if tag.facet in _REASONS:
            console.print(plain(f"  {tag.facet} {tag.code} ({tag.score:.2f}): {tag.words}"))
    more = len(project.notice_ids) - 1
    if more:
        console.print(f"  {more} more notice{'s' if more > 1 else ''} of this project")


_SHOWN = (
    "notice_type", "buyer", "suppliers", "award", "budget", "ceiling", "currency", "published",
    "country", "province", "review",
)  # fmt: skip
_REASONS = ("capability", "candidate", "platform", "target_group")


def _tell(desk: "Desk", console: "Console") -> None:
    from sousveil.cli.show_stop import told

    done = desk.progress()
    console.print(
        f"{done.decided:,} of {done.decided + done.waiting:,} decided by {desk.coder}: "
        f"{done.yes:,} yes, {done.no:,} no, {done.unsure:,} unsure.",
        highlight=False,
    )
    if done.shared:
        console.print(
            f"Of {done.shared:,} that others decided on too, {done.agreed:,} have one answer.",
            highlight=False,
        )
    stop = desk.stop()
    for line in told(stop) if stop else ():
        console.print(line, highlight=False)
    if done.decided:
        console.print("'sousveil process CASE' takes the decisions up.", highlight=False)
