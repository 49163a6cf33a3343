"""All paths that match a pattern, found on the arrays.

A table of unfinished ways grows node by node, in both directions from the node that is given:
kinds, dates and conditions are tested for thousands of ways at once. Tables that grow long are gone
on with piece by piece, depth first, so memory stays small and the first ways are there early.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeGuard

import numpy as np
import pyarrow as pa

from graphengine.store.conditions import Holds, Operand, holds
from graphengine.store.ground import Ground, Layer
from graphengine.store.moments import in_time
from graphengine.store.network import Indices, Sieve
from graphengine.store.patience import Patience
from graphengine.store.pattern import Condition, Parameter, Pattern, Property, RelationPattern, Term
from graphengine.store.question import Arguments
from graphengine.store.stepping import steps
from graphengine.store.ways import Matched, Side, Ways

_PIECE = 1 << 15
"""How many steps are found at a time; a single way's are not divided."""
_ANYWHERE = np.array([[0, 2**31 - 1]], dtype=np.int32)


def matches(
    ground: Ground, pattern: Pattern, arguments: Arguments, patience: Patience
) -> Iterator[Matched]:
    """Return all paths that match a pattern, in tables.

    Nodes differ unless the pattern names them alike; only then may a way take a row twice, which
    is left to the caller to see. Raises StoreError when patience is over. Cost: the ways that fit
    the pattern up to where they first do not.
    """
    search = _Search(ground, pattern, arguments)
    waiting: list[_Move] = []
    ways = search.begun()
    while True:
        patience.check()
        if len(ways) and search.is_whole(ways):
            yield ways.in_order()
        elif len(ways):
            waiting += search.moves(ways)
        if not waiting:
            return
        move = waiting.pop()
        ways, done = search.moved(move)
        if done < len(move.ways):
            waiting.append(move._replace(ways=move.ways.kept(slice(done, None))))


def given(ground: Ground, pattern: Pattern, arguments: Arguments) -> Mapping[str, Indices]:
    """Return the positions that each variable whose id is given may have, ascending.

    Left out are ids that are not in the graph and nodes that are out of sight.
    """
    found: dict[str, set[int]] = {}
    for name, parameter in filter(None, map(_given, pattern.where)):
        said = arguments[parameter]
        nodes = (ground.position(str(n)) for n in (said if isinstance(said, tuple) else (said,)))
        seen = {n for n in nodes if n is not None and ground.is_seen(n)}
        found[name] = found.get(name, seen) & seen
    return {name: np.array(sorted(nodes), dtype=np.int32) for name, nodes in found.items()}


def spans(ground: Ground, pattern: Pattern, variable: str) -> Indices:
    """Return the ranges of positions where nodes of a variable's kinds lie (m × 2), ascending."""
    said = [set(n.kinds) for n in pattern.nodes if n.name == variable and n.kinds]
    if not said:
        return _ANYWHERE
    kinds = set.intersection(*said)
    return np.array(sorted(ground.span(k) for k in kinds), dtype=np.int32).reshape(-1, 2)


def _given(condition: Condition) -> tuple[str, str] | None:
    """Return variable and parameter where a condition gives a node's id."""
    left, right = condition.left, condition.right
    if not isinstance(left, Property) or not isinstance(right, Parameter):
        return None
    gives = left.name == "id" and condition.operator in {"=", "IN"}
    return (left.variable, right.name) if gives else None


class _Move(NamedTuple):
    """A step to be taken by a table's ways, on one layer; it ends its relation, or does not."""

    ways: Ways
    side: Side
    layer: int
    ends: bool


