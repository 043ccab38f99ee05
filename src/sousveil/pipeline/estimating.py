"""Drawing a sample of what a query found and did not find, and what its coding says of the query.

A figure is about the state in which the sample was drawn: decisions that ``process`` takes up
change what a query finds, and of projects that a coder decided on it is always right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from sousveil.case.database import text_hashes
from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import moment
from sousveil.case.samples import append_sample, read_sample, sample_name, sample_names
from sousveil.coding.agreement import Agreement, agreement, agreement_per_code
from sousveil.coding.estimates import Stratum, more_to_code, precision, recall, total
from sousveil.coding.intervals import Estimate
from sousveil.coding.queues import Waiting
from sousveil.coding.rulings import Ruling, independent, rulings
from sousveil.coding.sampling import population_hash, simple_sample
from sousveil.errors import DecisionError
from sousveil.model import Decision
from sousveil.model.sample import DrawnSample, SampledProject, SampleStratum
from sousveil.model.scheme import FACETS, QuestionName
from sousveil.pipeline.desk import narrowed, projects_of
from sousveil.pipeline.find import parsed
from sousveil.pipeline.scheme import scheme_of

WIDTH = 0.05
"""The half-width of precision and recall that is wished for, if none is said."""


class Coded(msgspec.Struct, frozen=True):
    """How far a stratum is coded: ``read`` projects in the order of the draw, of which ``positive``
    are relevant and ``open`` not settled (nobody decided, or coders differ or are unsure)."""

    name: str
    hit: bool
    population: int
    drawn: int
    read: int
    positive: int
    open: int


class Estimated(msgspec.Struct, frozen=True):
    """What a sample says of its query. Intervals are 95 % ones, and the wider pair where projects
    are open: counted once as relevant and once as not. None where nothing can be said yet, or the
    figure has no value; ``more``: how many more of each stratum for the wished half-width."""

    name: str
    query: str
    at: str
    strata: tuple[Coded, ...]
    precision: Estimate | None
    recall: Estimate | None
    relevant: Estimate | None
    more: dict[str, int] | None


def draw(
    case: Case, name: str, query: str, *, hits: int, others: int, seed: int = 1
) -> DrawnSample:
    """Draw a sample and keep it; one of that name is drawn on where query and seed are the same.

    The lock must be held. Raises QueryError, and DecisionError for a name that cannot be used or
    has another query or seed, or whose population is not that of then.
    """
    kept = sample_name(name)
    normalised = str(parsed(case, query))
    every = list(projects_of(case))
    found = {one.project_key for one in narrowed(case, every, query)}
    parts = {
        "hits": [one for one in every if one.project_key in found],
        "others": [one for one in every if one.project_key not in found],
    }
    if not parts["hits"]:
        raise DecisionError("The query finds no project.", "Try it with 'sousveil search' first.")
    sizes = {"hits": hits, "others": others}
    state = case.manifest().corpus
    sample = DrawnSample(
        kept,
        normalised,
        moment(),
        state.key if state else "",
        seed,
        tuple(_stratum(part, some, sizes[part], seed) for part, some in parts.items() if some),
    )
    if kept in sample_names(case):
        _drawn_on(read_sample(case, kept), sample)
    append_sample(case, sample)
    return sample


def _stratum(name: str, some: Sequence[Waiting], size: int, seed: int) -> SampleStratum:
    by_key = {one.project_key: one for one in some}
    drawn = (by_key[one.key] for one in simple_sample(list(by_key), size, seed).drawn)
    projects = tuple(SampledProject(o.project_key, o.lead, o.notice_ids) for o in drawn)
    return SampleStratum(name, name == "hits", len(some), population_hash(by_key), projects)


def _drawn_on(before: DrawnSample, now: DrawnSample) -> None:
    """Raise DecisionError where a draw is not one more of the same sample."""
    if (before.query, before.seed) != (now.query, now.seed):
        raise DecisionError(
            f"There is a sample '{now.name}' already, of another query or seed.",
            f"Give another name, or --query '{before.query}' --seed {before.seed}.",
        )
    hashes = [{s.name: s.population_hash for s in one.strata} for one in (before, now)]
    if hashes[0] != hashes[1]:
        raise DecisionError(
            f"What the query finds is not what it found when '{now.name}' was drawn.",
            "Give another name: it is another population.",
        )


def estimate(case: Case, name: str, width: float = WIDTH) -> Estimated:
    """What the coding of a sample says. Raises DecisionError where there is no such sample."""
    sample = read_sample(case, name)
    found = rulings(read_decisions(case), text_hashes(case))
    coded = tuple(_coded(stratum, found) for stratum in sample.strata)
    say = Estimated(sample.name, sample.query, sample.at, coded, None, None, None, None)
    ready = all(one.read for one in coded)
    if not ready and not any(one.hit and one.read for one in coded):
        return say
    low, high = _strata(coded, ready, relevant=False), _strata(coded, ready, relevant=True)
    say = msgspec.structs.replace(say, precision=_wider(precision(low), precision(high)))
    if not ready:
        return say
    fewest = _strata(coded, ready, relevant=False, others=True)
    most = _strata(coded, ready, relevant=True, others=False)
    return msgspec.structs.replace(
        say,
        recall=_wider(recall(fewest), recall(most)),
        relevant=_wider(total(low), total(high)),
        more=more_to_code(low, recall, width) or more_to_code(low, precision, width),
    )


def _coded(stratum: SampleStratum, found: Mapping[str, Ruling]) -> Coded:
    """Up to the last project that was decided on: what was passed over before it is open, for who
    skips the hard ones has no random sample."""
    verdicts = [found[p.lead].verdict if p.lead in found else None for p in stratum.projects]
    read = max((at for at, v in enumerate(verdicts, start=1) if v is not None), default=0)
    said = verdicts[:read]
    settled = [verdict for verdict in said if verdict in ("yes", "no")]
    return Coded(
        stratum.name,
        stratum.hit,
        stratum.population,
        len(stratum.projects),
        read,
        settled.count("yes"),
        read - len(settled),
    )


def _strata(
    coded: Iterable[Coded], ready: bool, *, relevant: bool, others: bool | None = None
) -> list[Stratum]:
    """Strata with what is open counted as ``relevant`` or not; that of ``others`` apart."""
    return [
        Stratum(
            one.name,
            one.population,
            one.read,
            one.positive + one.open * (relevant if one.hit or others is None else others),
            one.hit,
        )
        for one in coded
        if ready or one.hit
    ]


def _wider(low: Estimate | None, high: Estimate | None) -> Estimate | None:
    if low is None or high is None:
        return low or high
    middle = (low.value + high.value) / 2
    return Estimate(middle, min(low.low, high.low), max(low.high, high.high))


Standing = Literal["met", "not_met", "open"]
"""Whether agreement reaches what the scheme wants: ``open`` where the interval holds the
threshold, or where alpha has no value (one code only, or no unit)."""


class Differing(msgspec.Struct, frozen=True):
    """A project, by the notice shown, of which coders say different things: what each said by
    themselves, by name, and what an adjudicator made of it."""

    unit: str
    said: tuple[Decision, ...]
    settled: Decision | None


class Agreed(msgspec.Struct, frozen=True):
    """How far the coders of a case agree: on relevance, and on each code where they named codes of
    projects that they hold relevant. Units are projects, by the notice shown.

    Only what coders said by themselves counts, before anything was settled. ``standing``: by
    question or code, whether the scheme's ``threshold`` of alpha is met; None and empty without a
    scheme. ``otherwise``: readings made under another scheme than the present one, or none.
    """

    relevance: Agreement
    capabilities: dict[str, Agreement]
    platforms: dict[str, Agreement]
    target_groups: dict[str, Agreement]
    overseas_target: Agreement
    differing: tuple[Differing, ...]
    threshold: float | None = None
    standing: dict[str, Standing] = {}
    otherwise: int = 0

    def parts(self) -> Iterator[tuple[str, Agreement]]:
        """Every question and code that two coders answered, by name."""
        yield "relevant", self.relevance
        for codes in (self.capabilities, self.platforms, self.target_groups):
            yield from codes.items()
        yield "overseas_target", self.overseas_target


def agreed(case: Case, sample: str | None = None) -> Agreed:
    """The agreement of all coders, on the projects of one sample or on all that two decided on.

    What they said of texts that have changed since does not count. Raises DecisionError where
    there is no such sample, or the case's scheme cannot be used.
    """
    texts = text_hashes(case)
    leads = {one.lead for one in projects_of(case)}
    if sample is not None:
        drawn = read_sample(case, sample)
        leads = {project.lead for stratum in drawn.strata for project in stratum.projects}
    present = [
        decision
        for decision in read_decisions(case)
        if decision.notice_id in leads and texts.get(decision.notice_id) == decision.text_hash
    ]
    said: _Readings = {}
    for decision in independent(present):
        said.setdefault(decision.coder, {})[decision.notice_id] = decision
    settled = {d.notice_id: d for d in sorted(present, key=_moment) if d.role == "adjudicator"}
    relevance = agreement(
        {coder: {n: d.relevant for n, d in own.items()} for coder, own in said.items()}
    )
    capabilities, platforms, groups = (
        agreement_per_code(_named(said, question)) for question in FACETS
    )
    abroad = agreement(_abroad(said))
    found = Agreed(relevance, capabilities, platforms, groups, abroad, ())
    found = msgspec.structs.replace(found, differing=_differing(found, said, settled))
    scheme = scheme_of(case)
    if scheme is None:
        return found
    return msgspec.structs.replace(
        found,
        threshold=scheme.threshold,
        standing={n: _stands(one, scheme.threshold) for n, one in found.parts() if one.units},
        otherwise=sum(d.scheme != scheme.hash for own in said.values() for d in own.values()),
    )


_Readings: TypeAlias = dict[str, dict[str, Decision]]
"""What each coder said of each notice."""


def _moment(decision: Decision) -> tuple[str, str]:
    return decision.at, decision.coder


def _named(said: _Readings, question: QuestionName) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        coder: {
            notice: getattr(d, question) or ()
            for notice, d in own.items()
            if d.relevant == "yes" and getattr(d, question) is not None
        }
        for coder, own in said.items()
    }


def _abroad(said: _Readings) -> dict[str, dict[str, str]]:
    return {
        coder: {
            notice: "yes" if d.overseas_target else "no"
            for notice, d in own.items()
            if d.relevant == "yes" and d.overseas_target is not None
        }
        for coder, own in said.items()
    }


def _differing(
    found: Agreed, said: _Readings, settled: Mapping[str, Decision]
) -> tuple[Differing, ...]:
    units = {d.unit for _, one in found.parts() for d in one.disagreements}
    return tuple(
        Differing(
            unit,
            tuple(said[coder][unit] for coder in sorted(said) if unit in said[coder]),
            settled.get(unit),
        )
        for unit in sorted(units)
    )


def _stands(one: Agreement, threshold: float) -> Standing:
    if one.alpha is None or one.alpha.low < threshold <= one.alpha.high:
        return "open"
    return "met" if one.alpha.low >= threshold else "not_met"
