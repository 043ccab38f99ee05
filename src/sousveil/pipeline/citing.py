"""A figure as it is cited: counted now, in the state of the case that stands."""

from datetime import UTC, datetime

from sousveil import __version__
from sousveil.case.folder import Case
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.errors import UsageError
from sousveil.pipeline.question_files import Question, WrongLine
from sousveil.pipeline.questions import Counting
from sousveil.report.citation import Figure


def figure(case: Case, query: str) -> Figure:
    """What a query finds, as a figure to cite. Raises UsageError for a query that cannot be
    asked."""
    with Counting.of(case) as counting:
        counted = next(counting.count([Question("figure", query)]))
        if isinstance(counted, WrongLine):
            raise UsageError(counted.message, counted.hint)
        return Figure(
            case.settings.name,
            counted.normalised,
            counted.projects,
            counted.notices,
            counting.snapshot.id,
            taxonomy_of(case).version,
            __version__,
            datetime.now(UTC).date(),
        )
