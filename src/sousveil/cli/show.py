"""How answers look on a terminal, and as JSON for scripts."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from sousveil.pipeline.progress import Progress, Silent
from sousveil.text.controls import visible

if TYPE_CHECKING:  # loading the whole pipeline takes longer than many a command
    from sousveil.case.folder import Case
    from sousveil.pipeline.add import Added
    from sousveil.pipeline.doctor import Check
    from sousveil.pipeline.find import Failure, Found, NoticeView
    from sousveil.pipeline.mappings_shown import Mappings
    from sousveil.pipeline.review import Summary


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "", style="dim")


class _Bars:
    """Progress as bars with rate and time left, on standard error."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def start(self, phase: str, total: int | None) -> None:
        self._task = self._bars.add_task(phase, total=total)

    def advance(self, steps: int = 1) -> None:
        if self._task is not None:
            self._bars.advance(self._task, steps)

    def finish(self) -> None:
        if self._task is not None:
            task = next(t for t in self._bars.tasks if t.id == self._task)
            total = task.total if task.total is not None else max(task.completed, 1)
            self._bars.update(self._task, total=total, completed=total)
            self._task = None


def plain(text: str, style: str = "") -> Text:
    """Words of a document for the terminal, control characters shown as the replacement sign."""
    return Text(visible(text), style=style)


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """Progress bars on standard error, or nothing."""
    if quiet:
        yield Silent()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        yield _Bars(bars)


def _json(data: object) -> None:
    typer.echo(msgspec.json.encode(data).decode())


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(item: object) -> None:
    Console(soft_wrap=False).print(item)


def summary(data: "Summary", as_json: bool) -> None:
    """The plain final table: files seen, read, notices, failed with reasons, seconds."""
    if as_json:
        _json(data)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    rows: list[tuple[str, object]] = [
        ("Files seen", data.files),
        *([("Documents inside them", data.inside)] if data.inside else []),
        ("  read", data.read),
        ("  readable, but no notice", data.not_a_record),
        *([("    parts of saved pages", data.page_parts)] if data.page_parts else []),
        ("  failed", data.failed),
        *((f"    {reason}", count) for reason, count in data.failures.items()),
    ]
    if data.waiting:
        rows.append(("  waiting to be processed", data.waiting))
    if data.failed_records:
        rows.append(("Records unreadable inside files", data.failed_records))
    rows += [
        ("Notices found", data.notices),
        ("Projects", data.projects),
        ("  buying surveillance", data.surveillance_projects),
    ]
    if data.decisions:
        rows.append(("Decisions of coders", data.decisions))
    if data.learning:
        rows.append(("  notices they settle", data.learning.notices))
        if data.learning.undecided:
            rows.append(("  notices still open after them", data.learning.undecided))
    for name, value in rows:
        table.add_row(name, f"{value:,}" if isinstance(value, int) else str(value))
    if data.seconds:
        table.add_row("Seconds", f"{data.seconds:,.1f}")
    _print(table)
    if data.learning:
        typer.echo(f"Learned model {data.learning.version}".rstrip() + f": {data.learning.reason}")
    if data.decisions != (data.learning.decisions if data.learning else 0):
        typer.echo("Decisions came in since the last run: 'sousveil process CASE' takes them up.")
    if data.added and data.added.unmatched:
        typer.echo(f"{len(data.added.unmatched)} rows of the manifest name no file given.")
    if data.failed:
        typer.echo("'sousveil status CASE --failed' lists the files that failed and why.")
    if data.report:
        typer.echo(f"Report: {data.report}")


def added(data: "Added", as_json: bool) -> None:
    """What ``add`` did."""
    if as_json:
        _json(data)
        return
    typer.echo(
        f"{data.seen:,} files seen: {data.new:,} new, {data.known:,} already in the case, "
        f"{data.refused:,} could not be read."
    )
    for path in data.unmatched:
        typer.echo(f"The manifest names a file that was not given: {path}")


def failures(data: "Sequence[Failure]", as_json: bool) -> None:
    """Files that could not be read: which, why, and what to do."""
    if as_json:
        _json(data)
        return
    table = _table("File", "Reason", "What was wrong", "What to do")
    for item in data:
        table.add_row(plain(item.path), item.reason, plain(item.message), plain(item.hint))
    _print(table)
    partly = sum(item.in_part for item in data)
    typer.echo(f"{len(data) - partly:,} files could not be read, {partly:,} only in part.")


