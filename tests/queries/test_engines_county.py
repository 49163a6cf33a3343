"""The contract of all engines on the demo county: the library's examples and every drill-down."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from api import pipeline
from graphengine.clue import Clue
from graphengine.store.engine import Found, Limits
from graphengine.store.question import Question
from graphengine.workspace import Workspace
from ingest.demo.county import plan_for, write_county
from queries.arguments import Reading
from queries.catalogue import rules
from queries.drilling import drill_down_of
from queries.library import questions
from tests.neo4j_server import Neo4jServer
from tests.queries.engines import Stage, stage
from tests.queries.test_library import example_of
from tests.road import empty_workspace, take_in

pytestmark = pytest.mark.slow
LIMITS = {
    "all": Limits(),
    "window": Limits(since=date(2021, 1, 1), until=date(2022, 6, 30)),
    "division": Limits(division="361025101"),
    "walls": Limits(hub=20),
}


@dataclass(frozen=True, slots=True)
class County:
    """The demo county's workspace, its clues, and its graph on every engine."""

    workspace: Workspace
    clues: tuple[Clue, ...]
    stage: Stage


@pytest.fixture(scope="module")
def county(
    tmp_path_factory: pytest.TempPathFactory, neo4j_database: Neo4jServer
) -> Iterator[County]:
    folder: Path = tmp_path_factory.mktemp("county")
    write_county(folder / "registers", plan_for("county", seed=1))
    workspace = empty_workspace(folder / "workspace")
    take_in(workspace, folder / "registers")
    pipeline.detect(workspace)
    with ExitStack() as stack:
        graph = stack.enter_context(pipeline.open_graph(workspace))
        snapshot = workspace.root / "snapshot" / graph.folder.name
        staged = stage(graph, snapshot, neo4j_database, stack)
        yield County(workspace, pipeline.newest_clues(workspace), staged)


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("question", questions(), ids=lambda q: q.name)
def test_engines_agree_on_the_examples(county: County, question: Question, limits: str) -> None:
    reading = Reading(county.workspace, county.stage.graph)
    said = reading.arguments(question, example_of(question))
    found = county.stage.ask(question, said, LIMITS[limits])
    assert limits != "all" or found.ways or found.near


@pytest.mark.parametrize("rule", [rule.id for rule in rules()])
def test_engines_agree_on_every_drill_down(county: County, rule: str) -> None:
    clues = [clue for clue in county.clues if clue.finding.rule == rule]
    assert clues
    for clue in clues:
        drill = drill_down_of(clue)
        found: Found = county.stage.ask(drill.question, drill.arguments, Limits())
        assert found.ways, clue.id
