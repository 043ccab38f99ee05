"""``sousveil correct``: a field of a notice put right, with the words that state it."""

from typing import Annotated

import typer

from sousveil.cli.options import CaseArgument, Json, Wait


def correct(
    case: CaseArgument,
    notice: Annotated[str, typer.Argument(metavar="NOTICE", help="Its id, or the first digits.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="buyer, award, published …")],
    value: Annotated[str, typer.Argument(metavar="[VALUE]", help="What is right.")] = "",
    quote: Annotated[
        str, typer.Option("--quote", metavar="WORDS", help="The notice's words that state it.")
    ] = "",
    coder: Annotated[str, typer.Option("--coder", metavar="NAME", help="Who says so.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="It is right as it stands.")] = False,
    absent: Annotated[bool, typer.Option("--absent", help="The notice does not state it.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what NAME said of it.")] = False,
    note: Annotated[str, typer.Option("--note", help="Your own words.")] = "",
    adjudicate: Annotated[
        bool, typer.Option("--adjudicate", help="Settle what coders differ on.")
    ] = False,
    as_json: Json = False,
    wait: Wait = 0.0,
) -> None:
    """Say that a field is wrong and what is right, with the notice's own words for it."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.errors import UsageError
    from sousveil.model.field_decision import FIELDS, FieldVerdict
    from sousveil.pipeline.field_desk import FieldDesk

    name = next((known for known in FIELDS if known == field), None)
    if name is None:
        raise UsageError(f"There is no field '{field}'.", f"Use one of: {', '.join(FIELDS)}.")
    ways: list[tuple[FieldVerdict, bool]] = [
        ("right", confirm), ("undone", undo), ("wrong", absent), ("wrong", bool(value)),
    ]  # fmt: skip
    chosen = [verdict for verdict, wanted in ways if wanted]
    if len(chosen) != 1 or bool(quote) != bool(value):
        raise UsageError(
            "Say one thing of the field.", "A VALUE with --quote; or --confirm, --absent or --undo."
        )
    opened = Case.open(case)
    desk = FieldDesk(opened, coder, adjudicate=adjudicate)
    with opened.writing(wait):
        said = desk.say(notice, name, chosen[0], value=value, quote=quote, note=note or None)
    if as_json:
        typer.echo(msgspec.json.encode(said).decode())
        return
    before, after = (", ".join(some) or "not stated" for some in (said.was, said.values))
    told = {"right": f"{before} is right", "undone": "taken back"}.get(
        said.verdict, f"{before} → {after}"
    )
    typer.echo(f"{name}: {told}. 'sousveil process CASE' takes it up.")
