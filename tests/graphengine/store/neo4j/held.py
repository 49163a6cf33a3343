"""What a store should hold and what a server does hold, told without the loader's own code."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphengine.store.adjacency import Adjacency
from graphengine.store.content import Content
from graphengine.store.neo4j.connection import Patience, connect
from graphengine.store.neo4j.load import LoadReport, load
from graphengine.store.neo4j.meter import Progress
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS
from tests.neo4j_server import Neo4jServer
from tests.village import Village

Node = tuple[str, Mapping[str, Any]]
Relation = tuple[str, str, str, tuple[tuple[str, Any], ...]]
_BRIEF = Patience(retry=3.0)
Held = tuple[dict[str, Node], list[Relation]]


def content_of(folder: Path, *, reveal: bool = False) -> Content:
    """Open a written version as a store's content."""
    graph = Graph(folder)
    arrays = Adjacency.of(graph, folder.parent.parent / "snapshot" / folder.name)
    return Content(graph, arrays, reveal=reveal)


def written(village: Village, root: Path, name: str) -> Path:
    """Write a village as a version of this name."""
    return village.write(root / "tables" / name)


def loaded(
    server: Neo4jServer,
    folder: Path,
    *,
    reveal: bool = False,
    owner: str = "county",
    progress: Progress | None = None,
) -> LoadReport:
    """Load a version as the command does: older versions are taken where their tables lie."""

    @contextmanager
    def former(version: str) -> Iterator[Content]:
        with content_of(folder.parent / version, reveal=reveal) as content:
            yield content

    with (
        content_of(folder, reveal=reveal) as content,
        connect(server.uri, patience=_BRIEF) as connection,
    ):
        return load(
            content,
            connection,
            owner,
            former=lambda v: former(v) if (folder.parent / v).exists() else None,
            progress=progress or (lambda _kind, _share: None),
        )


def wanted(folder: Path, *, reveal: bool = False) -> Held:
    """Return what a store of a version should hold; empty lists are not held."""
    nodes: dict[str, Node] = {}
    relations: list[Relation] = []
    with content_of(folder, reveal=reveal) as content:
        for kind in NODES:
            for row in content.nodes(kind).read_all().to_pylist():
                nodes[row["id"]] = (kind, {k: v for k, v in row.items() if v not in (None, [])})
        for kind in RELATIONS:
            relations += [
                _relation(kind, row.pop("source"), row.pop("target"), row)
                for row in content.relations(kind).read_all().to_pylist()
            ]
    return nodes, sorted(relations, key=str)


def found(server: Neo4jServer) -> Held:
    """Return what a server holds of the vocabulary's kinds."""
    with server.driver() as driver:
        nodes = driver.execute_query(
            "MATCH (n) WHERE NOT n:ShuntengStore|ShuntengKind RETURN labels(n), n"
        ).records
        ties = driver.execute_query(
            "MATCH (a)-[r]->(b) RETURN type(r), a.id, b.id, properties(r)"
        ).records
    held: dict[str, Node] = {}
    for labels, node in nodes:
        (kind,) = labels
        held[node["id"]] = (kind, {k: _native(v) for k, v in node.items()})
    relations = [
        _relation(kind, a, b, {k: _native(v) for k, v in props.items()})
        for kind, a, b, props in ties
    ]
    return held, sorted(relations, key=str)


def _relation(kind: str, source: str, target: str, row: Mapping[str, Any]) -> Relation:
    held = {k: v for k, v in row.items() if v not in (None, [])}
    return kind, source, target, tuple(sorted(held.items()))


def _native(value: Any) -> Any:  # noqa: ANN401 - any property
    return value.to_native() if hasattr(value, "to_native") else value
