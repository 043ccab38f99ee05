"""Compares codings with labels: surveillance, codes, overseas targets, levels."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from benchmarks.classification.records import Labelled
from sousveil.measure import Score, interval


class Coded(msgspec.Struct, frozen=True):
    """A labelled record and what the export says of it; ``row`` None: no notice was read."""

    label: Labelled
    row: Mapping[str, Any] | None

    @property
    def found(self) -> bool:
        """Whether it was coded as surveillance."""
        return bool(self.row and self.row["surveillance"])

    @property
    def score(self) -> float:
        """The score of surveillance, 0–1; 0 where nothing was read."""
        return float(self.row["surveillance_score"]) if self.row else 0.0

    def codes(self, facet: str) -> frozenset[str]:
        """The codes that were given."""
        return frozenset(self.row[facet] if self.row else ())


def surveillance(coded: Iterable[Coded]) -> Score:
    """Right and wrong finds; records whose words cannot tell are left out."""
    score = Score()
    for one in coded:
        if one.label.surveillance is None:
            continue
        score.right += one.found and one.label.surveillance
        score.wrong += one.found and not one.label.surveillance
        score.missed += not one.found and one.label.surveillance
    return score


def codes(coded: Iterable[Coded], facet: str) -> dict[str, Score]:
    """Each code of a facet, over records whose words can tell."""
    scores: dict[str, Score] = defaultdict(Score)
    for one in coded:
        labelled: frozenset[str] | None = getattr(one.label, facet)
        if one.label.surveillance is None or labelled is None:
            continue
        given = one.codes(facet)
        for code in labelled | given:
            scores[code].right += code in labelled and code in given
            scores[code].wrong += code not in labelled
            scores[code].missed += code not in given
    return dict(sorted(scores.items()))


def overseas(coded: Iterable[Coded]) -> Score:
    """Whether people or media abroad are watched, over records whose words can tell."""
    score = Score()
    for one in coded:
        if one.label.surveillance is None:
            continue
        given = bool(one.row and one.row["overseas_target"])
        score.right += given and one.label.overseas
        score.wrong += given and not one.label.overseas
        score.missed += one.label.overseas and not given
    return score


def levels(coded: Iterable[Coded]) -> tuple[int, int, int, int]:
    """Of positives: levels right, within one, given, labelled."""
    right = near = given = labelled = 0
    for one in coded:
        if not one.label.surveillance:
            continue
        level = one.row["sophistication"] if one.row else None
        given += level is not None
        labelled += one.label.level is not None
        if level is not None and one.label.level is not None:
            right += level == one.label.level
            near += abs(level - one.label.level) <= 1
    return right, near, given, labelled


FACETS: dict[str, Callable[[Coded], object]] = {
    "surveillance": lambda one: one.found,
    "capabilities": lambda one: one.codes("capabilities"),
    "platforms": lambda one: one.codes("platforms"),
    "target groups": lambda one: one.codes("target_groups"),
    "overseas target": lambda one: bool(one.row and one.row["overseas_target"]),
    "functions": lambda one: one.codes("functions"),
    "level": lambda one: one.row["sophistication"] if one.row else None,
}
"""What the wordings of one purchase are compared by; all but the last two must be alike."""
_MAY_DIFFER = ("functions", "level")


def disagreeing(coded: Iterable[Coded]) -> list[str]:
    """Purchases whose wording for different countries was not coded alike, with the countries."""
    differing = []
    for pair, wordings in _purchases(coded).items():
        ways: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for one in wordings:
            key = tuple(read(one) for name, read in FACETS.items() if name not in _MAY_DIFFER)
            ways[key].append(one.label.id.rpartition("/")[2])
        if len(ways) > 1:
            against = " against ".join(" ".join(countries) for countries in ways.values())
            differing.append(f"{pair}: {against}")
    return differing


def agreement(coded: Iterable[Coded]) -> dict[str, dict[str, int]]:
    """By facet: in how many purchases all wordings are alike (``all``), and for each language in
    how many it gives the commonest answer of the wordings."""
    counts: dict[str, dict[str, int]] = {name: defaultdict(int) for name in FACETS}
    for wordings in _purchases(coded).values():
        for name, read in FACETS.items():
            answers = Counter(read(one) for one in wordings)
            common = answers.most_common(1)[0][0]
            counts[name]["all"] += len(answers) == 1
            for one in wordings:
                counts[name][one.label.language] += read(one) == common
    return {name: dict(found) for name, found in counts.items()}


def _purchases(coded: Iterable[Coded]) -> dict[str, list[Coded]]:
    """The wordings of each matched purchase."""
    found: dict[str, list[Coded]] = defaultdict(list)
    for one in coded:
        if one.label.pair:
            found[one.label.pair].append(one)
    return dict(sorted(found.items()))


def by(coded: Sequence[Coded], key: Callable[[Labelled], str]) -> dict[str, list[Coded]]:
    """Records by a property of their labels."""
    parts: dict[str, list[Coded]] = defaultdict(list)
    for one in coded:
        parts[key(one.label)].append(one)
    return dict(sorted(parts.items()))


def told(score: Score) -> str:
    """A line of a table: precision and recall with their 95 % intervals, F1, counts."""
    found, labelled = score.right + score.wrong, score.right + score.missed
    low_p, high_p = interval(score.right, found)
    low_r, high_r = interval(score.right, labelled)
    return (
        f"P {score.precision:.3f} ({low_p:.2f}-{high_p:.2f})  "
        f"R {score.recall:.3f} ({low_r:.2f}-{high_r:.2f})  F1 {score.f1:.3f}  "
        f"right {score.right} wrong {score.wrong} missed {score.missed}"
    )
