"""Trails of money from accounts that are given, by the compiled search."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from graphengine.store.adjacency import Adjacency
from graphengine.store.around import Journey, trails
from graphengine.store.edges import MONEY
from graphengine.store.ground import Ground
from graphengine.store.network import Indices
from graphengine.store.patience import Patience
from graphengine.store.pattern import Pattern
from graphengine.store.question import Arguments
from graphengine.store.sense import Sense, givens
from graphengine.store.ways import Matched

_Trail = tuple[int, tuple[int, ...]]
"""Where it begins and the edges taken."""

_MOMENT = "paid_at"
_MICROSECOND = timedelta(microseconds=1)
_EVER = 2**62


def is_plain(pattern: Pattern) -> bool:
    """Tell whether a pattern is payments in time from a node that is given, and nothing else."""
    if len(pattern.relations) != 1 or pattern.moments != _MOMENT:
        return False
    relation, (first, last) = pattern.relations[0], pattern.nodes
    given = {variable for variable, _ in givens(pattern)}
    return (
        (relation.relations, relation.low) == ((MONEY,), 1)
        and relation.way != "both"
        and (not last.kinds or "Account" in last.kinds)
        and given == {first.name} != {last.name}
        and len(pattern.where) == len([*givens(pattern)])
    )


def money_trails(  # noqa: PLR0913, PLR0917 - what, where, for whom, how many and how long
    arrays: Adjacency,
    ground: Ground,
    pattern: Pattern,
    arguments: Arguments,
    most: int,
    patience: Patience,
) -> Iterator[Matched]:
    """Return the trails of a plain pattern, the shorter first where there are more than `most`."""
    relation = pattern.relations[0]
    starts = Sense(ground, pattern, arguments).candidates(pattern.nodes[0].name)
    said = arguments[pattern.within] if pattern.within else None
    window = said // _MICROSECOND if isinstance(said, timedelta) else _EVER
    along = arrays.forward if relation.way == "out" else arrays.backward

    def within(hops: int) -> list[_Trail]:
        found: list[_Trail] = []
        for start in starts.tolist() if starts is not None else ():
            patience.check()
            journey = Journey(
                start, hops, window, ground.hub, ground.shut, ground.since, ground.until
            )
            some = trails(along, ground.layers[0].net, journey, most + 1)
            found += [(start, trail) for trail in some.trails]
            if len(found) > most:
                break
        return found

    every = within(relation.high)
    if len(every) > most:
        every = next(t for hops in range(1, relation.high + 1) if len(t := within(hops)) > most)
    ends = arrays.edges.target if relation.way == "out" else arrays.edges.source
    return _tables(every, ends)


def _tables(every: list[_Trail], ends: Indices) -> Iterator[Matched]:
    """Return trails in tables, one for each length; `ends` is where each edge leads."""
    for hops in sorted({len(taken) for _, taken in every}):
        same = [(start, taken) for start, taken in every if len(taken) == hops]
        edges = np.array([taken for _, taken in same], dtype=np.int64)
        begins = np.array([start for start, _ in same], dtype=np.int32)
        yield Matched(np.column_stack((begins, ends[edges])), edges)
