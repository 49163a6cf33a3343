from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphengine.errors import NotFoundError, QuestionError, StoreError
from graphengine.identifiers import NodeId
from graphengine.store.engine import Found, Limits
from graphengine.store.pattern import Condition, Parameter, Property
from graphengine.store.pattern_text import read_patterns
from graphengine.store.question import HOPS, Argument
from tests.graphengine.store.asked import asked, engine_of, is_said, way_of
from tests.graphengine.store.drawn_patterns import Case, cases
from tests.graphengine.store.graphs import PATIENT
from tests.graphengine.store.slow import Slow
from tests.graphengine.store.worlds import LIMITS, NODES, WORLDS, Row, World

_PAYER = st.sampled_from([*map(NodeId, NODES[:3]), NodeId("person:01")])
_PAYERS = st.lists(_PAYER, min_size=2, max_size=4, unique=True).map(tuple)
_MOST = st.sampled_from([1000, 1000, 1, 2, 5])
_ARROWS = {"out": ("-", "->"), "back": ("<-", "-"), "both": ("-", "-")}


@PATIENT
@given(cases(), LIMITS, _MOST)
def test_patterns_are_answered_with_all_walks_that_fit(
    case: Case, limits: Limits, most: int
) -> None:
    limits = replace(limits, most=most)
    found = engine_of(case.world).ask(asked("patterns", case.pattern), case.arguments, limits)
    slow = Slow(case.world, limits, case.arguments)
    expected = {way_of(walk) for walk in slow.ways(case.pattern)}
    assert is_said(found, expected, most, shortest_first=False)


@PATIENT
@given(cases(), LIMITS, st.sampled_from([1000, 1]))
def test_what_several_paths_match_counts_once(case: Case, limits: Limits, most: int) -> None:
    limits = replace(limits, most=most)
    looser = replace(case.pattern, where=case.pattern.where[:1])
    both = looser if any(_gives(c) for c in looser.where) else case.pattern
    question = asked("patterns", case.pattern, both)
    found = engine_of(case.world).ask(question, case.arguments, limits)
    slow = Slow(case.world, limits, case.arguments)
    expected = {way_of(walk) for path in (case.pattern, both) for walk in slow.ways(path)}
    assert is_said(found, expected, most, shortest_first=False)


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
    question = asked("trails", *read_patterns(text + " RETURN p"))
    found = engine_of(world).ask(question, arguments, limits)
    (pattern,) = question.paths(arguments)
    slow = Slow(world, limits, arguments, walls=True)
    expected = {way_of(walk) for walk in slow.ways(pattern)}
    plain = "b.id" not in text
    assert is_said(found, expected, most, shortest_first=plain)


_KIN = asked("patterns", *read_patterns("MATCH p = (a)-[k:KIN]-(b) WHERE a.id = $a RETURN p"))


def _world(*rows: Row) -> World:
    return World(rows, (None,) * len(NODES), (None,) * len(NODES))


def test_a_node_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(NotFoundError):
        engine_of(_world()).ask(_KIN, {"a": NodeId("person:99")}, Limits())


def test_an_answer_that_takes_too_long_is_given_up_in_words() -> None:
    with pytest.raises(StoreError, match="within 0 seconds"):
        engine_of(_world()).ask(_KIN, {"a": NodeId("person:01")}, Limits(seconds=0))


@pytest.mark.parametrize(
    "text",
    [
        "MATCH p = (a)-[r:KIN|AT*1..2]-(b) WHERE a.id = $a AND b.id = $b RETURN p",
        "MATCH p = (a)-[r:KIN]-(c)-[s:KIN]-(b) WHERE a.id = $a AND b.id = $b RETURN p",
        "MATCH p = (a)-[r:KIN*1..2]-(b) WHERE a.id = $a RETURN p",
    ],
)
def test_ties_are_asked_between_given_ends_over_one_relation(text: str) -> None:
    question = asked("ties", *read_patterns(text))
    arguments = {"a": NodeId("person:01"), "b": NodeId("person:02")}
    with pytest.raises(QuestionError):
        engine_of(_world()).ask(question, arguments, Limits())


def test_what_is_protected_decides_nothing() -> None:
    named = "MATCH p = (a:Person)-[k:KIN]-(b) WHERE a.id = $a AND b.name = '陈' RETURN p"
    world = World((_kin("person:01", "person:02"),), (None,) * len(NODES), ("陈",) * len(NODES))
    question = asked("patterns", *read_patterns(named))
    assert engine_of(world).ask(question, {"a": NodeId("person:01")}, Limits()) == Found()


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
        len(engine_of(world).ask(asked("trails", *read_patterns(text)), said, Limits()).ways)
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
    found = engine_of(_world(Row("PAID", first, second, paid))).ask(
        asked("trails", *read_patterns(text)), {"a": first}, Limits(until=date(2024, 1, until))
    )
    assert len(found.ways) == ways


def test_threads_share_an_engine() -> None:
    people = [n for n in NODES if n.startswith("person")]
    engine = engine_of(_world(*(_kin(a, b) for a in people for b in people)))
    text = "MATCH p = (a)-[r:KIN*1..3]-(b) WHERE a.id = $a AND b.id = $b RETURN p"
    question = asked("ties", *read_patterns(text))
    several = [{"a": NodeId(a), "b": NodeId(b)} for a in people for b in people if a != b] * 8
    alone = [engine.ask(question, arguments, Limits()) for arguments in several]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda said: engine.ask(question, said, Limits()), several))
    assert together == alone
    assert all(len(found.ways) == 1 + 2 + 2 for found in alone)
