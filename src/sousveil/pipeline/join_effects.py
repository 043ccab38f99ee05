"""What a judgement will change: the projects it touches, before and after, with their totals."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.judgements import read_judgements
from sousveil.model import Judgement, NoticeKey
from sousveil.pipeline.project_rows import members
from sousveil.resolve import resolve
from sousveil.resolve.member import Member
from sousveil.resolve.projects import Project, summarise

_keys = msgspec.json.Decoder(NoticeKey)


class Total(msgspec.Struct, frozen=True):
    """A project in brief. ``amount`` is in units of ``currency``."""

    project_key: str
    name: str | None
    notices: int
    amount: Decimal | None
    currency: str | None
    reason: str | None


class Expected(msgspec.Struct, frozen=True):
    """The projects touched as they are, and as the next run will have them."""

    before: tuple[Total, ...]
    after: tuple[Total, ...]


def expected(case: Case, judgements: Sequence[Judgement]) -> Expected | None:
    """What new judgements of projects will change; None for those of organisations, which change
    no total of a project. Judgements kept before and not yet taken up count too."""
    ends = [end for j in judgements if j.kind == "project" for end in (j.left, j.right)]
    if not ends:
        return None
    with connect(case) as connection:
        touched = connection.execute(
            "SELECT DISTINCT project_key FROM notices WHERE list_contains(?, notice_id)", [ends]
        ).fetchall()
        projects = sorted(str(key) for (key,) in touched)
        rows = connection.execute(
            "SELECT r.key FROM notice_rows r SEMI JOIN (SELECT notice_id FROM notices"
            " WHERE list_contains(?, project_key)) USING (notice_id)",
            [projects],
        ).fetchall()
        found = members(connection, projects)
        before = connection.execute(
            "SELECT project_key, name, len(notice_ids), amount, currency, amount_reason"
            " FROM projects WHERE list_contains(?, project_key) ORDER BY 1",
            [projects],
        ).fetchall()
    keys = [_keys.decode(key) for (key,) in rows]
    after = _after(keys, found, [*read_judgements(case), *judgements])
    return Expected(tuple(Total(*row) for row in before), tuple(_total(p) for p in after))


def _after(
    keys: Sequence[NoticeKey], found: Sequence[Member], judgements: Sequence[Judgement]
) -> list[Project]:
    """The projects that these notices make by themselves: no rule joins two of them through a
    notice outside the projects they are in."""
    resolved = {r.notice_id: r for r in resolve(keys, judgements).resolutions}
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in found:
        resolution = resolved[member.notice_id]
        groups[resolution.project_key].append(
            msgspec.structs.replace(member, duplicate_of=resolution.duplicate_of)
        )
    return [summarise(key, group) for key, group in sorted(groups.items())]


def _total(project: Project) -> Total:
    return Total(
        project.project_key,
        project.name,
        len(project.notice_ids),
        project.amount,
        project.currency,
        project.amount_reason,
    )
