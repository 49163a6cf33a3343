"""Who is next to whom, as compressed arrays: an index over one graph version, never written to.

All relations but AT (everybody is at a village), both ways, with their kinds and the days of their
ties; AT beside them. An edge's number tells its relation and its row there. The arrays lie in the
workspace's `snapshot/<version>/`, memory-mapped, with the rows themselves (see `columns`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from graphengine.identifiers import NodeId
from graphengine.store.around import Flow
from graphengine.store.building import Nodes
from graphengine.store.columns import Columns
from graphengine.store.compress import frozen
from graphengine.store.edges import JOINING, PLACING, STEPPING, Arrays, Edges
from graphengine.store.network import (
    EVERYBODY,
    Counts,
    Indices,
    Network,
    Scratch,
    Shut,
    place_of,
    scratch,
)
from graphengine.store.snapshot import fits, fitted, saved
from graphengine.tables.graph import Graph


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """Where an edge stands: its relation and its row in that relation's table, from 0."""

    relation: str
    row: int


class Layer(NamedTuple):
    """Some of the relations as one network that bears the days of rows, not those of ties.

    `first` (one more than `names`) is where the edges of each begin, from 0.
    """

    names: tuple[str, ...]
    first: Counts
    net: Network


@dataclass(frozen=True)
class Adjacency:
    """The arrays of one graph version, nodes in the order of their ids; threads may share it."""

    folder: Path
    nodes: Nodes
    arrays: Arrays
    _spare: list[Scratch] = field(default_factory=list)
    _shut: dict[bytes, Shut] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: Graph, folder: Path) -> "Adjacency":
        """Open the arrays of a graph version in `folder`; build them unless those there fit it."""
        return _opened(folder, fitted(graph, folder))

    @classmethod
    def standing(cls, graph: Graph, folder: Path) -> "Adjacency | None":
        """Open the arrays of a graph version where they are built already."""
        fingerprint = fits(graph, folder)
        return _opened(folder, fingerprint) if fingerprint else None

    @classmethod
    def opened(cls, folder: Path) -> Self:
        """Memory-map the arrays of a folder."""
        return cls(folder, *saved(folder))

    @property
    def ids(self) -> NDArray[np.bytes_]:
        """Return all ids, ASCII bytes, ascending."""
        return self.nodes.ids

    @property
    def first(self) -> Counts:
        """Return where the edges of each of STEPPING begin, and where the last end."""
        return self.arrays.first

    @property
    def edges(self) -> Edges:
        """Return what is known of every edge."""
        return self.arrays.edges

    @property
    def network(self) -> Network:
        """Return all relations but AT; the days are those of ties."""
        return self.arrays.network

    @property
    def places(self) -> Network:
        """Return AT alone, its edges numbered from 0; the days are those of ties."""
        return self.arrays.places

    @property
    def forward(self) -> Flow:
        """Return the payments by who paid, in time."""
        return self.arrays.forward

    @property
    def backward(self) -> Flow:
        """Return the payments by who was paid, back in time."""
        return self.arrays.backward

    @cached_property
    def layers(self) -> tuple[Layer, Layer]:
        """Return JOINING and PLACING as networks that bear the days of rows."""
        joined = int(self.first[len(JOINING)])
        since, until = self.edges.since, self.edges.until
        return (
            Layer(
                JOINING,
                self.first[: len(JOINING) + 1],
                frozen(self.network._replace(since=since[:joined], until=until[:joined])),
            ),
            Layer(
                (PLACING,),
                self.first[len(JOINING) :] - joined,
                frozen(self.places._replace(since=since[joined:], until=until[joined:])),
            ),
        )

    @cached_property
    def columns(self) -> Columns:
        """Return the rows of nodes, relations and sources."""
        return Columns(self.folder, self.nodes, self.arrays)

    @contextmanager
    def scratch(self) -> Iterator[Scratch]:
        """Lend memory for searches to one thread at a time."""
        work = self._spare.pop() if self._spare else scratch(len(self.ids))
        try:
            yield work
        finally:
            self._spare.append(work)

    def shut(self, division: str | None) -> Shut:
        """Return which nodes are out of the scope of a division (its number or how it begins).

        Without a division, nobody; nodes that belong to no division are never out of scope.
        """
        wanted = (division or "").encode("ascii", "replace")
        if not wanted:
            return EVERYBODY
        shut = self._shut.get(wanted)
        if shut is None:
            outside = [not scope.startswith(wanted) for scope in self.nodes.scopes.tolist()]
            shut = np.array([*outside, False], dtype=np.bool_)[self.nodes.scope]
            shut.flags.writeable = False
            self._shut.clear()
            self._shut[wanted] = shut
        return shut

    def index(self, node: str) -> int | None:
        """Return a node's position, or None where the graph has no such node; cost: log n."""
        wanted = node.encode("ascii", "replace")
        at = int(np.searchsorted(self.ids, np.bytes_(wanted)))
        return at if at < len(self.ids) and self.ids[at] == wanted else None

    def positions(self, nodes: Sequence[str]) -> Indices:
        """Return many nodes' positions; -1 where the graph has no such node."""
        wanted = np.array([node.encode("ascii", "replace") for node in nodes], dtype=np.bytes_)
        if not len(wanted) or not len(self.ids):
            return np.full(len(wanted), -1, dtype=np.int32)
        at = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[at] == wanted, at, -1).astype(np.int32)

    def node(self, at: int) -> NodeId:
        """Return the id of a position."""
        return NodeId(self.ids[at].decode("ascii"))

    def degree(self, at: int) -> int:
        """Return how many different neighbours a position has."""
        return int(self.network.starts[at + 1] - self.network.starts[at])

    def neighbours(self, at: int) -> Indices:
        """Return the positions next to one, ascending."""
        return self.network.ends[self.network.starts[at] : self.network.starts[at + 1]]

    def between(self, a: int, b: int) -> tuple[int, ...]:
        """Return the numbers of the edges between two different positions, ascending; not AT."""
        at = place_of(self.network, a, b)
        if at < 0:
            return ()
        low, high = self.network.edge_starts[at : at + 2]
        return tuple(max(e, ~e) for e in self.network.edges[low:high].tolist())

    def row(self, edge: int) -> EdgeRow:
        """Return where an edge stands in the tables; cost: log of the relations."""
        code = int(np.searchsorted(self.first, edge, side="right")) - 1
        return EdgeRow(STEPPING[code], edge - int(self.first[code]))

    def edge(self, relation: str, row: int) -> int:
        """Return the number of a relation's row."""
        return int(self.first[STEPPING.index(relation)]) + row


@lru_cache(maxsize=2)
def _opened(folder: Path, _fingerprint: str) -> Adjacency:
    return Adjacency.opened(folder)
