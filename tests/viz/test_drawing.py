from pathlib import Path
from typing import Any

import pytest

from graphengine.clue import present
from graphengine.subgraph import Subgraph, of_clue
from graphengine.tables.graph import Graph
from tests.village import kin_clue, person, willow
from viz.drawing import MOST_NODES, draw


@pytest.fixture
def made(tmp_path: Path) -> tuple[dict[str, Any], Subgraph]:
    village = willow()
    with Graph(village.write(tmp_path / "v")) as graph:
        clue = kin_clue(village)
        return present([clue], graph, reveal=False)[0], of_clue(clue, graph)


def test_every_step_is_a_row_and_no_relation_is_shown_twice(
    made: tuple[dict[str, Any], Subgraph],
) -> None:
    drawing = draw(*made, "en")
    steps = [(s["from"], s["to"], s["relation"]) for s in made[0]["path"]]
    assert [(r.source, r.target, r.relation) for r in drawing.rows if r.on_path] == steps
    others = [(frozenset((r.source, r.target)), r.relation) for r in drawing.rows if not r.on_path]
    assert not {(frozenset(s[:2]), s[2]) for s in steps}.intersection(others)
    assert [r.number for r in drawing.rows] == list(range(1, len(drawing.rows) + 1))
    assert [n for s in drawing.strokes for n in s.rows] == [r.number for r in drawing.rows]


def test_steps_of_one_relation_are_one_stroke_with_their_sum(
    made: tuple[dict[str, Any], Subgraph],
) -> None:
    drawing = draw(*made, "en")
    (paid,) = [s for s in drawing.strokes if len(s.rows) == 2]
    assert paid.label == "5–6 paid ×2\n¥200,000.00"
    assert paid.one_way


def test_evidence_is_said_in_words(made: tuple[dict[str, Any], Subgraph]) -> None:
    row = draw(*made, "zh").rows[2]
    assert str(row.proofs[0]).startswith("合同 contracts.csv 第 2 行 · 2023-04-18 · ")


def test_more_nodes_than_can_be_looked_at_are_counted(
    made: tuple[dict[str, Any], Subgraph],
) -> None:
    clue, subgraph = made
    step = {**clue["path"][0], "evidence": []}
    far = [{**step, "from": person("chen"), "to": f"person:{i:020x}"} for i in range(400)]
    drawing = draw({**clue, "path": [*clue["path"], *far]}, subgraph, "en")
    assert len(drawing.spots) == MOST_NODES
    assert drawing.left_out == len(subgraph.nodes) + 400 - MOST_NODES
    kept = {s.id for s in drawing.spots}
    assert all(r.source in kept and r.target in kept for r in drawing.rows)
    assert sum(len(s.rows) for s in drawing.strokes) == len(drawing.rows)


def test_a_relation_that_the_vocabulary_does_not_know_keeps_its_name(
    made: tuple[dict[str, Any], Subgraph],
) -> None:
    clue, subgraph = made
    path = [{**clue["path"][0], "relation": "LENT"}]
    assert draw({**clue, "path": path}, subgraph, "en").rows[0].title == "LENT"
