"""A rule's drill-down on one clue: every engine's way to the rows that the clue rests on."""

from pathlib import Path
from typing import Any

import pytest

from api import pipeline
from graphengine.clue import Clue
from graphengine.rule import Case, Rule
from graphengine.store.adjacency import Adjacency
from graphengine.store.arrays import Arrays
from graphengine.store.engine import Limits
from graphengine.store.pattern_text import read_patterns
from graphengine.store.question import anchors
from graphengine.tables.graph import Graph
from graphengine.vocabulary import KIND_BY_PREFIX
from graphengine.workspace import Workspace
from queries.catalogue import rules
from queries.drilling import drill_down, drill_down_of, parameters_of
from tests.queries.evidence import records_of
from tests.road import village
from viz.words import ROLES

EVERY = pytest.mark.parametrize("rule", rules(), ids=[r.id for r in rules()])
_SPEAKING = [(rule, case) for rule in rules() for case in rule.cases if case.clues]


def missing(workspace: Workspace, graph: Graph, clue: Clue) -> set[str]:
    """Return what the clue's facts show that its drill-down does not find."""
    folder = workspace.root / "snapshot" / graph.folder.name
    drilled = drill_down_of(clue)
    found = Arrays.of(graph, folder).ask(drilled.question, drilled.arguments, Limits())
    assert not found.cut
    known = records_of(Adjacency.of(graph, folder), found)
    return {fact.what.en for fact in clue.finding.facts if fact.record not in known}


@EVERY
def test_a_drill_down_is_paths_from_what_a_clue_names(rule: Rule[Any]) -> None:
    for pattern in read_patterns(rule.drill_down):
        assert anchors(pattern)
        assert parameters_of(pattern) <= {*ROLES, "subjects", "path", "key", "division"}


@pytest.mark.parametrize(
    ("rule", "case"), _SPEAKING, ids=[f"{rule.id}: {case.title.en}" for rule, case in _SPEAKING]
)
def test_a_drill_down_finds_the_evidence(tmp_path: Path, rule: Rule[Any], case: Case) -> None:
    workspace = village(tmp_path, case.registers)
    pipeline.detect(workspace, [rule.id])
    clues = pipeline.newest_clues(workspace)
    assert clues
    with pipeline.open_graph(workspace) as graph:
        for clue in clues:
            assert missing(workspace, graph, clue) == set()


def test_what_a_clue_names_are_the_arguments(tmp_path: Path) -> None:
    rule = next(rule for rule in rules() if rule.id == "kin-contract")
    workspace = village(tmp_path, rule.cases[0].registers)
    pipeline.detect(workspace, [rule.id])
    (clue,) = pipeline.newest_clues(workspace)
    drilled = drill_down(rule, clue)
    by_role = {s.role: s.node for s in clue.finding.subjects}
    assert drilled.arguments["supplier"] == (by_role["supplier"],)
    assert drilled.arguments["official"] == (by_role["official"],)
    assert drilled.arguments["division"] == clue.finding.division
    path = drilled.arguments["path"]
    assert isinstance(path, tuple)
    assert set(by_role.values()) <= set(path)
    assert all(node.partition(":")[0] in KIND_BY_PREFIX for node in path)
    assert {p.name for p in drilled.question.parameters} == set(drilled.arguments)
