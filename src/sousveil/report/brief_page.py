"""Writing briefs: one document a platform, in Markdown or as one self-contained HTML page.

Every value that goes into a page is escaped by the environment itself, not by the templates: none
can be forgotten.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import jinja2
import msgspec

from sousveil.case.atomic import storage_errors
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.own_rules import platform_rules_of
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.errors import UsageError
from sousveil.reference import Taxonomy
from sousveil.reference.platform_rules import FILE, PlatformRules
from sousveil.report.brief import NO_ADDRESSEE, Head, collection_of, head_of, named_platforms
from sousveil.report.brief_projects import BriefProject, brief_projects
from sousveil.report.brief_rows import Rows
from sousveil.report.environment import html_environment, number, plural
from sousveil.report.export import whole_file
from sousveil.text.markdown import code_span, escaped

Form = Literal["html", "md"]
FORMS: tuple[Form, ...] = ("html", "md")

_ADD_RULE = (
    f"Put it into {FILE} of the case ('sousveil brief CASE --rules' prints the form), with its "
    "address and the day you read it."
)


class Written(msgspec.Struct, frozen=True):
    """A brief and the files it was written to."""

    head: Head
    files: tuple[Path, ...]


def rules_of(case: Case) -> PlatformRules:
    """The table of rules in use. Raises UsageError for a table of the case with a fault."""
    return platform_rules_of(case, taxonomy_of(case))


def write_briefs(
    case: Case, folder: Path, platforms: Sequence[str] = (), forms: Sequence[Form] = FORMS
) -> Iterator[Written]:
    """Write ``<platform>.html`` and ``.md`` into the folder, each as it is taken from here.

    No ``platforms``: all that surveillance projects of the case name and that are one platform.
    Raises UsageError for a platform that nobody can be sent a brief of or that no project names,
    and for a table of rules with a fault, before anything is written; StorageError.
    """
    taxonomy = taxonomy_of(case)
    rules = platform_rules_of(case, taxonomy)
    state = case.manifest()
    with connect(case, state) as connection:
        wanted = _wanted(named_platforms(connection), platforms, taxonomy)
        collection = collection_of(connection, case, state, taxonomy)
        if wanted:
            with storage_errors(folder):
                _make(folder)
        for platform in wanted:
            head = head_of(connection, platform, collection, taxonomy, rules)
            rows, files = Rows(connection, platform), []
            for form in forms:
                path = folder / f"{platform}.{form}"
                with whole_file(path) as out:
                    for part in render(form, head, brief_projects(rows, taxonomy)):
                        out.write(part.encode())
                files.append(path)
            yield Written(head, tuple(files))


def write_all_briefs(case: Case, folder: Path) -> list[Written]:
    """``write_briefs`` for all that are named, in both forms; those of platforms that no project
    names any more are deleted: nobody is to send them. Raises likewise."""
    written = list(write_briefs(case, folder))
    kept = {path for each in written for path in each.files}
    for code in taxonomy_of(case).facet("platform"):
        for form in FORMS:
            path = folder / f"{code.id}.{form}"
            if path not in kept:
                with storage_errors(path):
                    path.unlink(missing_ok=True)
    return written


def _make(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Name one for the briefs.")
    folder.mkdir(parents=True, exist_ok=True)


def _wanted(named: Mapping[str, int], platforms: Sequence[str], taxonomy: Taxonomy) -> list[str]:
    known = {code.id for code in taxonomy.facet("platform")}
    addressed = [code for code in named if code not in NO_ADDRESSEE]
    for code in platforms:
        if code in addressed:
            continue
        if code in NO_ADDRESSEE:
            problem = f"'{code}' is no one platform: there is nobody to send a brief to."
        elif code in known:
            problem = f"No surveillance project of this case names the platform '{code}'."
        else:
            problem = f"The taxonomy has no platform '{code[:60]}'."
        hint = f"Named are: {', '.join(addressed)}." if addressed else "None is named."
        raise UsageError(problem, hint)
    return list(dict.fromkeys(platforms)) or addressed


def render(form: Form, head: Head, projects: Iterable[BriefProject]) -> Iterator[str]:
    """The document in parts, as the projects come."""
    template = _ENVIRONMENTS[form].get_template(f"brief.{form}.j2")
    yield from template.generate(
        head=head, projects=projects, limits=list(limits(head)), add_rule=_ADD_RULE
    )


def limits(head: Head) -> Iterator[str]:
    """What the records can and cannot show, as a reader of this brief must know it."""
    c = head.collection
    yield (
        f"That a record names {head.name} is a statement of the buyer about what it wants or "
        "bought. It does not prove that data was collected, nor how, nor by whom."
    )
    yield (
        f"The collection holds {c.files:,} files as given by the sender ({c.failed:,} documents "
        f"could not be read, {c.waiting:,} are not read yet): {c.projects:,} projects, "
        f"{c.surveillance:,} of them surveillance, {c.naming:,} of these with a platform named. "
        "It is no sample: nothing follows for purchases whose records were not given."
    )
    places = "; ".join(
        f"{p.country} {p.projects:,} ({_years(p.first, p.last)})" for p in c.countries
    )
    more = f"; and {c.more_countries:,} more" if c.more_countries else ""
    yield f"All projects of the collection by the buyer's country, and their years: {places}{more}."
    yield (
        f"Codes were given by Sousveil {c.software} with taxonomy {c.taxonomy}: by words that a "
        f"published list holds, read in their place. Of the {head.projects:,} projects here, a "
        f"person confirmed {head.confirmed:,} as surveillance and {head.platform_confirmed:,} as "
        f"naming {head.name}. How many codes of this collection are wrong or missing is not known "
        "beyond what was confirmed: read the quoted words."
    )
    yield (
        "Names of natural persons, phones, e-mail and accounts are masked; those watched are told "
        "as groups. The original files are kept by their SHA-256 and can be asked for."
    )


def _years(first: int | None, last: int | None) -> str:
    if first is None:
        return "undated"
    return str(first) if first == last else f"{first}–{last}"


class _Ready(str):
    """Markdown already, not to be escaped. Addresses of rules hold no sign that could end one."""

    __slots__ = ()


def _markdown() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sousveil.report"),
        autoescape=False,  # noqa: S701 -- Markdown is escaped by finalize
        finalize=_shown_in_markdown,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = number
    environment.filters["plural"] = plural
    environment.filters["code"] = lambda text: _Ready(code_span(str(text)))
    environment.filters["link"] = lambda url: _Ready(f"<{url}>")
    return environment


def _shown_in_markdown(value: object) -> str:
    return value if isinstance(value, _Ready) else escaped(str(value))


_ENVIRONMENTS: Mapping[str, jinja2.Environment] = {"html": html_environment(), "md": _markdown()}