class _Search:
    """One pattern on one ground."""

    def __init__(self, ground: Ground, pattern: Pattern, arguments: Arguments) -> None:
        self._ground = ground
        self._pattern = pattern
        self._arguments = arguments
        self._given = given(ground, pattern, arguments)
        self._conditions = [c for c in pattern.where if _given(c) is None]
        self._names = [n.name for n in pattern.nodes]
        self._goals = {name: self._goal(name) for name in self._names}

    def _goal(self, name: str) -> Indices:
        """Return where the nodes of a variable lie: its kinds' ranges, or the nodes given."""
        ranges = spans(self._ground, self._pattern, name)
        if name not in self._given:
            return ranges
        nodes = self._given[name]
        fits = ((nodes >= ranges[:, :1]) & (nodes < ranges[:, 1:])).any(axis=0)
        return np.column_stack((nodes[fits], nodes[fits] + 1)).astype(np.int32)

    def begun(self) -> Ways:
        """Return the ways of one node: of those given the one with the fewest candidates."""
        name = min(self._given, key=self._weight)
        ways = Ways.begun(self._goals[name][:, 0], self._names.index(name), name)
        return self._fitting(ways, frozenset())

    def _weight(self, name: str) -> tuple[int, int, int]:
        nodes = self._goals[name][:, 0]
        return len(nodes), self._ground.places(nodes), self._names.index(name)

    def is_whole(self, ways: Ways) -> bool:
        """Tell whether the ways reach from the pattern's first node to its last."""
        return ways.hops == 0 and ways.left == 0 and ways.right == len(self._names) - 1

    def moves(self, ways: Ways) -> list[_Move]:
        """Return what may be done next; the last is to be done first."""
        side = ways.side if ways.hops else self._side(ways)
        relation = self._relation(ways, side)
        on = [i for i, layer in enumerate(self._ground.layers) if layer.codes(relation.relations)]
        moves: list[_Move] = []
        if ways.hops + 1 < relation.high:
            moves += [_Move(ways, side, layer, ends=False) for layer in on]
        if ways.hops + 1 >= relation.low:
            moves += [_Move(ways, side, layer, ends=True) for layer in on]
        return moves

    def _side(self, ways: Ways) -> Side:
        """Return the side where there is less to look at."""
        if ways.right == len(self._names) - 1:
            return "left"
        if ways.left == 0:
            return "right"
        left, right = (self._ground.places(ways.nodes[:, ways.end(s)]) for s in ("left", "right"))
        return "left" if left < right else "right"

    def _relation(self, ways: Ways, side: Side) -> RelationPattern:
        return self._pattern.relations[ways.right if side == "right" else ways.left - 1]

    def moved(self, move: _Move) -> tuple[Ways, int]:
        """Return the ways after a move, and how many of those before it were gone on with."""
        ways, side = move.ways, move.side
        relation = self._relation(ways, side)
        layer = self._ground.layers[move.layer]
        near = self._names[ways.right + 1 if side == "right" else ways.left - 1]
        goals = _ANYWHERE
        if move.ends:
            again = ways.nodes_of.get(near)
            goals = self._goals[near] if again is None else np.array([[~again, 0]], dtype=np.int32)
        found = steps(
            layer.net,
            ways.nodes,
            ways.end(side),
            goals,
            sieve=self._sieve(layer, relation, side),
            shut=self._ground.shut,
            most=_PIECE,
        )
        further = ways.onward(found, self._ground.base(move.layer), side)
        if self._pattern.moments and relation.repeats:
            further = further.kept(in_time(self._ground, self._pattern, self._arguments, further))
        if move.ends:
            named = None if relation.repeats else relation.name
            further = self._fitting(further.arrived(near, named), ways.variables)
        else:
            further = further.kept(~self._ground.is_hub(further.nodes[:, -1]))
        return further, found.done

    def _sieve(self, layer: Layer, relation: RelationPattern, side: Side) -> Sieve:
        codes = layer.codes(relation.relations)
        along = relation.way != "back", relation.way != "out"
        out, back = along if side == "right" else along[::-1]
        return Sieve(codes * out, codes * back, self._ground.since, self._ground.until)

    def _fitting(self, ways: Ways, before: frozenset[str]) -> Ways:
        """Return the ways that meet the conditions whose variables all have a value by now."""
        for condition in self._conditions:
            used = _variables(condition)
            if used <= ways.variables and not (before and used <= before):
                ways = ways.kept(self._holds(condition, ways))
        return ways

    def _holds(self, condition: Condition, ways: Ways) -> Holds:
        left, right = condition.left, condition.right
        if _is_id(left, ways) and _is_id(right, ways):
            columns = (ways.nodes[:, ways.nodes_of[t.variable]] for t in (left, right))
            left_said, right_said = (pa.array(c) for c in columns)
        else:
            left_said, right_said = self._said(left, ways), self._said(right, ways)
        return holds(left_said, condition.operator, right_said, len(ways))

    def _said(self, term: Term, ways: Ways) -> Operand:
        """Return what a term stands for: one value per way, or one for all."""
        if isinstance(term, Parameter):
            return self._arguments[term.name]
        if not isinstance(term, Property):
            return term
        if term.variable in ways.nodes_of:
            nodes = ways.nodes[:, ways.nodes_of[term.variable]]
            return self._ground.node_values(term.name, nodes)
        edges = ways.edges[:, ways.edges_of[term.variable]]
        return self._ground.row_values(term.name, edges)


def _variables(condition: Condition) -> frozenset[str]:
    terms = (condition.left, condition.right)
    return frozenset(t.variable for t in terms if isinstance(t, Property))


def _is_id(term: Term, ways: Ways) -> TypeGuard[Property]:
    return isinstance(term, Property) and term.name == "id" and term.variable in ways.nodes_of
