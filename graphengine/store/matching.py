"""All paths that match a pattern, found on the arrays.

A table of unfinished ways grows node by node, in both directions from the node that is given:
kinds, dates and conditions are tested for thousands of ways at once. Tables that grow long are gone
on with piece by piece, depth first, so memory stays small and the first ways are there early.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from graphengine.store.ground import Ground
from graphengine.store.moments import in_time
from graphengine.store.patience import Patience
from graphengine.store.pattern import Pattern, RelationPattern
from graphengine.store.question import Arguments
from graphengine.store.sense import ANYWHERE, Sense
from graphengine.store.stepping import BEGIN, Cursor, steps
from graphengine.store.ways import Matched, Side, Ways

_PIECE = 1 << 15
"""How many steps are found at a time."""


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
        ways, cursor = search.moved(move)
        if cursor.way < len(move.ways):
            waiting.append(move._replace(cursor=cursor))


class _Move(NamedTuple):
    """A step to be taken by a table's ways, on one layer; it ends its relation, or does not."""

    ways: Ways
    side: Side
    layer: int
    ends: bool
    cursor: Cursor = BEGIN


class _Search:
    """One pattern on one ground."""

    def __init__(self, ground: Ground, pattern: Pattern, arguments: Arguments) -> None:
        self._ground = ground
        self._pattern = pattern
        self._arguments = arguments
        self._sense = Sense(ground, pattern, arguments)
        self._names = [n.name for n in pattern.nodes]

    def begun(self) -> Ways:
        """Return the ways of one node: of those given the one with the fewest candidates."""
        given = {n: nodes for n in self._names if (nodes := self._sense.candidates(n)) is not None}
        name = min(given, key=lambda n: (len(given[n]), self._ground.places(given[n])))
        ways = Ways.begun(given[name], self._names.index(name), name)
        return self._sense.fitting(ways)

    def is_whole(self, ways: Ways) -> bool:
        """Tell whether the ways reach from the pattern's first node to its last."""
        return ways.hops == 0 and ways.left == 0 and ways.right == len(self._names) - 1

    def moves(self, ways: Ways) -> list[_Move]:
        """Return what may be done next; the last is to be done first."""
        side = ways.side if ways.hops else self._side(ways)
        relation = self._relation(ways, side)
        on = [
            i
            for i, layer in enumerate(self._ground.layers)
            if not set(layer.names).isdisjoint(relation.relations)
        ]
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

    def moved(self, move: _Move) -> tuple[Ways, Cursor]:
        """Return some ways after a move, and how far those before it were gone on with."""
        ways, side = move.ways, move.side
        relation = self._relation(ways, side)
        sieve = self._ground.sieve(relation, move.layer)
        near = self._names[ways.right + 1 if side == "right" else ways.left - 1]
        goals = ANYWHERE
        if move.ends:
            again = ways.nodes_of.get(near)
            goals = (
                self._sense.goals[near]
                if again is None
                else np.array([[~again, 0]], dtype=np.int32)
            )
        found = steps(
            self._ground.layers[move.layer].net,
            ways.nodes,
            ways.end(side),
            goals,
            sieve=sieve if side == "right" else sieve.reversed(),
            most=_PIECE,
            cursor=move.cursor,
        )
        further = ways.onward(found, self._ground.base(move.layer), side)
        if self._pattern.moments and (relation.repeats or len(self._pattern.relations) == 1):
            further = further.kept(in_time(self._ground, self._pattern, self._arguments, further))
        if move.ends:
            named = None if relation.repeats else relation.name
            further = self._sense.fitting(further.arrived(near, named), ways.variables)
        else:
            further = further.kept(~self._ground.is_hub(further.nodes[:, -1]))
        return further, found.cursor
