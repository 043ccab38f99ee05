"""Replace found spans by mask tokens and carry offsets of cells over to the masked text."""

from bisect import bisect_right
from collections.abc import Sequence

from sousveil.model import Cell, MaskedSpan
from sousveil.model.document import MaskKind

Found = Sequence[tuple[MaskKind, int, int]]


def token(kind: MaskKind) -> str:
    """The mask token of a kind, e.g. 〔person〕."""
    return f"〔{kind}〕"


def replace(
    text: str, found: Found, quoted: frozenset[int] = frozenset()
) -> tuple[str, tuple[MaskedSpan, ...]]:
    """The masked text and its offset map. ``found`` is in order and does not overlap.

    ``quoted`` are starts of bare JSON numbers, whose mask gets quotes of its own.
    """
    if not found:
        return text, ()
    parts: list[str] = []
    masked: list[MaskedSpan] = []
    position = shift = 0
    for kind, start, end in found:
        mask = f'"{token(kind)}"' if start in quoted else token(kind)
        parts.append(text[position:start])
        parts.append(mask)
        masked.append(MaskedSpan(kind, start + shift, start + shift + len(mask), start, end))
        shift += len(mask) - (end - start)
        position = end
    parts.append(text[position:])
    return "".join(parts), tuple(masked)


def shift_cells(cells: Sequence[Cell], masked: Sequence[MaskedSpan]) -> tuple[Cell, ...]:
    """Cells with offsets into the masked text.

    A border that falls inside a masked span moves outwards to the token's border.
    """
    if not masked or not cells:
        return tuple(cells)
    starts = [span.parsed_start for span in masked]

    def carried(offset: int, *, is_end: bool) -> int:
        index = bisect_right(starts, offset - 1 if is_end else offset) - 1
        if index < 0:
            return offset
        span = masked[index]
        if offset >= span.parsed_end:
            return offset + span.end - span.parsed_end
        return span.end if is_end else span.start

    return tuple(
        Cell(
            cell.table,
            cell.row,
            cell.column,
            start := carried(cell.start, is_end=False),
            max(start, carried(cell.end, is_end=True)),
        )
        for cell in cells
    )
