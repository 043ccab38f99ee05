"""Runs callables it is handed in limited child processes."""

from sousveil.engine.inline import run_inline
from sousveil.engine.pool import Pool, protections, run, usable_processors
from sousveil.engine.records import Codec, Crashed, Done, Files, Limits, Task
from sousveil.engine.worker import share

__all__ = [
    "Codec",
    "Crashed",
    "Done",
    "Files",
    "Limits",
    "Pool",
    "Task",
    "protections",
    "run",
    "run_inline",
    "share",
    "usable_processors",
]
