"""From graph tables to arrays: nodes by their ids, edges in the order of the tables' rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphengine.store.around import Flow, flow
from graphengine.store.compress import network
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Counts, Indices, Network
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS

FORMAT = 2
"""Raise when the same tables give other arrays."""

JOINING = tuple(name for name in RELATIONS if name != "AT")
"""The relations that the arrays hold, in the order of their codes."""

MONEY = "PAID"
"""The relation whose edges trails follow, by the time of payment."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All arrays of a version: ids ascending, where each relation's edges begin, and the rest."""

    ids: NDArray[np.bytes_]
    first: Counts
    network: Network
    forward: Flow
    backward: Flow


@dataclass(frozen=True, slots=True)
class _Ties:
    """A relation's rows, in their order; ends that are no node are -1."""

    source: Indices
    target: Indices
    since: Indices
    until: Indices


def codes(*relations: str) -> int:
    """Return the bit set of relations, as sieves take it.

    >>> codes("KIN") == 1 << JOINING.index("KIN")
    True
    """
    return sum(1 << JOINING.index(name) for name in set(relations))


def snapshot(graph: Graph) -> Snapshot:
    """Return the arrays of a graph version; cost: one join per relation, linear otherwise."""
    with Graph(graph.folder) as own:  # a table of its own, whoever else asks the graph meanwhile
        return _snapshot(own)


def _snapshot(graph: Graph) -> Snapshot:
    ids = _numbered(graph)
    ties = [_ties(graph, name) for name in JOINING]
    counts = [len(t.source) for t in ties]
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    columns = {
        name: np.concatenate([getattr(t, name) for t in ties])
        for name in ("source", "target", "since", "until")
    }
    net = network(
        columns["source"],
        columns["target"],
        np.repeat(np.arange(len(JOINING), dtype=np.uint8), counts),
        nodes=len(ids),
        since=columns["since"],
        until=columns["until"],
    )
    forward, backward = _money(graph, ties[JOINING.index(MONEY)], first, len(ids))
    return Snapshot(ids, first, net, forward, backward)


def _numbered(graph: Graph) -> NDArray[np.bytes_]:
    """Return all nodes' ids, ascending; make the table `places` of their numbers."""
    every = " UNION ALL ".join(f'SELECT id FROM "{kind}"' for kind in NODES)
    graph.sql(
        "CREATE TEMP TABLE places AS SELECT id, (row_number() OVER (ORDER BY id) - 1)::INTEGER "
        f"AS place FROM ({every})"
    )
    ids = graph.sql("SELECT id FROM places ORDER BY place")["id"]
    return np.array(ids.to_list() or [""], dtype=np.bytes_)[: len(ids)]


def _ties(graph: Graph, relation: str) -> _Ties:
    rows = graph.sql(
        "SELECT coalesce(a.place, -1) AS source, coalesce(b.place, -1) AS target, "
        f"coalesce(date_diff('day', DATE '1970-01-01', valid_from), {OPEN_SINCE})::INTEGER "
        "AS since, "
        f"coalesce(date_diff('day', DATE '1970-01-01', valid_to), {OPEN_UNTIL})::INTEGER AS until "
        f"FROM read_parquet($path, file_row_number=true) r LEFT JOIN places a ON source = a.id "
        "LEFT JOIN places b ON target = b.id ORDER BY file_row_number",
        path=str(graph.folder / "relations" / f"{relation}.parquet"),
    )
    return _Ties(
        *(rows[name].to_numpy().astype(np.int32) for name in ("source", "target", "since", "until"))
    )


def _money(graph: Graph, ties: _Ties, first: Counts, nodes: int) -> tuple[Flow, Flow]:
    moments = graph.sql(
        "SELECT epoch_us(paid_at) AS moment FROM read_parquet($path, file_row_number=true) "
        "ORDER BY file_row_number",
        path=str(graph.folder / "relations" / f"{MONEY}.parquet"),
    )["moment"]
    dated = moments.is_not_null().to_numpy() & (ties.source >= 0) & (ties.target >= 0)
    edge = first[JOINING.index(MONEY)] + np.flatnonzero(dated)
    return flow(
        ties.source[dated],
        ties.target[dated],
        moments.fill_null(0).to_numpy()[dated].astype(np.int64),
        edge.astype(np.int32),
        nodes=nodes,
    )
