"""What the review desk shows beside the record: the questions, what was said, how far it is."""

from collections.abc import Mapping, Sequence
from math import ceil

import msgspec

from sousveil.coding.queues import Waiting
from sousveil.coding.reads import Stop
from sousveil.model import Decision
from sousveil.model.decision import Relevance
from sousveil.model.scheme import FACETS, QuestionName
from sousveil.pipeline.desk import Desk, Progress
from sousveil.pipeline.sitting import Sitting
from sousveil.reference.taxonomy import Code
from sousveil.report.record.load import texts
from sousveil.report.record.pages import chosen, page_views
from sousveil.report.record.pictures import Pictures
from sousveil.report.record.timeline import Timeline, timeline
from sousveil.report.record.view import RecordView, view
from sousveil.web.desk_state import DeskState
from sousveil.web.pages.record import found_row
from sousveil.web.record_links import Links
from sousveil.web.record_sheets import Sheet, sheets
from sousveil.web.room import Reading

FIRST = (
    "buyer", "buyer_type", "suppliers", "award", "budget", "ceiling", "published", "place",
)  # fmt: skip
"""Fields that a coder sees without asking, as in the terminal."""

ANSWERS: tuple[tuple[str, Relevance], ...] = (("y", "yes"), ("n", "no"), ("u", "unsure"))
"""The key of each answer."""


class Looked(msgspec.Struct, frozen=True):
    """A record as a coder sees it: as the rules read it, not as others decided."""

    record: RecordView
    sheets: Sequence[Sheet]
    links: Links
    project: Timeline


def look(reading: Reading, pictures: Pictures, notice_id: str, *, codes: bool = True) -> Looked:
    """The record of a notice; ``codes``: they stand beside it.

    Raises HTTPException 404 where there is none.
    """
    row = found_row(reading, notice_id)
    record = view({**row, "coding": row["by_rules"], "basis": "{}"}, reading.taxonomy)
    numbers = chosen(record, None)
    with reading.database() as connection:
        pages = texts(connection, record.document_sha256, numbers)
        project = timeline(connection, row, reading.documents_of)
    views = page_views(record, pages, numbers)
    found = sheets(pictures, reading.state, record, pages, views, "text")
    return Looked(record, found, Links(record, found, "text", codes=codes), project)


class Asked(msgspec.Struct, frozen=True):
    """A question that is answered with codes, as a form has it. ``chosen``: the codes that the
    coder named before; ``none``: that they said there is none."""

    name: QuestionName
    codes: Sequence[Code]
    chosen: Sequence[str]
    none: bool
    asks: str = ""


def asked(desk: Desk, said: Decision | None) -> list[Asked]:
    """The questions of the scheme; of the taxonomy's facets without one."""
    found = []
    for name in FACETS:
        before: tuple[str, ...] | None = getattr(said, name) if said else None
        question = desk.scheme.question(name) if desk.scheme else None
        codes = desk.codes(name)
        if codes:
            asks = question.asks if question else ""
            found.append(Asked(name, codes, before or (), before == (), asks))
    return found


class Opinion(msgspec.Struct, frozen=True):
    """What one coder says of a project. ``codes``: by question, each with whether all who named
    codes name it; None where they said nothing."""

    key: str
    decision: Decision
    codes: Mapping[str, Sequence[tuple[str, bool]] | None]


def opinions(decisions: Sequence[Decision]) -> list[Opinion]:
    """What coders say, side by side; each can be adopted by a key, from 1."""
    found = []
    for number, decision in enumerate(decisions, 1):
        codes: dict[str, Sequence[tuple[str, bool]] | None] = {}
        for name in FACETS:
            named = [c for c in (getattr(d, name) for d in decisions) if c is not None]
            own = getattr(decision, name)
            codes[name] = own and [(code, all(code in each for each in named)) for code in own]
        found.append(Opinion(str(number) if number < 10 else "", decision, codes))
    return found


class Standing(msgspec.Struct, frozen=True):
    """How far the person is: always in sight. ``before``: the project met just before and what
    they said of it, None where they skipped it."""

    progress: Progress
    stop: Stop | None
    place: tuple[int, int] | None
    before: tuple[Waiting, Decision | None] | None

    @property
    def minutes_left(self) -> int | None:
        """How long the rest takes at their pace."""
        pace = self.progress.pace
        return ceil(self.progress.waiting / pace * 60) if pace else None


def standing(sitting: Sitting, project: Waiting | None) -> Standing:
    """How far they are at a project, or at the end."""
    place = sitting.way.place(project) if project else None
    last = sitting.way.before(project)
    before = (last, sitting.desk.own().get(last.lead)) if last else None
    return Standing(sitting.desk.progress(), sitting.desk.stop(), place, before)


def title_of(reading: Reading, notice_id: str) -> str:
    """What a notice calls itself; "" where it does not."""
    with reading.database() as connection:
        found = connection.execute(
            "SELECT coalesce(title, project_name) FROM notice_rows WHERE notice_id = ?",
            [notice_id],
        ).fetchone()
    return str(found[0] or "") if found else ""


class Around(msgspec.Struct, frozen=True):
    """Where a page of the desk leads. ``before``: to what was met before."""

    send: str
    skip: str
    again: str
    before: str | None
    choosing: str


def around(state: DeskState, sitting: Sitting, project: Waiting | None) -> Around:
    """The addresses about a project."""
    before = sitting.way.before(project)
    return Around(
        state.address(),
        state.address(to="/skip"),
        state.address(to="/again"),
        state.address(before.project_key) if before else None,
        state.choosing(),
    )
