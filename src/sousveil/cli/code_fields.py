"""``sousveil code --queue fields``: fields that are least sure, one key each."""

from typing import TYPE_CHECKING

import typer

from sousveil.cli.code_keys import STOP, read_key

if TYPE_CHECKING:
    from rich.console import Console

    from sousveil.case.folder import Case
    from sousveil.pipeline.field_desk import FieldDesk, WaitingField

_HELP = """y  it is right                   c  it is wrong: correct it
n  the notice does not state it  u  cannot tell         s  skip for now
b  back to the one before        f  all fields          q  stop (all is kept)"""
_REASONS = {
    "disputed": "coders differ",
    "outdated": "its text has changed since it was corrected",
}


def code_fields(case: "Case", desk: "FieldDesk", query: str, console: "Console") -> None:
    """Show one field after the other; what is said of it is kept at once. The lock must be held."""
    from sousveil.pipeline.sitting import FieldSitting

    sitting = FieldSitting(desk, query)
    console.print(_HELP, highlight=False)
    one, said = sitting.way.next(), 0
    while one is not None:
        at, count = sitting.way.place(one)
        _show(one, console, f"{at:,} of {count:,}")
        key = read_key()
        if key in STOP:
            break
        if key == "b":
            one = sitting.way.before(one) or one
        elif key == "s":
            one = sitting.go_on(one)
        elif _answered(case, desk, one, key, console):
            one, said = sitting.go_on(one), said + 1
    console.print(f"{said:,} fields decided by {desk.coder}.", highlight=False)
    if said:
        console.print("'sousveil process CASE' takes them up.", highlight=False)


def _answered(
    case: "Case", desk: "FieldDesk", one: "WaitingField", key: str, console: "Console"
) -> bool:
    """Do what a key says; whether that was a word on the field."""
    from sousveil.cli import show as shown
    from sousveil.errors import DecisionError
    from sousveil.model.field_decision import FieldVerdict
    from sousveil.pipeline.find import notice

    if key == "f":
        shown.notice(notice(case, one.notice_id), False)
        return False
    verdicts: dict[str, FieldVerdict] = {"y": "right", "c": "wrong", "n": "wrong", "u": "unsure"}
    if key not in verdicts:
        console.print(_HELP, highlight=False)
        return False
    value = quote = ""
    if key == "c":
        value = typer.prompt("Right is", default="", show_default=False)
        quote = typer.prompt("The notice's words for it", default=value, show_default=False)
        if not value:
            return False
    try:
        desk.say(one.notice_id, one.field, verdicts[key], value=value, quote=quote, from_queue=True)
    except DecisionError as error:
        console.print(f"{error.message} {error.hint}", highlight=False)
        return False
    return True


def _show(one: "WaitingField", console: "Console", place: str) -> None:
    from sousveil.cli.show import plain

    why = _REASONS.get(one.reason, f"confidence {one.confidence:.2f}")
    console.rule(f"{place}   {why}", align="left")
    console.print(plain(one.title or one.notice_id, style="bold"))
    console.print(plain(f"  {one.field}: {', '.join(one.values) or 'not stated'}"))
    if one.quote:
        console.print(plain(f"  page {one.page}: {one.quote}"))
