"""The demo county as `make demo` makes it: examples answer, drill-downs find every clue's rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api import pipeline
from graphengine.store.arrays import Arrays
from graphengine.store.engine import Limits
from graphengine.store.question import Question
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace
from ingest.demo.county import plan_for, write_county
from queries.asking import Asking
from queries.catalogue import rules
from queries.library import questions
from tests.queries.test_drilling import missing
from tests.queries.test_library import example_of
from tests.road import empty_workspace, take_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder: Path = tmp_path_factory.mktemp("county")
    write_county(folder / "registers", plan_for("county", seed=1))
    workspace = empty_workspace(folder / "workspace")
    take_in(workspace, folder / "registers")
    pipeline.detect(workspace)
    return workspace


@pytest.fixture(scope="module")
def graph(county: Workspace) -> Iterator[Graph]:
    with pipeline.open_graph(county) as opened:
        yield opened


@pytest.fixture(scope="module")
def asking(county: Workspace, graph: Graph) -> Asking:
    engine = Arrays.of(graph, county.root / "snapshot" / graph.folder.name)
    return Asking(county, graph, engine)


@pytest.mark.parametrize("one", questions(), ids=[q.name for q in questions()])
def test_an_example_answers(asking: Asking, one: Question) -> None:
    answer = asking.ask(one.name, example_of(one), Limits())
    assert answer.ways or answer.near
    assert answer.subgraph.edges
    proved = [e for e in answer.subgraph.edges if e.evidence]
    assert proved == list(answer.subgraph.edges)
    for way in answer.ways:
        assert len(way.steps) == len(way.nodes) - 1
        assert all(way.steps)
    if one.method == "joints":
        assert answer.joints
        assert answer.joints.nodes


def test_every_drill_down_finds_the_evidence(county: Workspace, graph: Graph) -> None:
    clues = pipeline.newest_clues(county)
    assert {clue.finding.rule for clue in clues} == {rule.id for rule in rules()}
    for clue in clues:
        assert missing(county, graph, clue) == set(), clue.id
