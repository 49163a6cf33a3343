"""Free Cypher text: checked, run read-only, its values told by what they are called."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from api.engines import neo4j_address
from graphengine.errors import StoreError
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.settings import EngineName
from graphengine.store.guard import Checked, check
from graphengine.store.ladybug.free_text import ask_free_text
from graphengine.store.ladybug.snapshot import cypher_snapshot
from graphengine.store.ladybug.values import NodeValue, RelationValue, Rows, Value, WalkValue
from graphengine.store.ladybug.worker import Ladybug
from graphengine.subgraph import Selection
from graphengine.tables.graph import Graph
from graphengine.vocabulary import KIND_BY_PREFIX
from graphengine.workspace import Workspace
from queries.asking import check_version
from queries.drawing import Drawing
from queries.showing import arrays_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a text may take, how many rows it may give, and where it may look."""

    seconds: float
    rows: int
    division: str = ""
    reveal: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of a text, and what the nodes in them are called."""

    rows: Rows
    labels: Mapping[NodeId, str]


def ask_cypher(
    workspace: Workspace,
    graph: Graph,
    text: str,
    parameters: Mapping[str, object],
    asked: tuple[EngineName, Bounds],
) -> Told:
    """Return what a text finds; raise CypherTextError where it does more than bounded reading."""
    engine, bounds = asked
    checked = check(text, parameters)
    if engine == "neo4j":
        rows = _on_server(workspace, graph, checked, parameters, bounds)
    else:
        rows = _on_snapshot(workspace, graph, checked, parameters, bounds)
    nodes = sorted(
        {
            node
            for row in rows.rows
            for value in row
            for node in _nodes(value)
            if node.partition(":")[0] in KIND_BY_PREFIX
        }
    )
    drawing = Drawing(graph, arrays_of(workspace, graph), bounds.reveal)
    known = drawing.read(Selection(tuple(nodes), pairs=())).nodes
    return Told(rows, {node.id: node.label for node in known})


def _on_snapshot(
    workspace: Workspace,
    graph: Graph,
    checked: Checked,
    parameters: Mapping[str, object],
    bounds: Bounds,
) -> Rows:
    snapshots = workspace.root / "snapshot"
    place = cypher_snapshot(graph, snapshots, division=bounds.division, reveal=bounds.reveal)
    with Ladybug(place) as store:
        return ask_free_text(store, checked, parameters, seconds=bounds.seconds, rows=bounds.rows)


def _on_server(
    workspace: Workspace,
    graph: Graph,
    checked: Checked,
    parameters: Mapping[str, object],
    bounds: Bounds,
) -> Rows:
    """Run a text on the Neo4j; it sees all that is there, so a division cannot be kept to."""
    from graphengine.store.neo4j.connection import connect  # noqa: PLC0415 - an optional extra
    from graphengine.store.neo4j.engine import Neo4jEngine  # noqa: PLC0415 - an optional extra
    from graphengine.store.neo4j.free_text import ask_free_text as ask  # noqa: PLC0415 - likewise

    if bounds.division:
        raise StoreError(
            Text(
                "Neo4j 上的自由文本不能限定行政区划",
                "free text on a Neo4j cannot be kept to a division",
            ),
            Text("用 --engine ladybug", "ask with --engine ladybug"),
        )
    with connect(neo4j_address(workspace.settings())) as connection:
        check_version(Neo4jEngine(connection), graph)
        return ask(connection, checked, parameters, seconds=bounds.seconds, rows=bounds.rows)


def _nodes(value: Value) -> Iterator[NodeId]:
    if isinstance(value, NodeValue):
        yield value.id
    elif isinstance(value, RelationValue):
        yield from (value.source, value.target)
    elif isinstance(value, WalkValue):
        yield from (node.id for node in value.nodes)
    elif isinstance(value, tuple | dict):
        parts: Iterable[Value] = value.values() if isinstance(value, dict) else value
        for part in parts:
            yield from _nodes(part)


def value_of(text: str) -> object:
    """Return the value that a parameter's text means: a number, truth, day, list, else the text.

    >>> value_of("12"), value_of("2024-03-05"), value_of("陈"), value_of('"12"'), value_of("[1, 2]")
    (12, datetime.date(2024, 3, 5), '陈', '12', [1, 2])
    """
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    try:
        said = json.loads(text)
    except ValueError:
        return text
    return text if isinstance(said, dict) or said is None else said


def value_json(value: Value, labels: Mapping[NodeId, str]) -> Any:  # noqa: ANN401 - JSON
    """Return a value as JSON carries it; nodes with their kind and label."""
    if isinstance(value, NodeValue):
        return {"node": value.id, "kind": value.kind, "label": labels.get(value.id, value.id)}
    if isinstance(value, RelationValue):
        return {"relation": value.relation, "source": value.source, "target": value.target}
    if isinstance(value, WalkValue):
        return {
            "nodes": [value_json(node, labels) for node in value.nodes],
            "relations": [value_json(one, labels) for one in value.relations],
        }
    if isinstance(value, tuple):
        return [value_json(part, labels) for part in value]
    if isinstance(value, dict):
        return {name: value_json(part, labels) for name, part in value.items()}
    return value.isoformat() if isinstance(value, date | datetime) else _plain(value)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, timedelta) else value
