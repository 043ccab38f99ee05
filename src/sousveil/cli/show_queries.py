"""How saved queries and counts of many look: as a table, as CSV, as JSON."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from sousveil.case.queries import SavedQuery
from sousveil.cli.show import plain
from sousveil.pipeline.progress import Progress
from sousveil.pipeline.question_files import WrongLine
from sousveil.pipeline.questions import Counted, Snapshot
from sousveil.report.export import csv_cell, whole_file

_COLUMNS = (
    "name", "query", "normalised", "notices", "projects", "amounts", "usd", "no_rate", "first",
    "last", "line", "snapshot", "error",
)  # fmt: skip

Results = Iterator[Counted | WrongLine]


def saved(items: Sequence[SavedQuery], as_json: bool) -> None:
    """All saved queries."""
    if as_json:
        typer.echo(msgspec.json.encode(items).decode())
        return
    table = _table("Name", "Query", "Note")
    for item in items:
        table.add_row(plain(item.name), plain(item.query), plain(item.note))
    Console().print(table)
    typer.echo(f"{len(items):,} saved queries.")


def one(item: SavedQuery, normalised: str, as_json: bool) -> None:
    """One saved query. ``normalised``: written out, without names of others."""
    if as_json:
        data = {**msgspec.to_builtins(item), "normalised": normalised}
        typer.echo(msgspec.json.encode(data).decode())
        return
    console = Console(soft_wrap=True)
    console.print(plain(f"{item.name}: {item.query}"))
    if item.note:
        console.print(plain(f"Note: {item.note}"))
    console.print(plain(f"Written out: {normalised or '*'}"))


def as_json(snapshot: Snapshot, results: Results, shown: Progress) -> int:
    """One JSON object, written as the counts come; returns how many could not be used."""
    encode, wrong = msgspec.json.encode, 0
    typer.echo(f'{{"snapshot":{encode(snapshot).decode()},"results":[', nl=False)
    for at, item in enumerate(results):
        wrong += isinstance(item, WrongLine)
        data = (
            {"line": item.line, "error": item.message, "hint": item.hint}
            if isinstance(item, WrongLine)
            else _data(item)
        )
        typer.echo(("," if at else "") + encode(data).decode(), nl=False)
        shown.advance()
    typer.echo(f'],"wrong":{wrong}}}')
    return wrong


def as_csv(snapshot: Snapshot, results: Results, path: Path, shown: Progress) -> int:
    """A CSV file, a row a query; returns how many could not be used."""
    wrong = 0
    with whole_file(path) as out:
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(_COLUMNS)
        for item in results:
            if isinstance(item, WrongLine):
                wrong += 1
                _complain(item)
                row: dict[str, object] = {
                    "line": item.line, "error": f"{item.message} {item.hint}".strip()
                }  # fmt: skip
            else:
                row = _data(item)
                row["normalised"] = item.normalised or "*"
            row["snapshot"] = snapshot.id
            writer.writerow([csv_cell(row.get(name)) for name in _COLUMNS])
            shown.advance()
        text.detach()
    shown.finish()
    typer.echo(f"Written to {path}", err=True)
    return wrong


def as_table(snapshot: Snapshot, results: Results, shown: Progress) -> int:
    """A table for people; returns how many could not be used."""
    table = _table("Name", "Query", "Notices", "Projects", "Amounts", "US$", "No rate", "Published")
    problems = []
    for item in results:
        shown.advance()
        if isinstance(item, WrongLine):
            problems.append(item)
            continue
        days = f"{item.first} to {item.last}" if item.first else ""
        amounts = "\n".join(
            f"{a.currency or '?'} {a.total:,.2f} ({a.projects})" for a in item.amounts
        )
        table.add_row(
            plain(item.name),
            plain(item.normalised or "*"),
            f"{item.notices:,}",
            f"{item.projects:,}",
            plain(amounts),
            f"{item.usd:,.0f}",
            f"{item.no_rate:,}",
            days,
        )
    shown.finish()
    Console().print(table)
    typer.echo(
        f"Counted in state {snapshot.generation} of the case, snapshot {snapshot.id}. Amounts: one"
        " figure a project, in brackets how many projects state one."
    )
    for problem in problems:
        _complain(problem)
    return len(problems)


def _complain(item: WrongLine) -> None:
    where = f"Line {item.line}: " if item.line else ""
    typer.echo(f"{where}{item.message} {item.hint}".rstrip(), err=True)


def _data(item: Counted) -> dict[str, object]:
    return {
        "name": item.name,
        "line": item.line,
        "query": item.query,
        "normalised": item.normalised,
        "notices": item.notices,
        "projects": item.projects,
        "amounts": [
            {
                "currency": a.currency,
                "projects": a.projects,
                "total": _number(a.total),
                "with_rate": a.with_rate,
                "usd": _number(a.usd),
            }
            for a in item.amounts
        ],
        "usd": _number(item.usd),
        "no_rate": item.no_rate,
        "first": item.first.isoformat() if item.first else None,
        "last": item.last.isoformat() if item.last else None,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        right = column in ("Notices", "Projects", "US$", "No rate")
        table.add_column(column, overflow="fold", justify="right" if right else "left")
    return table
