"""Every case of every rule: it speaks where it must and is silent where it must."""

from pathlib import Path
from typing import Any

import pytest

from api import pipeline
from graphengine.rule import Case, Rule
from queries.catalogue import rules
from tests.road import village

_CASES = [(rule, case) for rule in rules() for case in rule.cases]


@pytest.mark.parametrize(
    ("rule", "case"), _CASES, ids=[f"{rule.id}: {case.title.en}" for rule, case in _CASES]
)
def test_case(tmp_path: Path, rule: Rule[Any], case: Case) -> None:
    workspace = village(tmp_path, case.registers)
    with pipeline.open_graph(workspace) as graph:
        outcome = rule.find(graph, rule.parameters)
    said = [finding.summary.en for finding in outcome.findings]
    assert len(said) == case.clues, said
    for finding in outcome.findings:
        records = [fact.record for fact in finding.facts]
        assert records, "a finding without evidence"
        with pipeline.open_graph(workspace) as graph:
            assert set(graph.sources(records)) == set(records)
        assert all(0 <= fact < len(records) for step in finding.path for fact in step.facts)
        finding.summary.filled(*(subject.node for subject in finding.subjects))
        finding.title.filled(*(subject.node for subject in finding.subjects))
