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
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from sousveil.classify.features import Features, Values
from sousveil.classify.model import Learned, Weights, logistic
from sousveil.model.learning import Learning, Measured

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LEAST_GROUPS = 10
"""Of surveillance and of other notices each: fewer cannot be cross-validated."""
_LEAST_TO_RANK = 2
_CODE_GROUPS = 5
FOLDS = 5
MOST = 1_200
"""Notices that are learned from: beyond it a model gains little, and a person waits."""
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


class _Table:
    """Examples as one sparse matrix, so that a fold is a choice of its rows."""

    def __init__(self, examples: Sequence[Example], groups: Sequence[int]) -> None:
        rows = [example.row for example in examples]
        ends = np.cumsum([0, *(row.columns.size for row in rows)])
        every = np.concatenate([row.columns for row in rows]) if rows else np.empty(0, np.int64)
        self.columns, places = np.unique(every, return_inverse=True)
        """The features' columns that the matrix has, rising."""
        values = np.concatenate([row.values for row in rows]) if rows else np.empty(0)
        shape = (len(rows), self.columns.size)
        self.matrix = csr_matrix((values, places, ends), shape)
        self.rule = np.array([row.rule for row in rows])
        self.truth = np.array([example.relevant for example in examples], bool)
        self.groups = np.array(groups, np.int64)

    def shared(self, some: Rows) -> Rows:
        """The matrix' columns that two groups of these rows share."""
        groups, own = np.unique(self.groups[some], return_inverse=True)
        part = self.matrix[some].tocoo()
        shape = (groups.size, self.columns.size)
        by_group = csr_matrix((np.ones(part.nnz), (own[part.row], part.col)), shape)
        return np.flatnonzero(np.bincount(by_group.indices, minlength=self.columns.size) > 1)


def chosen(names: Collection[str]) -> list[str]:
    """At most ``MOST`` of these names, the same whatever their order, the rest by chance."""
    return sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())[:MOST]


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
    truth = np.array([example.relevant for example in ordered], bool)
    counts = _group_counts(truth, np.array(groups, np.int64))
    if min(counts) < LEAST_GROUPS:
        reason = (
            f"Not used: {counts[1]} different purchases are decided to be surveillance and "
            f"{counts[0]} not; a model needs {LEAST_GROUPS} of each."
        )
        return None, msgspec.structs.replace(told, reason=reason)
    table, every = _Table(ordered, groups), np.arange(len(ordered))
    with threadpool_limits(1):
        rules, model = _validated(table, every)
        worse = _worse(rules, model)
        if worse:
            told = msgspec.structs.replace(told, reason=worse, rules=rules, model=model)
            return None, told
        learned = _fitted(table, every).learned
        learned = msgspec.structs.replace(learned, codes=_codes(ordered, groups))
    learned = msgspec.structs.replace(learned, version=_version(learned))
    reason = f"Used: {_figures(rules, model)}"
    return learned, msgspec.structs.replace(
        told, used=True, reason=reason, version=learned.version, rules=rules, model=model
    )


def rank(examples: Iterable[Example]) -> Learned | None:
    """A model to order what waits by, from the first decisions on; None where fewer than two
    different purchases of each kind are decided. It codes nothing, so it need not be proved."""
    ordered = sorted(examples, key=lambda e: e.notice_id)
    groups = _groups(ordered)
    truth = np.array([example.relevant for example in ordered], bool)
    if min(_group_counts(truth, np.array(groups, np.int64))) < _LEAST_TO_RANK:
        return None
    with threadpool_limits(1):
        learned = _fitted(_Table(ordered, groups), np.arange(len(ordered))).learned
    return msgspec.structs.replace(learned, version=_version(learned))


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


def _group_counts(truth: Flags, groups: Rows) -> tuple[int, int]:
    """Groups that hold other notices, and groups that hold surveillance."""
    return np.unique(groups[~truth]).size, np.unique(groups[truth]).size


