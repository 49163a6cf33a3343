"""From the rows of a store that speaks Cypher to what an engine found."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphengine.identifiers import NodeId
from graphengine.store.engine import EdgeKey, Found, Limits, Near, Way, found
from graphengine.store.question import Arguments, Question, anchors
from graphengine.store.statement_limits import limit_parameters, step
from graphengine.store.statements import Dialect, statements
from graphengine.subgraph import kind_of, no_such_node

Run = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]
"""Runs one read statement; returns its rows, values in the order of its RETURN."""


def answer(
    run: Run, question: Question, arguments: Arguments, limits: Limits, dialect: Dialect
) -> Found:
    """Return what a question finds in a store; all statements see one state of it."""
    if question.method == "reach":
        return _around(run, question, arguments, limits)
    ways: list[Way] = []
    for said in statements(question, arguments, limits, dialect):
        ways += [_way(row) for row in run(said.text, said.parameters)]
    return found(ways, limits)


def _way(row: Sequence[Any]) -> Way:
    nodes = tuple(NodeId(n) for n in row[0])
    if len(row) == 1:
        return Way(nodes)
    return Way(nodes, tuple(EdgeKey(k, n) for k, n in zip(row[1], row[2], strict=True)))


def _around(run: Run, question: Question, arguments: Arguments, limits: Limits) -> Found:
    """Return the nodes around one, hop by hop; raise NotFoundError for one that is not there."""
    (pattern,) = question.paths(arguments)
    (relation,) = pattern.relations
    (parameter,) = anchors(pattern).values()
    start = NodeId(str(arguments[parameter]))
    if not _seen(run, start, limits):
        return Found()
    hops = {start: 0}
    front = [start]
    for hop in range(1, relation.high + 1):
        onward: set[NodeId] = set()
        for kind, nodes in _by_kind(front).items():
            text = step(kind, relation.relations, limits)
            for node, neighbours in run(text, {"front": nodes, **limit_parameters(limits)}):
                if node not in hops:
                    hops[NodeId(node)] = hop
                    if neighbours <= limits.hub:
                        onward.add(NodeId(node))
        front = sorted(onward)
    near = sorted((Near(n, h) for n, h in hops.items()), key=lambda n: (n.hops, n.node))
    return Found(near=tuple(near[: limits.most]), cut=len(near) > limits.most)


def _seen(run: Run, start: NodeId, limits: Limits) -> bool:
    text = f"MATCH (a:{kind_of(start)}) WHERE a.id = $start RETURN a.scope"
    rows = run(text, {"start": start})
    if not rows:
        raise no_such_node()
    scope = rows[0][0]
    return scope is None or str(scope).startswith(limits.division)


def _by_kind(nodes: Sequence[NodeId]) -> dict[str, list[NodeId]]:
    grouped: dict[str, list[NodeId]] = {}
    for node in nodes:
        grouped.setdefault(kind_of(node), []).append(node)
    return grouped
