from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphengine.errors import NotFoundError, QuestionError, StoreError
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.store.arrays import Arrays
from graphengine.store.engine import EdgeKey, Found, Limits, Near, Way
from graphengine.store.pattern import Condition, Parameter, Pattern, Property, RelationPattern
from graphengine.store.pattern_text import read_patterns
from graphengine.store.question import HOPS, Argument, Method, Question
from tests.graphengine.store.drawn_patterns import Case, cases
from tests.graphengine.store.graphs import PATIENT
from tests.graphengine.store.slow import Slow, Walk
from tests.graphengine.store.slow_ties import Route, SlowTies
from tests.graphengine.store.worlds import LIMITS, NODES, WORLDS, Row, World

_NODE = st.sampled_from([NodeId(n) for n in NODES])
_NODES = st.lists(_NODE, min_size=1, max_size=4, unique=True).map(tuple)
_PAYER = st.sampled_from([*map(NodeId, NODES[:3]), NodeId("person:01")])
_PAYERS = st.lists(_PAYER, min_size=2, max_size=4, unique=True).map(tuple)
_MOST = st.sampled_from([1000, 1000, 1, 2, 5])
_ARROWS = {"out": ("-", "->"), "back": ("<-", "-"), "both": ("-", "-")}
_WAYS = st.sampled_from(["out", "back", "both"])


def _question(method: Method, *patterns: Pattern) -> Question:
    text = Text("问", "question")
    return Question("asked", text, text, method, "length", "", (), patterns, "")


def _engine(world: World) -> Arrays:
    return Arrays(world.adjacency(), world)


def _way(walk: Walk) -> Way:
    nodes, rows = walk
    edges = tuple(EdgeKey(row.relation, row.key) for row in rows)
    return Way(tuple(map(NodeId, nodes)), edges)


def _ordered(ways: set[Way]) -> tuple[Way, ...]:
    return tuple(sorted(ways, key=lambda w: (len(w.nodes), w.nodes, w.edges)))


def _is_said(found: Found, expected: set[Way], most: int, *, shortest_first: bool) -> bool:
    """Tell whether an answer is what is expected, or as much of it as is wanted."""
    assert found.near == ()
    assert found.cut == (len(expected) > most)
    assert found.ways == _ordered(set(found.ways))
    if not found.cut:
        return found.ways == _ordered(expected)
    lengths = sorted(len(w.nodes) for w in expected)[:most]
    return (
        set(found.ways) < expected
        and len(found.ways) == most
        and (not shortest_first or [len(w.nodes) for w in found.ways] == lengths)
    )


@PATIENT
@given(cases(), LIMITS, _MOST)
def test_patterns_are_answered_with_all_walks_that_fit(
    case: Case, limits: Limits, most: int
) -> None:
    limits = replace(limits, most=most)
    found = _engine(case.world).ask(_question("patterns", case.pattern), case.arguments, limits)
    slow = Slow(case.world, limits, case.arguments)
    expected = {_way(walk) for walk in slow.ways(case.pattern)}
    assert _is_said(found, expected, most, shortest_first=False)


@PATIENT
@given(cases(), LIMITS, st.sampled_from([1000, 1]))
def test_what_several_paths_match_counts_once(case: Case, limits: Limits, most: int) -> None:
    limits = replace(limits, most=most)
    looser = replace(case.pattern, where=case.pattern.where[:1])
    both = looser if any(_gives(c) for c in looser.where) else case.pattern
    question = _question("patterns", case.pattern, both)
    found = _engine(case.world).ask(question, case.arguments, limits)
    slow = Slow(case.world, limits, case.arguments)
    expected = {_way(walk) for path in (case.pattern, both) for walk in slow.ways(path)}
    assert _is_said(found, expected, most, shortest_first=False)


def _gives(condition: Condition) -> bool:
    given = condition.right in (Parameter("given"), Parameter("several"))
    is_id = isinstance(condition.left, Property) and condition.left.name == "id"
    return given and is_id and condition.operator in {"=", "IN"}


