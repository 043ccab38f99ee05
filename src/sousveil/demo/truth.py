"""Where the demonstration records lie, and what a reader must find in them.

Records and truth are written together by ``scripts/make_demo_corpus.py`` from hand-written data:
no extractor has a part in the truth. ``truth/people.json`` lists the invented natural persons and
their details, which must appear in no output.
"""

from pathlib import Path
from typing import Literal

import msgspec

HERE = Path(__file__).parent


class TruthNotice(msgspec.Struct, frozen=True):
    """What one notice states and what it is; names as in the record export.

    ``path`` is relative to the corpus; ``pointer`` the JSON Pointer in a JSON file ("" for the
    whole, the line from 0 in JSON Lines), None elsewhere. An OCDS record is one notice: how things
    stand in the end. ``project`` is a label equal for all notices of one
    procurement. Amounts are in units of ``currency``. ``duplicate_of`` is the path of the first
    copy. ``ambiguous``: readers may differ on ``surveillance``; the value is the narrow reading.
    Codes are those of the wording this notice itself prints, not of its whole project.
    """

    path: str
    project: str
    notice_type: str
    pointer: str | None = None
    ocid: str | None = None
    project_id: str | None = None
    plan_id: str | None = None
    project_name: str | None = None
    buyer: str | None = None
    agency: str | None = None
    method: str | None = None
    budget: float | None = None
    ceiling: float | None = None
    award: float | None = None
    currency: str | None = None
    lots: int = 1
    published: str | None = None
    first_published: str | None = None
    bid_deadline: str | None = None
    suppliers: tuple[str, ...] = ()
    bidders: tuple[str, ...] = ()
    buyer_type: str | None = None
    country: str = "CN"
    province: str | None = None
    surveillance: bool = False
    capabilities: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    overseas_target: bool = False
    sophistication: int | None = None
    sophistication_ladder: str | None = None
    ambiguous: bool = False
    duplicate_of: str | None = None
    flags: tuple[str, ...] = ()
    cameras: int | None = None
    face_cameras: int | None = None
    source_url: str | None = None
    captured_at: str | None = None


class TruthFile(msgspec.Struct, frozen=True):
    """What must become of one file; ``same_as`` names the file whose bytes it repeats."""

    path: str
    status: Literal["read", "not_a_record", "failed"]
    notices: int
    same_as: str | None = None


def corpus_path() -> Path:
    """The folder of illustrative records."""
    return HERE / "corpus"


def manifest_path() -> Path:
    """The CSV manifest of the corpus: where about half the files are said to come from."""
    return HERE / "manifest.csv"


def truth() -> tuple[TruthNotice, ...]:
    """The truth of every notice, in the order of files and of notices within them."""
    lines = (HERE / "truth" / "notices.jsonl").read_bytes().splitlines()
    return tuple(msgspec.json.decode(line, type=TruthNotice) for line in lines)


def files() -> tuple[TruthFile, ...]:
    """What must become of every file of the corpus."""
    lines = (HERE / "truth" / "files.jsonl").read_bytes().splitlines()
    return tuple(msgspec.json.decode(line, type=TruthFile) for line in lines)


def claims() -> dict[str, str]:
    """The claims of the demonstration by name: what was published, as texts of claim files."""
    return {path.stem: path.read_text("utf-8") for path in sorted((HERE / "claims").glob("*.toml"))}


def people() -> dict[str, tuple[str, ...]]:
    """Invented persons' names and details by mask kind: none may appear in any output."""
    data = (HERE / "truth" / "people.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, tuple[str, ...]])


def headline() -> dict[str, object]:
    """Counts, sums and findings that follow from the truth (``demo_corpus/headline.py``)."""
    data = (HERE / "truth" / "headline.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, object])
