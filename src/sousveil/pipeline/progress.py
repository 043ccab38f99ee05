"""How long work tells of itself, whoever shows it."""

from typing import Protocol


class Progress(Protocol):
    """Something that shows phases of work. Every method returns at once."""

    def start(self, phase: str, total: int | None) -> None:
        """A phase begins; ``total`` steps are expected, None when that is not known."""

    def advance(self, steps: int = 1) -> None:
        """Steps of the present phase are done."""

    def finish(self) -> None:
        """The present phase is over."""


class Silent:
    """Shows nothing."""

    def start(self, phase: str, total: int | None) -> None:
        """Nothing to show."""

    def advance(self, steps: int = 1) -> None:
        """Nothing to show."""

    def finish(self) -> None:
        """Nothing to show."""
