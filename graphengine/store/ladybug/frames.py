"""Messages between the asking process and its worker: a length, then a pickle, over a pipe.

Both ends are this package, started by one another; nothing from outside comes over the pipe.
"""

import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

READY = "ready"
"""The worker's first message, when the database is open."""

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Opening:
    """The first message: what to open, with how many bytes and threads."""

    database: Path
    memory: int
    threads: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Every other message: one text to run, and its bounds."""

    text: str
    parameters: dict[str, object]
    milliseconds: int
    rows: int


def send(stream: BinaryIO, message: object) -> None:
    """Write one message; raise OSError where the other end is gone."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> object:
    """Read one message; raise EOFError where the other end is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)  # noqa: S301 - from our own other end
