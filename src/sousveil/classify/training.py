"""Learning from decisions: a linear model, cross-validated, used only where it is no worse.

Copies never stand on both sides of a fold: what shares a project, a text or the words of its title
and purpose is one group. The model (L2 logistic regression, liblinear) is fitted to n-grams that
at least two groups share; how much its margin counts beside the rules' score is fitted to margins
it gave for notices it had not seen (Platt 1999; Wolpert 1992), held down where decisions are few.
Everything is a function of the examples: they are sorted, folds are not drawn, numbers are
rounded, and one thread works.
"""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from sousveil.classify.features import Features, Values
from sousveil.classify.model import Learned, Scorer, Weights, logistic
from sousveil.model.learning import Learning, Measured

LEAST_GROUPS = 10
"""Of surveillance and of other notices each: fewer cannot be cross-validated."""
_CODE_GROUPS = 5
FOLDS = 5
_C = 10.0
_HELD = 0.1
"""Weight of the pull towards the rules alone: what keeps the scale finite where decisions are few
and all alike."""
_LARGEST_SCALE = 50.0
_THRESHOLD = 0.5
_DIGITS = 5


class Example(msgspec.Struct, frozen=True):
    """A notice that was decided on. ``keys``: whoever shares one of them is of its group.

    ``codes`` are the capabilities that coders gave; None: they named none.
    """

    notice_id: str
    row: Features
    relevant: bool
    keys: tuple[str, ...]
    codes: tuple[str, ...] | None = None


def learn(
    examples: Iterable[Example], decisions: int, undecided: int
) -> tuple[Learned | None, Learning]:
    """The model to use, or None, and what came of it. ``decisions`` and ``undecided`` are counts
    that ``Learning`` tells on."""
    ordered = sorted(examples, key=lambda e: e.notice_id)
    groups = _groups(ordered)
    told = Learning(
        decisions=decisions,
        notices=len(ordered),
        positives=sum(e.relevant for e in ordered),
        groups=len(set(groups)),
        used=False,
        reason="",
        undecided=undecided,
    )
    counts = _group_counts(ordered, groups)
    if min(counts) < LEAST_GROUPS:
        reason = (
            f"Not used: {counts[1]} different purchases are decided to be surveillance and "
            f"{counts[0]} not; a model needs {LEAST_GROUPS} of each."
        )
        return None, msgspec.structs.replace(told, reason=reason)
    with threadpool_limits(1):
        rules, model = _validated(ordered, groups)
        worse = _worse(rules, model)
        if worse:
            told = msgspec.structs.replace(told, reason=worse, rules=rules, model=model)
            return None, told
        learned = _fitted(ordered, groups)
        learned = msgspec.structs.replace(learned, codes=_codes(ordered, groups))
    learned = msgspec.structs.replace(learned, version=_version(learned))
    reason = f"Used: {_figures(rules, model)}"
    return learned, msgspec.structs.replace(
        told, used=True, reason=reason, version=learned.version, rules=rules, model=model
    )


