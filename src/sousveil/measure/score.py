"""Counts of right, wrong and missed values, the rates they give, and how sure the rates are."""

import math
import unicodedata

import msgspec

_Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


class Score(msgspec.Struct):
    """Counts of one field. A wrong value where one is labelled is both ``wrong`` and ``missed``."""

    right: int = 0
    wrong: int = 0
    """A value that differs from the label, or one where the label is null."""
    missed: int = 0
    """A label that was not found, or found wrong."""

    @property
    def precision(self) -> float:
        """Right of all values given; 0 where none was given."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Right of all values labelled; 0 where none was labelled."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def count(self, labelled: str | None, exported: str | None) -> bool:
        """Count one pair of values as ``squash`` gives them; whether they are the same."""
        if labelled == exported:
            self.right += labelled is not None
            return True
        self.wrong += exported is not None
        self.missed += labelled is not None
        return False

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def interval(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score (1927); (0, 1) where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, z2 = right / of, _Z * _Z
    centre = share + z2 / (2 * of)
    half = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, (centre - half) / (1 + z2 / of)), min(1.0, (centre + half) / (1 + z2 / of))


def squash(value: object) -> str | None:
    """The form in which values are compared: NFKC without white space; None for null."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{float(value):.4f}"
    return "".join(unicodedata.normalize("NFKC", str(value)).split())
