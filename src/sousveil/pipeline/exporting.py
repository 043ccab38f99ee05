"""Every export of a case for other tools, of all of it or of what a query finds."""

from typing import BinaryIO, get_args

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.pipeline.find import index_of, parsed
from sousveil.report.bods import write_bods
from sousveil.report.export import CHOSEN, WHAT, Chosen, Format, export
from sousveil.report.ftm import write_ftm
from sousveil.report.network import write_network
from sousveil.report.network_picture import picture
from sousveil.report.network_ties import tie
from sousveil.report.ocds import write_ocds

STANDARDS = ("ftm", "ocds-releases", "ocds-records", "bods")
"""Exports in the form of a standard: JSON Lines of the whole case."""
FORMATS: tuple[Format, ...] = get_args(Format)
NETWORK = ("graphml", "svg")
"""The forms of the network of organisations."""
MOST_DRAWN = 20
"""Buyers and suppliers in the picture of the network, each."""


def chosen(case: Case, query: str | None) -> Chosen | None:
    """The notices a query finds, and the state they were found in; None for no query.

    Raises QueryError where it does not parse, UsageError where nothing is indexed yet.
    """
    if query is None:
        return None
    state = case.manifest()
    return Chosen(tuple(index_of(case, state).ids(parsed(case, query))), state)


def forms(what: str, *, by_query: bool) -> tuple[str, ...]:
    """The forms an export can be had in, of the whole case or by a query; none: it cannot.

    Raises UsageError where there is no such export.
    """
    if what == "network":
        return NETWORK
    if what in STANDARDS:
        return () if by_query else ("jsonl",)
    if what not in WHAT:
        known = ", ".join((*WHAT, *STANDARDS))
        raise UsageError(f"There is no export '{what}'.", f"Use one of {known}.")
    return () if by_query and what not in CHOSEN else FORMATS


def write_export(case: Case, what: str, form: str, out: BinaryIO, query: str | None = None) -> str:
    """Write an export to ``out``; returns how much it is, in words.

    Raises UsageError for what cannot be had so, before anything is written.
    """
    check_export(what, form, by_query=query is not None)
    some = chosen(case, query)
    match what:
        case "ftm":
            return f"{write_ftm(case, out):,} entities"
        case "bods":
            return f"{write_bods(case, out):,} statements"
        case "ocds-releases" | "ocds-records":
            written = write_ocds(case, what, out)
            left = f" ({written.undated:,} notices without any date left out)"
            return (
                f"{written.lines:,} {what.removeprefix('ocds-')}{left if written.undated else ''}"
            )
        case "network" if form == "svg":
            with connect(case, some.state if some else None) as connection:
                tie(connection, some)
                drawn, svg = picture(connection, most=MOST_DRAWN)
            out.write(svg.encode())
            return f"{drawn.trades:,} pairs of buyer and supplier"
        case "network":
            return f"{write_network(case, out, some).organisations:,} organisations"
    return f"{export(case, what, form, out, some)} {what}"  # type: ignore[arg-type]


def check_export(what: str, form: str, *, by_query: bool) -> None:
    """Raise UsageError where an export cannot be had in a form, or by a query."""
    known = forms(what, by_query=False)
    if what in STANDARDS and (by_query or form != "jsonl"):
        raise UsageError(
            f"'{what}' is written as JSON Lines, of the whole case.",
            "Leave out --format and --query.",
        )
    if form not in known:
        raise UsageError(f"There is no format '{form}'.", f"Use {', '.join(known)}.")
    if by_query and not forms(what, by_query=True):
        raise UsageError(
            f"A query finds notices, not {what}.",
            "Export notices, pages, projects, organisations or mentions by a query.",
        )
