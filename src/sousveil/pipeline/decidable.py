"""The projects that could be decided on: all of a case, those of a query, those of a sample."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.coding.queues import Waiting
from sousveil.coding.sampling import chance
from sousveil.model import Draw
from sousveil.model.sample import DrawnSample
from sousveil.pipeline.find import open_index, parsed

_PROJECTS = """
WITH asked AS (
    SELECT project_key, list_sort(list_distinct(flatten(list(review)))) AS review
    FROM notices GROUP BY project_key
)
SELECT project_key, p.lead_notice_id, p.notice_ids, p.surveillance_score, asked.review
FROM projects p JOIN asked USING (project_key)
ORDER BY project_key
"""


def projects_of(case: Case) -> tuple[Waiting, ...]:
    """Every project of a case, by key. Read again only once another state is committed."""
    return _projects(case, case.mark())


@lru_cache(maxsize=1)
def _projects(case: Case, _mark: tuple[int, ...]) -> tuple[Waiting, ...]:
    with connect(case) as connection:
        rows = connection.execute(_PROJECTS).fetchall()
    return tuple(
        Waiting(key, lead, tuple(notices), float(score or 0.0), tuple(review or ()))
        for key, lead, notices, score, review in rows
    )


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


def as_drawn(
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
