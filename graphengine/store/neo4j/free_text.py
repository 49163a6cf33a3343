"""Free Cypher text on a Neo4j server: run in a read-only transaction, values told as elsewhere."""

from collections.abc import Mapping
from itertools import islice

from graphengine.identifiers import NodeId
from graphengine.store.guard import Checked
from graphengine.store.ladybug.values import NodeValue, RelationValue, Rows, Value, WalkValue
from graphengine.store.neo4j.connection import Connection
from graphengine.store.neo4j.driver import neo4j
from graphengine.vocabulary import NODES


def ask_free_text(
    connection: Connection,
    checked: Checked,
    parameters: Mapping[str, object],
    *,
    seconds: float = 30.0,
    rows: int = 1_000,
) -> Rows:
    """Return what a checked text finds, `rows` at most; raise StoreError where it fails.

    A server cannot hide a division from free text; whoever may not see all asks a snapshot.
    """
    given = {name: parameters[name] for name in checked.parameters}

    def asked(work: neo4j.ManagedTransaction) -> Rows:
        result = work.run(checked.said.text, given)
        found = [tuple(_value(v) for v in record) for record in islice(result, rows + 1)]
        columns = checked.columns or tuple(result.keys())
        return Rows(columns, tuple(found[:rows]), len(found) > rows)

    return connection.read(asked, seconds=seconds)


def _value(said: object) -> Value:
    """Return a value as every engine tells it."""
    if isinstance(said, neo4j.graph.Node):
        return _node(said)
    if isinstance(said, neo4j.graph.Relationship):
        return _relation(said)
    if isinstance(said, neo4j.graph.Path):
        nodes = [_node(node) for node in said.nodes]
        known = tuple(node for node in nodes if isinstance(node, NodeValue))
        return WalkValue(known, tuple(_relation(one) for one in said.relationships))
    if isinstance(said, list):
        return tuple(_value(part) for part in said)
    if isinstance(said, dict):
        return {str(name): _value(part) for name, part in said.items()}
    native = getattr(said, "to_native", None)
    return native() if native else said  # type: ignore[return-value] # the driver's own scalars


def _node(node: neo4j.graph.Node) -> NodeValue | dict[str, Value]:
    """Return a node of the graph by its id; what else a server holds by its properties."""
    kind = next((label for label in sorted(node.labels) if label in NODES), None)
    if kind is None:
        return {name: _value(value) for name, value in sorted(node.items())}
    return NodeValue(kind, NodeId(node["id"]))


def _relation(relation: neo4j.graph.Relationship) -> RelationValue:
    ends = [NodeId(n["id"] if n and "id" in n else "") for n in relation.nodes]
    return RelationValue(relation.type, int(relation.get("key", 0)), ends[0], ends[1])
