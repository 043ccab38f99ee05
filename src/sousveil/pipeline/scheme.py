"""The coding scheme of a case: read and checked against the case's own taxonomy, and begun."""

import re
from pathlib import Path

from sousveil.case.atomic import replace_file
from sousveil.case.folder import Case
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.case.scheme import FILE, scheme_content, scheme_path
from sousveil.coding.scheme import Fault, new_scheme, read_scheme
from sousveil.errors import DecisionError
from sousveil.model.scheme import Scheme


def scheme_of(case: Case) -> Scheme | None:
    """The scheme that the case's coders work under, None where there is none.

    Raises DecisionError, with the line, for one that cannot be used.
    """
    content = scheme_content(case)
    if content is None:
        return None
    found = read_scheme(content, taxonomy_of(case))
    if isinstance(found, Scheme):
        return found
    first = found[0]
    raise DecisionError(
        f"{FILE}, line {first.line}: {first.problem}.", "'sousveil scheme check' lists all faults."
    )


def check_scheme(case: Case) -> Scheme | list[Fault]:
    """The scheme, or all that is wrong with it. Raises DecisionError where there is none."""
    content = scheme_content(case)
    if content is None:
        raise DecisionError(
            "The case has no coding scheme.", f"'sousveil scheme new {case.root}' writes one."
        )
    return read_scheme(content, taxonomy_of(case))


def begin_scheme(case: Case) -> Path:
    """Write a scheme to be edited. The lock must be held. Raises DecisionError where there is one
    already."""
    path = scheme_path(case)
    if path.exists():
        raise DecisionError(f"The case has a {FILE} already.", "Edit it, or move it away first.")
    name = re.sub(r"\s+", " ", f"Coding of {case.root.resolve().name}")
    replace_file(path, new_scheme(name, taxonomy_of(case)).encode())
    return path
