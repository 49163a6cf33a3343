"""Work spread over threads: each takes the next piece as soon as it is done with one."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

THREADS = max(2, min(4, os.cpu_count() or 2))
"""Transactions under way at a time; the server is at work while a client's thread packs rows.

They may touch the same nodes: Neo4j takes its locks in order when it commits, so they wait but do
not block each other for ever; where the server sees that they would, the driver tries again.
"""

Piece = TypeVar("Piece")


class _Waiting(Generic[Piece]):
    """The pieces that nobody has taken; after trouble there are no more."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = iter(pieces)
        self._lock = threading.Lock()
        self.trouble: BaseException | None = None

    def __iter__(self) -> Iterator[Piece]:
        while True:
            with self._lock:
                if self.trouble is not None:
                    return
                try:
                    piece = next(self._pieces)
                except StopIteration:
                    return
            yield piece

    def stop(self, trouble: BaseException) -> None:
        """Give nothing more; keep the first trouble."""
        with self._lock:
            self.trouble = self.trouble or trouble


def spread(pieces: Iterable[Piece], work: Callable[[Piece], None], threads: int = THREADS) -> None:
    """Do the work on every piece; raise the first trouble once nothing is under way any more.

    Pieces are made by one thread at a time.
    """
    waiting = _Waiting(pieces)

    def run() -> None:
        try:
            for piece in waiting:
                work(piece)
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            waiting.stop(error)

    running = [threading.Thread(target=run, daemon=True) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if waiting.trouble is not None:
        raise waiting.trouble
