"""What came of learning from decisions: whether a model is in use, and by what figures."""

import msgspec


class Measured(msgspec.Struct, frozen=True):
    """How well notices that were decided on are told. ``named`` as surveillance, ``right`` of them
    rightly, of ``positives`` in all; ``log_loss`` in nats a notice."""

    log_loss: float
    named: int
    right: int
    positives: int

    @property
    def precision(self) -> float:
        """The share of those named that are surveillance; 1 where none is named."""
        return self.right / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        """The share of surveillance that is named; 1 where there is none."""
        return self.right / self.positives if self.positives else 1.0


class Learning(msgspec.Struct, frozen=True):
    """What learning from a case's decisions came to.

    ``notices`` were decided on by people who agree, ``groups`` of them are of different projects
    and texts; ``positives`` are surveillance. ``rules`` and ``model`` are cross-validated on them,
    None where there were too few. ``reason`` says in words why the model is used or not.
    """

    decisions: int
    notices: int
    positives: int
    groups: int
    used: bool
    reason: str
    version: str = ""
    """Of the model in use: changes with anything that it was learned from."""
    rules: Measured | None = None
    model: Measured | None = None
    undecided: int = 0
    """Notices on which coders are unsure, disagree, or decided on another text."""
