"""Answers to and from py2neo 2021.2.4, for scripts that still use it; needs the extra `py2neo`.

py2neo is at the end of its life: this adapter exchanges, and no engine stands on it. A node's label
is its kind, a relationship's type its relation; properties bear the vocabulary's names. What the
graph store's own loader adds (records, neighbours, scope, key ...) is passed over when reading.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Any

from graphengine.exchange.about import About, Answer, subgraph_of
from graphengine.exchange.columns import columns_of
from graphengine.exchange.extra import extra
from graphengine.exchange.rows import Row, edge_row, node_row, subgraph_of_rows
from graphengine.subgraph import Subgraph, SubgraphEdge
from graphengine.tables.graph import Source
from graphengine.vocabulary import NODES, RELATIONS

_OF_STORES = frozenset({"records", "neighbours", "scope", "key", "follows", "first", "last"})
_KEY_BYTES = 7  # whole numbers of Neo4j have 64 bits with their sign
_BATCH = 1000
_NodeSaid = tuple[list[str], Mapping[str, Any]]
_EdgeSaid = tuple[str, str, str, Mapping[str, Any]]
Py2neoGraph = Any
"""A `py2neo.Graph`; its package states no types."""


def to_py2neo(answer: Answer) -> Any:  # noqa: ANN401 - py2neo states no types
    """Return a `py2neo.Subgraph`: dates and times as Python's own, evidence as lines of JSON.

    A relationship's `key` is a number of all that is said of it, so that parallel ones stay apart.
    """
    py2neo = extra("py2neo")
    subgraph = subgraph_of(answer)
    made = {
        node.id: py2neo.Node(node.kind, **_said(node.kind, node_row(node)))
        for node in subgraph.nodes
    }
    relationships = [
        py2neo.Relationship(made[edge.source], edge.relation, made[edge.target], **said)
        for edge, said in _edges(subgraph)
    ]
    return py2neo.Subgraph(made.values(), relationships)


def from_py2neo(entities: Any, about: About = About()) -> Subgraph:  # noqa: ANN401, B008 - no types; frozen
    """Return the subgraph of a `py2neo.Subgraph` (or node, relationship or path).

    Raises ExchangeError for what does not fit the vocabulary. Edges that differ in nothing that
    edges are ordered by stand in the order of their keys.
    """
    edges: list[_EdgeSaid] = [
        (one.start_node["id"], type(one).__name__, one.end_node["id"], dict(one))
        for one in entities.relationships
    ]
    nodes: dict[str, _NodeSaid] = {}
    for node in entities.nodes:
        said = {name: node[name] for name in sorted(node.keys())}  # fetches what was not read yet
        labels = sorted(node.labels)
        nodes[repr((said.get("id"), labels, said))] = (labels, said)  # it may list a node twice
    return _subgraph([nodes[content] for content in sorted(nodes)], edges, about)


def merge_py2neo(graph: Py2neoGraph, answer: Answer) -> None:
    """Merge an answer into a live database: nodes by kind and id, relationships by ends and key.

    One transaction; properties that the answer does not state stay. Merging again changes nothing.
    """
    subgraph = subgraph_of(answer)
    nodes: dict[str, list[Row]] = {}
    for node in subgraph.nodes:
        said = {"id": node.id, "said": _said(node.kind, node_row(node))}
        nodes.setdefault(node.kind, []).append(said)
    kinds = {node.id: node.kind for node in subgraph.nodes}
    edges: dict[tuple[str, str, str], list[Row]] = {}
    for edge, said in _edges(subgraph):
        row = {"source": edge.source, "target": edge.target, "key": said["key"], "said": said}
        ends = (kinds[edge.source], edge.relation, kinds[edge.target])
        edges.setdefault(ends, []).append(row)
    transaction = graph.begin()
    try:
        for kind, rows in nodes.items():
            _run(transaction, f"MERGE (n:{kind} {{id: row.id}}) SET n += row.said", rows)
        for (source, relation, target), rows in edges.items():
            _run(
                transaction,
                f"MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
                f"MERGE (a)-[r:{relation} {{key: row.key}}]->(b) SET r += row.said",
                rows,
            )
    except BaseException:
        graph.rollback(transaction)
        raise
    graph.commit(transaction)


def read_py2neo(graph: Py2neoGraph, ids: Iterable[str], about: About = About()) -> Subgraph:  # noqa: B008 - frozen
    """Return the nodes of a live database that have these ids, and the relations between them.

    Ids that it has not are left out. Raises ExchangeError for what does not fit the vocabulary.
    """
    wanted = sorted(set(ids))
    nodes = graph.run(
        "MATCH (n) WHERE n.id IN $ids RETURN labels(n), properties(n) ORDER BY n.id", ids=wanted
    )
    edges = graph.run(
        "MATCH (a)-[r]->(b) WHERE a.id IN $ids AND b.id IN $ids "
        "RETURN a.id, type(r), b.id, properties(r)",
        ids=wanted,
    )
    return _subgraph([tuple(node) for node in nodes], [tuple(edge) for edge in edges], about)


def _run(transaction: Any, statement: str, rows: list[Row]) -> None:  # noqa: ANN401 - no types
    for first in range(0, len(rows), _BATCH):
        batch = rows[first : first + _BATCH]
        transaction.run(f"UNWIND $rows AS row {statement}", rows=batch)


def _said(kind: str, row: Row) -> dict[str, Any]:
    """Return a row's values under the vocabulary's names; ends and kind are said otherwise."""
    names = {column: prop.name for column, prop in columns_of(kind).items()}
    own = {"kind", "relation", "source", "target", "evidence"}
    said = {names.get(c, c): _sent(v) for c, v in row.items() if c not in own and v is not None}
    evidence: tuple[Source, ...] = row["evidence"]  # type: ignore[assignment] # of node_row
    return {**said, "evidence": [_line(asdict(source)) for source in evidence]}


def _sent(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _line(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=_iso)


def _iso(value: date) -> str:
    return value.isoformat()


def _edges(subgraph: Subgraph) -> Iterator[tuple[SubgraphEdge, dict[str, Any]]]:
    met: Counter[str] = Counter()
    for edge in subgraph.edges:
        row = edge_row(edge)
        said = _said(edge.relation, row)
        content = _line([edge.source, edge.relation, edge.target, said])
        met[content] += 1
        digest = blake2b(f"{content}{met[content]}".encode(), digest_size=_KEY_BYTES).digest()
        yield edge, {**said, "key": int.from_bytes(digest)}


def _subgraph(nodes: list[_NodeSaid], edges: list[_EdgeSaid], about: About) -> Subgraph:
    edges.sort(key=lambda edge: (str(edge[:3]), str(edge[3].get("key"))))
    return subgraph_of_rows(
        (_node(labels, properties) for labels, properties in nodes),
        (_edge(*edge) for edge in edges),
        about,
    )


def _node(labels: list[str], properties: Mapping[str, Any]) -> Row:
    kinds = [label for label in labels if label in NODES]
    kind = kinds[0] if len(kinds) == 1 else ""
    return {**_read(kind, properties), "kind": kind}


def _edge(source: str, relation: str, target: str, properties: Mapping[str, Any]) -> Row:
    read = _read(relation, properties)
    return {**read, "source": source, "target": target, "relation": relation}


def _read(kind: str, properties: Mapping[str, Any]) -> dict[str, object]:
    """Return properties as columns, without those that only a store knows."""
    stated = columns_of(kind) if kind in NODES or kind in RELATIONS else {}
    columns = {prop.name: column for column, prop in stated.items()}
    read: dict[str, object] = {
        columns.get(name, name): _native(value)
        for name, value in properties.items()
        if name in columns or name not in _OF_STORES
    }
    if "evidence" in read:
        read["evidence"] = _evidence(read["evidence"])
    return read


def _native(value: Any) -> Any:  # noqa: ANN401 - py2neo's own dates and times, or Python's
    """Return Python's own date or time; py2neo keeps times as floats, which rounding makes good."""
    if not hasattr(value, "year_month_day"):
        return value
    day = date(*value.year_month_day)
    if not hasattr(value, "hour_minute_second"):
        return day
    hour, minute, second = value.hour_minute_second
    clock = datetime(day.year, day.month, day.day, hour, minute, tzinfo=value.tzinfo)
    return clock + timedelta(microseconds=round(second * 1_000_000))


def _evidence(lines: object) -> object:
    """Return lines of JSON as register rows; what is none is left for the reader to refuse."""
    try:
        return [_source(json.loads(line)) for line in lines]  # type: ignore[attr-defined] # or TypeError
    except (TypeError, ValueError):
        return lines


def _source(said: dict[str, Any]) -> dict[str, Any]:
    stated = said.get("date")
    return {**said, "date": None if stated is None else date.fromisoformat(stated)}
