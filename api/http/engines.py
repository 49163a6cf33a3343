"""The engines of a server: opened when first asked, shared by all requests, in time closed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from api.engines import open_engine
from graphengine.settings import EngineName
from graphengine.store.engine import Engine
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace

Key = tuple[EngineName, str]


@dataclass
class _Shared:
    """One engine, how many requests use it now, and whether a newer one took its place."""

    opening: threading.Lock = field(default_factory=threading.Lock)
    engine: Engine | None = None
    users: int = 0
    outdated: bool = False


class Engines:
    """Engines by name and graph version; of every name the newest version is kept open."""

    def __init__(self, workspace: Workspace) -> None:
        """Open nothing yet."""
        self._workspace = workspace
        self._lock = threading.Lock()
        self._shared: dict[Key, _Shared] = {}

    @contextmanager
    def engine(self, graph: Graph, name: EngineName | None) -> Iterator[Engine]:
        """Lend the engine of a name, or the settings' own, for a graph's version."""
        settings = self._workspace.settings()
        chosen: EngineName = name or settings.engine
        shared = self._taken((chosen, graph.folder.name))
        try:
            with shared.opening:
                if shared.engine is None:
                    shared.engine = open_engine(self._workspace, graph, chosen, settings)
            yield shared.engine
        finally:
            self._given_back(shared)

    def _taken(self, key: Key) -> _Shared:
        with self._lock:
            shared = self._shared.setdefault(key, _Shared())
            shared.users += 1
            older = [k for k in self._shared if k[0] == key[0] and k != key]
            idle = []
            for one in (self._shared.pop(k) for k in older):
                one.outdated = True
                if not one.users:
                    idle.append(one)
        for one in idle:
            _close(one)
        return shared

    def _given_back(self, shared: _Shared) -> None:
        with self._lock:
            shared.users -= 1
            idle = shared.outdated and not shared.users
        if idle:
            _close(shared)


def _close(shared: _Shared) -> None:
    if shared.engine is not None:
        shared.engine.close()
        shared.engine = None