def hits(data: "Found", as_json: bool) -> None:
    """Search results with snippets."""
    if as_json:
        _json(data)
        return
    console = Console()
    for hit in data.hits:
        head = plain(f"{hit.notice_id[:12]}  ", style="dim")
        head.append(f"{hit.published or 'undated'}  {hit.notice_type}  ")
        head.append(hit.amount or "", style="bold")
        console.print(head)
        console.print(plain(f"  {hit.name or 'untitled'}", style="bold"))
        if hit.gloss:
            console.print(plain(f"  [gloss] {hit.gloss}", style="italic"))
        console.print(plain(f"  {hit.buyer or 'buyer not stated'}"))
        if hit.buyer_gloss:
            console.print(plain(f"  [gloss] {hit.buyer_gloss}", style="italic"))
        snippet = plain("  " + hit.snippet.replace("\n", " ").replace("\t", " "))
        for start, end in hit.spans:
            snippet.stylize("bold reverse", start + 2, end + 2)
        console.print(snippet)
    typer.echo(f"{data.total:,} notices.")


def notice(data: "NoticeView", as_json: bool) -> None:
    """One notice, each field with the words it was read from."""
    if as_json:
        _json(data)
        return
    console = Console()
    console.print(plain(data.title or data.notice_id, style="bold"))
    if data.gloss:
        console.print(plain(f"[gloss] {data.gloss}", style="italic"))
    table = _table("Field", "Value", "Quoted words", "Page, span")
    for field in data.fields:
        table.add_row(
            field.name,
            plain(f"{field.value}\n[gloss] {field.gloss}" if field.gloss else field.value),
            plain((field.quote or "(derived)") + (" (a coder)" if field.by_coder else "")),
            f"{field.page}, {field.start}-{field.end}" if field.quote else "",
        )
    console.print(table)
    console.print(Text("Why these codes", style="bold"))
    reasons = _table("Code", "Score", "Words")
    for code in data.codes:
        reasons.add_row(f"{code.facet}: {code.code}", f"{code.score:.2f}", plain(code.words))
    console.print(reasons)
    console.print(plain("\n".join(data.provenance)))
    for line in data.joins:
        console.print(plain(line))


def mappings(data: "Mappings", as_json: bool) -> None:
    """What the columns of each table were taken to mean."""
    if as_json:
        _json(data)
        return
    for table in data.tables:
        sheet = f", sheet {table.sheet}" if table.sheet else ""
        typer.echo(f"{table.path}{sheet}: {table.rows:,} rows, {table.notices:,} notices")
        typer.echo(f"  as {table.told_by} says" if table.told_by else "  guessed")
        if table.waiting:
            typer.echo("  read otherwise the last time: run 'sousveil process CASE'")
        shown = _table("  Heading", "Field", "Unit")
        for column in table.columns:
            unit = " ".join(filter(None, (column.unit, column.currency)))
            shown.add_row(plain(f"  {column.heading}"), column.field or "-", unit)
        _print(shown)
    for place in data.unused:
        typer.echo(f"Not used for any table as it stands: {place}")
    typer.echo(f"Tables: {len(data.tables):,}. 'sousveil mappings CASE --write' writes them down.")


def checks(data: "Sequence[Check]", as_json: bool) -> None:
    """What was tried on this machine, and whether it works."""
    if as_json:
        _json(list(data))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("", "", "works", ""):
        table.add_column(name, overflow="fold")
    before = ""
    for check in data:
        kind = "" if check.kind == before else check.kind
        before = check.kind
        table.add_row(kind, check.name, "yes" if check.works else "no", check.words)
    _print(table)
    missing = sum(not check.works for check in data if check.kind != "not stopped")
    typer.echo("Everything works." if not missing else f"Of these, {missing} cannot be had here.")


def headline(case: "Case", as_json: bool) -> None:
    """The headline figures of a case."""
    from sousveil.report.headline import headline as figures

    rows = figures(case)
    if as_json:
        typer.echo(json.dumps([{"figure": n, "value": v} for n, v in rows], ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows:
        table.add_row(plain(name), plain(value))
    _print(table)
