"""Nodes with too many neighbours, told in figures instead of being expanded."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from graphengine.answer import Summary, Tally
from graphengine.identifiers import NodeId
from graphengine.store.adjacency import Adjacency
from graphengine.store.edges import JOINING
from graphengine.store.engine import Limits
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL
from graphengine.store.ties import EQUAL

_SUMS = {"PAID": "amount", "AWARDED": "amount", "BENEFITS": "amount", "WORKED": "wage"}
"""Relations whose money may be added up, and its column."""
_EPOCH = date(1970, 1, 1).toordinal()
_WAYS: tuple[Literal["out", "in"], ...] = ("out", "in")
Numbers = NDArray[np.int64]


def summaries(arrays: Adjacency, nodes: Iterable[NodeId], limits: Limits) -> tuple[Summary, ...]:
    """Return what lies around the nodes with more than `limits.hub` neighbours, by their ids.

    Per relation and direction: how many rows within the window, their sum, the first and the last
    day; being at a place is not told. Cost: the rows of those nodes.
    """
    places = {node: at for node in sorted(nodes) if (at := arrays.index(node)) is not None}
    return tuple(
        Summary(node, arrays.degree(at), tuple(_tallies(arrays, at, limits)))
        for node, at in places.items()
        if arrays.degree(at) > limits.hub
    )


def _tallies(arrays: Adjacency, at: int, limits: Limits) -> Iterator[Tally]:
    net, known = arrays.network, arrays.edges
    low, high = net.edge_starts[net.starts[at : at + 2]].tolist()
    signed = net.edges[low:high].astype(np.int64)
    edges = np.where(signed < 0, ~signed, signed)
    kept = known.standing[edges] != EQUAL
    if limits.until:
        kept &= known.since[edges] <= limits.until.toordinal() - _EPOCH
    if limits.since:
        kept &= known.until[edges] >= limits.since.toordinal() - _EPOCH
    for code, relation in enumerate(JOINING):
        for way in _WAYS:
            own = kept & (known.relation[edges] == code) & ((signed >= 0) == (way == "out"))
            if own.any():
                yield _tally(arrays, relation, way, edges[own])


def _tally(arrays: Adjacency, relation: str, way: Literal["out", "in"], edges: Numbers) -> Tally:
    begins, ends = arrays.edges.since[edges], arrays.edges.until[edges]
    dated = begins[begins != OPEN_SINCE]
    last = np.where(ends == OPEN_UNTIL, begins, ends)
    last = last[last != OPEN_SINCE]
    amount = None
    if relation in _SUMS:
        rows = edges - int(arrays.first[JOINING.index(relation)])
        amount = pc.sum(arrays.columns.of_rows(relation, _SUMS[relation], rows)).as_py()
    return Tally(
        relation, way, len(edges), amount, _day(dated.min(initial=OPEN_UNTIL)),
        _day(last.max(initial=OPEN_SINCE)),
    )  # fmt: skip


def _day(number: int) -> date | None:
    return None if number in (OPEN_SINCE, OPEN_UNTIL) else date.fromordinal(int(number) + _EPOCH)
