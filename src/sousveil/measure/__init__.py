"""Measuring an export against labels that readers made: knows records as exported, no stage."""

from sousveil.measure.compare import Evaluation, Mistake, evaluate, match
from sousveil.measure.labels import Label, read_export, read_labels
from sousveil.measure.score import Score, interval, squash

__all__ = [
    "Evaluation",
    "Label",
    "Mistake",
    "Score",
    "evaluate",
    "interval",
    "match",
    "read_export",
    "read_labels",
    "squash",
]
