"""What coded samples say of the projects that a claim counts.

A sample of a claim's query holds some projects that it finds and some that it does not. A project
of it counts for the claim where a person holds it relevant and the query finds it now that this is
taken up: so a project in another country, or without the query's words, does not count, however
relevant it is. (Of what a person holds not relevant only that counts which a query by codes finds
all the same.) It is open where nobody decided, or where it would be found if codes that the person
did not name were others. The number of all that count has the interval of ``coding.estimates``.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import duckdb
import msgspec

from sousveil.case.folder import Case
from sousveil.case.samples import read_sample, sample_names
from sousveil.claims import Sampled
from sousveil.claims.doubt import CODED, at_most, named
from sousveil.coding import Ruling
from sousveil.coding.intervals import Estimate
from sousveil.coding.sampled import said_of
from sousveil.coding.sampling import population_hash
from sousveil.model.claim import Claim
from sousveil.model.learning import Learning
from sousveil.model.sample import DrawnSample, SampledProject
from sousveil.search import Index, Query

_OF_PROJECTS = frozenset({"projects", "exists"})
_STATED = {
    "capability": "capabilities",
    "platform": "platforms",
    "target": "target_groups",
    "overseas": "overseas_target",
}
"""Fields of a query that a person may settle, by the attribute of a ruling."""


class Samples:
    """The samples of one committed state of a case. ``decisions``: how many there are."""

    def __init__(
        self,
        case: Case,
        database: duckdb.DuckDBPyConnection,
        index: Index,
        rulings: Mapping[str, Ruling],
        decisions: int,
    ) -> None:
        self._index, self._rulings, self._decisions = index, rulings, decisions
        self._samples = [read_sample(case, name) for name in sample_names(case)]
        keys = database.execute("SELECT project_key FROM projects").fetchall()
        self._population = population_hash(key for (key,) in keys) if self._samples else ""
        self._learned = [
            msgspec.json.decode(row, type=Learning).decisions
            for (row,) in database.execute("SELECT learning FROM learning").fetchall()
        ]

    def estimated(self, claim: Claim, query: Query) -> Sampled:
        """The interval of the number of projects that a claim counts, or why there is none."""
        if claim.counted.what not in _OF_PROJECTS:
            return Sampled(said="No interval: samples are of projects, and others are counted.")
        own = [sample for sample in self._samples if sample.query == str(query)]
        if not own:
            return Sampled(said="No interval: no sample of this query was drawn.")
        sample = max(own, key=lambda one: (one.at, one.name))
        name = f"sample '{sample.name}'"
        if sample.population != self._population:
            return Sampled(said=f"No interval: {name} was drawn of other projects than there are.")
        if self._decisions != sum(self._learned):
            return Sampled(said="No interval: decisions are not taken up yet (sousveil process).")
        return self._said(sample, query)

    def _said(self, sample: DrawnSample, query: Query) -> Sampled:
        counts = _Counts(self._index, query, self._rulings)
        found = said_of(sample, counts.verdict)
        read = ", ".join(f"{s.read:,} of {s.population:,} {s.name}" for s in found.strata)
        if found.relevant is None:
            return Sampled(
                said=f"No interval: too few of sample '{sample.name}' are read ({read})."
            )
        low, high = found.relevant.low, found.relevant.high
        return Sampled(
            (Decimal(round(low)), Decimal(round(high))),
            f"By sample '{sample.name}' of {sample.at[:10]} ({read} read): precision "
            f"{_share(found.precision)}, recall {_share(found.recall)}, {low:,.0f} to {high:,.0f} "
            "projects (95 % intervals).",
        )


class _Counts:
    """Which projects of a sample count for a query."""

    def __init__(self, index: Index, query: Query, rulings: Mapping[str, Ruling]) -> None:
        self._index, self._query, self._rulings = index, query, rulings
        self._found = frozenset(index.ids(query))
        self._coded = CODED & named(query)
        self._possible: dict[frozenset[str], frozenset[str]] = {}

    def verdict(self, project: SampledProject) -> str | None:
        """Whether it counts: ``yes``, ``no``, ``open``; None where nobody decided."""
        ruling = self._rulings.get(project.lead)
        if ruling is None:
            return None
        if not ruling.decided:
            return "open"
        found = not self._found.isdisjoint(project.notice_ids)
        if ruling.verdict == "no":
            return "yes" if found and self._coded else "no"
        if found:
            return "yes"
        return "open" if self._may_be(ruling, project.notice_ids) else "no"

    def _may_be(self, ruling: Ruling, notices: Sequence[str]) -> bool:
        """Whether the query could find it by codes that nobody settled."""
        settled = {field for field, name in _STATED.items() if getattr(ruling, name) is not None}
        unsettled = self._coded - settled - {"surveillance"}
        if not unsettled:
            return False
        if unsettled not in self._possible:
            self._possible[unsettled] = frozenset(self._index.ids(at_most(self._query, unsettled)))
        return not self._possible[unsettled].isdisjoint(notices)


def _share(found: Estimate | None) -> str:
    if found is None:
        return "not known"
    return f"{found.value:.0%} ({found.low:.0%} to {found.high:.0%})"
