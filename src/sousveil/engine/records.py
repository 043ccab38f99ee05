"""What the engine is told and what it gives back."""

import pickle
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import msgspec

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")
ResultT_co = TypeVar("ResultT_co", covariant=True)
ItemT_contra = TypeVar("ItemT_contra", contravariant=True)


class Limits(msgspec.Struct, frozen=True):
    """What one item may use.

    ``seconds_per_item``: wall-clock time, and processor time where the system can limit it.
    ``memory_bytes``: address space beyond what a worker has when it is ready.
    ``open_files``: file descriptors of a worker.
    ``output_bytes``: size of an item's encoded result; ``file_bytes``: of any file a worker writes.
    ``tasks``: threads and processes of a worker together.
    """

    seconds_per_item: float = 60.0
    memory_bytes: int = 1 << 30
    open_files: int = 64
    output_bytes: int = 256 << 20
    file_bytes: int = 256 << 20
    tasks: int = 64


class Files(msgspec.Struct, frozen=True):
    """What a worker reaches of the disk beside the program's own files: folders and files to read,
    folders to write in."""

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()


class Done(msgspec.Struct, Generic[ItemT, ResultT], frozen=True):
    """An item and what the function gave for it."""

    item: ItemT
    result: ResultT


class Crashed(msgspec.Struct, Generic[ItemT], frozen=True):
    """An item that gave nothing. ``reason`` is ``limit`` or ``crashed``.

    ``message`` names the limit, the signal or the type of the exception and where it was raised;
    it never holds an exception's own text, which may quote what was read.
    """

    item: ItemT
    reason: str
    message: str


class Task(Protocol[ItemT_contra, ResultT_co]):
    """A function that a child process can import by its name."""

    def __call__(self, item: ItemT_contra, /) -> ResultT_co:
        """Work on one item."""
        ...


class Codec(msgspec.Struct, Generic[ResultT], frozen=True):
    """How results cross from child to parent.

    The default pickles them, which trusts the child. Where children read hostile input, give
    functions that only carry data (msgspec's, say): then a child that was taken over cannot make
    the parent run anything. Both functions must be importable by name.
    """

    encode: Callable[[ResultT], bytes]
    decode: Callable[[bytes], ResultT]


def _pickled(result: object) -> bytes:
    return pickle.dumps(result, protocol=5)


def pickling() -> Codec[ResultT]:
    """The default codec."""
    return Codec(_pickled, pickle.loads)


class Setup(msgspec.Struct, frozen=True):
    """What a child needs to begin, pickled by the parent after the child is protected."""

    function: Callable[..., object]
    initializer: Callable[..., object] | None
    arguments: tuple[object, ...]
    encode: Callable[..., bytes]


class Ready(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: it can work, under these protections."""

    protections: dict[str, bool | str]


class Failed(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: the item gave nothing. ``memory``: the child is not to be used again."""

    reason: str
    message: str
    memory: bool = False


class Result(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: the item's result, encoded."""

    payload: bytes


class NotReady(msgspec.Struct, frozen=True, tag=True):
    """Child to parent: the function or its initializer cannot be had."""

    message: str


Message = Ready | Failed | Result | NotReady
encode_message = msgspec.msgpack.Encoder().encode
decode_message = msgspec.msgpack.Decoder(Message).decode
