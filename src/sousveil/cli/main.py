"""The command line: each command takes input, calls one function and shows the answer.

Exit codes: 0 done (files that could not be read are listed, not an error); 1 something failed; 2
wrong usage, query, manifest, mapping, rates, rules or labels; 3 the case cannot be used; 4 another
process is writing to it; 5 the ledger or an original differs from what was recorded; 6 the disk
is full or refuses to write; 7 worker processes cannot run; 8 files could not be read and --strict
was given; 9 an evaluation is below --at-least; 130 stopped with Ctrl-C (the next run goes on from
there).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sousveil.cli.answer import answer
from sousveil.cli.brief import brief
from sousveil.cli.cite import cite
from sousveil.cli.claims import claims
from sousveil.cli.code import code
from sousveil.cli.correct import correct
from sousveil.cli.decide import decide
from sousveil.cli.estimate import agreement, estimate, sample
from sousveil.cli.evaluate import evaluate
from sousveil.cli.export import export
from sousveil.cli.joins import joins
from sousveil.cli.mappings import mappings
from sousveil.cli.merge import merge
from sousveil.cli.network import network
from sousveil.cli.options import CaseArgument, Json, Wait
from sousveil.cli.organisation import organisation
from sousveil.cli.ownership import ownership
from sousveil.cli.protocol import protocol
from sousveil.cli.query import queries
from sousveil.cli.scheme import scheme
from sousveil.cli.serve import serve
from sousveil.cli.taxonomy import app as taxonomy_commands
from sousveil.cli.verify import verify

# Heavy imports stand inside the commands: `sousveil --help` must not wait for a database.
if TYPE_CHECKING:
    from sousveil.case.folder import Case
    from sousveil.sources import Manifest

app = typer.Typer(
    name="sousveil",
    help="Reads the paperwork of surveillance: from procurement records to a cited report.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

EXIT_STRICT = 8
EXIT_INTERRUPTED = 130

CaseOption = Annotated[
    Path, typer.Option("--case", metavar="DIR", help="The case folder; made if it is not there.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Workers = Annotated[
    int, typer.Option("--workers", min=0, help="Worker processes; 0: one for each core.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 8 when any file could not be read.")
]
ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="CSV",
        help="path, source_url, captured_at, note: where the records came from.",
    ),
]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files and folders to read.")]


def run() -> None:
    """Entry point: runs the command and turns errors into messages and exit codes."""
    import gc
    import sys

    from sousveil.errors import SousveilError

    gc.set_threshold(20_000, 20, 50)  # rows are many and make no cycles
    try:
        app(standalone_mode=True)
    except SousveilError as error:
        typer.echo(f"sousveil: {error.message}", err=True)
        if error.hint:
            typer.echo(f"  {error.hint}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("Stopped. What was done is kept; the same command goes on from there.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _version(asked: bool) -> None:
    if asked:
        from sousveil import __version__

        typer.echo(f"sousveil {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Reads the paperwork of surveillance: from procurement records to a cited report."""