def _validated(table: _Table, some: Rows) -> tuple[Measured, Measured]:
    """The rules and the model measured on the same notices, which the model had not seen."""
    said = np.zeros(len(some))
    for inside, outside in _folds(table, some):
        said[outside] = _fitted(table, some[inside]).probabilities(table, some[outside])
    truth = table.truth[some].tolist()
    rules = [logistic(odds) for odds in table.rule[some]]
    return _measured(rules, truth), _measured(said.tolist(), truth)


def _folds(table: _Table, some: Rows) -> list[tuple[Rows, Rows]]:
    """Folds that keep groups whole, stratified by what groups hold: places in ``some`` learned from
    and measured on."""
    truth = table.truth[some]
    groups, own = np.unique(table.groups[some], return_inverse=True)
    holds = np.bincount(own, truth, groups.size) > 0
    number = min(FOLDS, int(holds.sum()), int((~holds).sum()))
    if number < 2:
        return []
    split = StratifiedKFold(n_splits=number).split(np.zeros(groups.size), holds)
    folds = [(np.flatnonzero(np.isin(own, i)), np.flatnonzero(np.isin(own, o))) for i, o in split]
    return [fold for fold in folds if np.unique(truth[fold[0]]).size == 2]


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


class _Fitted(msgspec.Struct, frozen=True):
    """A model of some rows: a weight for each of the matrix' columns, and its scale."""

    columns: Rows
    weights: Values
    scale: float
    learned: Learned

    def margins(self, table: _Table, some: Rows) -> Values:
        found: Values = table.matrix[some][:, self.columns] @ self.weights
        return found

    def probabilities(self, table: _Table, some: Rows) -> Values:
        odds = table.rule[some] + self.scale * self.margins(table, some)
        return np.round([logistic(value) for value in odds], 4)


def _fitted(table: _Table, some: Rows) -> _Fitted:
    """A model of these rows: its weights, and how much they count beside the rules."""
    margins = np.full(len(some), np.nan)
    for inside, outside in _folds(table, some):
        part = _weighed(table, some[inside], table.truth[some[inside]], 1.0)
        margins[outside] = part.margins(table, some[outside])
    seen = np.flatnonzero(~np.isnan(margins))
    scale = _scale(table.rule[some[seen]], margins[seen], table.truth[some[seen]])
    return _weighed(table, some, table.truth[some], scale)


def _weighed(
    table: _Table, some: Rows, truth: Flags, scale: float, *, intercept: bool = False
) -> _Fitted:
    """Logistic regression on the columns that two groups share.

    Without ``intercept`` a notice of words that no decision held has margin 0.
    """
    columns = table.shared(some)
    weights, added = np.zeros(0), 0.0
    if columns.size:
        fit = LogisticRegression(
            C=_C,
            solver="liblinear",
            class_weight="balanced",
            fit_intercept=intercept,
            random_state=0,
            max_iter=1_000,
        ).fit(table.matrix[some][:, columns], truth)
        weights = np.round(fit.coef_[0], _DIGITS)
        added = round(float(fit.intercept_[0]), _DIGITS) if intercept else 0.0
    named = tuple(table.columns[columns].tolist())
    said = Weights(named, tuple(weights.tolist()), added)
    return _Fitted(columns, weights, scale, Learned("", said, scale))


def _scale(rule: Values, margin: Values, truth: Flags) -> float:
    """How much the margin counts beside the rules' log odds, which stand as they are.

    Nothing else is fitted. Coders decide on what a queue shows them, which is richer in
    surveillance than the case: a constant would carry that share to every notice.
    """
    sign = np.where(truth, 1.0, -1.0)

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
    table = _Table([e for e, _ in coded], [g for _, g in coded])
    found = []
    for code in sorted(code for code, count in held.items() if count >= _CODE_GROUPS):
        truth = np.array([code in (e.codes or ()) for e, _ in coded], bool)
        weights = Weights((), (), 4.0)  # all that coders named: nothing to tell it from
        if not truth.all():
            every = np.arange(len(coded))
            weights = _weighed(table, every, truth, 1.0, intercept=True).learned.relevance
        found.append((code, weights))
    return tuple(found)


def _version(learned: Learned) -> str:
    return hashlib.sha256(msgspec.json.encode(learned)).hexdigest()[:12]
