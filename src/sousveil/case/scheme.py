"""The case's scheme.toml: what its coders are asked, where it has one."""

from pathlib import Path

from sousveil.case.atomic import replace_file, storage_errors
from sousveil.case.folder import Case
from sousveil.errors import DecisionError

FILE = "scheme.toml"
KEPT = "decisions/schemes"


def scheme_path(case: Case) -> Path:
    """Where the scheme of a case stands, or would."""
    return case.root / FILE


def scheme_content(case: Case) -> bytes | None:
    """The file as it stands, None where there is none. Raises DecisionError where it cannot be
    read."""
    try:
        return scheme_path(case).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DecisionError(f"{FILE} of the case cannot be read.", "Restore it.") from error


def keep_scheme(case: Case, digest: str) -> None:
    """Keep the scheme as it stands beside the decisions that name its hash, so that they can be
    read after it was changed. The lock must be held. Raises StorageError."""
    kept = case.root / KEPT / f"{digest}.toml"
    content = scheme_content(case)
    if content is not None and not kept.exists():
        with storage_errors(kept):
            kept.parent.mkdir(parents=True, exist_ok=True)
        replace_file(kept, content)


def unite_schemes(case: Case, other: Case) -> int:
    """Bring in the schemes that only ``other`` keeps: how many. Raises StorageError."""
    known = {path.name for path in (case.root / KEPT).glob("*.toml")}
    new = [p for p in sorted((other.root / KEPT).glob("*.toml")) if p.name not in known]
    for path in new:
        with storage_errors(case.root / KEPT):
            (case.root / KEPT).mkdir(parents=True, exist_ok=True)
        replace_file(case.root / KEPT / path.name, path.read_bytes())
    return len(new)
