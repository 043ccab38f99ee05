"""How far coders agree beyond chance: Cohen's kappa, Krippendorff's alpha, and where they do not.

Kappa: Cohen (1960), Educational and Psychological Measurement 20:37, for two coders on the units
that both coded. Alpha, nominal: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability",
for any number of coders and with values missing. Their intervals are percentile bootstraps over
units (Zapf et al. 2016, BMC Medical Research Methodology 16:93). Where no unit differs a bootstrap
knows no spread; the lower limit is then that of the share agreed (Clopper & Pearson) at the
chance agreement seen. Percent agreement has Clopper & Pearson's interval.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

import msgspec
import numpy as np
import numpy.typing as npt

from sousveil.coding.intervals import CONFIDENCE, Estimate, clopper_pearson

DRAWS = 2000
_Counts = npt.NDArray[np.float64]


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
    """Kappa of two coders; resampling units is drawing their table anew."""
    if len(place) < 2:
        return None
    one, other = (codings[coder] for coder in sorted(codings))
    cells = np.zeros((len(place), len(place)))
    for unit in units:
        cells[place[one[unit]], place[other[unit]]] += 1
    shares = (cells / cells.sum()).ravel()
    drawn = np.random.default_rng(seed).multinomial(len(units), shares, DRAWS)
    tables = drawn.reshape(DRAWS, *cells.shape) / len(units)
    same, chance = _same_and_chance(cells[np.newaxis] / len(units))
    sames, chances = _same_and_chance(tables)
    return _estimate(same, chance, sames, chances, len(units), confidence)


def _same_and_chance(tables: _Counts) -> tuple[_Counts, _Counts]:
    """Observed agreement and that by chance, of tables of shares (draws x codes x codes)."""
    same = np.trace(tables, axis1=1, axis2=2)
    chance = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1)
    return same, chance


def _alpha(table: _Counts, seed: int, confidence: float) -> Estimate | None:
    """Alpha of a table of units x codes that says how many coders gave the code."""
    if table.shape[1] < 2:
        return None
    coders = table.sum(axis=1)
    apart = (table * (coders[:, np.newaxis] - table)).sum(axis=1) / (coders - 1)
    even = np.full(len(table), 1 / len(table))
    drawn = np.random.default_rng(seed).multinomial(len(table), even, DRAWS).astype(float)
    once = np.ones((1, len(table)))
    same, chance = _alpha_parts(once, apart, table)
    sames, chances = _alpha_parts(drawn, apart, table)
    return _estimate(same, chance, sames, chances, len(table), confidence)


def _alpha_parts(weights: _Counts, apart: _Counts, table: _Counts) -> tuple[_Counts, _Counts]:
    """One less observed and one less expected disagreement, for each row of unit weights."""
    counts = weights @ table
    values = counts.sum(axis=1)
    expected = (counts * (values[:, np.newaxis] - counts)).sum(axis=1) / (values * (values - 1))
    return 1 - weights @ apart / values, 1 - expected


def _estimate(
    same: _Counts,
    chance: _Counts,
    sames: _Counts,
    chances: _Counts,
    units: int,
    confidence: float,
) -> Estimate:
    """(same - chance) / (1 - chance), and its quantiles over draws that hold two codes."""
    tail = (1 - confidence) / 2
    value = float((same[0] - chance[0]) / (1 - chance[0]))
    if same[0] >= 1:
        least = clopper_pearson(units, units, confidence).low
        return Estimate(1.0, float(1 - (1 - least) / (1 - chance[0])), 1.0)
    told = chances < 1
    values = (sames[told] - chances[told]) / (1 - chances[told])
    low, high = np.quantile(values, [tail, 1 - tail])
    return Estimate(value, min(float(low), value), max(float(high), value))
