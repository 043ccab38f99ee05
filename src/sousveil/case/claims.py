"""The files of claims/: what people claim, one TOML file each, and the checks kept of them."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from sousveil.case.append_only import person
from sousveil.case.atomic import replace_file
from sousveil.case.decisions import append_lines
from sousveil.case.folder import Case
from sousveil.errors import ClaimError
from sousveil.model.claim import Check, FoundProject
from sousveil.text.query_names import query_name

FOLDER = "claims"
CHECKS = "claims/checks"
LARGEST = 100_000
"""Bytes of a claim's file."""

_encoder = msgspec.json.Encoder(decimal_format="string")
_decoder = msgspec.json.Decoder(Check)


def claim_texts(case: Case) -> Iterator[tuple[str, str]]:
    """The name and text of every claim file, by name. Raises ClaimError for one that cannot be
    read."""
    found: dict[str, Path] = {}
    for path in sorted((case.root / FOLDER).glob("*.toml")):
        if path.name.startswith("."):
            continue
        name = query_name(path.stem)
        if name is None or name in found:
            raise ClaimError(
                f"{FOLDER}/{path.name} has no name that a claim can use.",
                "Use letters, digits, - and _, at most 64; capitals do not tell names apart.",
            )
        found[name] = path
    for name, path in sorted(found.items()):
        yield name, _text(path)


def write_claim(case: Case, name: str, text: str) -> Path:
    """Write a new claim's file; the writing lock must be held. Raises ClaimError where the name is
    none, or there is one of that name."""
    kept = query_name(name)
    if kept is None:
        raise ClaimError(
            f"'{name[:64]}' is no name for a claim.",
            "Use letters, digits, - and _, at most 64; the first a letter or digit.",
        )
    path = case.root / FOLDER / f"{kept}.toml"
    if any(kept == known for known, _ in claim_texts(case)):
        raise ClaimError(f"There is a claim '{kept}' already.", f"Edit {path}.")
    replace_file(path, text.encode())
    return path


def keep_check(case: Case, check: Check) -> None:
    """Append a check to those kept of its claim and note it in the ledger. The lock must be
    held. Evidence that is that of the check before is not written again: its hash stands for it."""
    path = case.root / CHECKS / f"{check.claim}.jsonl"
    before = _last(path) if path.is_file() else None
    if before is not None and before.evidence_sha256 == check.evidence_sha256:
        check = msgspec.structs.replace(check, evidence=())
    note = f"{check.verdict}: {check.figure} (expected {check.expected})"
    append_lines(case, path, [_encoder.encode(check)], "checked", note)


def last_check(case: Case, name: str) -> Check | None:
    """The last check that was kept of a claim in this or a merged copy of the case, with its
    evidence. A torn last line is passed over.

    Raises ClaimError where it cannot be read.
    """
    paths = sorted((case.root / CHECKS).glob("*.jsonl"))
    found = [check for path in paths if person(path) == name if (check := _last(path))]
    return max(found, key=lambda check: check.at, default=None)


def kept_checks(case: Case, name: str, most: int) -> list[Check]:
    """The last checks that were kept of a claim in this and merged copies of the case, the latest
    first, each with its evidence. Raises ClaimError where one cannot be read."""
    found = list[Check]()
    for path in sorted((case.root / CHECKS).glob("*.jsonl")):
        if person(path) != name:
            continue
        evidence = dict[str, tuple[FoundProject, ...]]()
        for number, line in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
            if not line.endswith(b"\n"):
                continue
            check = _check(line, path, number)
            if check.evidence or check.evidence_sha256 not in evidence:
                evidence = {check.evidence_sha256: check.evidence}
            kept = evidence[check.evidence_sha256]
            found.append(msgspec.structs.replace(check, evidence=kept))
    latest_first = reversed(found)  # of one second the later of a file stays before the other
    return sorted(latest_first, key=lambda check: check.at, reverse=True)[:most]


def _last(path: Path) -> Check | None:
    """The last check of a file, with its evidence."""
    lines = path.read_bytes().splitlines(keepends=True)
    last: Check | None = None
    for number in range(len(lines), 0, -1):
        if not lines[number - 1].endswith(b"\n"):
            continue
        check = _check(lines[number - 1], path, number)
        last = last or check
        if check.evidence or check.evidence_sha256 != last.evidence_sha256:
            return msgspec.structs.replace(last, evidence=_same(check, last))
    return last


def _check(line: bytes, path: Path, number: int) -> Check:
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError as error:
        raise ClaimError(
            f"Line {number} of {CHECKS}/{path.name} is no check.", "Restore the file from a copy."
        ) from error


def _same(check: Check, last: Check) -> tuple[FoundProject, ...]:
    """The evidence of a check where it is that of the last."""
    return check.evidence if check.evidence_sha256 == last.evidence_sha256 else ()


def _text(path: Path) -> str:
    shown = f"{FOLDER}/{path.name}"
    try:
        if path.stat().st_size > LARGEST:
            raise ClaimError(f"{shown} is too large for a claim.", f"{LARGEST:,} bytes at most.")
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ClaimError(f"{shown} is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        raise ClaimError(
            f"{shown} cannot be read.", "Give yourself the right to read it."
        ) from error
