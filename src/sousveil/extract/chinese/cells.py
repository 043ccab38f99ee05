"""The cells of one line of a table: where they stand, and which of them are labels of the next."""

from collections.abc import Sequence

from sousveil.extract.chinese.forms import Label

_BLANK = " \t\n\r"
_WHOLE = frozenset(
    {"buyer", "agency", "project_id", "project_name", "method", "region", "deadline", "published"}
)
"""Labels of the notice as a whole: never a cell of a table's row of values."""


def labels_beside(labels: Sequence[Label | None]) -> list[int]:
    """Which cells are labels whose value is the next cell; none where the row is one of a table.

    Every label must have its value beside it. Where half the cells are unknown (招标人, 某局,
    招标人联系电话, 0000) a label of the whole notice is enough.
    """
    known = sum(label is not None for label in labels)
    beside = [
        index
        for index in range(len(labels) - 1)
        if labels[index] is not None and labels[index + 1] is None
    ]
    if not known or len(beside) != known:
        return []
    if known * 2 >= len(labels) - 1 or len(labels) == 2:
        return beside
    whole = any(label is not None and label.field in _WHOLE for label in labels[::2])
    return beside if len(labels) == 4 and whole else []


def split_cells(skeleton: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Column and span of each cell of the line [start, end), whose cells stand between tabs."""
    cells: list[tuple[int, int, int]] = []
    at = start
    for column, piece in enumerate(skeleton[start:end].split("\t")):
        stripped = piece.strip(_BLANK)
        first = at + (piece.index(stripped) if stripped else 0)
        cells.append((column, first, first + len(stripped)))
        at += len(piece) + 1
    return cells