def _groups(examples: Sequence[Example]) -> list[int]:
    """The number of each example's group: the smallest place of any example it hangs together
    with."""
    parent = list(range(len(examples)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[str, int] = {}
    for at, example in enumerate(examples):
        for key in example.keys:
            left, right = root(first.setdefault(key, at)), root(at)
            parent[max(left, right)] = min(left, right)
    return [root(at) for at in range(len(examples))]


def _group_counts(examples: Sequence[Example], groups: Sequence[int]) -> tuple[int, int]:
    """Groups that hold other notices, and groups that hold surveillance."""
    other = {g for e, g in zip(examples, groups, strict=True) if not e.relevant}
    return len(other), len({g for e, g in zip(examples, groups, strict=True) if e.relevant})


def _validated(examples: Sequence[Example], groups: Sequence[int]) -> tuple[Measured, Measured]:
    """The rules and the model measured on the same notices, which the model had not seen."""
    said: dict[int, float] = {}
    for inside, outside in _folds(examples, groups):
        fitted = _fitted([examples[i] for i in inside], [groups[i] for i in inside])
        scorer = Scorer(fitted)
        said |= {at: scorer.probability(examples[at].row) for at in outside}
    truth = [e.relevant for e in examples]
    rules = [logistic(e.row.rule) for e in examples]
    return _measured(rules, truth), _measured([said[at] for at in range(len(examples))], truth)


def _folds(examples: Sequence[Example], groups: Sequence[int]) -> list[tuple[list[int], list[int]]]:
    """Stratified folds that keep groups whole, as (learned from, measured on)."""
    number = min(FOLDS, *_group_counts(examples, groups))
    truth = [e.relevant for e in examples]
    split = StratifiedGroupKFold(n_splits=number).split(np.zeros(len(truth)), truth, groups)
    found = [([int(i) for i in inside], [int(i) for i in outside]) for inside, outside in split]
    return [fold for fold in found if len({truth[i] for i in fold[0]}) == 2]


def _measured(probable: Sequence[float], truth: Sequence[bool]) -> Measured:
    held = [min(max(p, 1e-6), 1 - 1e-6) for p in probable]
    loss = math.fsum(-math.log(p if y else 1 - p) for p, y in zip(held, truth, strict=True))
    named = [y for p, y in zip(probable, truth, strict=True) if p >= _THRESHOLD]
    return Measured(round(loss / len(truth), 4), len(named), sum(named), sum(truth))


def _worse(rules: Measured, model: Measured) -> str:
    """In words why the model must not be used; "" where it may.

    The measure: mean log loss not above the rules', and precision at 0.5, with one right and one
    wrong added to both (Laplace), not below theirs: one mistake in twenty must not lose to two of
    two.
    """
    if model.log_loss <= rules.log_loss and _steady(model) >= _steady(rules):
        return ""
    return f"Not used, for it is worse than the rules alone: {_figures(rules, model)}"


def _steady(measured: Measured) -> float:
    return (measured.right + 1) / (measured.named + 2)


def _figures(rules: Measured, model: Measured) -> str:
    return (
        f"cross-validated log loss {model.log_loss:.3f} (rules alone {rules.log_loss:.3f}), "
        f"precision {model.right} of {model.named} (rules {rules.right} of {rules.named}), "
        f"found {model.right} of {model.positives} (rules {rules.right})."
    )


def _fitted(examples: Sequence[Example], groups: Sequence[int]) -> Learned:
    """A model of these examples: its weights, and how much they count beside the rules."""
    truth = [e.relevant for e in examples]
    margins: dict[int, float] = {}
    for inside, outside in _folds(examples, groups):
        some = [examples[i] for i in inside]
        part = Scorer(
            _alone(_linear(some, [groups[i] for i in inside], [truth[i] for i in inside]))
        )
        margins |= {at: part.margin(examples[at].row) for at in outside}
    seen = sorted(margins)
    scale = _scale(
        np.array([examples[at].row.rule for at in seen]),
        np.array([margins[at] for at in seen]),
        np.array([truth[at] for at in seen], np.float64),
    )
    return Learned("", _linear(examples, groups, truth), scale)


def _alone(weights: Weights) -> Learned:
    return Learned("", weights, 1.0)


def _linear(
    examples: Sequence[Example],
    groups: Sequence[int],
    truth: Sequence[bool],
    *,
    intercept: bool = False,
) -> Weights:
    """Logistic regression on the columns that two groups share.

    Without ``intercept`` a notice of words that no decision held has margin 0.
    """
    holders: dict[int, set[int]] = defaultdict(set)
    for example, group in zip(examples, groups, strict=True):
        for column in example.row.columns.tolist():
            holders[column].add(group)
    columns = np.array(sorted(c for c, held in holders.items() if len(held) > 1), np.int64)
    if not columns.size:
        return Weights((), (), 0.0)
    indices, values, ends = [], [], [0]
    for example in examples:
        kept = np.isin(example.row.columns, columns)
        indices.append(np.searchsorted(columns, example.row.columns[kept]))
        values.append(example.row.values[kept])
        ends.append(ends[-1] + int(kept.sum()))
    matrix = csr_matrix(
        (np.concatenate(values), np.concatenate(indices), ends), (len(examples), columns.size)
    )
    fit = LogisticRegression(
        C=_C,
        solver="liblinear",
        class_weight="balanced",
        fit_intercept=intercept,
        random_state=0,
        max_iter=1_000,
    ).fit(matrix, np.array(truth, np.int64))
    weights = np.round(fit.coef_[0], _DIGITS)
    added = round(float(fit.intercept_[0]), _DIGITS) if intercept else 0.0
    return Weights(tuple(columns.tolist()), tuple(weights.tolist()), added)


def _scale(rule: Values, margin: Values, truth: Values) -> float:
    """How much the margin counts beside the rules' log odds, which stand as they are.

    Nothing else is fitted. Coders decide on what a queue shows them, which is richer in
    surveillance than the case: a constant would carry that share to every notice.
    """
    sign = np.where(truth > 0, 1.0, -1.0)

    def loss(scale: float) -> float:
        odds = sign * (rule + scale * margin)
        return float(np.logaddexp(0.0, -odds).sum()) + _HELD * scale * scale / 2

    best = minimize_scalar(loss, bounds=(0.0, _LARGEST_SCALE), method="bounded")
    return round(float(best.x), 3)


def _codes(examples: Sequence[Example], groups: Sequence[int]) -> tuple[tuple[str, Weights], ...]:
    """One function for each capability that coders gave to enough different purchases."""
    coded = [(e, g) for e, g in zip(examples, groups, strict=True) if e.relevant and e.codes]
    held: Counter[str] = Counter()
    for code, _ in {(code, g) for e, g in coded for code in e.codes or ()}:
        held[code] += 1
    some, their_groups = [e for e, _ in coded], [g for _, g in coded]
    found = []
    for code in sorted(code for code, count in held.items() if count >= _CODE_GROUPS):
        truth = [code in (e.codes or ()) for e in some]
        always = Weights((), (), 4.0)  # all that coders named: nothing to tell it from
        weights = always if all(truth) else _linear(some, their_groups, truth, intercept=True)
        found.append((code, weights))
    return tuple(found)


def _version(learned: Learned) -> str:
    return hashlib.sha256(msgspec.json.encode(learned)).hexdigest()[:12]
