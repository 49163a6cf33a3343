"""What the cases cannot say: who is named, with which rows, and how it is controlled."""

from pathlib import Path

import pytest

from api import pipeline
from graphengine.clue import present
from graphengine.finding import Finding
from graphengine.settings import Settings
from graphengine.specimen import resident_id
from graphengine.tables.graph import Graph
from queries.catalogue import rules
from queries.ranking import rank
from tests.road import village

RULE = next(rule for rule in rules() if rule.id == "kin-benefit")
CASES = {case.title.en: case.registers for case in RULE.cases}
BASE = CASES["seven of eight brothers"]


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return pipeline.open_graph(village(tmp_path, BASE))


@pytest.fixture
def finding(graph: Graph) -> Finding:
    return RULE.find(graph, RULE.parameters).findings[0]


def test_it_names_the_official_and_the_recipients(graph: Graph, finding: Finding) -> None:
    clue = rank([RULE.find(graph, RULE.parameters)], [RULE], Settings())[0]
    one = present([clue], graph, reveal=True)[0]
    assert one["subjects"][0]["identifier"] == resident_id("sec", "M", 1975)
    brothers = {resident_id(f"b{i}", "M", 1980) for i in range(7)}
    assert {s["identifier"] for s in one["subjects"][1:]} == brothers
    assert {e["register"] for e in one["evidence"]} == {"officials", "households", "benefits"}
    assert one["amount"] == "10920.00"
    assert one["window"] == ["2023-03-01", "2023-05-31"]
    assert one["statistics"]["q"] == pytest.approx(finding.statistics.p)


def test_the_test_is_exact_and_counted(graph: Graph, finding: Finding) -> None:
    outcome = RULE.find(graph, RULE.parameters)
    assert finding.statistics.method == "exact"
    assert finding.statistics.n == 8
    assert [(t.division, t.p) for t in outcome.tests] == [(finding.division, finding.statistics.p)]
    assert 0 < outcome.tests[0].p < 1e-4


def test_a_stricter_county_hears_less(graph: Graph) -> None:
    strict = RULE.configured({"min_excess": 7.0})
    outcome = RULE.find(graph, strict)
    assert outcome.findings == ()
    assert [t.p for t in outcome.tests] == [1.0]


def test_a_village_too_small_is_not_evaluable(tmp_path: Path) -> None:
    workspace = village(tmp_path, CASES["the village is too small"])
    with pipeline.open_graph(workspace) as graph:
        outcome = RULE.find(graph, RULE.parameters)
    assert [a.evaluated for a in outcome.assessments] == [False]
    assert outcome.tests == ()


def test_other_programmes_are_not_need_tested(tmp_path: Path) -> None:
    grants = BASE["benefits"].replace("最低生活保障", "耕地地力保护补贴")
    with pipeline.open_graph(village(tmp_path, BASE | {"benefits": grants})) as graph:
        assert RULE.find(graph, RULE.parameters).findings == ()
