"""The review desk: what waits for a coder, what they say of it, how far they are.

Projects are decided on, not pages: what a coder says of a project stands as a decision on each of
its notices, taken from the same queue or sample. An adjudicator is shown the projects on which
coders differ, with what each said.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from sousveil.case.database import connect, text_hashes
from sousveil.case.decisions import (
    append_decisions,
    coder_name,
    decision_id,
    read_decisions,
)
from sousveil.case.folder import Case
from sousveil.case.ledger import moment
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.case.samples import read_sample
from sousveil.case.scheme import keep_scheme
from sousveil.coding.queues import QueueName, Waiting, population, queued, undecided
from sousveil.coding.reads import Stop, stop_of
from sousveil.coding.rulings import rulings
from sousveil.coding.sampling import chance
from sousveil.coding.scheme import in_use
from sousveil.errors import DecisionError
from sousveil.extract.masking import mask_text
from sousveil.model import Decision, Draw
from sousveil.model.decision import Relevance
from sousveil.model.sample import DrawnSample
from sousveil.model.scheme import FACETS, QuestionName, Scheme
from sousveil.pipeline.find import open_index, parsed
from sousveil.pipeline.ranking import Decided, Ranker, Ranking, ranker_of
from sousveil.pipeline.scheme import scheme_of
from sousveil.reference.taxonomy import Code

_PROJECTS = """
SELECT p.project_key, p.lead_notice_id, p.notice_ids, p.surveillance_score,
       list_sort(list_distinct(flatten(list(n.review))))
FROM projects p JOIN notices n ON n.project_key = p.project_key
GROUP BY ALL
ORDER BY p.project_key
"""


RANKED: tuple[QueueName, ...] = ("likely", "uncertain")
"""Queues that go by probability."""
_FIRST = 2_500


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
    """One coder, or one adjudicator, at one queue or sample of a case."""

    def __init__(
        self,
        case: Case,
        coder: str,
        queue: QueueName = "likely",
        *,
        query: str = "",
        sample: str = "",
        seed: int = 1,
        adjudicate: bool = False,
        learn: bool = False,
    ) -> None:
        """``query`` narrows a queue; ``sample`` is the name of one that was drawn, and takes its
        place. ``learn``: what waits is ranked anew as decisions come, in the queues that go by
        probability; call ``close`` when done.

        Raises QueryError, and DecisionError for a name that cannot be used, one that the case's
        scheme does not have, and a scheme that cannot be used."""
        self.coder = coder_name(coder)
        self.scheme = scheme_of(case)
        self._adjudicate = adjudicate
        _check_role(self.scheme, self.coder, adjudicate)
        self._case = case
        self.taxonomy = taxonomy_of(case)
        self._decisions = read_decisions(case)
        every = list(projects_of(case))
        self._texts = text_hashes(case)
        self._queue, self._seed = "disagreements" if adjudicate else queue, seed
        self._ranker: Ranker | None = None
        self._ranking: Ranking | None = None
        if sample:
            drawn = read_sample(case, sample)
            self._draws = draws_of(drawn)
            self._all = _as_drawn(drawn, every, self._texts)
        else:
            found = narrowed(case, every, query)
            said = rulings(self._decisions, self._texts)
            self._all = queued(self._queue, found, said, seed)
            draw = Draw("queue", self._queue, population(found), seed)
            self._draws = {one.project_key: draw for one in self._all}
            if learn and self._queue in RANKED:
                self._count = sum(one.lead in said for one in self._all)
                self._ranker = ranker_of(case, _to_rank(self._all, said, seed))
                self._inform(self._ranker)

    def _draw(self, project: Waiting) -> Draw:
        return self._draws[project.project_key]

    def rerank(self) -> bool:
        """Go by what was learned since, where that is done: whether the order is another now. It
        never waits. ``decide`` begins the learning."""
        found = self._ranker.latest() if self._ranker else None
        if found is None or found is self._ranking:
            return False
        self._ranking = found
        scored = [
            msgspec.structs.replace(one, score=found.scores.get(one.lead, one.score))
            for one in self._all
        ]
        self._all = queued(self._queue, scored, {}, self._seed)
        self._draws = {
            key: msgspec.structs.replace(draw, model=found.model)
            for key, draw in self._draws.items()
        }
        return True

    def settle(self) -> None:
        """Wait until all that was decided is learned."""
        if self._ranker:
            self._ranker.settle()
            self._inform(self._ranker)
            self._ranker.settle()

    def close(self) -> None:
        """Give up what is being learned."""
        if self._ranker:
            self._ranker.close()

    def _inform(self, ranker: Ranker) -> None:
        projects, decisions = self._all, tuple(self._decisions)

        def decided() -> Decided:
            said = rulings(decisions, self._texts)
            return {
                one.lead: (
                    said[one.lead],
                    (f"project {one.project_key}", f"text {self._texts[one.lead]}"),
                )
                for one in projects
                if one.lead in said
            }

        ranker.inform(self._count, decided)

    def waiting(self) -> list[Waiting]:
        """What the coder has not decided on, in order; of an adjudicator what nobody settled."""
        if not self._adjudicate:
            return undecided(self._all, self._decisions, self._texts, self.coder, self._draw)
        said = rulings(self._decisions, self._texts)
        return [
            one
            for one in self._all
            if one.lead in said
            and said[one.lead].review in (("coders_disagree",), ("coder_unsure",))
            and said[one.lead].adjudicator is None
        ]

    def said_of(self, project: Waiting) -> list[Decision]:
        """What each coder says last of a project's lead as its text stands, by name."""
        last = _last(self._decisions, self._texts, [project.lead]).get(project.lead, {})
        return [last[name] for name in sorted(last)]

    def codes(self, question: QuestionName) -> tuple[Code, ...]:
        """The codes that a question may be answered with, as the scheme defines them."""
        return in_use(self.scheme, question, self.taxonomy)

    def decide(
        self,
        project: Waiting,
        relevant: Relevance,
        *,
        capabilities: tuple[str, ...] | None = None,
        platforms: tuple[str, ...] | None = None,
        target_groups: tuple[str, ...] | None = None,
        overseas_target: bool | None = None,
        note: str | None = None,
    ) -> list[Decision]:
        """Note what is said of a project, on each of its notices. None: nothing is said of it. The
        lock must be held.

        Raises DecisionError for a code that the taxonomy does not have, or the scheme not in use.
        """
        self._check_codes("capabilities", capabilities or ())
        self._check_codes("platforms", platforms or ())
        self._check_codes("target_groups", target_groups or ())
        notices = [notice for notice in project.notice_ids if notice in self._texts]
        settled = _last(self._decisions, self._texts, notices) if self._adjudicate else {}
        said = Decision(
            self.coder,
            moment(),
            "",
            "",
            relevant,
            capabilities,
            platforms,
            target_groups,
            overseas_target,
            self.taxonomy.version,
            self._draw(project),
            mask_text(note) if note else None,
            self.scheme.hash if self.scheme else "",
            "adjudicator" if self._adjudicate else "coder",
        )
        made = [
            msgspec.structs.replace(
                said,
                notice_id=notice,
                text_hash=self._texts[notice],
                settles=tuple(sorted(map(decision_id, settled.get(notice, {}).values()))),
            )
            for notice in notices
        ]
        if self.scheme:
            keep_scheme(self._case, self.scheme.hash)
        append_decisions(self._case, self.coder, made)
        self._decisions += made
        if self._ranker:
            self._count += 1
            self._inform(self._ranker)
        return made

    def stop(self) -> Stop | None:
        """How far the coder is from a proof that nearly all relevant projects of the queue are
        found; None where it does not hold all of its population, so that nothing can be proved."""
        draw = self._draw(self._all[0]) if self._all else None
        if draw is None or draw.kind != "queue" or draw.population != population(self._all):
            return None
        own = [decision for decision in self._decisions if decision.coder == self.coder]
        return stop_of(self._all, own, self._texts)

    def _check_codes(self, question: QuestionName, named: Iterable[str]) -> None:
        known = {code.id for code in self.codes(question)}
        for code in named:
            if code not in known:
                raise DecisionError(
                    f"There is no {FACETS[question].replace('_', ' ')} {code}.",
                    f"'sousveil {'scheme' if self.scheme else 'taxonomy'} show' names them.",
                )

    def progress(self) -> Progress:
        """How far the coder is in this queue or sample."""
        left = self.waiting()
        said = _last(self._decisions, self._texts, [one.lead for one in self._all])
        own = [said[w.lead] for w in self._all if self.coder in said.get(w.lead, {})]
        counts = {value: sum(o[self.coder].relevant == value for o in own) for value in _VALUES}
        sure = [{d.relevant for d in o.values()} - {"unsure"} for o in own if len(o) > 1]
        return Progress(
            len(left),
            len(self._all) - len(left),
            counts["yes"],
            counts["no"],
            counts["unsure"],
            len(sure),
            sum(len(values) == 1 for values in sure),
        )


