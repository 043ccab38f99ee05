"""Joining without Python's search for cycles.

Joining holds millions of records that never refer to themselves; going over them again and again
to look for cycles took a sixth of the time of a million names.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile; what was set before holds again afterwards."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
