"""Compares codings with labels: surveillance, codes, overseas targets, levels."""

from collections import defaultdict
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


def disagreeing(coded: Iterable[Coded]) -> list[str]:
    """Purchases whose wording for different countries was not coded alike, with the countries."""
    pairs: dict[str, dict[tuple[Any, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in coded:
        if one.label.pair:
            key = (
                one.found,
                one.codes("capabilities"),
                one.codes("platforms"),
                one.codes("target_groups"),
                bool(one.row and one.row["overseas_target"]),
            )
            pairs[one.label.pair][key].append(one.label.id.rpartition("/")[2])
    return [
        f"{pair}: " + " against ".join(" ".join(countries) for countries in ways.values())
        for pair, ways in sorted(pairs.items())
        if len(ways) > 1
    ]


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
