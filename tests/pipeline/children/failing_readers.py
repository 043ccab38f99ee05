"""Children that fail some pieces of names. Not a test: children import it by its name."""

import os
import time

from sousveil.pipeline.reading_names import Piece, read_piece
from sousveil.resolve.organisations.records import Said


def dies(piece: Piece) -> list[Said]:
    """Ends its process at some pieces."""
    if piece.number in (0, 5):
        os._exit(1)
    return read_piece(piece)


def waits(piece: Piece) -> list[Said]:
    """Does not come to an end with one piece."""
    if piece.number == 3:
        time.sleep(600)
    return read_piece(piece)


def leaves_out(piece: Piece) -> list[Said]:
    """Says less than it was asked."""
    return read_piece(piece)[piece.number % 2 :]
