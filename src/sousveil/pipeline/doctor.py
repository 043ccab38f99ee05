"""What works on this machine: formats, protections of the workers, fonts. Each is tried."""

import platform
import subprocess
import sys
from collections.abc import Iterator

import msgspec

from sousveil import __version__
from sousveil.engine import Done, protections, run
from sousveil.parse import PARSERS, can_recognise, can_unpack
from sousveil.pipeline.process import LIMITS

_PROTECTIONS = {
    "network": "no connection can be opened",
    "calls_filtered": "no sockets, programs or processes, no other process reached: the system"
    " refuses the calls",
    "files": "it reads originals and the program only, and writes into its own folder only",
    "memory": "memory is limited",
    "processor_time": "processor time is limited",
    "file_size": "the size of a file it writes is limited",
    "open_files": "open files are limited",
    "tasks": "threads and processes are limited (never for root)",
    "privileges_fixed": "no program it starts could gain rights",
    "core_dumps_off": "nothing of a document is left in a core dump",
    "dies_with_parent": "it ends when Sousveil ends",
    "own_session": "it is ended whole, with all it started",
}


class Check(msgspec.Struct, frozen=True):
    """One thing that was tried: ``works``, and in words what it is or what to do."""

    kind: str
    name: str
    works: bool
    words: str


_NOT_STOPPED = {
    "disk": "what workers write to private/spill together is not limited: only each file is",
    "other_originals": "a worker can read every original of its case, and what others set aside",
    "false_answers": "a worker that a document took over can answer falsely for documents it is"
    " given after that; it cannot answer for others",
}
"""What no wall stops: said, because it would be trusted otherwise."""


def examine() -> list[Check]:
    """Try everything; takes a few seconds. Raises EngineError where no worker can be started."""
    return [*_program(), *_formats(), *_protections(), *_not_stopped(), _fonts()]


def _program() -> Iterator[Check]:
    yield Check("program", "sousveil", True, __version__)
    words = f"{platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Check("program", "python", sys.version_info >= (3, 11), words)


def _formats() -> Iterator[Check]:
    tried = {
        each.item: each.result
        for each in run(probe, ("libarchive", "image"), workers=1, limits=LIMITS)
        if isinstance(each, Done)
    }
    missing = {
        "libarchive": "libarchive is not installed (on Debian: apt-get install libarchive13)",
        "image": "recognition does not start in a worker: are there 2 GiB of memory?",
    }
    for parser in PARSERS:
        # A probe that ended its worker did not work.
        works = tried.get(parser.name, False) if parser.name in missing else True
        yield Check(
            "format", parser.name, works, parser.description if works else missing[parser.name]
        )


def probe(name: str) -> bool:
    """Whether a part that may be missing works; runs in a worker."""
    return can_unpack() if name == "libarchive" else can_recognise()


def _protections() -> Iterator[Check]:
    held = protections(LIMITS)
    for name, words in _PROTECTIONS.items():
        value = held.get(name, False)
        how = f" ({value})" if isinstance(value, str) else ""
        works = bool(value) and value != "python"
        yield Check("protection", name, works, (words if works else f"not here: {words}") + how)


def _not_stopped() -> Iterator[Check]:
    for name, words in _NOT_STOPPED.items():
        yield Check("not stopped", name, False, words)


def _fonts() -> Check:
    """Charts need a font with Chinese characters."""
    try:
        found = subprocess.run(
            ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, timeout=20
        )
        families = sorted({line.split(",")[0] for line in found.stdout.splitlines() if line})
    except (OSError, subprocess.TimeoutExpired):
        families = []
    words = (
        ", ".join(families[:3])
        if families
        else (
            "no font with Chinese characters was found (on Debian: apt-get install fonts-noto-cjk)"
        )
    )
    return Check("font", "chinese", bool(families), words)
