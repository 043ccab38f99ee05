"""Saved queries: one plain TOML file each under ``queries/``, made to be read, edited, diffed."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sousveil.case.atomic import replace_file, storage_errors, sync_folder
from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.text.query_names import query_name
from sousveil.text.toml import basic_string

_LARGEST = 100_000
"""Bytes of a file; a query is at most 10,000 characters."""


class SavedQuery(msgspec.Struct, frozen=True):
    """A query that goes by a name in this case. ``note`` says what it is meant to find."""

    name: str
    query: str
    note: str = ""


class _Stated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    query: str
    note: str = ""


def saved_queries(case: Case) -> list[SavedQuery]:
    """Every saved query, by name. Raises UsageError for a file that cannot be used."""
    return sorted((_read(path) for path in sorted(_files(case))), key=lambda each: each.name)


def saved_query(case: Case, name: str) -> SavedQuery:
    """One saved query. Raises UsageError where there is none."""
    path = _file(case, name)
    if path is None:
        raise UsageError(
            f"There is no saved query '{name[:64]}'.",
            f"See them with: sousveil query list {case.root}",
        )
    return _read(path)


def save_query(case: Case, item: SavedQuery, *, replace: bool = False) -> Path:
    """Write a saved query; the writing lock must be held. Returns its file.

    Raises UsageError where the name is none, or is taken and ``replace`` is not set.
    """
    name = query_name(item.name)
    if name is None:
        raise UsageError(
            f"'{item.name[:64]}' is no name for a saved query.",
            "Use letters, digits, - and _, at most 64; the first a letter or digit.",
        )
    path = _file(case, name)
    if path is not None and not replace:
        raise UsageError(
            f"There is a saved query '{name}' already.",
            "Give it another name, or --replace to write over it.",
        )
    path = path or case.root / "queries" / f"{name}.toml"
    lines = [f"query = {basic_string(item.query)}"]
    if item.note:
        lines.append(f"note = {basic_string(item.note)}")
    replace_file(path, ("\n".join(lines) + "\n").encode())
    return path


def remove_query(case: Case, name: str) -> None:
    """Delete a saved query; the writing lock must be held.

    Raises UsageError where there is none.
    """
    path = _file(case, name)
    if path is None:
        saved_query(case, name)
        return
    with storage_errors(path):
        path.unlink()
        sync_folder(path.parent)


def _files(case: Case) -> Iterator[Path]:
    yield from (path for path in (case.root / "queries").glob("*.toml") if path.name[0] != ".")


def _file(case: Case, name: str) -> Path | None:
    """The file of a name, whichever way a person wrote the file's name."""
    wanted = query_name(name)
    if wanted is None:
        return None
    return next((path for path in sorted(_files(case)) if query_name(path.stem) == wanted), None)


def _read(path: Path) -> SavedQuery:
    hint = 'It is to hold query = "…" and, if you like, note = "…".'
    name = query_name(path.stem)
    if name is None:
        raise UsageError(
            f"{path} has no name that a query can use.",
            "Use letters, digits, - and _, at most 64; the first a letter or digit.",
        )
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path} is too large for a saved query.", hint)
        stated = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Stated)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be used as a saved query.", hint) from error
    return SavedQuery(name, stated.query, stated.note)
