"""How strong the steps of ways are and when they began, read for many ways at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graphengine.identifiers import NodeId
from graphengine.store.adjacency import Adjacency
from graphengine.store.edges import STEPPING
from graphengine.store.engine import EdgeKey, Limits
from queries.strength import MOMENTS, WEIGHTS

Pair = tuple[NodeId, NodeId]
Rows = NDArray[np.int64]
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Measure:
    """The weight of a relation, and when it began; None where that is open."""

    weight: float
    began: datetime | None


def stronger(measures: Iterable[Measure]) -> Measure:
    """Return the strongest weight and the earliest beginning of what ties two nodes."""
    known = list(measures)
    return Measure(
        max((m.weight for m in known), default=0.0),
        min((m.began for m in known if m.began is not None), default=None),
    )


def measured_edges(arrays: Adjacency, edges: Iterable[EdgeKey]) -> Mapping[EdgeKey, Measure]:
    """Return how strong single rows are; raise KeyError for one that the version does not hold."""
    by_relation: dict[str, list[EdgeKey]] = {}
    for edge in sorted(set(edges)):
        by_relation.setdefault(edge.relation, []).append(edge)
    found: dict[EdgeKey, Measure] = {}
    for relation, some in by_relation.items():
        rows = arrays.columns.rows_of(relation, [edge.key for edge in some])
        if (rows < 0).any():
            raise KeyError(relation)
        found.update(zip(some, _measures(arrays, relation, rows), strict=True))
    return found


def measured_pairs(
    arrays: Adjacency, pairs: Iterable[Pair], relations: Iterable[str], limits: Limits
) -> Mapping[Pair, Measure]:
    """Return how strongly nodes are tied either way by these relations, within the window.

    A tie may span a window in which none of its rows was valid: then all of them count. Cost: the
    rows between the nodes.
    """
    wanted = sorted({(a, b) if a < b else (b, a) for a, b in pairs})
    between = [arrays.between(*(_position(arrays, n) for n in pair)) for pair in wanted]
    edges = np.array([e for some in between for e in some], dtype=np.int64)
    owner = np.repeat(np.arange(len(wanted)), [len(some) for some in between])
    kept = _within(arrays, edges, limits)
    kept |= np.bincount(owner, weights=kept, minlength=len(wanted))[owner] == 0
    found: list[list[Measure]] = [[] for _ in wanted]
    for relation in relations:
        code = STEPPING.index(relation)
        low, high = arrays.first[code : code + 2].tolist()
        own = kept & (edges >= low) & (edges < high)
        measures = _measures(arrays, relation, edges[own] - low)
        for pair, measure in zip(owner[own].tolist(), measures, strict=True):
            found[pair].append(measure)
    told = {pair: stronger(every) for pair, every in zip(wanted, found, strict=True)}
    return told | {(b, a): measure for (a, b), measure in told.items()}


def _position(arrays: Adjacency, node: NodeId) -> int:
    at = arrays.index(node)
    if at is None:
        raise KeyError(node)
    return at


def _within(arrays: Adjacency, edges: Rows, limits: Limits) -> NDArray[np.bool_]:
    """Tell which rows were valid at some time within the window."""
    kept = np.ones(len(edges), dtype=np.bool_)
    if limits.until:
        kept &= arrays.edges.since[edges] <= limits.until.toordinal() - _EPOCH
    if limits.since:
        kept &= arrays.edges.until[edges] >= limits.since.toordinal() - _EPOCH
    return kept


def _measures(arrays: Adjacency, relation: str, rows: Rows) -> Iterator[Measure]:
    weight = WEIGHTS[relation]
    values = arrays.columns.of_rows(relation, weight.by, rows) if weight.by else pa.nulls(len(rows))
    began = arrays.columns.of_rows(relation, MOMENTS[relation], rows)
    for value, moment in zip(values.to_pylist(), began.to_pylist(), strict=True):
        yield Measure(weight.value(value), _moment(moment))


def _moment(said: date | datetime | None) -> datetime | None:
    if said is None or isinstance(said, datetime):
        return said
    return datetime.combine(said, datetime.min.time())
