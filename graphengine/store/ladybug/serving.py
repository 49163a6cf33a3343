"""The worker's side: opens a snapshot read-only and runs one text after another.

Run by `graphengine.store.ladybug.worker` as `python -m graphengine.store.ladybug.serving`.
"""

import os
import sys
from pathlib import Path
from typing import BinaryIO

import ladybug

from graphengine.store.ladybug.failures import Failure, failure
from graphengine.store.ladybug.frames import READY, Asking, Opening, receive, send
from graphengine.store.ladybug.results import rows_of
from graphengine.store.ladybug.values import Rows

_BESIDE_POOL = 1 << 30


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer until the other end is gone or a failure may have left the database unusable."""
    opening = receive(requests)
    assert isinstance(opening, Opening)  # noqa: S101 - the protocol
    database = ladybug.Database(
        opening.database,
        buffer_pool_size=opening.memory,
        max_num_threads=opening.threads,
        read_only=True,
    )
    _bound_memory(opening.memory)
    send(replies, READY)
    while True:
        try:
            asking = receive(requests)
        except EOFError:
            return
        assert isinstance(asking, Asking)  # noqa: S101 - the protocol
        reply = _answer(database, asking)
        send(replies, reply)
        if isinstance(reply, Failure) and reply.ends_the_worker:
            return


def _answer(database: ladybug.Database, asking: Asking) -> Rows | Failure:
    try:
        with ladybug.Connection(database) as connection:
            connection.set_query_timeout(asking.milliseconds)
            result = connection.execute(asking.text, asking.parameters)
            if isinstance(result, list):
                return Failure("other")
            with result:
                return rows_of(connection, result, asking.rows)
    except MemoryError:
        return Failure("memory")
    except (RuntimeError, TypeError, ValueError) as error:
        return failure(str(error))


def _bound_memory(pool: int) -> None:
    """Let the process grow by its pool and a little more, where the system can say so."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    taken = Path("/proc/self/statm")
    if taken.exists():
        pages = int(taken.read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + pool + _BESIDE_POOL
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def main() -> None:
    """Serve over what were standard input and output; whatever prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, replies)
    replies.flush()
    os._exit(0)  # an interrupted database may hang while it closes


if __name__ == "__main__":
    main()
