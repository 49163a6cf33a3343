"""A graph of one's own as a workspace, so that every relationship question can be asked of it."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from graphengine.errors import ExchangeError
from graphengine.exchange.about import Answer, subgraph_of
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.manifest import digest_of_file
from graphengine.masks import NODE_ID, short_id
from graphengine.subgraph import Subgraph, SubgraphEdge, SubgraphNode
from graphengine.tables.graph import Source
from graphengine.tables.schema import SOURCES_SCHEMA, schema_of
from graphengine.tables.write import write_kind, write_meta, write_missing, write_parquet
from graphengine.vocabulary import NODES
from graphengine.workspace import Workspace, init_workspace

_DIGITS = 20
Rows = dict[str, list[dict[str, Any]]]


def to_workspace(answer: Answer, folder: Path | str) -> Workspace:
    """Write a graph as the newest version of a workspace that holds no registers.

    Nodes keep their ids where these are of the graph's own form (`node_id_of` makes one of others)
    and are called by their labels. The same graph gives the same bytes. Raises ExchangeError where
    registers were ingested into the workspace, WorkspaceError where somebody else writes to it.
    """
    workspace = init_workspace(Path(folder))
    if workspace.last("ingest") is not None:
        raise ExchangeError(
            Text("这个工作区已有登记册", "this workspace holds registers"),
            Text("请另选一个文件夹", "choose another folder"),
        )
    with workspace.writing(), workspace.beside() as beside:
        made = beside / "graph"
        rows = _write(subgraph_of(answer), made)
        version = _digest(made)
        write_meta(
            made,
            {"schema": "shunteng.graph/1", "version": version, "rows": rows, "registers": {}},
        )
        target = workspace.tables / version
        workspace.put(made, target)
        detail = {"version": version, "rows": rows}
        workspace.commit("build", inputs={}, outputs=(target,), detail=detail)
    return workspace


def node_id_of(kind: str, text: str) -> NodeId:
    """Return the id under which a workspace holds a node that is called otherwise elsewhere.

    >>> node_id_of("Person", "Anna")
    'person:bf4fccd616251b678c56'
    """
    prefix = NODES[kind].prefix
    if NODE_ID.fullmatch(text) and text.startswith(f"{prefix}:"):
        return NodeId(text)
    return NodeId(f"{prefix}:{hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}")


def _write(subgraph: Subgraph, folder: Path) -> dict[str, int]:
    ids = {node.id: node_id_of(node.kind, node.id) for node in subgraph.nodes}
    rows: Rows = {}
    for node in subgraph.nodes:
        rows.setdefault(node.kind, []).append(_node(node, ids[node.id]))
    for edge in subgraph.edges:
        rows.setdefault(edge.relation, []).append(_edge(edge, ids[edge.source], ids[edge.target]))
    for kind, held in rows.items():
        held.sort(key=_order)
        write_kind(folder, kind, pa.Table.from_pylist(held, schema=schema_of(kind)))
    write_missing(folder)
    sources = _sources([*subgraph.nodes, *subgraph.edges])
    write_parquet(pa.Table.from_pylist(sources, schema=SOURCES_SCHEMA), folder / "sources.parquet")
    return {kind: len(held) for kind, held in sorted(rows.items())}


def _node(node: SubgraphNode, own: NodeId) -> dict[str, Any]:
    named = NODES[node.kind].label
    called = {} if node.label == short_id(node.id) or named == "id" else {named: node.label}
    return {"id": own, **called, **node.properties, "records": _records(node.evidence)}


def _edge(edge: SubgraphEdge, source: NodeId, target: NodeId) -> dict[str, Any]:
    return {
        "source": source,
        "target": target,
        **edge.properties,
        "valid_from": edge.valid_from,
        "valid_to": edge.valid_to,
        "records": _records(edge.evidence),
    }


def _records(evidence: tuple[Source, ...]) -> list[int]:
    return sorted({source.record for source in evidence})


def _order(row: dict[str, Any]) -> tuple[str, str, str]:
    return (row.get("id") or row["source"], row.get("target") or "", str(sorted(row.items())))


def _sources(proved: Iterable[SubgraphNode | SubgraphEdge]) -> list[dict[str, Any]]:
    known = {source.record: source for one in proved for source in one.evidence}
    return [
        {name: getattr(known[record], name) for name in SOURCES_SCHEMA.names}
        for record in sorted(known)
    ]


def _digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*.parquet"))
    said = [(p.relative_to(folder).as_posix(), digest_of_file(p)) for p in files]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
