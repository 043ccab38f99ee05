"""The review desk: what waits for a coder, what they say of it, how far they are.

Projects are decided on, not pages: what a coder says of a project stands as a decision on each of
its notices, taken from the same queue or sample. An adjudicator is shown the projects on which
coders differ, with what each said.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import msgspec

from sousveil.case.database import text_hashes
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
from sousveil.coding.pace import per_hour
from sousveil.coding.queues import QueueName, Waiting, population, queued, undecided
from sousveil.coding.reads import Stop, stop_of
from sousveil.coding.rulings import rulings
from sousveil.coding.scheme import in_use
from sousveil.errors import DecisionError
from sousveil.extract.masking import mask_text
from sousveil.model import Decision, Draw
from sousveil.model.decision import Relevance
from sousveil.model.scheme import FACETS, QuestionName, Scheme
from sousveil.pipeline.decidable import as_drawn, draws_of, narrowed, projects_of
from sousveil.pipeline.ranking import Decided, Ranker, Ranking, ranker_of, to_rank
from sousveil.pipeline.scheme import scheme_of
from sousveil.reference.taxonomy import Code

RANKED: tuple[QueueName, ...] = ("likely", "uncertain")
"""Queues that go by probability."""


class Progress(msgspec.Struct, frozen=True):
    """How far a coder is. ``shared``: projects that others decided on too, ``agreed``: where all
    who are sure say the same. ``pace``: decisions an hour, None where it cannot be told."""

    waiting: int
    decided: int
    yes: int
    no: int
    unsure: int
    shared: int
    agreed: int
    pace: float | None = None

    @property
    def yes_rate(self) -> float:
        """The share of yes among what they are sure of, 0 to 1; 0 where there is none."""
        return self.yes / (self.yes + self.no or 1)


class Answer(msgspec.Struct, frozen=True):
    """What is said of a project, as ``Decision`` has it."""

    relevant: Relevance
    capabilities: tuple[str, ...] | None = None
    platforms: tuple[str, ...] | None = None
    target_groups: tuple[str, ...] | None = None
    overseas_target: bool | None = None
    note: str | None = None


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
        every = projects_of(case)
        self._texts = text_hashes(case)
        self._queue, self._seed = "disagreements" if adjudicate else queue, seed
        self._ranker: Ranker | None = None
        self._ranking: Ranking | None = None
        if sample:
            drawn = read_sample(case, sample)
            self._draws = draws_of(drawn)
            self._all = as_drawn(drawn, every, self._texts)
        else:
            found = narrowed(case, every, query)
            said = rulings(self._decisions, self._texts)
            self._all = queued(self._queue, found, said, seed)
            draw = Draw("queue", self._queue, population(found), seed)
            self._draws = {one.project_key: draw for one in self._all}
            if learn and self._queue in RANKED:
                self._count = sum(one.lead in said for one in self._all)
                self._ranker = ranker_of(case, to_rank(self._all, said, seed))
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

    def own(self) -> dict[str, Decision]:
        """What this person said last, in this role, of each project's lead as its text stands."""
        role = "adjudicator" if self._adjudicate else "coder"
        return {
            d.notice_id: d
            for d in self._decisions
            if d.notice_id in self._leads
            and (d.coder, d.role, d.text_hash) == (self.coder, role, self._texts.get(d.notice_id))
        }

    @cached_property
    def _leads(self) -> frozenset[str]:
        """The notices to show of all projects: the same in every order."""
        return frozenset(one.lead for one in self._all)

    def find(self, project_key: str) -> Waiting | None:
        """A project of the queue or sample, decided on or not; None where it is not in it."""
        return next((one for one in self._all if one.project_key == project_key), None)

    def text_hash(self, project: Waiting) -> str:
        """Of the text of the notice that is shown: what is decided on."""
        return self._texts[project.lead]

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

    def repeats(self, project: Waiting, answer: Answer) -> bool:
        """Whether just this was said last of a project that waits no more."""
        own = self.own().get(project.lead)
        note = mask_text(answer.note) if answer.note else None
        said = msgspec.structs.astuple(msgspec.structs.replace(answer, note=note))
        waits = any(one.project_key == project.project_key for one in self.waiting())
        return own is not None and own.says() == said and not waits

    @cached_property
    def _is_whole(self) -> bool:
        """Whether the queue holds all of its population."""
        draw = self._draw(self._all[0]) if self._all else None
        return bool(draw and draw.kind == "queue" and draw.population == population(self._all))

    def stop(self) -> Stop | None:
        """How far the coder is from a proof that nearly all relevant projects of the queue are
        found; None where it does not hold all of its population, so that nothing can be proved."""
        if not self._is_whole:
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
        own = self.own()
        said = _last(self._decisions, self._texts, own)
        counts = Counter(decision.relevant for decision in own.values())
        both = [o for o in said.values() if self.coder in o and len(o) > 1]
        sure = [{d.relevant for d in o.values()} - {"unsure"} for o in both]
        return Progress(
            len(left),
            len(self._all) - len(left),
            counts["yes"],
            counts["no"],
            counts["unsure"],
            len(sure),
            sum(len(values) == 1 for values in sure),
            per_hour(decision.at for decision in own.values()),
        )


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
