"""How sure a field is: what its rule says of itself, weighed with how often such values were right.

An extractor gives each field the strength of the rule that found it. That number alone is an
opinion; here it becomes a share: (right + 4 × opinion) / (counted + 4), with the counts of labelled
records by extractor, field and strength (``reliability.toml``). A rule that was never counted keeps
its opinion, 0.97 at most. Agreement of two places adds to the counts of the surest single place, so
that it never lowers. What a flag speaks against is no surer than a toss. Decision 0018.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec

from sousveil.model import Field, Notice

REVIEW_BELOW = 0.8
"""A field less sure than this goes to review: its notice is flagged ``unsure_<field>``."""
WEIGHED = (
    "project_id", "plan_id", "project_name", "buyer", "agency", "method", "budget", "ceiling",
    "award", "suppliers", "bidders", "published", "first_published", "bid_deadline",
)  # fmt: skip
AGREED = 0.99
"""The strength of a value that two places of a notice state."""
_OPINION_COUNTS = 4
_SUREST_OPINION = 0.97
_AGAINST = 0.5


class Reliability(msgspec.Struct, frozen=True):
    """Counts of right and wrong values by (extractor, field, strength); fields by flag."""

    counts: dict[tuple[str, str, float], tuple[int, int]]
    flags: dict[str, frozenset[str]]

    def of(self, extractor: str, field: str, strength: float) -> float:
        """The share of right values to be expected."""
        said = round(strength, 2)
        right, wrong = self.counts.get((extractor, field, said), (0, 0))
        if said == AGREED:
            single = max(
                self._single(extractor, field), key=lambda pair: _share(pair[0], pair[1], AGREED)
            )
            right, wrong = right + single[0], wrong + single[1]
        return _share(right, wrong, strength)

    def _single(self, extractor: str, field: str) -> list[tuple[int, int]]:
        """The counts of a field's weaker rules: those that saw one place."""
        found = [
            pair
            for (of, name, said), pair in self.counts.items()
            if (of, name) == (extractor, field) and said < AGREED
        ]
        return [(0, 0), *found]


def _share(right: int, wrong: int, strength: float) -> float:
    opinion = min(strength, _SUREST_OPINION)
    return (right + _OPINION_COUNTS * opinion) / (right + wrong + _OPINION_COUNTS)


@lru_cache(maxsize=1)
def measured() -> Reliability:
    """The shipped counts."""
    text = files("sousveil.extract").joinpath("reliability.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    counts = {}
    for extractor, fields in raw["counts"].items():
        for field, by_strength in fields.items():
            for strength, (right, wrong) in by_strength.items():
                counts[extractor, field, float(strength)] = (right, wrong)
    return Reliability(counts, {flag: frozenset(fields) for flag, fields in raw["flags"].items()})


def weigh(notice: Notice, reliability: Reliability | None = None) -> Notice:
    """The notice with its fields' confidence weighed, and a flag for each that is unsure.

    ``strengths`` keeps what the rules said, for the next count.
    """
    table = reliability or measured()
    against = {field for flag in notice.flags for field in table.flags.get(flag, frozenset[str]())}
    changed: dict[str, object] = {}
    strengths: dict[str, float] = {}
    unsure: list[str] = []
    for name in WEIGHED:
        value = getattr(notice, name)
        fields = value if isinstance(value, tuple) else (value,) if value is not None else ()
        if not fields:
            continue
        weighed = tuple(_weighed(field, name, name in against, table) for field in fields)
        changed[name] = weighed if isinstance(value, tuple) else weighed[0]
        strengths[name] = round(min(field.confidence for field in fields), 4)
        if min(field.confidence for field in weighed) < REVIEW_BELOW:
            unsure.append(f"unsure_{name}")
    flags = (*notice.flags, *unsure)
    return msgspec.structs.replace(notice, **changed, flags=flags, strengths=strengths)


def _weighed(field: Field[object], name: str, against: bool, table: Reliability) -> Field[object]:
    share = table.of(field.evidence.extractor.partition("/")[0], name, field.confidence)
    share = min(share, _AGAINST) if against else share
    return msgspec.structs.replace(field, confidence=round(share, 4))
