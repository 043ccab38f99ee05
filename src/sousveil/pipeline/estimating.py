"""Drawing a sample of what a query found and did not find, what its coding says of the query, when
a review may stop, and how far coders agree."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from sousveil.case.database import text_hashes
from sousveil.case.decisions import read_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import moment
from sousveil.case.samples import append_sample, read_sample, sample_name, sample_names
from sousveil.coding.agreement import (
    Agreed,
    Agreement,
    Differing,
    Standing,
    agreement,
    agreement_per_code,
)
from sousveil.coding.queues import Waiting, population
from sousveil.coding.reads import Stop, stop_of
from sousveil.coding.rulings import independent, rulings
from sousveil.coding.sampled import WIDTH, Estimated, said_of
from sousveil.coding.sampling import population_hash, simple_sample
from sousveil.coding.stopping import RECALL
from sousveil.errors import DecisionError
from sousveil.model import Decision
from sousveil.model.sample import DrawnSample, SampledProject, SampleStratum
from sousveil.model.scheme import FACETS, QuestionName
from sousveil.pipeline.decidable import narrowed, projects_of
from sousveil.pipeline.find import parsed
from sousveil.pipeline.scheme import scheme_of


def draw(
    case: Case, name: str, query: str, *, hits: int, others: int, seed: int = 1
) -> DrawnSample:
    """Draw a sample and keep it; one of that name is drawn on where query and seed are the same.

    The lock must be held. Raises QueryError, and DecisionError for a name that cannot be used or
    has another query or seed, or whose population is not that of then.
    """
    kept = sample_name(name)
    normalised = str(parsed(case, query))
    every = projects_of(case)
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
        population(every),
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
    return estimates(case, [read_sample(case, name)], width)[0]


def estimates(
    case: Case, samples: Iterable[DrawnSample], width: float = WIDTH
) -> tuple[Estimated, ...]:
    """What the coding of each sample says."""
    found = rulings(read_decisions(case), text_hashes(case))

    def verdict(project: SampledProject) -> str | None:
        return found[project.lead].verdict if project.lead in found else None

    return tuple(said_of(sample, verdict, width) for sample in samples)


def stop(case: Case, query: str = "", goal: float = RECALL, coder: str | None = None) -> Stop:
    """How the review of all projects, or of those that a query finds, stands by the decisions of
    all coders, or of one. Raises QueryError."""
    projects = narrowed(case, projects_of(case), query)
    decisions = [d for d in read_decisions(case) if coder in (None, d.coder)]
    return stop_of(projects, decisions, text_hashes(case), goal)


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
