"""Nodes with too many neighbours, told in figures instead of being expanded."""

from collections.abc import Iterable, Iterator
from typing import Literal

from graphengine.answer import Summary, Tally
from graphengine.identifiers import NodeId
from graphengine.store.adjacency import Adjacency
from graphengine.store.engine import Limits
from graphengine.subgraph import kind_of
from graphengine.tables.graph import Graph
from graphengine.vocabulary import RELATIONS

_SUMS = {"PAID": "amount", "AWARDED": "amount", "BENEFITS": "amount", "WORKED": "wage"}
"""Relations whose money may be added up, and its column."""
_WAYS: tuple[tuple[Literal["out", "in"], str], ...] = (("out", "source"), ("in", "target"))


def summaries(
    graph: Graph, arrays: Adjacency, nodes: Iterable[NodeId], limits: Limits
) -> tuple[Summary, ...]:
    """Return what lies around the nodes with more than `limits.hub` neighbours, by their ids.

    Per relation and direction: how many rows within the window, their sum, the first and the last
    day. Cost: one scan of each relation that such nodes may have, and nothing without them.
    """
    degrees = {node: arrays.degree(at) for node in nodes if (at := arrays.index(node)) is not None}
    hubs = sorted(node for node, degree in degrees.items() if degree > limits.hub)
    told: dict[NodeId, list[Tally]] = {node: [] for node in hubs}
    for node, tally in _tallies(graph, hubs, limits):
        told[node].append(tally)
    return tuple(Summary(node, degrees[node], tuple(told[node])) for node in hubs)


def _tallies(graph: Graph, hubs: list[NodeId], limits: Limits) -> Iterator[tuple[NodeId, Tally]]:
    kinds = {kind_of(node) for node in hubs}
    for name, relation in RELATIONS.items():
        money = f'sum("{_SUMS[name]}")::BIGINT' if name in _SUMS else "NULL::BIGINT"
        for way, end in _WAYS:
            if not kinds.intersection(relation.sources if way == "out" else relation.targets):
                continue
            rows = graph.sql(
                f"SELECT {end}, count(*) AS rows, {money} AS amount, min(valid_from) AS first, "
                f'max(coalesce(valid_to, valid_from)) AS last FROM "{name}" '
                f"WHERE {end} IN (SELECT unnest($hubs::VARCHAR[])) "
                "AND (valid_from IS NULL OR $until::DATE IS NULL OR valid_from <= $until::DATE) "
                "AND (valid_to IS NULL OR $since::DATE IS NULL OR valid_to >= $since::DATE) "
                f"GROUP BY {end} ORDER BY {end}",
                hubs=hubs,
                since=limits.since,
                until=limits.until,
            )
            for node, *figures in rows.iter_rows():
                yield NodeId(node), Tally(name, way, *figures)
