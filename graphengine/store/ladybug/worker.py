"""Asking a snapshot: one worker process that can be killed, whatever runs on it.

A worker that was interrupted, ran out of memory or refused is not used again; the next text gets
another. Threads that ask at the same time wait for their turn.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from graphengine.store.cypher.saying import Said
from graphengine.store.ladybug.failures import Failure, busy, failed, gone, need_ladybug, too_slow
from graphengine.store.ladybug.frames import Asking, Opening, receive, send
from graphengine.store.ladybug.values import Rows

SERVING_BYTES = 512 << 20
"""The buffer pool of a worker; a county of 500,000 is served with it."""

_GRACE_SECONDS = 2.0
_START_SECONDS = 120.0


class Ladybug:
    """A snapshot that can be asked; threads may share it."""

    def __init__(self, database: Path, *, memory: int = SERVING_BYTES, threads: int = 2) -> None:
        """Ask the database of a snapshot; the worker starts with the first text."""
        need_ladybug()
        self._database = database
        self._memory = memory
        self._threads = threads
        self._turn = threading.Lock()
        self._worker: _Worker | None = None

    def run(
        self,
        text: str | Said,
        parameters: Mapping[str, object] | None = None,
        *,
        seconds: float = 30.0,
        rows: int = 1_000,
    ) -> Rows:
        """Return what a text finds, `rows` at most; the text must have been checked or our own.

        Raises StoreError when time or memory do not suffice or the worker ended, CypherTextError
        when the engine cannot read the text or its values do not fit.
        """
        end = time.monotonic() + seconds
        if not self._turn.acquire(timeout=seconds):
            raise busy(seconds)
        try:
            left = max(0.001, end - time.monotonic())  # a worker's start is not counted
            worker = self._ready()
            asking = Asking(
                text.text if isinstance(text, Said) else text,
                dict(parameters or {}),
                max(1, int(left * 1000)),
                rows,
            )
            reply = worker.ask(asking, left + _GRACE_SECONDS, seconds)
        finally:
            self._turn.release()
        if isinstance(reply, Failure):
            raise failed(reply, seconds, text if isinstance(text, Said) else None)
        return reply

    @property
    def pid(self) -> int | None:
        """Return the process id of the worker, None while there is none."""
        return self._worker.process.pid if self._worker else None

    def close(self) -> None:
        """End the worker."""
        with self._turn:
            if self._worker is not None:
                self._worker.end()
                self._worker = None

    def __enter__(self) -> Self:
        """Return the snapshot itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker."""
        self.close()

    def _ready(self) -> "_Worker":
        """Return a worker that lives and has not failed."""
        if self._worker is None or self._worker.spent or self._worker.process.poll() is not None:
            if self._worker is not None:
                self._worker.end()
            self._worker = _Worker(Opening(self._database, self._memory, self._threads))
        return self._worker


class _Worker:
    """One process and the pipes to it."""

    def __init__(self, opening: Opening) -> None:
        self.spent = False
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "graphengine.store.ladybug.serving"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._late = False
        self._exchanged(opening, _START_SECONDS, _START_SECONDS)

    def ask(self, asking: Asking, patience: float, seconds: float) -> Rows | Failure:
        """Return the reply; kill the process when it does not come. Raise StoreError then."""
        reply = self._exchanged(asking, patience, seconds)
        assert isinstance(reply, Rows | Failure)  # noqa: S101 - the protocol
        self.spent = isinstance(reply, Failure) and reply.ends_the_worker
        return reply

    def _exchanged(self, message: Opening | Asking, patience: float, seconds: float) -> object:
        timer = threading.Timer(patience, self._kill_late)
        timer.daemon = True
        timer.start()
        try:
            send(cast("BinaryIO", self.process.stdin), message)
            return receive(cast("BinaryIO", self.process.stdout))
        except (OSError, EOFError):
            self.end()
            raise (too_slow(seconds) if self._late else gone()) from None
        except BaseException:
            self.end()  # Ctrl-C: half a reply may be in the pipe
            raise
        finally:
            timer.cancel()

    def end(self) -> None:
        """Kill the process and close the pipes."""
        self.spent = True
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                cast("BinaryIO", stream).close()
        self.process.wait()

    def _kill_late(self) -> None:
        self._late = True
        self.process.kill()
