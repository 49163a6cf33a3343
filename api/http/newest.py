"""What is newest in the workspace: looked up at every request, read again only when it changed."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api import pipeline
from api.pipeline import Detection
from graphengine.clue import Clue
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Known:
    """The newest detection with its clues by rank, and the newest graph version."""

    detection: Detection
    clues: tuple[Clue, ...]
    version: str


class Newest:
    """The newest detection and graph of a workspace; safe to use from several threads.

    An open graph serves one request at a time; idle ones of the newest versions are kept open.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Read nothing yet."""
        self.workspace = workspace
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._known: Known | None = None
        self._idle: dict[str, queue.SimpleQueue[Graph]] = {}

    def known(self) -> Known:
        """Return what is newest; raise NotFoundError where nothing was detected yet."""
        manifest = self.workspace.manifest
        with self._lock:
            state = manifest.stat() if manifest.exists() else None
            seen = (state.st_mtime_ns, state.st_size) if state else None
            if self._known is None or seen != self._seen:
                self._known = self._read()
                self._seen = seen
                self._forget({self._known.version, self._known.detection.version})
            return self._known

    def _read(self) -> Known:
        detection = pipeline.newest_detection(self.workspace)
        if self._known and self._known.detection == detection:
            clues = self._known.clues
        else:
            clues = pipeline.newest_clues(self.workspace)
        built = self.workspace.last("build")
        version = str(built.detail["version"]) if built else detection.version
        return Known(detection, clues, version)

    def _forget(self, wanted: set[str]) -> None:
        """Close the idle graphs of versions that are no longer newest."""
        for version in set(self._idle) - wanted:
            idle = self._idle.pop(version)
            while not idle.empty():
                idle.get().close()

    def clue(self, name: str) -> Clue:
        """Return a clue; raise NotFoundError where the newest detection has none of this id."""
        for clue in self.known().clues:
            if clue.id == name:
                return clue
        raise NotFoundError(
            Text("没有这条线索", "there is no such clue"),
            Text("GET /v1/clues 列出现有线索", "GET /v1/clues lists the clues there are"),
        )

    @contextmanager
    def graph(self, version: str) -> Iterator[Graph]:
        """Lend an open graph of a version."""
        with self._lock:
            idle = self._idle.setdefault(version, queue.SimpleQueue())
        try:
            graph = idle.get_nowait()
        except queue.Empty:
            settings = self.workspace.settings()
            folder = self.workspace.tables / version
            graph = Graph(folder, memory=settings.memory, threads=settings.threads)
        try:
            yield graph
        finally:
            with self._lock:
                kept = self._idle.get(version) is idle
                if kept:
                    idle.put(graph)
            if not kept:
                graph.close()


def newest_of(request: Request) -> Newest:
    """Return what the app was made with."""
    newest: Newest = request.app.state.newest
    return newest


Reads = Annotated[Newest, Depends(newest_of)]