@app.command()
def review(
    paths: Paths,
    case: CaseOption,
    manifest: ManifestOption = None,
    workers: Workers = 0,
    strict: Strict = False,
    as_json: Json = False,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Add, process, index and report in one."""
    from sousveil.cli import show
    from sousveil.pipeline import review as pipeline
    from sousveil.pipeline.process import Options

    rows = _manifest(manifest)
    opened = _open_or_create(case)
    with opened.writing(wait), show.progress(quiet or as_json) as shown:
        summary = pipeline.review(opened, paths, Options(workers=workers), rows, shown)
    show.summary(summary, as_json)
    _finish(summary.failed, strict)


@app.command()
def add(
    paths: Paths,
    case: CaseOption,
    manifest: ManifestOption = None,
    as_json: Json = False,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Take records into the case; nothing is read yet."""
    from sousveil.cli import show
    from sousveil.pipeline.add import add as pipeline_add

    rows = _manifest(manifest)
    opened = _open_or_create(case)
    with opened.writing(wait), show.progress(quiet or as_json) as shown:
        added = pipeline_add(opened, paths, rows, shown)
    show.added(added, as_json)


@app.command()
def process(
    case: CaseArgument,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read again what failed before.")
    ] = False,
    workers: Workers = 0,
    strict: Strict = False,
    as_json: Json = False,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Read, join and index what is new or changed."""
    import time

    from sousveil.case.folder import Case
    from sousveil.cli import show
    from sousveil.pipeline import review as pipeline
    from sousveil.pipeline.process import Options

    started = time.monotonic()
    opened = Case.open(case)
    with opened.writing(wait), show.progress(quiet or as_json) as shown:
        pipeline.process(opened, Options(workers=workers, retry_failed=retry_failed), shown)
    summary = pipeline.summarise(opened, time.monotonic() - started)
    show.summary(summary, as_json)
    _finish(summary.failed, strict)


@app.command()
def search(
    case: CaseArgument,
    query: Annotated[str, typer.Argument(help="See the query language in the documentation.")] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000)] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, max=1_000_000_000)] = 0,
    order: Annotated[str, typer.Option(help="relevance, published or amount_usd.")] = "relevance",
    as_json: Json = False,
) -> None:
    """Find notices; each hit shows why it matched."""
    from sousveil.case.folder import Case
    from sousveil.cli import show
    from sousveil.errors import UsageError
    from sousveil.pipeline.find import find

    if order not in ("relevance", "published", "amount_usd"):
        raise UsageError(f"There is no order '{order}'.", "Use relevance, published or amount_usd.")
    found = find(Case.open(case), query, limit=limit, offset=offset, order=order)  # type: ignore[arg-type]
    show.hits(found, as_json)


@app.command()
def show(
    case: CaseArgument,
    notice_id: Annotated[str, typer.Argument(help="A notice id, or its first digits.")],
    as_json: Json = False,
) -> None:
    """Show one notice with the quoted evidence of every field."""
    from sousveil.case.folder import Case
    from sousveil.cli import show as shown
    from sousveil.pipeline.find import notice

    shown.notice(notice(Case.open(case), notice_id), as_json)


app.command()(export)
app.add_typer(queries)
app.command()(serve)


@app.command()
def report(case: CaseArgument, as_json: Json = False, wait: Wait = 0.0) -> None:
    """Write the report of the case as it stands."""
    from sousveil.case.folder import Case
    from sousveil.pipeline.review import make_report

    opened = Case.open(case)
    with opened.writing(wait):
        page = make_report(opened)
    answer({"report": str(page)}, f"Report: {page}", as_json)


app.command()(brief)
app.command()(protocol)
app.command()(verify)


@app.command()
def rebuild(
    case: CaseArgument,
    workers: Workers = 0,
    as_json: Json = False,
    quiet: Quiet = False,
    wait: Wait = 0.0,
) -> None:
    """Make everything derived again from the originals."""
    from sousveil.case.folder import Case
    from sousveil.cli import show
    from sousveil.pipeline import review as pipeline
    from sousveil.pipeline.process import Options

    opened = Case.open(case)
    with opened.writing(wait), show.progress(quiet or as_json) as shown:
        summary = pipeline.rebuild(opened, Options(workers=workers), shown)
    show.summary(summary, as_json)


@app.command()
def status(
    case: CaseArgument,
    failed: Annotated[
        bool, typer.Option("--failed", help="List the files that could not be read, and why.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say what the case holds, and what could not be read."""
    from sousveil.case.folder import Case
    from sousveil.cli import show
    from sousveil.pipeline import review as pipeline
    from sousveil.pipeline.find import failures

    opened = Case.open(case)
    if failed:
        show.failures(failures(opened), as_json)
    else:
        show.summary(pipeline.summarise(opened, 0.0), as_json)


app.command()(evaluate)
app.add_typer(taxonomy_commands)
app.command()(cite)
app.add_typer(scheme)
app.command()(code)
app.command()(correct)
app.command()(sample)
app.command()(estimate)
app.command()(agreement)
app.command()(decide)
app.command()(merge)
app.command()(ownership)
app.command()(network)
app.command()(organisation)
app.add_typer(joins)
app.add_typer(claims)
app.command()(mappings)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say what works on this machine: formats, protections, fonts."""
    from sousveil.cli import show
    from sousveil.pipeline.doctor import examine

    show.checks(examine(), as_json)


@app.command()
def demo(
    case: Annotated[Path, typer.Option("--case", metavar="DIR")] = Path("demo-case"),
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build the demonstration case from illustrative records, and its report; check its claims."""
    from sousveil import demo as corpus
    from sousveil.cli import show, show_claims
    from sousveil.pipeline import review as pipeline
    from sousveil.pipeline.claims import check_demo
    from sousveil.pipeline.process import Options

    opened = _open_or_create(case)
    with opened.writing(), show.progress(quiet or as_json) as shown:
        summary = pipeline.review(
            opened,
            [corpus.corpus_path()],
            Options(),
            _manifest(corpus.manifest_path()),
            shown,
        )
        checks = check_demo(opened)
    show.summary(summary, as_json)
    show.headline(opened, as_json)
    if not as_json:
        show_claims.summary(checks)


def _open_or_create(root: Path) -> "Case":
    from sousveil.case.folder import Case
    from sousveil.reference import taxonomy_version

    return Case.open_or_create(root, taxonomy=taxonomy_version())


def _manifest(path: Path | None) -> "Manifest | None":
    from sousveil.sources import read_manifest

    return read_manifest(path) if path else None


def _finish(failed: int, strict: bool) -> None:
    if strict and failed:
        raise typer.Exit(EXIT_STRICT)
