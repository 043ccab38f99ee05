"""How far coders agree beyond chance: Cohen's kappa, Krippendorff's alpha, and where they do not.

Kappa: Cohen (1960), Educational and Psychological Measurement 20:37, for two coders on the units
that both coded. Alpha, nominal: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability",
for any number of coders and with values missing. Their intervals are bootstraps over units
(Zapf et al. 2016, BMC Medical Research Methodology 16:93), bias-corrected and accelerated (Efron
1987, Journal of the American Statistical Association 82:171). Where no unit differs a bootstrap
knows no spread; the lower limit is then that of the share agreed (Clopper & Pearson) at the
chance agreement seen. Percent agreement has Clopper & Pearson's interval.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from sousveil.coding.intervals import CONFIDENCE, Estimate, clopper_pearson

DRAWS = 10_000
_Numbers = npt.NDArray[np.float64]


class Disagreement(msgspec.Struct, frozen=True):
    """A unit on which coders differ, with what each said, by coder."""

    unit: str
    codes: tuple[tuple[str, str], ...]


class Agreement(msgspec.Struct, frozen=True):
    """What two or more coders have in common.

    ``units``: those that at least two of them coded. ``counts``: how often each code was given
    there. ``agreed``: the share of units on which all who coded them say the same. ``kappa`` is
    None with more than two coders; it and ``alpha`` are None where there is one code only, so that
    chance would agree as well, or no unit.
    """

    coders: tuple[str, ...]
    units: int
    counts: dict[str, int]
    agreed: Estimate | None
    kappa: Estimate | None
    alpha: Estimate | None
    disagreements: tuple[Disagreement, ...]


class Agreed(msgspec.Struct, frozen=True):
    """How far the coders of a case agree: on relevance, and on each capability where they named
    codes of projects that they hold relevant. Units are projects, by the notice shown."""

    relevance: Agreement
    capabilities: dict[str, Agreement]


def agreement(
    codings: Mapping[str, Mapping[str, str]], seed: int = 1, confidence: float = CONFIDENCE
) -> Agreement:
    """The agreement of coders. ``codings``: by coder, the code of each unit they coded."""
    by_unit = _by_unit(codings)
    units = sorted(by_unit)
    names = sorted({code for said in by_unit.values() for code in said.values()})
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(units), len(names)))
    for row, unit in enumerate(units):
        for code, number in Counter(by_unit[unit].values()).items():
            table[row, place[code]] = number
    differing = [unit for unit in units if len(set(by_unit[unit].values())) > 1]
    agreed = len(units) - len(differing)
    return Agreement(
        coders=tuple(sorted(codings)),
        units=len(units),
        counts={name: int(table[:, at].sum()) for name, at in place.items()},
        agreed=clopper_pearson(agreed, len(units), confidence) if units else None,
        kappa=_kappa(codings, units, place, seed, confidence) if len(codings) == 2 else None,
        alpha=_alpha(table, seed, confidence),
        disagreements=tuple(
            Disagreement(unit, tuple(sorted(by_unit[unit].items()))) for unit in differing
        ),
    )


def agreement_per_code(
    codings: Mapping[str, Mapping[str, Collection[str]]],
    seed: int = 1,
    confidence: float = CONFIDENCE,
) -> dict[str, Agreement]:
    """The agreement on each code where a unit may have several: whether it has the code or not.

    ``codings``: by coder, the codes of each unit they coded, empty where it has none.
    """
    names = {code for said in codings.values() for codes in said.values() for code in codes}
    return {
        name: agreement(
            {
                coder: {unit: "yes" if name in codes else "no" for unit, codes in said.items()}
                for coder, said in codings.items()
            },
            seed,
            confidence,
        )
        for name in sorted(names)
    }


def _by_unit(codings: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What coders say of each unit that at least two coded."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for coder, said in codings.items():
        for unit, code in said.items():
            found[unit][coder] = code
    return {unit: said for unit, said in found.items() if len(said) > 1}


def _kappa(
    codings: Mapping[str, Mapping[str, str]],
    units: Collection[str],
    place: Mapping[str, int],
    seed: int,
    confidence: float,
) -> Estimate | None:
    """Kappa of two coders. What units have in common is the pair of codes they were given."""
    if len(place) < 2:
        return None
    one, other = (codings[coder] for coder in sorted(codings))
    pairs = Counter((place[one[unit]], place[other[unit]]) for unit in units)
    codes = np.eye(len(place))
    first, second = (codes[[pair[side] for pair in sorted(pairs)]] for side in (0, 1))
    alike = (first * second).sum(axis=1)

    def parts(weights: _Numbers) -> tuple[_Numbers, _Numbers]:
        shares = weights / weights.sum(axis=1, keepdims=True)
        return shares @ alike, ((shares @ first) * (shares @ second)).sum(axis=1)

    return _estimate(parts, [pairs[pair] for pair in sorted(pairs)], seed, confidence)


def _alpha(table: _Numbers, seed: int, confidence: float) -> Estimate | None:
    """Alpha of a table of units x codes that says how many coders gave the code."""
    if table.shape[1] < 2:
        return None
    rows, counts = np.unique(table, axis=0, return_counts=True)
    coders = rows.sum(axis=1)
    apart = (rows * (coders[:, np.newaxis] - rows)).sum(axis=1) / (coders - 1)

    def parts(weights: _Numbers) -> tuple[_Numbers, _Numbers]:
        """One less observed and one less expected disagreement."""
        given = weights @ rows
        values = given.sum(axis=1)
        expected = (given * (values[:, np.newaxis] - given)).sum(axis=1) / (values * (values - 1))
        return 1 - weights @ apart / values, 1 - expected

    return _estimate(parts, counts.tolist(), seed, confidence)


def _estimate(
    parts: Callable[[_Numbers], tuple[_Numbers, _Numbers]],
    counts: Sequence[int],
    seed: int,
    confidence: float,
) -> Estimate:
    """(same - chance) / (1 - chance), with its interval.

    ``parts`` gives same and chance for rows of weights: how many units there are of each kind.
    ``counts``: how many there are in truth.
    """
    units = sum(counts)
    given = np.array(counts, dtype=float)
    same, chance = parts(given[np.newaxis])
    value = float((same[0] - chance[0]) / (1 - chance[0]))
    if same[0] >= 1:
        least = clopper_pearson(units, units, confidence).low
        return Estimate(1.0, float(1 - (1 - least) / (1 - chance[0])), 1.0)
    drawn = np.random.default_rng(seed).multinomial(units, given / units, DRAWS).astype(float)
    values = _beyond_chance(*parts(drawn))
    without = _beyond_chance(*parts(given - np.eye(len(given)))) if units > 2 else given * 0
    low, high = np.quantile(values, _levels(values, value, without, given, confidence))
    return Estimate(value, min(float(low), value), max(float(high), value))


def _beyond_chance(same: _Numbers, chance: _Numbers) -> _Numbers:
    """Agreement beyond chance; 1 where there is one code only, so that all agree."""
    told = chance < 1
    return np.where(told, (same - chance) / np.where(told, 1 - chance, 1), 1.0)


def _levels(
    values: _Numbers, value: float, without: _Numbers, counts: _Numbers, confidence: float
) -> _Numbers:
    """The quantiles of the draws that are the limits (Efron 1987): moved by how far the value is
    off their middle, and by how skew its change is with each unit left out (``without``)."""
    tail = (1 - confidence) / 2
    below = np.mean(values < value) + np.mean(values == value) / 2
    change = (counts @ without) / counts.sum() - without
    spread = float(counts @ change**2)
    skew = float(counts @ change**3) / (6 * spread**1.5) if spread else 0.0
    middle = ndtri(np.clip(below, 1 / len(values), 1 - 1 / len(values)))
    moved = middle + ndtri(np.array([tail, 1 - tail]))
    levels: _Numbers = ndtr(middle + moved / (1 - skew * moved))
    return levels
