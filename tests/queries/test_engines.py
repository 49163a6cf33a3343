"""The contract of all engines: the same question has the same answer on each of them."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import zip_longest

import pytest

from graphengine.identifiers import NodeId
from graphengine.rule import Rule
from graphengine.store.engine import Limits
from graphengine.store.pattern_text import read_patterns
from graphengine.store.question import Argument, Arguments, Asked, Question
from graphengine.tables.graph import Graph
from graphengine.vocabulary import RELATIONS
from queries.catalogue import rules
from queries.drilling import parameters_of
from queries.library import questions
from tests.neo4j_server import Neo4jServer
from tests.queries.engines import Stage, stage
from tests.queries.knot import knot

_SAID = 12
"""Sets of arguments that every question is asked with."""
LIMITS = {
    "window": Limits(since=date(2015, 1, 1), until=date(2018, 12, 31)),
    "day": Limits(since=date(2010, 6, 30), until=date(2010, 6, 30)),
    "division": Limits(division="361025101201"),
    "walls": Limits(hub=3),
    "far": Limits(since=date(2024, 1, 2), division="361025101", hub=4),
}
EVERY = pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)


@pytest.fixture(scope="module")
def tangled(
    tmp_path_factory: pytest.TempPathFactory, neo4j_database: Neo4jServer
) -> Iterator[Stage]:
    root = tmp_path_factory.mktemp("knot")
    with ExitStack() as stack:
        graph = stack.enter_context(Graph(knot().write(root / "tables" / "v1")))
        yield stage(graph, root / "snapshot" / "v1", neo4j_database, stack)


@EVERY
def test_every_question_finds_something_in_the_knot(tangled: Stage, question: Question) -> None:
    found = [tangled.ask(question, s, Limits()) for s in _arguments(tangled.graph, question)]
    assert any(f.ways or f.near for f in found)


@EVERY
@pytest.mark.parametrize("limits", LIMITS)
def test_engines_agree_on_the_knot(tangled: Stage, question: Question, limits: str) -> None:
    for said in _arguments(tangled.graph, question):
        tangled.ask(question, said, LIMITS[limits])


@EVERY
def test_a_question_as_it_stands_is_cypher(
    tangled: Stage, neo4j_database: Neo4jServer, question: Question
) -> None:
    said = next(iter(_arguments(tangled.graph, question)))
    with neo4j_database.driver() as driver:
        planned = driver.execute_query("EXPLAIN " + question.text, dict(said)).summary
    assert planned.plan
    assert not [n for n in planned.gql_status_objects if n.gql_status.startswith("01")]


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_a_drill_down_as_it_stands_is_cypher(
    neo4j_database: Neo4jServer, rule: Rule[object]
) -> None:
    said: dict[str, list[str]] = {
        name: [] for p in read_patterns(rule.drill_down) for name in parameters_of(p)
    }
    with neo4j_database.driver() as driver:
        assert driver.execute_query("EXPLAIN " + rule.drill_down, dict(said)).summary.plan


def _samples(graph: Graph, asked: Asked) -> list[Argument]:
    """Return values for a parameter: busy nodes first, others after; bounds of numbers."""
    if asked.type in ("whole", "days"):
        numbers = sorted({asked.high, max(asked.low, 2)}, reverse=True)
        return [timedelta(days=n) if asked.type == "days" else n for n in numbers]
    if asked.type == "date":
        return [date(2010, 6, 30), date(2015, 1, 1), date(2024, 1, 2)]
    if asked.type == "text":
        return ["低保"]
    nodes = _nodes(graph, asked.kinds)
    if asked.type == "node":
        return list(nodes)
    return [tuple(nodes[n : n + 3]) for n in range(0, max(len(nodes) - 2, 1), 2)]


def _nodes(graph: Graph, kinds: tuple[str, ...]) -> list[NodeId]:
    """Return some nodes of every kind, those of most relations first."""
    every = " UNION ALL ".join(
        f'SELECT {end} AS id FROM "{kind}"' for kind in RELATIONS for end in ("source", "target")
    )
    found: list[list[NodeId]] = []
    for kind in kinds or ("Person", "Company", "Account", "Contract"):
        rows = graph.sql(
            f'SELECT n.id FROM "{kind}" n LEFT JOIN ({every}) r ON n.id = r.id '
            "GROUP BY n.id ORDER BY count(r.id) DESC, n.id"
        )["id"].to_list()
        found.append([*rows[:4], *rows[4 :: max(len(rows) // 6, 1)]][:8])
    return [node for group in zip_longest(*found) for node in group if node]


def _arguments(graph: Graph, question: Question) -> Iterator[Arguments]:
    """Return sets of arguments, no node given twice; nodes vary faster than numbers."""
    samples = [_samples(graph, asked) for asked in question.parameters]
    size = max(map(len, samples))
    for turn in range(min(size * len(samples), _SAID)):
        values = [one[(turn * (place + 1) + place) % len(one)] for place, one in enumerate(samples)]
        said = dict(zip((p.name for p in question.parameters), values, strict=True))
        if said.get("a") != said.get("b") or "a" not in said:
            yield said
