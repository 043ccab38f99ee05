"""The life of a child process: put up the walls, get ready, work on items until told to stop."""

import gc
import os
import pickle
import sys
import traceback
from multiprocessing.connection import Connection

from sousveil.engine.protect import limit_memory, limit_processor, protect
from sousveil.engine.records import (
    Failed,
    Files,
    Limits,
    Message,
    NotReady,
    Ready,
    Result,
    Setup,
    encode_message,
)
from sousveil.errors import SousveilError


def live(connection: Connection, limits: Limits, files: Files) -> None:
    """Run in the child: the first message is a pickled Setup, each other one a list of items.

    One message goes back for each item, in order, so that the parent always knows which item is
    being worked on. An empty message ends the child. Leaves without cleaning up: whatever an item
    left behind must not run again.
    """
    parent = os.getppid()
    _close_all_but(connection.fileno())
    held = protect(limits, files, parent)
    _be_silent()
    try:
        setup = _begin(connection)
        if setup is not None:
            held["memory"] = limit_memory(limits.memory_bytes)
            held["processor_time"] = limit_processor(limits.seconds_per_item)
            _send(connection, Ready(held))
            while batch := connection.recv_bytes():
                for item in pickle.loads(batch):  # noqa: S301 (comes from the parent)
                    limit_processor(limits.seconds_per_item)
                    _send(connection, work(setup, item, limits.output_bytes))
    except (EOFError, OSError):
        pass  # the parent is gone or has had enough
    os._exit(0)


def work(setup: Setup, item: object, most: int) -> Message:
    """The message for one item; whatever it raises is told without its text."""
    try:
        payload = setup.encode(setup.function(item))
    except MemoryError:
        gc.collect()
        return Failed("limit", "It needs more memory than allowed.", memory=True)
    except RecursionError:
        return Failed("limit", "It is nested too deep.")
    except SousveilError as error:
        return Failed("crashed", error.message)
    except (Exception, SystemExit, GeneratorExit) as error:  # noqa: BLE001 (one item's boundary)
        return Failed("crashed", describe(error))
    if len(payload) > most:
        return Failed("limit", f"Its result has {len(payload):,} bytes; {most:,} is the most.")
    return Result(payload)


def describe(error: BaseException) -> str:
    """The type of an exception and where it was raised: never its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = ""
    if frames:
        last = frames[-1]
        place = f" at {os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
    return f"Unexpected {type(error).__name__}{place}."


def _begin(connection: Connection) -> Setup | None:
    """Import the function and prepare; None, told to the parent, where that fails."""
    packed = connection.recv_bytes()
    try:
        setup = pickle.loads(packed)  # noqa: S301 (comes from the parent)
        if not isinstance(setup, Setup):
            raise TypeError
        if setup.initializer is not None:
            setup.initializer(*setup.arguments)
        _spare_collections()
    except Exception as error:  # noqa: BLE001 (told to the parent, which raises)
        text = str(error) if isinstance(error, ImportError | AttributeError) else ""
        _send(connection, NotReady(f"{describe(error)} {text}".strip()))
        return None
    return setup


def _spare_collections() -> None:
    """Leave the tables just loaded out of every collection, and collect a little less often.

    They never become garbage; going over them again and again took a fifth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _close_all_but(kept: int) -> None:
    """Close what was inherited, the line to the process that removes shared memory for instance."""
    most = os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else 256
    os.closerange(3, kept)
    os.closerange(kept + 1, most)


def _send(connection: Connection, message: Message) -> None:
    connection.send_bytes(encode_message(message))


def _be_silent() -> None:
    """Nothing a library prints may reach the terminal or a log: it may quote a document."""
    sys.stdin = None
    with open(os.devnull, "r+b", buffering=0) as nothing:  # noqa: PTH123
        for descriptor in (0, 1, 2):
            os.dup2(nothing.fileno(), descriptor)
