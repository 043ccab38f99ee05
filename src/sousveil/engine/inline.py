"""The engine without children: the same interface in this process, for tests and debugging."""

from collections.abc import Callable, Iterable, Iterator

from sousveil.engine.child import work
from sousveil.engine.records import (
    Codec,
    Crashed,
    Done,
    Failed,
    Files,
    ItemT,
    Limits,
    Result,
    ResultT,
    Setup,
    Task,
    pickling,
)


def run_inline(
    function: Task[ItemT, ResultT],
    items: Iterable[ItemT],
    *,
    workers: int = 1,
    limits: Limits | None = None,
    files: Files | None = None,
    initializer: Callable[..., object] | None = None,
    arguments: tuple[object, ...] = (),
    codec: Codec[ResultT] | None = None,
) -> Iterator[Done[ItemT, ResultT] | Crashed[ItemT]]:
    """Like ``pool.run``, in order and in this process; of the limits only the output's holds.

    No wall stands: never for documents from elsewhere. ``workers`` and ``files`` are
    not used.
    """
    chosen: Codec[ResultT] = codec or pickling()
    most = (limits or Limits()).output_bytes
    setup = Setup(function, initializer, arguments, chosen.encode)
    if initializer is not None:
        initializer(*arguments)
    for item in items:
        message = work(setup, item, most)
        if isinstance(message, Result):
            yield Done(item, chosen.decode(message.payload))
        elif isinstance(message, Failed):
            yield Crashed(item, message.reason, message.message)
