from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graphengine.identifiers import NodeId
from graphengine.store.engine import Found, Limits, Near, Way
from graphengine.store.pattern import RelationPattern
from graphengine.store.pattern_text import read_patterns
from graphengine.store.question import HOPS, Argument, Method
from tests.graphengine.store.asked import asked, engine_of, is_said, ordered
from tests.graphengine.store.graphs import PATIENT
from tests.graphengine.store.slow_ties import Route, SlowTies
from tests.graphengine.store.worlds import LIMITS, NODES, WORLDS, World

_NODE = st.sampled_from([NodeId(n) for n in NODES])
_NODES = st.lists(_NODE, min_size=1, max_size=4, unique=True).map(tuple)
_MOST = st.sampled_from([1000, 1000, 1, 2, 5])
_ARROWS = {"out": ("-", "->"), "back": ("<-", "-"), "both": ("-", "-")}
_WAYS = st.sampled_from(["out", "back", "both"])


def _tied(relation: RelationPattern, ends: str, *, shortest: bool = False) -> str:
    left, right = _ARROWS[relation.way]
    inside = f"[r:{'|'.join(relation.relations)}*{relation.low}..{relation.high}]"
    chain = f"(a){left}{inside}{right}(b)"
    return f"MATCH p = {f'allShortestPaths({chain})' if shortest else chain} WHERE {ends} RETURN p"


_TIES = st.builds(
    RelationPattern,
    st.just("r"),
    st.lists(st.sampled_from(["KIN", "OWNS", "PAID"]), min_size=1, unique=True).map(tuple),
    _WAYS,
    st.integers(1, 2),
    st.integers(2, 4),
)  # fmt: skip


@PATIENT
@given(WORLDS, _TIES, _NODES, _NODES, LIMITS, _MOST, st.sampled_from(["ties", "joints"]))
def test_ties_are_all_routes_between_two_groups(  # noqa: PLR0913, PLR0917 - all that is drawn
    world: World,
    relation: RelationPattern,
    one: tuple[NodeId, ...],
    other: tuple[NodeId, ...],
    limits: Limits,
    most: int,
    method: Method,
) -> None:
    limits = replace(limits, most=most)
    text = _tied(relation, "a.id IN $one AND b.id IN $other")
    question = asked(method, *read_patterns(text))
    found = engine_of(world).ask(question, {"one": one, "other": other}, limits)
    slow = SlowTies(world, limits, relation)
    expected = {r for a in one for b in other if a != b for r in slow.routes(a, b)}
    assert is_said(found, _routes(expected), most, shortest_first=True)


@PATIENT
@given(WORLDS, _TIES, _NODES, LIMITS)
def test_ties_within_a_group_are_found_from_the_smaller_id(
    world: World, relation: RelationPattern, people: tuple[NodeId, ...], limits: Limits
) -> None:
    text = _tied(relation, "a.id IN $people AND b.id IN $people AND a.id < b.id")
    question = asked("ties", *read_patterns(text))
    found = engine_of(world).ask(question, {"people": people}, limits)
    slow = SlowTies(world, limits, relation)
    expected = {r for a in people for b in people if a < b for r in slow.routes(a, b)}
    assert found == Found(ordered(_routes(expected)))


def _routes(routes: set[Route]) -> set[Way]:
    return {Way(tuple(map(NodeId, route))) for route in routes}


@PATIENT
@given(WORLDS, _TIES, _NODE, _NODE, st.integers(1, 4), LIMITS, _MOST)
def test_shortest_ties_are_all_of_the_least_length(  # noqa: PLR0913, PLR0917 - all that is drawn
    world: World,
    relation: RelationPattern,
    a: NodeId,
    b: NodeId,
    hops: int,
    limits: Limits,
    most: int,
) -> None:
    relation = replace(relation, low=1)
    limits = replace(limits, most=most)
    text = _tied(relation, "a.id = $a AND b.id = $b", shortest=True)
    arguments: Mapping[str, Argument] = {"a": a, "b": b, HOPS: hops}
    found = engine_of(world).ask(asked("shortest", *read_patterns(text)), arguments, limits)
    slow = SlowTies(world, limits, replace(relation, high=min(hops, relation.high)))
    expected = slow.shortest(a, b) if a != b else set()
    assert is_said(found, _routes(expected), most, shortest_first=True)


@PATIENT
@given(WORLDS, _TIES, _NODE, LIMITS, _MOST)
def test_reach_is_what_lies_around_nearest_first(
    world: World, relation: RelationPattern, start: NodeId, limits: Limits, most: int
) -> None:
    limits = replace(limits, most=most)
    question = asked("reach", *read_patterns(_tied(relation, "a.id = $a")))
    found = engine_of(world).ask(question, {"a": start}, limits)
    near = SlowTies(world, limits, relation).near(start)
    nearest = sorted(near, key=lambda n: (near[n], n))
    assert found == Found(
        near=tuple(Near(NodeId(n), near[n]) for n in nearest[:most]), cut=len(nearest) > most
    )
