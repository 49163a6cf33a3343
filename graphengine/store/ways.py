"""Tables of unfinished ways, growing node by node at both ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphengine.store.network import Counts, Indices
from graphengine.store.stepping import Steps

Side = Literal["left", "right"]


class Matched(NamedTuple):
    """Ways found, all of one length: n × k nodes and n × (k - 1) edges, in the path's order."""

    nodes: Indices
    edges: Counts


@dataclass(frozen=True, slots=True)
class Ways:
    """Unfinished ways of one shape; columns are in the order in which they were found.

    `order` tells which node columns follow one another on the path. The ways reach from the
    pattern's node `left` to its node `right`, and `hops` relations further on `side` where a
    repeated relation is under way. `nodes_of` and `edges_of` are the columns of variables.
    """

    nodes: Indices
    edges: Counts
    order: tuple[int, ...]
    left: int
    right: int
    nodes_of: Mapping[str, int]
    edges_of: Mapping[str, int] = field(default_factory=dict)
    side: Side = "right"
    hops: int = 0

    @classmethod
    def begun(cls, nodes: Indices, at: int, name: str) -> "Ways":
        """Return ways that stand at one node of the pattern."""
        none = np.empty((len(nodes), 0), dtype=np.int64)
        return cls(np.ascontiguousarray(nodes).reshape(-1, 1), none, (0,), at, at, {name: 0})

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.nodes)

    @property
    def variables(self) -> frozenset[str]:
        """Return the variables that have a value."""
        return frozenset(self.nodes_of) | frozenset(self.edges_of)

    def end(self, side: Side) -> int:
        """Return the column of the outermost node on a side."""
        return self.order[-1 if side == "right" else 0]

    def kept(self, which: NDArray[Any] | slice) -> "Ways":
        """Return some of the ways, by mask, number or range."""
        return replace(self, nodes=self.nodes[which], edges=self.edges[which])

    def onward(self, found: Steps, base: int, side: Side) -> "Ways":
        """Return the ways one step further; `base` is the number of the first edge there is."""
        last = self.nodes.shape[1]
        return replace(
            self,
            nodes=np.column_stack((self.nodes[found.way], found.near)),
            edges=np.column_stack((self.edges[found.way], found.edge.astype(np.int64) + base)),
            order=(*self.order, last) if side == "right" else (last, *self.order),
            side=side,
            hops=self.hops + 1,
        )

    def arrived(self, node: str, relation: str | None) -> "Ways":
        """Return the ways at the pattern's next node; a relation that repeats has no column."""
        right = self.side == "right"
        edges_of = {} if relation is None else {relation: self.edges.shape[1] - 1}
        return replace(
            self,
            left=self.left - (not right),
            right=self.right + right,
            nodes_of={node: self.nodes.shape[1] - 1, **self.nodes_of},
            edges_of={**self.edges_of, **edges_of},
            hops=0,
        )

    def in_order(self) -> Matched:
        """Return nodes and edges as they follow one another on the path."""
        order = list(self.order)
        return Matched(self.nodes[:, order], self.edges[:, [at - 1 for at in order if at]])
