"""How much of a PDF is looked at to find its tables: drawings of millions of lines have none."""

_MOST_A_PAGE = 200_000
_MOST_A_DOCUMENT = 5_000_000
"""Steps: a path's point looked at or a corner of a cell tried; a million takes about a second."""


class TooMuchDrawnError(Exception):
    """A page draws more lines than are looked at. Raised by Effort, caught where a page is read."""


class Effort:
    """Counts the steps of one document."""

    def __init__(self) -> None:
        self._page = self._document = 0

    def next_page(self) -> None:
        """A page begins."""
        self._page = 0

    def spend(self, steps: int) -> None:
        """So many steps more. Raises TooMuchDrawnError at the limits."""
        self._page += steps
        self._document += steps
        if self._page > _MOST_A_PAGE or self._document > _MOST_A_DOCUMENT:
            raise TooMuchDrawnError
