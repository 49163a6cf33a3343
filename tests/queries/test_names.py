from pathlib import Path

import pytest

from graphengine.errors import AmbiguousError, NotFoundError
from graphengine.specimen import account_number, resident_id
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace
from queries.names import resolve, search
from tests.village import KEY, V1, account, company, contract, person, willow


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    (tmp_path / "key").write_text(KEY.hex(), "ascii")
    return Workspace(tmp_path)


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    village = willow()
    village.add("Person", id="person:" + "9" * 20, name="王伟", division="361025101202")
    return Graph(village.write(tmp_path / "tables" / "v"))


def test_a_name_of_one_node_is_that_node(at: Workspace, graph: Graph) -> None:
    assert resolve(at, graph, "恒拓建筑有限公司") == company("firm")
    assert resolve(at, graph, person("chen")) == person("chen")


def test_a_name_of_several_asks_with_masked_labels(at: Workspace, graph: Graph) -> None:
    with pytest.raises(AmbiguousError) as caught:
        resolve(at, graph, "王伟")
    said = f"{caught.value.message} {caught.value.remedy}"
    assert person("wang") in said
    assert "王*" in said
    assert "361025101202" in said
    assert "王伟" not in said


def test_a_number_counts_only_with_the_key(at: Workspace, graph: Graph) -> None:
    for number, node in (
        (resident_id("chen"), person("chen")),
        (account_number("lin"), account("lin")),
    ):
        assert resolve(at, graph, number, reveal=True) == node
        with pytest.raises(NotFoundError) as caught:
            resolve(at, graph, number)
        assert number not in f"{caught.value.message} {caught.value.remedy}"


def test_a_kind_tells_those_of_one_name_apart(at: Workspace, tmp_path: Path) -> None:
    village = willow()
    village.add("Programme", id="programme:" + "7" * 20, name="陈浩")
    graph = Graph(village.write(tmp_path / "tables" / "w"))
    with pytest.raises(AmbiguousError):
        resolve(at, graph, "陈浩")
    assert resolve(at, graph, "陈浩", ["Person"]) == person("hao")
    assert resolve(at, graph, "陈浩", ["Programme"]) == "programme:" + "7" * 20


def test_codes_and_an_offices_own_numbers_count_without_revealing(
    at: Workspace, graph: Graph
) -> None:
    assert resolve(at, graph, V1) == f"division:{V1}"
    assert resolve(at, graph, "HT2023-01") == contract("HT2023-01")
    for unknown in ("36102510", "361025109999", "HT2023-99", "person:", ""):
        with pytest.raises(NotFoundError):
            resolve(at, graph, unknown)


def test_search_finds_parts_and_ranks_the_exact_first(graph: Graph) -> None:
    found = search(graph, "陈")
    assert sorted(m.label for m in found) == ["陈*", "陈**"]
    assert [m.label for m in search(graph, "陈浩")] == ["陈*"]
    assert [m.kind for m in search(graph, "建筑")] == ["Company"]
    assert search(graph, "%") == ()
    assert search(graph, " ") == ()
