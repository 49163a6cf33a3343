"""What path patterns are matched on: rows as arrays, where kinds of nodes lie, and their values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graphengine.store.adjacency import Layer
from graphengine.store.edges import codes
from graphengine.store.network import (
    EVERYBODY,
    NO_HUB,
    OPEN_SINCE,
    OPEN_UNTIL,
    Counts,
    Indices,
    Shut,
    Sieve,
)
from graphengine.store.pattern import RelationPattern
from graphengine.vocabulary import NODE_KINDS, RELATION_KINDS

_PROPERTIES = {k.name: k.properties for k in NODE_KINDS} | {
    k.name: k.properties for k in RELATION_KINDS
}
_PROTECTED = frozenset(
    (kind, p.name) for kind, own in _PROPERTIES.items() for p in own if p.protected
)

Read = Callable[[str, NDArray[Any]], pa.Array]


class Values(Protocol):
    """What is written of nodes and relations; nulls where nothing is.

    All raise KeyError where a kind has no property of the name.
    """

    def of_nodes(self, kind: str, name: str, nodes: Indices) -> pa.Array:
        """Return a property of positions, all of one kind."""
        ...

    def of_rows(self, relation: str, name: str, rows: Counts) -> pa.Array:
        """Return a property of a relation's rows."""
        ...


@dataclass(frozen=True)
class Ground:
    """One version of the graph, as far as a question may see it.

    `ids` ascend. Nodes that are `shut` are not seen; rows count that overlap `since` to `until`.
    In repeated relations nodes with more than `hub` neighbours in the first layer are not walked
    through. Edges are numbered through all layers.
    """

    ids: NDArray[np.bytes_]
    layers: tuple[Layer, ...]
    values: Values
    shut: Shut = field(default_factory=lambda: EVERYBODY)
    since: int = OPEN_SINCE
    until: int = OPEN_UNTIL
    hub: int = NO_HUB

    def position(self, node: str) -> int | None:
        """Return where a node stands, or None; cost: log n."""
        wanted = node.encode("ascii", "replace")
        at = int(np.searchsorted(self.ids, np.bytes_(wanted)))
        return at if at < len(self.ids) and self.ids[at] == wanted else None

    @cached_property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """Return the ranges of positions where the kinds' nodes lie, ascending."""
        ends = [k.prefix.encode() + end for k in NODE_KINDS for end in (b":", b";")]
        found = np.searchsorted(self.ids, np.array(ends)).reshape(-1, 2).tolist()
        named = (
            (low, high, kind.name) for kind, (low, high) in zip(NODE_KINDS, found, strict=True)
        )
        return {name: (low, high) for low, high, name in sorted(named)}

    def is_seen(self, node: int) -> bool:
        """Tell whether a node is in sight."""
        return not (len(self.shut) and self.shut[node])

    def sieve(self, relation: RelationPattern, layer: int) -> Sieve:
        """Return what may be passed on a layer along a relation, from left to right."""
        own = set(relation.relations) & set(self.layers[layer].names)
        kinds = codes(*own)
        return Sieve(
            kinds * (relation.way != "back"),
            kinds * (relation.way != "out"),
            self.since,
            self.until,
            self.hub,
            self.shut,
        )

    def base(self, layer: int) -> int:
        """Return the number of a layer's first edge."""
        return sum(int(one.first[-1]) for one in self.layers[:layer])

    def is_hub(self, nodes: Indices) -> NDArray[np.bool_]:
        """Tell which nodes are not walked through."""
        starts = self.layers[0].net.starts
        return np.asarray(starts[nodes + 1] - starts[nodes] > self.hub)

    def places(self, nodes: Indices) -> int:
        """Return how many neighbours nodes have in the first layer, all together."""
        starts = self.layers[0].net.starts
        return int((starts[nodes + 1] - starts[nodes]).sum())

    def names_of(self, nodes: Indices) -> NDArray[np.str_]:
        """Return the ids of positions, in the shape given."""
        return np.char.decode(self.ids[nodes], "ascii")

    def node_values(self, name: str, nodes: Indices) -> pa.Array:
        """Return a property of nodes of any kinds; null where it is protected or there is none."""
        if name == "id":
            return pa.array(self.names_of(nodes).tolist(), pa.string())
        of = np.searchsorted([low for low, _ in self.spans.values()], nodes, side="right") - 1
        return _gathered(
            list(self.spans),
            of,
            nodes,
            lambda kind, some: self.values.of_nodes(kind, _open(kind, name), some),
        )

    def row_values(self, name: str, edges: Counts) -> pa.Array:
        """Return a property of edges of any relations; null where protected or there is none."""
        names, of, rows = self.rows(edges)
        return _gathered(
            names,
            of,
            rows,
            lambda kind, some: self.values.of_rows(kind, _open(kind, name), some),
        )

    def rows(self, edges: Counts) -> tuple[list[str], Counts, Counts]:
        """Return all relations and, for every edge, which it is of and its row there."""
        names, first = self._relations
        of = np.searchsorted(first, edges, side="right") - 1
        return names, of, edges - first[of]

    @cached_property
    def _relations(self) -> tuple[list[str], Counts]:
        """Return all relations and the numbers of their first edges."""
        names = [name for layer in self.layers for name in layer.names]
        first = [self.base(i) + layer.first[:-1] for i, layer in enumerate(self.layers)]
        return names, np.concatenate(first)


def _open(kind: str, name: str) -> str:
    """Return the name of a property; raise KeyError where it is protected."""
    if (kind, name) in _PROTECTED:
        raise KeyError(name)
    return name


def _gathered(names: Sequence[str], of: Counts, at: NDArray[Any], read: Read) -> pa.Array:
    """Return values read group by group, in the order of `at`."""
    parts: list[pa.Array] = []
    places: list[Counts] = []
    for group in np.unique(of).tolist():
        chosen = np.flatnonzero(of == group)
        try:
            part = read(names[group], at[chosen])
        except KeyError:
            continue
        parts.append(part)
        places.append(chosen)
    if not parts:
        return pa.nulls(len(at))
    order = np.full(len(at), -1, dtype=np.int64)
    order[np.concatenate(places)] = np.arange(sum(len(p) for p in parts))
    values = pa.concat_arrays(parts) if len(parts) > 1 else parts[0]
    if len(values) == len(at) and len(parts) == 1:
        return values
    return values.take(pa.array(order, mask=order < 0))
