"""A bundle: the parts of a case that are the truth, in one file that is the same for the same case.

Whoever has it makes everything derived again and counts the same. Nothing unmasked that was derived
goes in (``private/``), nothing that can be made again (``derived/``, ``index/``, ``report/``,
``briefs/``). Originals go in as they came.
"""

import hashlib
import shutil
import tarfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypeAlias

import msgspec

from sousveil.case.atomic import storage_errors, sync_folder
from sousveil.case.folder import Case
from sousveil.errors import UsageError

_FOLDERS = (
    "originals", "ledger", "decisions", "claims", "queries", "mappings", "taxonomy", "ownership",
)  # fmt: skip
_FILES = ("case.toml", "rates.csv", "platform_rules.toml", "scheme.toml")
STATEMENT = "bundle.json"
_TOP = "case"
_SCRATCH = "bundle-"
_MODE = 0o644
Part: TypeAlias = tuple[str, Path]
"""A file's path in the case, and where it is read."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The first that the format knows: a bundle tells no time of its making."""


class Bundle(msgspec.Struct, frozen=True):
    """A bundle that was written. ``left_out``: originals of the case that are not in it."""

    path: str
    sha256: str
    files: int
    originals: int
    left_out: int


def write_bundle(
    case: Case, out: Path, statement: dict[str, object], only: Collection[str] | None = None
) -> Bundle:
    """Write a bundle to ``out`` (.tar or .zip), whole or not at all.

    ``only``: the originals (SHA-256) to take, all where None. ``statement`` becomes its
    ``bundle.json``. The same parts give the same bytes. Raises UsageError for another ending or a
    place inside the case, StorageError where it cannot be written.
    """
    if out.suffix.lower() not in (".tar", ".zip"):
        raise UsageError(f"{out} is neither .tar nor .zip.", "Name a file that ends in one.")
    if out.resolve().is_relative_to(case.root.resolve()):
        raise UsageError("A bundle cannot be written into its own case.", "Name another place.")
    parts = sorted(_parts(case, only))
    sealed = pack_parts(parts, statement, out)
    originals = sum(name.startswith("originals/") for name, _ in parts)
    left_out = sum(1 for _ in case.originals.names()) - originals
    return Bundle(str(out), sealed, len(parts) + 1, originals, left_out)


@contextmanager
def scratch_of(case: Case) -> Iterator[Path]:
    """A folder in private/ to pack a bundle in, gone at the end: it holds what names persons, and
    the system's folder may be small. Raises StorageError."""
    private = case.root / "private"
    with storage_errors(private):
        private.mkdir(mode=0o700, exist_ok=True)
    with storage_errors(private), TemporaryDirectory(prefix=_SCRATCH, dir=private) as folder:
        yield Path(folder)


def forget_scratch(case: Case) -> None:
    """Remove such folders of processes that were killed."""
    for folder in (case.root / "private").glob(f"{_SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)


def parts_apart(case: Case, scratch: Path, only: Collection[str] | None = None) -> Sequence[Part]:
    """The parts of a bundle, by their path in the case, for ``pack_parts`` to take when the lock is
    no longer held: all that may change is copied to a folder. The lock must be held. Originals
    never change, and are not copied."""
    with storage_errors(scratch):
        return [
            (name, path if name.startswith("originals/") else _copied(path, scratch / name))
            for name, path in sorted(_parts(case, only))
        ]


def pack_parts(parts: Sequence[Part], statement: dict[str, object], out: Path) -> str:
    """Pack parts into a file, whole or not at all; returns its SHA-256. Raises StorageError."""
    pack = {".tar": _tar, ".zip": _zip}[out.suffix.lower()]
    told = msgspec.json.format(msgspec.json.encode(statement, order="sorted"), indent=1)
    aside = out.with_name(f".{out.name}.aside")
    with storage_errors(out):
        try:
            with aside.open("w+b") as handle:
                pack(handle, parts, told + b"\n")
                handle.seek(0)
                sealed = hashlib.file_digest(handle, "sha256").hexdigest()
            aside.replace(out)
        finally:
            aside.unlink(missing_ok=True)
        sync_folder(out.parent)
    return sealed


def _copied(path: Path, to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(path, to))


def _parts(case: Case, only: Collection[str] | None) -> Iterator[Part]:
    """The files to take, by their path in the case. What is being written and hidden files are
    left out."""
    for name in _FILES:
        if (case.root / name).is_file():
            yield name, case.root / name
    for folder in _FOLDERS:
        for path in (case.root / folder).rglob("*"):
            relative = path.relative_to(case.root)
            hidden = any(part.startswith(".") for part in relative.parts)
            if hidden or path.is_symlink() or not path.is_file():
                continue
            if folder != "originals" or only is None or path.name in only:
                yield relative.as_posix(), path


def _tar(handle: BinaryIO, parts: Iterable[tuple[str, Path]], told: bytes) -> None:
    with tarfile.open(fileobj=handle, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(_member(STATEMENT, len(told)), BytesIO(told))
        for name, path in parts:
            with path.open("rb") as source:
                archive.addfile(_member(name, path.stat().st_size), source)


def _member(name: str, size: int) -> tarfile.TarInfo:
    """A member that tells neither who packed it nor when."""
    member = tarfile.TarInfo(f"{_TOP}/{name}")
    member.size, member.mode = size, _MODE
    return member


def _zip(handle: BinaryIO, parts: Iterable[tuple[str, Path]], told: bytes) -> None:
    """Stored, not compressed: compressors differ from version to version."""
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry(STATEMENT), told)
        for name, path in parts:
            entry = _entry(name)
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as target:
                while block := source.read(1 << 20):
                    target.write(block)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{_TOP}/{name}", _ZIP_TIME)
    entry.external_attr, entry.create_system = _MODE << 16, 3
    return entry
