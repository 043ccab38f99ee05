"""Compares exported rows with labels, field by field.

The rule: exact match after NFKC and removal of white space; null against null is ignored; a wrong
value counts against precision and recall both. Lists count item by item.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sousveil.errors import UsageError
from sousveil.measure.labels import Label, Row
from sousveil.measure.score import Score, squash


class Mistake(msgspec.Struct, frozen=True):
    """A value that is not as labelled; both as compared, None where there is none."""

    label: str
    field: str
    labelled: str | None
    exported: str | None


class Evaluation(msgspec.Struct):
    """What was measured: scores by set and field."""

    labels: int = 0
    found: int = 0
    """Labelled notices for which a row was exported."""
    unfound: list[str] = msgspec.field(default_factory=list)
    surplus: list[str] = msgspec.field(default_factory=list)
    """Labels of records that are no notices, for which a row was exported."""
    scores: dict[str, dict[str, Score]] = msgspec.field(default_factory=dict)
    mistakes: list[Mistake] = msgspec.field(default_factory=list)

    def fields(self, part: str | None = None) -> dict[str, Score]:
        """Scores by field, of one set or of all together."""
        total: dict[str, Score] = {}
        for name, fields in self.scores.items():
            if part is None or part == name:
                for field, score in fields.items():
                    total[field] = total.get(field, Score()) + score
        return total

    def micro(self, part: str | None = None) -> Score:
        """All fields together."""
        return sum(self.fields(part).values(), Score())


def evaluate(labels: Sequence[Label], rows: Iterable[Row]) -> Evaluation:
    """Compare labels with exported rows. Memory holds the labelled rows only.

    A label that names a document and no page is compared with the document's first row. Raises
    UsageError where a label has a field that the export does not: a slip of the pen is no miss.
    """
    found = match(labels, rows)
    columns = {name for row in found.values() for name in row}
    result = Evaluation(labels=len(labels))
    for label in labels:
        given = found.get(label.line)
        scores = result.scores.setdefault(label.part, {})
        if not label.is_notice:
            if given is not None:
                result.surplus.append(label.name)
            continue
        result.found += given is not None
        if given is None:
            result.unfound.append(label.name)
        for field, value in label.values.items():
            if columns and field not in columns:
                raise UsageError(
                    f"Line {label.line} of the labels: the export has no column {field!r}.",
                    "The columns are those of docs/reference/export.md; 'note' is free for you.",
                )
            exported = (given or {}).get(field)
            if isinstance(value, str) and _is_number(exported):
                value = _number(value)
            mistakes = list(_compare(scores, field, value, exported))
            result.mistakes += [Mistake(label.name, field, *pair) for pair in mistakes]
    return result


def match(labels: Iterable[Label], rows: Iterable[Row]) -> dict[int, Row]:
    """By the label's line, the row it is compared with: the first of its document or page."""
    wanted = _Wanted(labels)
    found: dict[int, Row] = {}
    for row in rows:
        for label in wanted.of(row):
            kept = found.get(label.line)
            if kept is None or _place(row) < _place(kept):
                found[label.line] = row
    return found


class _Wanted:
    """Labels by what they name their record by."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._by: dict[tuple[str, object], list[Label]] = {}
        for label in labels:
            key: tuple[str, object]
            if label.notice_id:
                key = ("notice_id", label.notice_id)
            elif label.document_sha256:
                key = ("document_sha256", label.document_sha256)
            else:
                key = ("source_path", label.source_path)
            self._by.setdefault(key, []).append(label)

    def of(self, row: Row) -> Iterator[Label]:
        """The labels of a row."""
        for name in ("notice_id", "document_sha256", "source_path"):
            for label in self._by.get((name, row.get(name)), ()):
                if label.page is None or label.notice_id or label.page == row.get("page"):
                    yield label


def _place(row: Row) -> tuple[int, str]:
    page = row.get("page")
    return page if isinstance(page, int) else 0, str(row.get("notice_id"))


def _compare(
    scores: dict[str, Score], field: str, labelled: object, exported: object
) -> Iterator[tuple[str | None, str | None]]:
    """Count one field; gives what differs."""
    score = scores.setdefault(field, Score())
    if isinstance(labelled, list) or isinstance(exported, list):
        want, got = _items(labelled), _items(exported)
        score.right += len(want & got)
        score.wrong += len(got - want)
        score.missed += len(want - got)
        yield from ((None, item) for item in sorted(got - want))
        yield from ((item, None) for item in sorted(want - got))
        return
    one, other = squash(labelled), squash(exported)
    if not score.count(one, other):
        yield one, other


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str) -> object:
    """A number that a reader put in quotation marks."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


def _items(value: object) -> set[str]:
    items = value if isinstance(value, list) else [value]
    return {plain for item in items if (plain := squash(item)) is not None}
