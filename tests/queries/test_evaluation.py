"""Figures against a planted truth, on a village that goes the whole road."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api import pipeline
from graphengine.clue import Clue
from graphengine.settings import Settings
from graphengine.specimen import company_code, resident_id
from graphengine.tables.graph import Graph
from queries.catalogue import rules
from queries.evaluation import Evaluation, evaluate_clues
from queries.ranking import rank
from tests.road import village

RULE = next(rule for rule in rules() if rule.id == "kin-contract")
VILLAGE = dict(RULE.cases[0].registers)
DIVISION = "361025101201"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    root: Path = tmp_path_factory.mktemp("evaluated")
    with pipeline.open_graph(village(root, VILLAGE)) as opened:
        yield opened


@pytest.fixture(scope="module")
def clues(graph: Graph) -> tuple[Clue, ...]:
    return rank([RULE.find(graph, RULE.parameters)], [RULE], Settings())


def _planted(name: str, evidence: str, amount: str = "186000.00", **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    return {
        "id": name, "rule": "kin-contract", "shape": "direct", "division": DIVISION,
        "official": resident_id("sec", "M", 1966), "subjects": [company_code("a")],
        "evidence": [evidence], "amount": amount, **more,
    }  # fmt: skip


def _figures(graph: Graph, clues: tuple[Clue, ...], **truth: list[dict[str, Any]]) -> Evaluation:
    return evaluate_clues(clues, {"schemes": [], "decoys": [], **truth}, graph)


def test_a_scheme_is_found_by_its_contract(graph: Graph, clues: tuple[Clue, ...]) -> None:
    found = _figures(graph, clues, schemes=[_planted("S1", "HT1")])
    assert (found.total.recall, found.total.precision, found.total.precision_at_n) == (1, 1, 1)
    assert (found.missed, found.unmatched, found.decoys_hit) == ((), (), ())
    assert found.shapes[0].recall == 1.0


def test_what_is_planted_elsewhere_is_missed(graph: Graph, clues: tuple[Clue, ...]) -> None:
    truth = [_planted("S1", "HT1"), _planted("S2", "HT9", "900.00", shape="small")]
    found = _figures(graph, clues, schemes=truth)
    assert found.total.recall == 0.5
    assert found.missed == ("S2",)
    assert (found.recall_small, found.recall_large) == (0.0, 1.0)
    assert [(s.shape, s.recall) for s in found.shapes] == [("direct", 1.0), ("small", 0.0)]


def test_decoys_and_the_unplanted_count_against_precision(
    graph: Graph, clues: tuple[Clue, ...]
) -> None:
    fooled = _figures(graph, clues, decoys=[_planted("D1", "HT1")])
    assert (fooled.total.precision, fooled.decoys_hit) == (0.0, ("D1",))
    stray = _figures(graph, clues)
    assert stray.total.precision == 0.0
    assert stray.unmatched == tuple(c.id for c in clues)


def test_the_same_official_alone_is_no_match(graph: Graph, clues: tuple[Clue, ...]) -> None:
    """Deterministic rules match by what was planted, not by who was in office."""
    number = resident_id("sec", "M", 1966)
    found = _figures(graph, clues, schemes=[_planted("S1", number)])
    assert found.total.found == 0


def test_silence_is_precise_and_the_figures_serialise(graph: Graph) -> None:
    found = _figures(graph, (), schemes=[_planted("S1", "HT1")])
    assert (found.total.precision, found.total.recall) == (1.0, 0.0)
    assert found.as_json()["rules"][0]["recall"] == 0.0
    assert found.as_json()["schema"] == "shunteng.evaluation/1"
