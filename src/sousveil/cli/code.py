"""``sousveil code``: deciding on projects in the terminal, one key each."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sousveil.cli.code_keys import STOP, read_key
from sousveil.cli.options import CaseArgument, Wait

if TYPE_CHECKING:
    from rich.console import Console

    from sousveil.case.folder import Case
    from sousveil.coding.queues import Waiting
    from sousveil.model import Decision
    from sousveil.pipeline.desk import Desk

_HELP = """y  it buys surveillance          n  it does not         u  the words cannot tell
c  yes, and I name the codes     t  with a note         s  skip for now
b  back to the one before        f  all fields          d  what the codes mean
p  how far it is, and whether enough is read
q  stop (all is kept)"""
_RELEVANT = {"y": "yes", "n": "no", "u": "unsure"}


def code(
    case: CaseArgument,
    coder: Annotated[str, typer.Option("--coder", metavar="NAME", help="Who decides.")],
    queue: Annotated[
        str,
        typer.Option("--queue", help="likely, uncertain, random, disagreements, review or fields."),
    ] = "likely",
    query: Annotated[str, typer.Option("--query", help="Only projects that a query finds.")] = "",
    sample: Annotated[
        str, typer.Option("--sample", metavar="NAME", help="One that 'sousveil sample' drew.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", help="Of the random queue.")] = 1,
    adjudicate: Annotated[
        bool,
        typer.Option("--adjudicate", help="Settle what coders differ on; it outranks them."),
    ] = False,
    wait: Wait = 0.0,
) -> None:
    """Decide on one project after the other, one key each; what is decided is kept at once."""
    from rich.console import Console

    from sousveil.case.folder import Case
    from sousveil.cli.code_fields import code_fields
    from sousveil.coding.queues import QUEUES
    from sousveil.errors import UsageError
    from sousveil.pipeline.desk import Desk
    from sousveil.pipeline.field_desk import QUEUE, FieldDesk

    opened, console = Case.open(case), Console()
    if queue == QUEUE and not sample:
        with opened.writing(wait):
            code_fields(opened, FieldDesk(opened, coder, adjudicate=adjudicate), query, console)
        return
    name = next((known for known in QUEUES if known == queue), None)
    if name is None:
        known = ", ".join((*QUEUES, QUEUE))
        raise UsageError(f"There is no queue '{queue}'.", f"Use one of: {known}.")
    desk = Desk(
        opened, coder, name, query=query, sample=sample, seed=seed, adjudicate=adjudicate,
        learn=True,
    )  # fmt: skip
    console.print(_HELP, highlight=False)
    try:
        with opened.writing(wait):
            _work(_Session(opened, desk, console, adjudicate))
    finally:
        desk.close()
    _tell(desk, console)


class _Session:
    """What the keys act on."""

    def __init__(self, case: "Case", desk: "Desk", console: "Console", adjudicate: bool) -> None:
        from sousveil.pipeline.sitting import Sitting

        self.case, self.desk, self.console, self.adjudicate = case, desk, console, adjudicate
        self.sitting = Sitting(desk)
        self.project = self.sitting.way.next()


def _work(session: _Session) -> None:
    while (project := session.project) is not None:
        _show(session, project)
        key = read_key()
        if key in STOP:
            return
        _answer(session, project, key)


def _answer(session: _Session, project: "Waiting", key: str) -> None:
    """Do what a key says, and go on to the project to show next."""
    from sousveil.cli import show as shown
    from sousveil.errors import DecisionError
    from sousveil.pipeline.find import notice

    if key == "b":
        session.project = session.sitting.way.before(project) or project
        return
    if key == "s":
        session.project = session.sitting.go_on(project)
        return
    if key == "f":
        shown.notice(notice(session.case, project.lead), False)
        return
    if key == "d":
        _define(session)
        return
    if key == "p":
        _tell(session.desk, session.console)
        return
    said: dict[str, Any] = {}
    if key == "t":
        said["note"] = typer.prompt("Note", default="", show_default=False) or None
        key = read_key()
    if key == "c":
        said |= _codes(session.desk)
        key = "y"
    relevant = _RELEVANT.get(key)
    if relevant is None:
        session.console.print(_HELP, highlight=False)
        return
    try:
        session.desk.decide(project, relevant, **said)  # type: ignore[arg-type]
    except DecisionError as error:
        session.console.print(f"{error.message} {error.hint}", highlight=False)
        return
    session.console.print(f"  {relevant}", style="bold")
    session.project = session.sitting.go_on(project)


def _codes(desk: "Desk") -> dict[str, Any]:
    """Ask for the codes of each question of the scheme; of capabilities alone without one."""
    from sousveil.model.scheme import FACETS

    asked = FACETS if desk.scheme else ("capabilities",)
    said: dict[str, Any] = {}
    for question in asked:
        if desk.codes(question):  # type: ignore[arg-type]
            label = f"{question.replace('_', ' ').capitalize()}, spaces between"
            written = typer.prompt(label, default="", show_default=False)
            said[question] = tuple(written.replace(",", " ").split())
    if desk.scheme and desk.scheme.question("overseas_target"):
        abroad = typer.prompt("Abroad (y, n)", default="", show_default=False).lower()
        said["overseas_target"] = {"y": True, "n": False}.get(abroad[:1])
    return said


def _define(session: _Session) -> None:
    from sousveil.cli.scheme import definitions

    scheme = session.desk.scheme
    if scheme:
        lines = definitions(scheme, session.desk.taxonomy)
    else:
        codes = session.desk.codes("capabilities")
        lines = [f"  {code.id}: {code.definition or code.en}" for code in codes]
    session.console.print("\n".join(lines), highlight=False, markup=False)


def _show(session: _Session, project: "Waiting") -> None:
    """The project as a coder needs it: names with gloss, who, where, how much, why."""
    from sousveil.cli.show import plain
    from sousveil.pipeline.find import notice

    console = session.console
    view = notice(session.case, project.lead)
    values = {field.name: field for field in view.fields}
    at, count = session.sitting.way.place(project)
    console.rule(f"{at:,} of {count:,}   probability {project.score:.2f}", align="left")
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
    if session.adjudicate:
        for decision in session.desk.said_of(project):
            console.print(plain(f"  {decision.coder}: {spoken(decision)}"))


_SHOWN = (
    "notice_type", "buyer", "suppliers", "award", "budget", "ceiling", "currency", "published",
    "country", "province", "review",
)  # fmt: skip
_REASONS = ("capability", "candidate", "platform", "target_group")


def spoken(decision: "Decision") -> str:
    """What a decision says, in one line."""
    parts: list[str] = [decision.relevant]
    for label, codes in (
        ("capabilities", decision.capabilities),
        ("platforms", decision.platforms),
        ("target groups", decision.target_groups),
    ):
        if codes is not None:
            parts.append(f"{label} {' '.join(codes) or 'none'}")
    if decision.overseas_target is not None:
        parts.append("abroad" if decision.overseas_target else "not abroad")
    return "; ".join(parts) + (f" ({decision.note})" if decision.note else "")


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
