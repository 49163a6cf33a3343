"""Clues at rest hold no name and no number; on screen they hold what may be shown."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from graphengine.clue import Clue, clue_id, labels, present, read_clues, write_clues
from graphengine.errors import IntegrityError
from graphengine.finding import Fact, Innocent
from graphengine.identifiers import RecordId
from graphengine.language import Text
from graphengine.specimen import company_code, resident_id
from graphengine.tables.graph import Graph
from tests.village import account, company, contract, kin_clue, person, willow

FIELDS = [
    "schema", "id", "rule", "rule_version", "dimension", "kind", "rank", "score", "division_code",
    "title", "summary", "subjects", "evidence", "path", "amount", "window", "statistics",
    "innocent", "refuted_by", "unavailable",
]  # fmt: skip


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return Graph(willow().write(tmp_path / "version"))


@pytest.fixture
def clue() -> Clue:
    return kin_clue(willow())


def test_the_object_has_the_promised_fields_in_their_order(graph: Graph, clue: Clue) -> None:
    one = present([clue], graph, reveal=False)[0]
    assert list(one) == FIELDS
    assert one["schema"] == "shunteng.clue/1"
    assert list(one["subjects"][0]) == ["node", "kind", "role", "label"]
    assert list(one["evidence"][0]) == ["register", "record_id", "file", "row", "date", "what"]
    assert list(one["statistics"]) == ["method", "p", "q", "n", "base_rate"]
    assert list(one["innocent"][0]) == ["id", "tested", "holds", "effect", "text"]
    assert one["amount"] == "434000.00"
    assert one["window"] == ["2023-04-18", "2023-06-02"]
    step = one["path"][2]
    assert step["detail"] == "hired directly"
    assert step["detail_zh"] == "直接委托"
    assert (step["at"], step["amount"]) == ("2023-04-18", "186000.00")
    assert json.loads(json.dumps(one, ensure_ascii=False)) == one


def test_persons_are_masked_and_numbers_stay_away(graph: Graph, clue: Clue) -> None:
    shown = json.dumps(present([clue], graph, reveal=False), ensure_ascii=False)
    assert "陈**" in shown
    assert "恒拓建筑有限公司" in shown
    for secret in ("陈志远", "陈浩", "林秀珍", resident_id("chen"), company_code("firm")):
        assert secret not in shown
    assert "identifier" not in shown
    assert not re.search(r"\d{17}[\dX]", shown)


def test_revealing_names_and_identifies(graph: Graph, clue: Clue) -> None:
    one = present([clue], graph, reveal=True)[0]
    assert [s["identifier"] for s in one["subjects"]] == [
        resident_id("chen"),
        resident_id("hao"),
        company_code("firm"),
        resident_id("lin"),
    ]
    assert one["summary"]["en"].startswith("While 陈志远 was in office")
    assert one["evidence"][0]["record_id"] == resident_id("hao")


def test_record_ids_are_register_keys_or_nodes(graph: Graph, clue: Clue) -> None:
    evidence = present([clue], graph, reveal=False)[0]["evidence"]
    assert evidence[0]["record_id"] == person("hao")
    assert evidence[2]["record_id"] == "HT2023-01"
    assert evidence[2]["register"] == "contracts"
    assert evidence[4]["record_id"] == "P52"


def test_only_explanations_that_hold_have_an_effect(graph: Graph, clue: Clue) -> None:
    text = Text("解释", "explanation")
    innocent = tuple(
        Innocent(name, text, tested=tested, holds=holds, effect=-1.5)
        for name, tested, holds in (("a", True, True), ("b", True, False), ("c", False, True))
    )
    changed = replace(clue, finding=replace(clue.finding, innocent=innocent))
    shown = present([changed], graph, reveal=False)[0]["innocent"]
    assert [i["effect"] for i in shown] == [-1.5, 0.0, 0.0]


def test_accounts_are_shortened_and_unknown_nodes_left_out(graph: Graph) -> None:
    found = labels(graph, [account("chen"), "person:" + "0" * 20], reveal=False)
    assert set(found) == {account("chen")}
    assert re.fullmatch(r"\*+\d{4}", found[account("chen")].text)


def test_braces_of_the_registers_stay_as_they_are(graph: Graph, clue: Clue) -> None:
    odd = Text("合同 {9} {x}：{2}", "contract {9} {x}: {2}")
    changed = replace(clue, finding=replace(clue.finding, title=odd))
    title = present([changed], graph, reveal=False)[0]["title"]
    assert title["en"] == "contract {9} {x}: 恒拓建筑有限公司"


def test_clues_at_rest_are_pseudonymous_and_read_back_equal(tmp_path: Path, clue: Clue) -> None:
    path = tmp_path / "clues.jsonl"
    write_clues(path, [clue, replace(clue, rank=2)])
    assert read_clues(path) == (clue, replace(clue, rank=2))
    text = path.read_text("utf-8")
    for secret in ("志远", "陈浩", resident_id("chen"), company_code("firm")):
        assert secret not in text
    assert company("firm") in text


def test_an_id_depends_on_rule_and_key_alone() -> None:
    assert clue_id("a", ("x", "y")) == clue_id("a", ("x", "y"))
    assert len({clue_id("a", ("x", "y")), clue_id("a", ("xy",)), clue_id("b", ("x", "y"))}) == 3
    assert re.fullmatch(r"kin-contract-[0-9a-f]{16}", clue_id("kin-contract", ("person:1",)))


def test_a_clue_of_another_version_is_refused(graph: Graph, clue: Clue) -> None:
    lost = replace(clue.finding, facts=(Fact(RecordId(999_999), Text("无", "none")),))
    with pytest.raises(IntegrityError):
        present([replace(clue, finding=lost)], graph, reveal=False)


def test_titles_that_somebody_typed_are_shown_only_when_revealed(graph: Graph) -> None:
    node = contract("HT2023-01")
    assert labels(graph, [node], reveal=False)[node].text == node
    assert labels(graph, [node], reveal=True)[node].text == "王伟家门口道路硬化2"
