"""``sousveil organisation``: one buyer or supplier, its history, bids, and who stands around it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.options import CaseArgument, Json

if TYPE_CHECKING:
    from rich.table import Table

    from sousveil.report.organisation_records import Holding, Page


def organisation(
    case: CaseArgument,
    wanted: Annotated[
        str,
        typer.Argument(metavar="NAME-OR-KEY", help="A name, a key or a number of a register."),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.html", help="Write it as one HTML page, too."),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=1, max=1_000_000, help="Projects listed, the latest.")
    ] = 200,
    as_json: Json = False,
) -> None:
    """Show what one organisation bought, won and lost, when, where and with whom."""
    import msgspec

    from sousveil.case.folder import Case
    from sousveil.report.organisation_page import organisation_of, write_organisation

    opened = Case.open(case)
    if out is None:
        page = organisation_of(opened, wanted, most)
    else:
        page = write_organisation(opened, wanted, out, most)
    if as_json:
        typer.echo(msgspec.json.encode(page).decode())
        return
    _print(page)
    if out is not None:
        typer.echo(f"Page: {out}")


def _print(page: "Page") -> None:
    from rich.console import Console

    from sousveil.cli.show import plain

    console = Console()
    console.print(plain(page.name, style="bold"))
    for line in _lines(page):
        console.print(plain(line))
    for part in (_amounts(page), _capabilities(page), _others(page), _projects(page)):
        if part.row_count:
            console.print()
            console.print(part)
    for name, count in page.more.items():
        typer.echo(f"Not listed: {count:,} more {name}.")


def _lines(page: "Page") -> list[str]:
    seen = f"{page.first_seen} to {page.last_seen}" if page.first_seen else "undated"
    kind = (page.buyer_type or page.kind).replace("_", " ")
    lines = [f"[gloss] {page.gloss}"] if page.gloss else []
    lines.append(" · ".join(filter(None, (kind, page.country_name, page.place, f"seen {seen}"))))
    lines.append(f"key {page.org_key}; {page.notices:,} notices, copies not counted")
    lines += [f"also written {s.name}" for s in page.names if s.name != page.name]
    lines += [f"number {identifier}" for identifier in page.identifiers]
    lines += [f"unit of {page.parent.name}"] if page.parent else []
    lines += [f"unit: {unit.name}" for unit in page.units]
    lines += [f"group {page.group.name}"] if page.group else []
    lines += [f"owner given: {_holding(link)}" for link in page.owners]
    lines += [f"owns, as given: {_holding(link)}" for link in page.owned]
    for part in page.counts:
        lines.append(f"{part.role} of {part.projects:,} projects, {part.surveillance:,} of them")
        lines[-1] += " surveillance"
    if page.bids.projects:
        lines.append(_bids(page))
    return lines


def _holding(link: "Holding") -> str:
    who = link.name or f"{link.natural_persons:,} natural persons (not kept)"
    return f"{who} ({link.interest}; {link.source or 'no source'}, {link.file} line {link.line})"


def _bids(page: "Page") -> str:
    bids, known = page.bids, page.coverage
    lost = f"{bids.lost:,}" if bids.with_bidders else "not known"
    return (
        f"bids: won {bids.won:,}, lost {lost}, no winner stated {bids.not_known:,}; bidders "
        f"who did not win are named in {bids.with_bidders:,} of its {bids.projects:,} projects, in "
        f"{known.notices:,} of the case's {known.of_notices:,} notices of bidders or winners"
    )


def _amounts(page: "Page") -> "Table":
    table = _table("As", "Year", "Sum", "US$", "Projects", "by award", right=(2, 3, 4, 5))
    for s in page.amounts:
        table.add_row(
            f"{s.role}, shared" if s.shared else s.role,
            str(s.year or "undated"),
            f"{s.currency or '?'} {s.amount:,.0f}",
            f"{s.usd:,.0f}" if s.with_usd else "no rate",
            f"{s.projects:,}",
            f"{s.by_award:,}",
        )
    return table


def _capabilities(page: "Page") -> "Table":
    table = _table("Capability", "Projects", right=(1,))
    for c in page.capabilities:
        table.add_row(c.label, f"{c.projects:,}")
    return table


def _others(page: "Page") -> "Table":
    from sousveil.cli.show import plain

    table = _table("Who and where", "As", "Projects", right=(2,))
    for place in page.places:
        where = " ".join(filter(None, (place.country_name, place.province)))
        table.add_row(plain(where), f"place, as {place.role}", f"{place.projects:,}")
    sides = {"buyer": "supplied it", "supplier": "bought from it"}
    for p in page.partners:
        table.add_row(plain(_with_gloss(p.name, p.gloss)), sides[p.role], f"{p.projects:,}")
    for t in page.together:
        won = f"bid too; won {t.other_won:,}, this one {t.won:,}, both {t.both_won:,}"
        table.add_row(plain(_with_gloss(t.name, t.gloss)), won, f"{t.projects:,}")
    return table


def _projects(page: "Page") -> "Table":
    from sousveil.cli.show import plain

    table = _table("Date", "Project", "Amount", "Notice, page")
    for p in page.projects:
        roles = p.outcome if p.outcome in ("lost", "won") else " and ".join(p.roles)
        told = f"{_with_gloss(p.name or 'untitled', p.gloss)}\n{roles}"
        codes = ", ".join(p.capabilities)
        table.add_row(
            str(p.first_date or "undated"),
            plain(f"{told}; {codes}" if codes else told),
            plain(p.amount_told),
            f"{p.notice_id[:12]}, {p.page}",
        )
    return table


def _with_gloss(name: str, english: str | None) -> str:
    return f"{name}\n[gloss] {english}" if english else name


def _table(*columns: str, right: tuple[int, ...] = ()) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, column in enumerate(columns):
        table.add_column(column, overflow="fold", justify="right" if at in right else "left")
    return table
