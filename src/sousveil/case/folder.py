"""A case: the folder's layout, its settings, what came in, and the commits of what is derived."""

import shutil
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from sousveil import __version__
from sousveil.case import lock, manifest
from sousveil.case.atomic import replace_file, storage_errors
from sousveil.case.incoming import Incoming
from sousveil.case.ledger import Entry, Ledger, now
from sousveil.case.manifest import Corpus, Index, Manifest, Segment
from sousveil.case.marks import mark_of
from sousveil.case.originals import Originals
from sousveil.case.saved import kept_beside
from sousveil.errors import NewerCaseError, NotACaseError
from sousveil.model import Document, Provenance

CASE_FORMAT = 1
"""Version of the case folder's layout, kept in case.toml."""

_FOLDERS = (
    "originals", "ledger", "decisions", "claims", "queries", "mappings", "taxonomy",
    "ownership",
    "private/segments", "derived/segments", "derived/corpus", "index", "report",
)  # fmt: skip


class Settings(msgspec.Struct, frozen=True):
    """case.toml. ``languages`` say what the case is about; records of all languages are read.

    Amounts are converted to US dollars and persons are masked in every case: another
    ``base_currency`` and ``masking`` switched off are refused, not passed over.
    """

    format: int
    name: str
    created: str
    languages: tuple[str, ...] = ("zh", "en")
    base_currency: str = "USD"
    taxonomy: str = ""
    masking: bool = True


class Refusal(msgspec.Struct, frozen=True):
    """A file whose bytes could not be had, as the ledger tells it."""

    path: str
    reason: str
    message: str
    hint: str


