"""The one commit point: what derived/manifest.json names exists, and nothing else does."""

import shutil
from pathlib import Path

import msgspec

from sousveil.case.atomic import replace_file
from sousveil.errors import NewerCaseError, NotACaseError

FORMAT = 1
"""Version of the manifest's layout."""


class TableFile(msgspec.Struct, frozen=True):
    """A Parquet file: path relative to the case, and its rows."""

    path: str
    rows: int


class Segment(msgspec.Struct, frozen=True):
    """Derived rows of one batch of documents, written together.

    ``key`` hashes the versions that made it. ``partial_of`` names the one document this segment
    holds a part of; such parts count only once a segment with the document's outcome is there.
    """

    id: str
    key: str
    documents: int
    tables: dict[str, TableFile]
    partial_of: str | None = None


class Corpus(msgspec.Struct, frozen=True):
    """Tables computed over all notices together (joins, projects), and the key they stand for."""

    key: str
    tables: dict[str, TableFile]


class Index(msgspec.Struct, frozen=True):
    """The search index: its folder relative to the case, and the key it stands for."""

    key: str
    folder: str
    documents: int


class Manifest(msgspec.Struct, frozen=True):
    """The state of everything derived. ``pending`` segments are done but not yet shown."""

    format: int = FORMAT
    generation: int = 0
    segments: tuple[Segment, ...] = ()
    pending: tuple[Segment, ...] = ()
    corpus: Corpus | None = None
    index: Index | None = None

    def paths(self) -> set[str]:
        """Every file and folder this manifest names, relative to the case."""
        named = {t.path for s in (*self.segments, *self.pending) for t in s.tables.values()}
        if self.corpus:
            named |= {t.path for t in self.corpus.tables.values()}
        if self.index:
            named.add(self.index.folder)
        return named


def load(path: Path) -> Manifest:
    """Read the manifest; an absent one is an empty one.

    Raises NewerCaseError for a later layout, NotACaseError for one that cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Manifest()
    try:
        stated = msgspec.json.decode(data, type=dict[str, object]).get("format")
        if isinstance(stated, int) and stated > FORMAT:
            raise NewerCaseError(
                f"{path} was written by a newer Sousveil (layout {stated}; this one: {FORMAT}).",
                "Update Sousveil, or run 'sousveil rebuild' with this version.",
            )
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        raise NotACaseError(
            f"{path} cannot be read.",
            "Run 'sousveil rebuild': it makes everything derived again from the originals.",
        ) from error


def commit(path: Path, manifest: Manifest) -> Manifest:
    """Replace the manifest atomically with the next generation; returns that."""
    following = msgspec.structs.replace(manifest, generation=manifest.generation + 1)
    replace_file(path, msgspec.json.format(msgspec.json.encode(following), indent=1))
    return following


def sweep(root: Path, named: set[str]) -> None:
    """Delete derived files and folders that no kept generation names.

    ``named`` are paths relative to the case: files, or folders kept with all that is in them.
    Call it with the lock held, after a commit.
    """
    for top in ("derived/segments", "derived/corpus", "private/segments", "index"):
        folder = root / top
        if not folder.is_dir():
            continue
        for entry in folder.iterdir():
            relative = entry.relative_to(root).as_posix()
            if relative in named or any(n.startswith(f"{relative}/") for n in named):
                continue
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)
