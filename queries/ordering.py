"""Ways as they are shown: folded where they differ by rows alone, in order, so many of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import prod

from graphengine.identifiers import NodeId
from graphengine.store.adjacency import Adjacency
from graphengine.store.engine import EdgeKey, Limits, Way
from graphengine.store.question import Question
from queries.measuring import Measure, measured_edges, measured_pairs, stronger


@dataclass(frozen=True, slots=True)
class Folded:
    """Ways over the same nodes as one; per step the rows taken, none where any tie will do."""

    nodes: tuple[NodeId, ...]
    steps: tuple[tuple[EdgeKey, ...], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A way with the measure of every step."""

    way: Folded
    steps: tuple[Measure, ...]

    @property
    def strength(self) -> float:
        """Return the product of the steps' weights."""
        return prod(step.weight for step in self.steps)

    @property
    def complete(self) -> datetime | None:
        """Return when the last of its steps began; None where none is dated."""
        return max((s.began for s in self.steps if s.began is not None), default=None)


def folded(question: Question, ways: Sequence[Way]) -> list[Folded]:
    """Return what is told as one way each, in the order found.

    Ways of patterns over the same nodes are one; of trails those that another one goes on with are
    left out; a tie either way round is one way.
    """
    if question.method == "patterns":
        return _by_nodes(ways)
    if question.method == "trails":
        longer = {(w.nodes[:-1], w.edges[:-1]) for w in ways}
        longer |= {(w.nodes[:i], w.edges[: i - 1]) for w in ways for i in range(2, len(w.nodes))}
        ways = [w for w in ways if (w.nodes, w.edges) not in longer]
    return [Folded(w.nodes, tuple((e,) for e in w.edges)) for w in ways]


def _by_nodes(ways: Iterable[Way]) -> list[Folded]:
    steps: dict[tuple[NodeId, ...], list[dict[EdgeKey, None]]] = {}
    for way in ways:
        own = steps.setdefault(way.nodes, [{} for _ in way.edges])
        for rows, edge in zip(own, way.edges, strict=True):
            rows[edge] = None
    return [
        Folded(nodes, tuple(tuple(sorted(rows)) for rows in own)) for nodes, own in steps.items()
    ]


def first_ways(
    arrays: Adjacency, question: Question, ways: Sequence[Folded], limits: Limits, limit: int
) -> list[Measured]:
    """Return the first ways in the question's order, measured; equal ones by length and nodes."""
    plain = sorted(ways, key=lambda w: (len(w.nodes), w.nodes, w.steps))
    if question.order == "length":
        plain = plain[:limit]
    measured = _measured(arrays, question, plain, limits)
    if question.order == "strength":
        measured.sort(key=lambda m: -round(m.strength, 9))
    elif question.order == "time":
        measured.sort(key=_times if question.method == "trails" else _time)
    return measured[:limit]


def _time(way: Measured) -> tuple[bool, datetime | None]:
    """Order by when all of a way was there; what is not dated comes last."""
    return way.complete is None, way.complete


def _times(way: Measured) -> list[tuple[bool, datetime | None]]:
    """Order by the first step's moment, then the next one's."""
    return [(step.began is None, step.began) for step in way.steps]


def _measured(
    arrays: Adjacency, question: Question, ways: Sequence[Folded], limits: Limits
) -> list[Measured]:
    if all(any(way.steps) for way in ways):
        edges = {edge for way in ways for step in way.steps for edge in step}
        known = measured_edges(arrays, edges)
        return [
            Measured(w, tuple(stronger(known[e] for e in step) for step in w.steps)) for w in ways
        ]
    pairs = {pair for way in ways for pair in pairwise(way.nodes)}
    tied = measured_pairs(arrays, pairs, relations_of(question), limits)
    return [Measured(w, tuple(tied[pair] for pair in pairwise(w.nodes))) for w in ways]


def relations_of(question: Question) -> list[str]:
    """Return the relations that a question's paths name, each once."""
    return sorted({r for p in question.patterns for one in p.relations for r in one.relations})
