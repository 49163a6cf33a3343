"""Rows for a subgraph, looked up in a version's snapshot; the tables are not read at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from graphengine.identifiers import NodeId, RecordId
from graphengine.masks import Names
from graphengine.rows import TAKEN_TOGETHER, Row, Span
from graphengine.store.adjacency import Adjacency
from graphengine.store.among import edges_among, edges_between
from graphengine.store.edges import JOINING, STEPPING
from graphengine.store.groups import Groups
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Counts, Indices
from graphengine.store.ties import EQUAL
from graphengine.tables.graph import Source

_EPOCH = date(1970, 1, 1)
_TOGETHER = (
    "source", "target", "rows", "amount", "valid_from", "valid_to", "named", "records",
)  # fmt: skip


class SnapshotRows:
    """Rows read from a snapshot; cost: what is read, whatever the size of the graph."""

    def __init__(self, arrays: Adjacency) -> None:
        """Read a version's snapshot."""
        self._arrays = arrays
        self._columns = arrays.columns

    @property
    def names(self) -> Names:
        """Return the persons' names, for masks."""
        return self._columns.names

    def nodes(self, kind: str, ids: Sequence[NodeId]) -> Iterable[Row]:
        """Return the nodes of a kind that exist, by id."""
        return self._columns.nodes(kind, self._positions(ids))

    def sources(self, records: Iterable[RecordId]) -> Mapping[RecordId, Source]:
        """Return where records stand."""
        return self._columns.sources(records)

    def relations(self, span: Span) -> Iterator[tuple[str, Row]]:
        """Return relations with their kind."""
        edges, asked = self._edges(span)
        first = self._arrays.first
        bounds = np.searchsorted(edges, first)
        for code, name in enumerate(STEPPING):
            here = slice(bounds[code], bounds[code + 1])
            rows = edges[here] - first[code]
            if not len(rows):
                continue
            if name not in TAKEN_TOGETHER:
                yield from ((name, row) for row in self._singly(name, rows))
                continue
            apart = asked[here] | self._bears(name, rows, span.singled)
            yield from ((name, row) for row in self._together(name, rows[~apart]))
            yield from ((name, row) for row in self._singly(name, rows[apart]))

    def _positions(self, ids: Sequence[NodeId]) -> Indices:
        """Return the positions of those ids that exist, ascending, each once."""
        found = np.unique(self._arrays.positions(ids))
        return found[found >= 0]

    def _edges(self, span: Span) -> tuple[Counts, NDArray[np.bool_]]:
        """Return the edges that are wanted, ascending, and which were asked for by their key."""
        chosen = self._positions(span.nodes)
        edges = self._arrays.edges
        found = self._in_time(self._joining(chosen, span), span)
        asked = self._asked(chosen, span)
        every = np.union1d(found, asked)
        equal = np.flatnonzero(edges.standing[every] == EQUAL)
        if len(asked) and len(equal):
            numbers = edges.relation[every[equal]], edges.key[every[equal]]
            wanted = {*span.edges}
            again = [
                (STEPPING[code], key) in wanted
                for code, key in zip(*(n.tolist() for n in numbers), strict=True)
            ]
            every = np.delete(every, equal[again])
        return every, np.isin(every, asked)

    def _joining(self, chosen: Indices, span: Span) -> Counts:
        """Return the edges between the wanted ends."""
        arrays = self._arrays
        base = int(arrays.first[len(JOINING)])
        nets = ((arrays.network, 0), (arrays.places, base))
        loops = arrays.edges.source[arrays.arrays.loops]
        if span.pairs is None:
            found = [edges_among(net, chosen) + first for net, first in nets]
            inside = np.isin(loops, chosen)
        else:
            a, b = arrays.positions([*chain.from_iterable(span.pairs)]).reshape(-1, 2).T
            known = np.isin(a, chosen) & np.isin(b, chosen)
            a, b = a[known], b[known]
            found = [edges_between(net, a, b) + first for net, first in nets]
            inside = np.isin(loops, a[a == b])
        return np.concatenate([*found, arrays.arrays.loops[inside]]).astype(np.int64)

    def _in_time(self, found: Counts, span: Span) -> Counts:
        edges = self._arrays.edges
        low = OPEN_SINCE if span.since is None else (span.since - _EPOCH).days
        high = OPEN_UNTIL if span.until is None else (span.until - _EPOCH).days
        return found[(edges.since[found] <= high) & (edges.until[found] >= low)]

    def _asked(self, chosen: Indices, span: Span) -> Counts:
        """Return the edges asked for by their key whose ends are there."""
        found = []
        for relation in sorted({name for name, _ in span.edges}):
            keys = [key for name, key in span.edges if name == relation]
            rows = self._columns.rows_of(relation, keys)
            found.append(rows[rows >= 0] + self._arrays.edge(relation, 0))
        if not found:
            return np.empty(0, dtype=np.int64)
        every = np.unique(np.concatenate(found))
        ends = self._arrays.edges.source[every], self._arrays.edges.target[every]
        return every[np.isin(ends[0], chosen) & np.isin(ends[1], chosen)]

    def _bears(
        self, relation: str, rows: Counts, records: frozenset[RecordId]
    ) -> NDArray[np.bool_]:
        """Tell which rows bear one of some records."""
        result = np.zeros(len(rows), dtype=np.bool_)
        if records:
            borne = self._columns.of_rows(relation, "records", rows)
            owner = pc.list_parent_indices(borne).to_numpy()
            wanted = np.array(sorted(records), dtype=np.uint64)
            result[owner[np.isin(borne.flatten().to_numpy(), wanted)]] = True
        return result

    def _singly(self, relation: str, rows: Counts) -> Iterator[Row]:
        for row in self._columns.relations(relation, rows):
            named = None if row["records"] is None else len(row["records"])
            yield {**row, "rows": 1, "named": named}

    def _together(self, relation: str, rows: Counts) -> Iterator[Row]:
        """Return one row for all between the same two nodes."""
        if not len(rows):
            return
        at = rows + self._arrays.edge(relation, 0)
        edges = self._arrays.edges
        columns = np.stack((edges.source[at], edges.target[at]))
        pairs, group = np.unique(columns, axis=1, return_inverse=True)
        groups = Groups(group.reshape(-1), pairs.shape[1])
        named, records = groups.records(self._columns.of_rows(relation, "records", rows))
        made = zip(
            groups.sizes(),
            groups.sums(self._columns.of_rows(relation, "amount", rows)),
            groups.first(edges.since[at]),
            groups.last(edges.until[at]),
            named,
            records,
            strict=True,
        )
        for (source, target), values in zip(pairs.T.tolist(), made, strict=True):
            ends = (self._arrays.node(source), self._arrays.node(target))
            yield dict(zip(_TOGETHER, (*ends, *values), strict=True))
