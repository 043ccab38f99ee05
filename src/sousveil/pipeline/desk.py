"""The review desk: what waits for a coder, what they say of it, how far they are.

Projects are decided on, not pages: what a coder says of a project stands as a decision on each of
its notices, taken from the same queue or sample.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sousveil.case.database import connect
from sousveil.case.decisions import append_decisions, coder_name, read_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import moment
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.coding.queues import QueueName, Waiting, population, queued, sampled, undecided
from sousveil.coding.rulings import rulings
from sousveil.errors import DecisionError
from sousveil.model import Decision, Draw
from sousveil.model.decision import Relevance
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
        sample: int = 0,
        seed: int = 1,
    ) -> None:
        """``query`` narrows the population; ``sample`` projects are drawn by ``seed``, 0: the
        whole queue. Raises QueryError, and DecisionError for a name that cannot be used."""
        self.coder = coder_name(coder)
        self._case = case
        self._taxonomy = taxonomy_of(case)
        every = list(_projects(case))
        found = _narrowed(case, every, query)
        self._texts = _texts(case, found)
        self._decisions = read_decisions(case)
        if sample:
            self._all, self.draw = sampled(found, seed, sample)
        else:
            said = rulings(self._decisions, self._texts)
            self._all = queued(queue, found, said, seed)
            self.draw = Draw("queue", queue, population(found), seed)
        self.population = len(found)

    def waiting(self) -> list[Waiting]:
        """What the coder has not decided on, in order."""
        return undecided(self._all, self._decisions, self._texts, self.coder, self.draw)

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
                source=self.draw,
                note=note,
            )
            for notice_id in project.notice_ids
        ]
        append_decisions(self._case, self.coder, made)
        self._decisions += made
        return made

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


def _projects(case: Case) -> Iterable[Waiting]:
    with connect(case) as connection:
        cursor = connection.execute(_PROJECTS)
        while rows := cursor.fetchmany(10_000):
            for key, lead, notices, score, review in rows:
                yield Waiting(key, lead, tuple(notices), float(score or 0.0), tuple(review or ()))


def _narrowed(case: Case, every: Sequence[Waiting], query: str) -> list[Waiting]:
    if not query:
        return list(every)
    wanted = set(open_index(case).ids(parsed(case, query)))
    return [one for one in every if wanted.intersection(one.notice_ids)]


def _texts(case: Case, found: Sequence[Waiting]) -> dict[str, str]:
    """The hash of each notice's text, of the notices of these projects."""
    wanted = {notice for one in found for notice in one.notice_ids}
    with connect(case) as connection:
        cursor = connection.execute(
            "SELECT notice_id, json_extract_string(key, '$.text_hash') FROM notice_rows"
        )
        hashes: dict[str, str] = {}
        while rows := cursor.fetchmany(10_000):
            hashes |= {notice: text for notice, text in rows if notice in wanted}
    return hashes


def _said(
    decisions: Iterable[Decision], texts: Mapping[str, str]
) -> dict[str, dict[str, Relevance]]:
    """What each coder says last of each notice, as its text stands now."""
    last: dict[str, dict[str, Relevance]] = {}
    for decision in decisions:
        if texts.get(decision.notice_id) == decision.text_hash:
            last.setdefault(decision.notice_id, {})[decision.coder] = decision.relevant
    return last
