"""The review desk: what waits for a coder, what they say of it, how far they are.

Projects are decided on, not pages: what a coder says of a project stands as a decision on each of
its notices, taken from the same queue or sample.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sousveil.case.database import connect, text_hashes
from sousveil.case.decisions import append_decisions, coder_name, read_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import moment
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.case.samples import read_sample
from sousveil.coding.queues import QueueName, Waiting, population, queued, undecided
from sousveil.coding.reads import Stop, stop_of
from sousveil.coding.rulings import rulings
from sousveil.coding.sampling import chance
from sousveil.errors import DecisionError
from sousveil.model import Decision, Draw
from sousveil.model.decision import Relevance
from sousveil.model.sample import DrawnSample
from sousveil.pipeline.find import open_index, parsed

_PROJECTS = """
SELECT p.project_key, p.lead_notice_id, p.notice_ids, p.surveillance_score,
       list_sort(list_distinct(flatten(list(n.review))))
FROM projects p JOIN notices n ON n.project_key = p.project_key
GROUP BY ALL
ORDER BY p.project_key
"""


class Progress(msgspec.Struct, frozen=True):
    """How far a coder is. ``shared``: projects that others decided on too, ``agreed``: where all
    who are sure say the same."""

    waiting: int
    decided: int
    yes: int
    no: int
    unsure: int
    shared: int
    agreed: int


class Desk:
    """One coder at one queue or sample of a case."""

    def __init__(
        self,
        case: Case,
        coder: str,
        queue: QueueName = "likely",
        *,
        query: str = "",
        sample: str = "",
        seed: int = 1,
    ) -> None:
        """``query`` narrows a queue; ``sample`` is the name of one that was drawn, and takes its
        place. Raises QueryError, and DecisionError for a name that cannot be used."""
        self.coder = coder_name(coder)
        self._case = case
        self._taxonomy = taxonomy_of(case)
        self._decisions = read_decisions(case)
        every = list(projects_of(case))
        if sample:
            drawn = read_sample(case, sample)
            self._texts = text_hashes(case)
            self._draws = draws_of(drawn)
            self._all = _as_drawn(drawn, every, self._texts)
        else:
            found = narrowed(case, every, query)
            self._texts = text_hashes(case)
            said = rulings(self._decisions, self._texts)
            self._all = queued(queue, found, said, seed)
            draw = Draw("queue", queue, population(found), seed)
            self._draws = {one.project_key: draw for one in self._all}

    def _draw(self, project: Waiting) -> Draw:
        return self._draws[project.project_key]

    def waiting(self) -> list[Waiting]:
        """What the coder has not decided on, in order."""
        return undecided(self._all, self._decisions, self._texts, self.coder, self._draw)

    def decide(
        self,
        project: Waiting,
        relevant: Relevance,
        *,
        capabilities: tuple[str, ...] | None = None,
        note: str | None = None,
    ) -> list[Decision]:
        """Note what the coder says of a project, on each of its notices. The lock must be held.

        Raises DecisionError for a capability that the taxonomy does not have.
        """
        known = {code.id for code in self._taxonomy.facet("capability")}
        for code in capabilities or ():
            if code not in known:
                raise DecisionError(
                    f"There is no capability {code}.", "'sousveil taxonomy list' names them."
                )
        at = moment()
        made = [
            Decision(
                self.coder,
                at,
                notice_id,
                self._texts[notice_id],
                relevant,
                capabilities,
                taxonomy_version=self._taxonomy.version,
                source=self._draw(project),
                note=note,
            )
            for notice_id in project.notice_ids
            if notice_id in self._texts
        ]
        append_decisions(self._case, self.coder, made)
        self._decisions += made
        return made

    def stop(self) -> Stop | None:
        """How far the coder is from a proof that nearly all relevant projects of the queue are
        found; None where it does not hold all of its population, so that nothing can be proved."""
        draw = self._draw(self._all[0]) if self._all else None
        if draw is None or draw.kind != "queue" or draw.population != population(self._all):
            return None
        own = [decision for decision in self._decisions if decision.coder == self.coder]
        return stop_of(self._all, own, self._texts)

    def progress(self) -> Progress:
        """How far the coder is in this queue or sample."""
        left = self.waiting()
        said = _said(self._decisions, self._texts)
        own = [said[w.lead] for w in self._all if self.coder in said.get(w.lead, {})]
        counts = {value: sum(o[self.coder] == value for o in own) for value in _VALUES}
        sure = [{v for v in o.values() if v != "unsure"} for o in own if len(o) > 1]
        return Progress(
            len(left),
            len(self._all) - len(left),
            counts["yes"],
            counts["no"],
            counts["unsure"],
            len(sure),
            sum(len(values) == 1 for values in sure),
        )


_VALUES: tuple[Relevance, ...] = ("yes", "no", "unsure")


def projects_of(case: Case) -> Iterator[Waiting]:
    """Every project of a case, by key."""
    with connect(case) as connection:
        cursor = connection.execute(_PROJECTS)
        while rows := cursor.fetchmany(10_000):
            for key, lead, notices, score, review in rows:
                yield Waiting(key, lead, tuple(notices), float(score or 0.0), tuple(review or ()))


def narrowed(case: Case, every: Sequence[Waiting], query: str) -> list[Waiting]:
    """The projects of which a query finds a notice; all where it is empty. Raises QueryError."""
    if not query:
        return list(every)
    wanted = set(open_index(case).ids(parsed(case, query)))
    return [one for one in every if wanted.intersection(one.notice_ids)]


def draws_of(sample: DrawnSample) -> dict[str, Draw]:
    """What is kept with a decision on each project of a sample: each stratum is a population."""
    return {
        project.project_key: Draw(
            "sample",
            f"{sample.name}/{stratum.name}",
            stratum.population_hash,
            sample.seed,
            len(stratum.projects) / stratum.population,
        )
        for stratum in sample.strata
        for project in stratum.projects
    }


def _as_drawn(
    sample: DrawnSample, every: Sequence[Waiting], texts: Mapping[str, str]
) -> list[Waiting]:
    """The projects of a sample as they were drawn, strata mixed by chance so that a coder does not
    see which were found. A project whose notice to show is gone waits no more."""
    now = {notice: one for one in every for notice in one.notice_ids}
    found = []
    for project in (p for stratum in sample.strata for p in stratum.projects):
        if project.lead in texts:
            score = now[project.lead].score if project.lead in now else 0.0
            found.append(Waiting(project.project_key, project.lead, project.notice_ids, score))
    return sorted(found, key=lambda one: chance(sample.seed, one.project_key))


def _said(
    decisions: Iterable[Decision], texts: Mapping[str, str]
) -> dict[str, dict[str, Relevance]]:
    """What each coder says last of each notice, as its text stands now."""
    last: dict[str, dict[str, Relevance]] = {}
    for decision in decisions:
        if texts.get(decision.notice_id) == decision.text_hash:
            last.setdefault(decision.notice_id, {})[decision.coder] = decision.relevant
    return last