def _to_rank(waiting: Sequence[Waiting], said: Collection[str], seed: int) -> list[str]:
    """The leads that are ranked anew: what is decided, the first of the queue, and as many of the
    rest by chance, for what the rules do not know stands anywhere in it."""
    decided = [one.lead for one in waiting if one.lead in said]
    open_ = [one for one in waiting if one.lead not in said]
    rest = sorted(open_[_FIRST:], key=lambda one: chance(seed, one.project_key))
    return [*decided, *(one.lead for one in (*open_[:_FIRST], *rest[:_FIRST]))]


def _check_role(scheme: Scheme | None, name: str, adjudicate: bool) -> None:
    """Raise DecisionError for a name that the scheme does not have where it has any."""
    if scheme is None:
        return
    allowed = scheme.adjudicators if adjudicate else scheme.coders
    if allowed and name not in map(coder_name, allowed):
        kind = "adjudicator" if adjudicate else "coder"
        raise DecisionError(
            f"{name} is no {kind} of the coding scheme.",
            f"It has {', '.join(allowed)}; add the name to scheme.toml if it is to be one.",
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


def _last(
    decisions: Iterable[Decision], texts: Mapping[str, str], notices: Collection[str]
) -> dict[str, dict[str, Decision]]:
    """What each coder says last of these notices, as their texts stand now."""
    wanted, last = set(notices), dict[str, dict[str, Decision]]()
    for decision in decisions:
        notice = decision.notice_id
        present = notice in wanted and texts.get(notice) == decision.text_hash
        if present and decision.role == "coder":
            last.setdefault(notice, {})[decision.coder] = decision
    return last
