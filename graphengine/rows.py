"""Rows for a subgraph: what a reader of them is asked for, and reading them by scanning tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from graphengine.identifiers import NodeId, RecordId
from graphengine.masks import Names, names_of
from graphengine.tables.graph import Graph, Source
from graphengine.tables.keys import key_of
from graphengine.vocabulary import KIND_BY_PREFIX, RELATIONS

TAKEN_TOGETHER = ("PAID", "BENEFITS")
"""Relations that recur by the month: rows between the same two nodes become one edge."""

MOST_RECORDS = 20
"""How many register rows a node or an edge names."""

Row = Mapping[str, Any]

_TWO_64 = 1 << 64
_INSIDE = (
    "source IN (SELECT unnest($nodes::VARCHAR[])) AND target IN (SELECT unnest($nodes::VARCHAR[]))"
)
_IN_TIME = (
    "($until::DATE IS NULL OR coalesce(valid_from <= $until::DATE, true)) "
    "AND ($since::DATE IS NULL OR coalesce(valid_to >= $since::DATE, true))"
)
_APART = "(asked OR coalesce(list_has_any(records, $singled::UBIGINT[]), false))"
_TOGETHER = (
    "SELECT source, target, count(*) AS rows, sum(amount)::BIGINT AS amount, "
    "min(valid_from) AS valid_from, max(valid_to) AS valid_to, sum(len(records))::BIGINT "
    f"AS named, list_slice(list_sort(flatten(list(records))), 1, {MOST_RECORDS}) AS records "
    f"FROM ({{chosen}}) WHERE NOT {_APART} GROUP BY source, target"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Which relations are wanted, by their ends and days, and which are by themselves.

    `pairs` are ends in either direction; None: all relations between `nodes`. Those count that
    overlap `since` to `until` (inclusive, None: open). `edges` (relation, key) are wanted in any
    case. They and rows of the records in `singled` are never taken together.
    """

    nodes: tuple[NodeId, ...]
    pairs: tuple[tuple[NodeId, NodeId], ...] | None = None
    edges: tuple[tuple[str, int], ...] = ()
    since: date | None = None
    until: date | None = None
    singled: frozenset[RecordId] = field(default_factory=frozenset)


class RowReader(Protocol):
    """Rows of one graph version."""

    @property
    def names(self) -> Names:
        """Return the persons' names, for masks."""

    def nodes(self, kind: str, ids: Sequence[NodeId]) -> Iterable[Row]:
        """Return the nodes of a kind that exist, as its table has them."""

    def relations(self, span: Span) -> Iterable[tuple[str, Row]]:
        """Return relations with their kind; each also says its `rows` and how many it `named`.

        Of TAKEN_TOGETHER one row stands for all between two nodes: `amount` is the sum, the days
        span all that are not open, `records` are the smallest MOST_RECORDS.
        """

    def sources(self, records: Iterable[RecordId]) -> Mapping[RecordId, Source]:
        """Return where records stand; those that are unknown are left out."""


class TableRows:
    """Rows read from the tables; every kind that can occur is scanned."""

    def __init__(self, graph: Graph) -> None:
        """Read a version of the graph."""
        self._graph = graph

    @property
    def names(self) -> Names:
        """Return the persons' names, for masks."""
        return names_of(self._graph)

    def nodes(self, kind: str, ids: Sequence[NodeId]) -> Iterator[Row]:
        """Return the nodes of a kind that exist; cost: one scan."""
        query = f'SELECT * FROM "{kind}" WHERE id IN (SELECT unnest($ids::VARCHAR[]))'
        return self._graph.sql(query, ids=ids).iter_rows(named=True)

    def sources(self, records: Iterable[RecordId]) -> Mapping[RecordId, Source]:
        """Return where records stand; cost: one scan."""
        return self._graph.sources(records)

    def relations(self, span: Span) -> Iterator[tuple[str, Row]]:
        """Return relations with their kind; cost: one scan per kind that can occur."""
        kinds = {KIND_BY_PREFIX[node.partition(":")[0]].name for node in span.nodes}
        for name, relation in RELATIONS.items():
            if kinds.intersection(relation.sources) and kinds.intersection(relation.targets):
                query, parameters = _query(name, span)
                for row in self._graph.sql(query, **parameters).iter_rows(named=True):
                    yield name, row


def _query(relation: str, span: Span) -> tuple[str, dict[str, object]]:
    """Return the query of a relation's rows, and its parameters."""
    pairs = span.pairs or ()
    keys = [key % _TWO_64 for name, key in span.edges if name == relation]
    parameters: dict[str, object] = {
        "nodes": [*span.nodes],
        "since": span.since,
        "until": span.until,
        "keys": keys,
    }
    between = "true"
    if span.pairs is not None:
        between = (
            "(source, target) IN (SELECT unnest($sources::VARCHAR[]), unnest($targets::VARCHAR[]))"
        )
        parameters["sources"] = [*(a for a, _ in pairs), *(b for _, b in pairs)]
        parameters["targets"] = [*(b for _, b in pairs), *(a for a, _ in pairs)]
    key = key_of(relation) if keys else "0::UBIGINT"
    chosen = (
        f"SELECT *, {key} IN (SELECT unnest($keys::UBIGINT[])) AS asked, {key} AS key "
        f'FROM "{relation}" WHERE {_INSIDE} AND ((({between}) AND {_IN_TIME}) OR asked) '
        "QUALIFY NOT asked OR row_number() OVER (PARTITION BY key) = 1"
    )
    singly = f"SELECT * EXCLUDE (asked, key), 1 AS rows, len(records) AS named FROM ({chosen})"
    if relation not in TAKEN_TOGETHER:
        return singly, parameters
    parameters["singled"] = sorted(span.singled)
    return (
        f"{_TOGETHER.format(chosen=chosen)} UNION ALL BY NAME {singly} WHERE {_APART}",
        parameters,
    )