class Case:
    """An open case. Reading needs no lock; ``writing`` must be held for all that changes it."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.settings = settings
        self.originals = Originals(root / "originals")
        self.ledger = Ledger(root / "ledger")
        self.incoming = Incoming(root)

    @classmethod
    def create(cls, root: Path, *, name: str | None = None, taxonomy: str = "") -> "Case":
        """Make a case in an empty or absent folder.

        Raises NotACaseError where the folder holds other things, StorageError where it cannot
        be written.
        """
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise NotACaseError(
                f"{root} is there already and is not a case.",
                "Name an empty or new folder for the case.",
            )
        with storage_errors(root):
            for folder in _FOLDERS:
                (root / folder).mkdir(parents=True, exist_ok=True)
            (root / "private").chmod(0o700)
        settings = Settings(CASE_FORMAT, name or root.resolve().name, now(), taxonomy=taxonomy)
        case = cls(root, settings)
        with case.writing():
            case.ledger.append([Entry("created", settings.created, __version__)])
            replace_file(root / "case.toml", _to_toml(settings))
        return case

    @classmethod
    def open(cls, root: Path) -> "Case":
        """Open a case. Raises NotACaseError or NewerCaseError."""
        path = root / "case.toml"
        try:
            stated = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise NotACaseError(
                f"{root} is not a case: it has no case.toml.",
                "Name a case folder, or make one with 'sousveil review PATH… --case DIR'.",
            ) from error
        except (OSError, ValueError) as error:
            raise NotACaseError(f"{path} cannot be read.", "Restore it from a copy.") from error
        form = stated.get("format")
        if isinstance(form, int) and form > CASE_FORMAT:
            raise NewerCaseError(
                f"{root} was written by a newer Sousveil (layout {form}, this one reads "
                f"{CASE_FORMAT}).",
                "Update Sousveil and try again; nothing was changed.",
            )
        try:
            settings = msgspec.convert(stated, Settings)
        except msgspec.ValidationError as error:
            raise NotACaseError(f"{path} is not as expected: {error}.", "Correct it.") from error
        if not settings.masking or settings.base_currency != "USD":
            raise NotACaseError(
                f"{path} asks for what is not done: masking cannot be off, and amounts are "
                "converted to USD alone.",
                'Set masking = true and base_currency = "USD".',
            )
        with storage_errors(root):
            for folder in _FOLDERS:
                if not (root / folder).is_dir():
                    (root / folder).mkdir(parents=True, exist_ok=True)
            if (root / "private").stat().st_mode & 0o077:
                (root / "private").chmod(0o700)
        return cls(root, settings)

    @classmethod
    def open_or_create(cls, root: Path, *, taxonomy: str = "") -> "Case":
        """Open a case, or make it where the folder is empty or absent.

        A folder in which making a case was interrupted (no case.toml yet, only our empty folders)
        is taken over.
        """
        if (root / "case.toml").exists():
            return cls.open(root)
        if root.is_dir() and (root / "ledger").is_dir() and _only_ours(root):
            settings = Settings(CASE_FORMAT, root.resolve().name, now(), taxonomy=taxonomy)
            for folder in _FOLDERS:
                (root / folder).mkdir(parents=True, exist_ok=True)
            (root / "private").chmod(0o700)
            case = cls(root, settings)
            with case.writing():
                replace_file(root / "case.toml", _to_toml(settings))
            return case
        if root.is_dir() and _only_ours(root):
            for folder in _FOLDERS:
                (root / folder).mkdir(parents=True, exist_ok=True)
            return cls.open_or_create(root, taxonomy=taxonomy)
        return cls.create(root, taxonomy=taxonomy)

    def writing(self, wait_seconds: float = 0.0) -> AbstractContextManager[None]:
        """The writing lock, as a context."""
        return lock.writing(self.root, wait_seconds)

    # what came in ------------------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """Every original with all paths it came by (sorted), by SHA-256.

        What lies in the folder beside a saved page has that page's address and time where it has
        none of its own.
        """
        entries = [e for e in self.ledger.entries() if e.kind == "added" and e.sha256]
        pages = kept_beside(e.path for e in entries if e.path is not None)
        of_pages = set(pages.values())
        by_path = {e.path: e for e in entries if e.path in of_pages}
        sizes: dict[str, int] = {}
        sources: dict[str, set[Provenance]] = {}
        for entry in entries:
            if not entry.sha256 or entry.path is None:
                continue
            sizes[entry.sha256] = entry.size or 0
            page = by_path.get(pages.get(entry.path, ""))
            sources.setdefault(entry.sha256, set()).add(
                Provenance(
                    entry.path,
                    entry.source_url or (page.source_url if page else None),
                    entry.captured_at or (page.captured_at if page else None),
                    entry.note,
                    entry.parent_sha256,
                    pages.get(entry.path),
                )
            )
        return [
            Document(sha, sizes[sha], tuple(sorted(sources[sha], key=_provenance_order)))
            for sha in sorted(sizes)
        ]

    def refusals(self) -> list[Refusal]:
        """Files whose bytes could not be had and that have not come in since, by path."""
        last: dict[str, Refusal | None] = {}
        for entry in self.ledger.entries():
            if entry.path is None:
                continue
            if entry.kind == "added":
                last[entry.path] = None
            elif entry.kind == "refused":
                last[entry.path] = Refusal(
                    entry.path, entry.reason or "", entry.message or "", entry.hint or ""
                )
        return [refusal for _, refusal in sorted(last.items()) if refusal]

    # what is derived ---------------------------------------------------------------------------

    @property
    def manifest_path(self) -> Path:
        """The commit point."""
        return self.root / "derived" / "manifest.json"

    def manifest(self) -> Manifest:
        """The committed state of everything derived."""
        return manifest.load(self.manifest_path)

    def mark(self) -> tuple[int, ...]:
        """What changes whenever another state is committed; nothing where none is yet."""
        return mark_of(self.manifest_path)

    def commit(
        self,
        state: Manifest,
        *,
        segments: Iterable[Segment] | None = None,
        pending: Iterable[Segment] | None = None,
        corpus: Corpus | None = None,
        index: Index | None = None,
    ) -> Manifest:
        """Commit a changed state and sweep away what neither it nor the one before names."""
        changed = msgspec.structs.replace(
            state,
            segments=state.segments if segments is None else tuple(segments),
            pending=state.pending if pending is None else tuple(pending),
            corpus=corpus or state.corpus,
            index=index or state.index,
        )
        following = manifest.commit(self.manifest_path, changed)
        if segments is not None or corpus is not None or index is not None:
            manifest.sweep(self.root, following.paths() | state.paths())
        return following

    def sweep(self) -> None:
        """Delete what a killed run left behind: all derived that the manifest does not name."""
        manifest.sweep(self.root, self.manifest().paths())
        for pattern in (".*.aside", "originals/.aside-*", "derived/.*.aside"):
            for path in self.root.glob(pattern):
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
        shutil.rmtree(self.root / "private" / "spill", ignore_errors=True)

    def derived_files(self) -> Iterator[Path]:
        """Every file under private/, derived/, index/ and report/: all of it can be made again."""
        for top in ("private", "derived", "index", "report"):
            for path in sorted((self.root / top).rglob("*")):
                if path.is_file():
                    yield path


def _provenance_order(item: Provenance) -> tuple[bool, str, str, str, str, str]:
    """Files that were given come before the same bytes inside another document."""
    inside = item.parent_sha256 or ""
    when, note = item.captured_at or "", item.note or ""
    return (bool(inside), item.path, item.source_url or "", when, note, inside)


def is_case(folder: Path) -> bool:
    """Whether a folder is a case."""
    return (folder / "case.toml").is_file() and (folder / "originals").is_dir()


def _only_ours(root: Path) -> bool:
    ours = {folder.split("/")[0] for folder in _FOLDERS} | {"lock", "lock.holder"}
    return any(root.iterdir()) and all(
        entry.name in ours or entry.name.startswith(".case.toml") for entry in root.iterdir()
    )


def _to_toml(settings: Settings) -> bytes:
    lines = ["# The settings of this case. Edit with care."]
    for name, value in msgspec.to_builtins(settings).items():
        lines.append(f"{name} = {msgspec.json.encode(value).decode()}")
    return ("\n".join(lines) + "\n").encode()
