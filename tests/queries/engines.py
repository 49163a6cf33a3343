"""One graph version on every engine, and the one answer that they all must give."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from graphengine.store.adjacency import Adjacency
from graphengine.store.arrays import Arrays
from graphengine.store.content import Content
from graphengine.store.engine import Engine, Found, Limits
from graphengine.store.ladybug.engine import LadybugEngine
from graphengine.store.neo4j.connection import connect
from graphengine.store.neo4j.engine import Neo4jEngine
from graphengine.store.neo4j.load import load
from graphengine.store.question import Arguments, Question
from graphengine.tables.graph import Graph
from tests.neo4j_server import Neo4jServer

_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One graph version on every engine."""

    graph: Graph
    engines: tuple[Engine, ...]

    def ask(self, question: Question, said: Arguments, limits: Limits) -> Found:
        """Return the answer that all engines give; of what is cut, they give different parts."""
        patient = replace(limits, seconds=_PATIENCE)
        first, *others = (engine.ask(question, said, patient) for engine in self.engines)
        for engine, other in zip(self.engines[1:], others, strict=True):
            assert other.cut == first.cut, engine.name
            if not first.cut:
                assert other.near == first.near, engine.name
                assert set(other.ways) ^ set(first.ways) == set(), engine.name
                assert other == first, engine.name
        return first


def stage(graph: Graph, snapshot: Path, server: Neo4jServer, stack: ExitStack) -> Stage:
    """Put a version on every engine; `stack` closes them."""
    arrays = Adjacency.of(graph, snapshot)
    connection = stack.enter_context(connect(server.uri))
    with Content(graph, arrays) as content:
        load(content, connection, "contract", former=lambda _: None, progress=lambda *_: None)
    ladybug = LadybugEngine(graph, snapshot.parent)
    stack.callback(ladybug.close)
    return Stage(graph, (Arrays.of(graph, snapshot), ladybug, Neo4jEngine(connection)))
