"""Routes over ties between nodes that are given: all the shortest, or all up to some hops."""

from collections.abc import Callable

import numpy as np

from graphengine.errors import QuestionError
from graphengine.language import Text
from graphengine.store.adjacency import Adjacency
from graphengine.store.edges import PLACING
from graphengine.store.ground import Ground
from graphengine.store.network import Indices, Scratch
from graphengine.store.patience import Patience
from graphengine.store.pattern import Pattern, RelationPattern
from graphengine.store.question import Arguments
from graphengine.store.search import Question, Route, shortest_routes, simple_routes
from graphengine.store.sense import Sense
from graphengine.store.ways import Ways

Search = Callable[[Scratch, Question, int], list[Route]]


def single(pattern: Pattern) -> RelationPattern:
    """Return the one relation of a path that looks at ties; raise QuestionError for others."""
    relation, *others = pattern.relations or (None,)
    if relation is None or others or PLACING in relation.relations:
        raise QuestionError(
            Text(
                f"此类问题只能有一段关系，且不含 {PLACING}",
                f"such a question has one relation, which is not {PLACING}",
            ),
            Text("请改用 patterns 方法", "use the method patterns instead"),
        )
    return relation


def pairs(ground: Ground, pattern: Pattern, arguments: Arguments) -> Indices:
    """Return the pairs (n × 2) of different nodes that may be a path's ends, ascending."""
    sense = Sense(ground, pattern, arguments)
    first, last = pattern.nodes[0].name, pattern.nodes[-1].name
    a, b = sense.candidates(first), sense.candidates(last)
    if a is None or b is None:
        raise QuestionError(
            Text("此类问题应限定路径两端的 id", "both ends of such a path need a given id"),
            Text("请在 WHERE 中限定两端", "give the ids of both ends in WHERE"),
        )
    every = np.column_stack((np.repeat(a, len(b)), np.tile(b, len(a))))
    none = np.empty((len(every), 0), dtype=np.int64)
    ways = Ways(every, none, (0, 1), 0, 1, {first: 0, last: 1})
    return sense.fitting(ways.kept(every[:, 0] != every[:, 1])).nodes


def routes(  # noqa: PLR0913, PLR0917 - what, where, for whom, how many and how long
    arrays: Adjacency,
    ground: Ground,
    pattern: Pattern,
    arguments: Arguments,
    most: int,
    patience: Patience,
) -> set[Route]:
    """Return the routes between a path's ends, more than `most` only where there are more.

    Of all routes up to some hops the shorter are found first. Raises QuestionError, StoreError.
    """
    relation = single(pattern)
    ends = pairs(ground, pattern, arguments)
    sieve = ground.sieve(relation, 0)

    def search(work: Scratch, asked: Question, limit: int) -> list[Route]:
        find = shortest_routes if pattern.search == "shortest" else simple_routes
        return find(arrays.network, work, asked, limit, sieve).routes

    def within(hops: int) -> set[Route]:
        found: set[Route] = set()
        with arrays.scratch() as work:
            for a, b in ends.tolist():
                patience.check()
                some = search(work, Question(a, b, hops), most + 1)
                found.update(route for route in some if len(route) > relation.low)
                if len(found) > most:
                    break
        return found

    every = within(relation.high)
    if len(every) <= most or pattern.search == "shortest":
        return every
    return next(
        some for h in range(relation.low, relation.high + 1) if len(some := within(h)) > most
    )
