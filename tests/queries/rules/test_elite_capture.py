"""What the cases cannot say: whom a captured village's clue names, and what a lineage is."""

from pathlib import Path

from api import pipeline
from queries.catalogue import rules
from queries.kin.lineages import lineages
from tests.road import village

RULE = next(rule for rule in rules() if rule.id == "elite-capture")
CASES = {case.title.en: case.registers for case in RULE.cases}
BASE = CASES["twelve households hold posts and contracts"]


def test_it_names_holders_of_posts_and_their_firms(tmp_path: Path) -> None:
    with pipeline.open_graph(village(tmp_path, BASE)) as graph:
        finding = RULE.find(graph, RULE.parameters).findings[0]
    roles = [s.role for s in finding.subjects]
    assert roles[:5] == ["official"] * 5
    assert roles.count("supplier") == 4
    assert {s.relation for s in finding.path} == {"HOLDS", "REPRESENTS", "AWARDED", "LEASES"}
    assert finding.statistics.method == "exact"
    assert finding.statistics.base_rate == round(12 / 72, 4)
    assert finding.amount == 4 * 2_000_000
    assert finding.key[0] == finding.division


def test_a_village_of_one_lineage_is_not_evaluable_and_says_why(tmp_path: Path) -> None:
    with pipeline.open_graph(village(tmp_path, CASES["a village of one lineage"])) as graph:
        assessment = RULE.find(graph, RULE.parameters).assessments[0]
    assert not assessment.evaluated
    assert assessment.why is not None
    assert "one lineage" in assessment.why.en


HOMES = """
household_id,person_id,name,relation_to_head,division_code,father_id
A1,@a1,王一,02,V1,@far
A2,@a2,王二,02,V1,@far
A3,@a3,王三,02,V1,@a1
B1,@b1,王四,02,V1,
C1,@c1,李一,02,V1,@grand
C2,@c2,李二,02,V1,
C3,@c3,李三,02,V1,
C4,@c4,李四,02,V1,
D1,@d1,欧阳一,02,V1,
D2,@d2,欧阳二,02,V2,
"""


def test_lineages_follow_blood_where_it_is_stated_and_the_surname_elsewhere(tmp_path: Path) -> None:
    with pipeline.open_graph(village(tmp_path, {"households": HOMES})) as graph:
        found = lineages(graph)
        names = dict(graph.sql("SELECT id, name FROM Person WHERE name IS NOT NULL").iter_rows())
    lineage = {names[p]: line for p, line in found.members.select("id", "lineage").iter_rows()}
    assert lineage["王一"] == lineage["王二"] == lineage["王三"]
    assert lineage["王四"] != lineage["王一"], "most of the surname is joined by blood without him"
    assert lineage["李一"] == lineage["李二"] == lineage["李三"] == lineage["李四"]
    assert lineage["欧阳一"] != lineage["欧阳二"], "another village"
    assert len(found.homes) == 10