_MONEY = st.builds(
    lambda way, last, bound: (
        f"MATCH p = (a:Account){_ARROWS[way][0]}[r:PAID*1..3]{_ARROWS[way][1]}(b{last}) "
        "WHERE a.id IN $several AND "
        "all(i IN range(1, size(r) - 1) WHERE r[i - 1].paid_at < r[i].paid_at)" + bound
    ),
    st.sampled_from(["out", "back"]),
    st.sampled_from(["", ":Account", ":Person"]),
    st.sampled_from(
        [
            "",
            " AND r[size(r) - 1].paid_at <= r[0].paid_at + $within",
            " AND r[size(r) - 1].paid_at <= r[0].paid_at + $within AND b.id = $given",
            " AND a.id < b.id",
        ]
    ),
)


@PATIENT
@given(WORLDS, _MONEY, _PAYERS, _PAYER, st.integers(0, 2), st.integers(1, 3), LIMITS, _MOST)
def test_trails_follow_money_in_time(  # noqa: PLR0913, PLR0917 - all that is drawn
    world: World,
    text: str,
    several: tuple[NodeId, ...],
    one: NodeId,
    days: int,
    hops: int,
    limits: Limits,
    most: int,
) -> None:
    limits = replace(limits, most=most)
    arguments: Mapping[str, Argument] = {
        "several": several, "given": one, "within": timedelta(days=days), HOPS: hops,
    }  # fmt: skip
    question = _question("trails", *read_patterns(text + " RETURN p"))
    found = _engine(world).ask(question, arguments, limits)
    (pattern,) = question.paths(arguments)
    slow = Slow(world, limits, arguments, walls=True)
    expected = {_way(walk) for walk in slow.ways(pattern)}
    plain = "b.id" not in text
    assert _is_said(found, expected, most, shortest_first=plain)


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
    question = _question(method, *read_patterns(text))
    found = _engine(world).ask(question, {"one": one, "other": other}, limits)
    slow = SlowTies(world, limits, relation)
    expected = {r for a in one for b in other if a != b for r in slow.routes(a, b)}
    assert _is_said(found, _routes(expected), most, shortest_first=True)


@PATIENT
@given(WORLDS, _TIES, _NODES, LIMITS)
def test_ties_within_a_group_are_found_from_the_smaller_id(
    world: World, relation: RelationPattern, people: tuple[NodeId, ...], limits: Limits
) -> None:
    text = _tied(relation, "a.id IN $people AND b.id IN $people AND a.id < b.id")
    question = _question("ties", *read_patterns(text))
    found = _engine(world).ask(question, {"people": people}, limits)
    slow = SlowTies(world, limits, relation)
    expected = {r for a in people for b in people if a < b for r in slow.routes(a, b)}
    assert found == Found(_ordered(_routes(expected)))


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
    found = _engine(world).ask(_question("shortest", *read_patterns(text)), arguments, limits)
    slow = SlowTies(world, limits, replace(relation, high=min(hops, relation.high)))
    expected = slow.shortest(a, b) if a != b else set()
    assert _is_said(found, _routes(expected), most, shortest_first=True)


@PATIENT
@given(WORLDS, _TIES, _NODE, LIMITS, _MOST)
def test_reach_is_what_lies_around_nearest_first(
    world: World, relation: RelationPattern, start: NodeId, limits: Limits, most: int
) -> None:
    limits = replace(limits, most=most)
    question = _question("reach", *read_patterns(_tied(relation, "a.id = $a")))
    found = _engine(world).ask(question, {"a": start}, limits)
    near = SlowTies(world, limits, relation).near(start)
    ordered = sorted(near, key=lambda n: (near[n], n))
    assert found == Found(
        near=tuple(Near(NodeId(n), near[n]) for n in ordered[:most]), cut=len(ordered) > most
    )


_KIN = _question("patterns", *read_patterns("MATCH p = (a)-[k:KIN]-(b) WHERE a.id = $a RETURN p"))


def _world(*rows: Row) -> World:
    return World(rows, (None,) * len(NODES), (None,) * len(NODES))


def test_a_node_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(NotFoundError):
        _engine(_world()).ask(_KIN, {"a": NodeId("person:99")}, Limits())


def test_an_answer_that_takes_too_long_is_given_up_in_words() -> None:
    with pytest.raises(StoreError, match="within 0 seconds"):
        _engine(_world()).ask(_KIN, {"a": NodeId("person:01")}, Limits(seconds=0))


