"""One authored notice: the project's fields overlaid by the notice's own, from the TOML data."""

import tomllib
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

DATA = Path(__file__).parent / "data"

TEXTS = ("title", "need", "spec", "goods")
"""The parts of a project's wording that carry codes: each is coded where it is written."""


class Authored:
    """Attribute access to an authored notice; a missing field is None.

    ``shows`` names the texts this notice prints. What a notice is coded as follows from the
    texts it prints, so a short award notice carries fewer codes than its tender.
    """

    def __init__(self, fields: dict[str, object]) -> None:
        self.fields = fields

    def __getattr__(self, name: str) -> object:
        return self.fields.get(name)

    @property
    def deadline_at(self) -> datetime | None:
        """The bid deadline, local time."""
        raw = self.fields.get("deadline")
        return datetime.fromisoformat(str(raw)) if raw else None

    @property
    def day(self) -> date:
        """The day of publication."""
        return date.fromisoformat(str(self.fields["published"])[:10])

    @property
    def variant(self) -> int:
        """A stable number for choosing among wordings."""
        return zlib.crc32(str(self.fields["file"]).encode()) % 997

    def coding(self) -> dict[str, object]:
        """Codes of the texts shown: unions, the highest level, and what the project is."""
        out: dict[str, object] = {"surveillance": bool(self.fields.get("surveillance"))}
        for facet in ("capabilities", "platforms", "target_groups"):
            codes: set[str] = set()
            for part in self._shown():
                codes.update(part.get(facet, []))
            out[facet] = sorted(codes)
        out["overseas_target"] = any(p.get("overseas_target") for p in self._shown())
        levels = [p["level"] for p in self._shown() if p.get("level") is not None]
        out["sophistication"] = max(levels) if levels else None
        out["sophistication_ladder"] = self.fields.get("ladder") if levels else None
        return out

    def _shown(self) -> list[dict]:
        codes = self.fields.get("codes") or {}
        shown = ["title", *(self.fields.get("shows") or [])]
        return [codes[s] for s in shown if s in codes]


def load(folder: Path = DATA) -> Iterator[list[Authored]]:
    """All authored files in order: a list of notices for each file (several for some JSON)."""
    by_file: dict[str, list[Authored]] = {}
    agencies = tomllib.loads((folder / "agencies.toml").read_text("utf-8"))
    for source in sorted(folder.glob("*.toml")):
        for project in tomllib.loads(source.read_text("utf-8")).get("project", []):
            agency = agencies[project["via"]] if "via" in project else {}
            base = {**agency, **{k: v for k, v in project.items() if k != "notice"}}
            for own in project["notice"]:
                notice = Authored({**base, **own})
                by_file.setdefault(str(own["file"]), []).append(notice)
    yield from by_file.values()
