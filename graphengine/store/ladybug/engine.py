"""Relationship questions answered by the embedded Cypher engine."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graphengine.store.engine import Found, Limits
from graphengine.store.ladybug.dialect import LadybugDialect
from graphengine.store.ladybug.snapshot import cypher_snapshot
from graphengine.store.ladybug.worker import Ladybug
from graphengine.store.question import Arguments, Question
from graphengine.store.statement_answers import answer
from graphengine.tables.graph import Graph

_LEAST_SECONDS = 0.001
_ALL_ROWS = 1 << 31


class LadybugEngine:
    """Answers from the read-only snapshot of one graph version; threads may share it."""

    name = "ladybug"

    def __init__(self, graph: Graph, snapshots: Path) -> None:
        """Open the version's snapshot in the folder `snapshots`, building it where it lacks."""
        self._version = graph.folder.name
        self._store = Ladybug(cypher_snapshot(graph, snapshots))
        self._dialect = LadybugDialect()

    def version(self) -> str:
        """Return the graph version."""
        return self._version

    def ask(self, question: Question, arguments: Arguments, limits: Limits) -> Found:
        """Return what a question finds; raise StoreError where time or memory do not suffice."""
        end = time.monotonic() + limits.seconds

        def run(text: str, said: Mapping[str, object]) -> Sequence[Sequence[Any]]:
            left = max(end - time.monotonic(), _LEAST_SECONDS)
            return self._store.run(text, said, seconds=left, rows=_ALL_ROWS).rows

        return answer(run, question, arguments, limits, self._dialect)

    def close(self) -> None:
        """End the worker."""
        self._store.close()