@pytest.mark.parametrize(
    "text",
    [
        "MATCH p = (a)-[r:KIN|AT*1..2]-(b) WHERE a.id = $a AND b.id = $b RETURN p",
        "MATCH p = (a)-[r:KIN]-(c)-[s:KIN]-(b) WHERE a.id = $a AND b.id = $b RETURN p",
        "MATCH p = (a)-[r:KIN*1..2]-(b) WHERE a.id = $a RETURN p",
    ],
)
def test_ties_are_asked_between_given_ends_over_one_relation(text: str) -> None:
    question = _question("ties", *read_patterns(text))
    arguments = {"a": NodeId("person:01"), "b": NodeId("person:02")}
    with pytest.raises(QuestionError):
        _engine(_world()).ask(question, arguments, Limits())


def test_what_is_protected_decides_nothing() -> None:
    named = "MATCH p = (a:Person)-[k:KIN]-(b) WHERE a.id = $a AND b.name = '陈' RETURN p"
    world = World((_kin("person:01", "person:02"),), (None,) * len(NODES), ("陈",) * len(NODES))
    question = _question("patterns", *read_patterns(named))
    assert _engine(world).ask(question, {"a": NodeId("person:01")}, Limits()) == Found()


def _kin(a: str, b: str) -> Row:
    return Row("KIN", a, b, ())


@pytest.mark.parametrize("more", ["", " AND b.id IN $several"])
@pytest.mark.parametrize(("days", "ways"), [(1, 1 + 1), (2, 1 + 2)])
def test_the_time_between_first_and_last_is_a_bound_that_counts(
    more: str, days: int, ways: int
) -> None:
    first, second, third = (NodeId(n) for n in NODES[:3])
    world = _world(
        Row("PAID", first, second, (("paid_at", datetime(2024, 1, 1, 9)),)),  # noqa: DTZ001 - local
        Row("PAID", second, third, (("paid_at", datetime(2024, 1, 3, 9)),)),  # noqa: DTZ001 - local
    )
    text = (
        "MATCH p = (a:Account)-[r:PAID*1..3]->(b:Account) WHERE a.id IN $several AND "
        "all(i IN range(1, size(r) - 1) WHERE r[i - 1].paid_at < r[i].paid_at) AND "
        f"r[size(r) - 1].paid_at <= r[0].paid_at + $within{more} RETURN p"
    )
    said: Mapping[str, Argument] = {
        "several": (first, second, third),
        "within": timedelta(days=days),
    }
    assert (
        len(_engine(world).ask(_question("trails", *read_patterns(text)), said, Limits()).ways)
        == ways
    )


@pytest.mark.parametrize(("until", "ways"), [(2, 0), (3, 1)])
def test_only_payments_within_the_period_are_followed(until: int, ways: int) -> None:
    first, second = (NodeId(n) for n in NODES[:2])
    paid = (("paid_at", datetime(2024, 1, 3, 9)), ("valid_from", date(2024, 1, 3)))  # noqa: DTZ001 - local
    text = (
        "MATCH p = (a:Account)-[r:PAID*1..3]->(b:Account) WHERE a.id = $a AND "
        "all(i IN range(1, size(r) - 1) WHERE r[i - 1].paid_at < r[i].paid_at) RETURN p"
    )
    found = _engine(_world(Row("PAID", first, second, paid))).ask(
        _question("trails", *read_patterns(text)), {"a": first}, Limits(until=date(2024, 1, until))
    )
    assert len(found.ways) == ways


def test_threads_share_an_engine() -> None:
    people = [n for n in NODES if n.startswith("person")]
    engine = _engine(_world(*(_kin(a, b) for a in people for b in people)))
    text = "MATCH p = (a)-[r:KIN*1..3]-(b) WHERE a.id = $a AND b.id = $b RETURN p"
    question = _question("ties", *read_patterns(text))
    asked = [{"a": NodeId(a), "b": NodeId(b)} for a in people for b in people if a != b] * 8
    alone = [engine.ask(question, arguments, Limits()) for arguments in asked]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda said: engine.ask(question, said, Limits()), asked))
    assert together == alone
    assert all(len(found.ways) == 1 + 2 + 2 for found in alone)
