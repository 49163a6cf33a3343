"""Questions made in tests, and what is expected of their answers."""

from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.store.arrays import Arrays
from graphengine.store.engine import EdgeKey, Found, Way
from graphengine.store.pattern import Pattern
from graphengine.store.question import Method, Question
from tests.graphengine.store.slow import Walk
from tests.graphengine.store.worlds import World


def asked(method: Method, *patterns: Pattern) -> Question:
    text = Text("问", "question")
    return Question("asked", text, text, method, "length", "", (), patterns, "")


def engine_of(world: World) -> Arrays:
    return Arrays(world.adjacency(), world)


def way_of(walk: Walk) -> Way:
    nodes, rows = walk
    edges = tuple(EdgeKey(row.relation, row.key) for row in rows)
    return Way(tuple(map(NodeId, nodes)), edges)


def ordered(ways: set[Way]) -> tuple[Way, ...]:
    return tuple(sorted(ways, key=lambda w: (len(w.nodes), w.nodes, w.edges)))


def is_said(found: Found, expected: set[Way], most: int, *, shortest_first: bool) -> bool:
    """Tell whether an answer is what is expected, or as much of it as is wanted."""
    assert found.near == ()
    assert found.cut == (len(expected) > most)
    assert found.ways == ordered(set(found.ways))
    if not found.cut:
        return found.ways == ordered(expected)
    lengths = sorted(len(w.nodes) for w in expected)[:most]
    return (
        set(found.ways) < expected
        and len(found.ways) == most
        and (not shortest_first or [len(w.nodes) for w in found.ways] == lengths)
    )
