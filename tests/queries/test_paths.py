from pathlib import Path

import pytest

from graphengine.errors import AmbiguousError, NotFoundError
from graphengine.identifiers import NodeId
from graphengine.specimen import account_number, resident_id
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace
from queries.paths import find_paths, neighbourhood, resolve, search
from tests.village import KEY, account, company, person, willow


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    (tmp_path / "key").write_text(KEY.hex(), "ascii")
    return Workspace(tmp_path)


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    village = willow()
    village.add("Person", id="person:" + "9" * 20, name="王伟", division="361025101202")
    return Graph(village.write(tmp_path / "tables" / "v"))


def test_a_path_names_its_relations_and_rows(at: Workspace, graph: Graph) -> None:
    found = find_paths(at, graph, person("chen"), company("firm"))
    assert found.routes == ((person("chen"), person("hao"), company("firm")),)
    assert [(e.relation, e.source, e.target) for e in found.edges] == sorted(
        [("KIN", person("chen"), person("hao")), ("OWNS", person("hao"), company("firm"))],
        key=lambda e: e[1:],
    )
    assert all(e.evidence for e in found.edges)


def test_no_path_within_the_hops(at: Workspace, graph: Graph) -> None:
    found = find_paths(at, graph, person("chen"), company("firm"), max_hops=1)
    assert found.routes == ()
    assert len(found.nodes) == 2


def test_a_path_to_itself(at: Workspace, graph: Graph) -> None:
    assert find_paths(at, graph, person("chen"), person("chen")).routes == ((person("chen"),),)


def test_an_unknown_end_is_not_found(at: Workspace, graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        find_paths(at, graph, person("chen"), NodeId("person:none"))


def test_a_neighbourhood_says_what_was_cut(at: Workspace, graph: Graph) -> None:
    whole = neighbourhood(at, graph, person("chen"), hops=1)
    assert {n.id for n in whole.nodes} == {
        person("chen"), person("hao"), person("lin"), account("chen"), "post:" + "a" * 20,
    }  # fmt: skip
    assert not whole.truncated
    assert {n.id: n.hidden for n in whole.nodes}[person("hao")] == 2
    cut = neighbourhood(at, graph, person("chen"), hops=1, limit=3)
    assert cut.truncated
    assert sum(cut.omitted.values()) == 2
    assert len(cut.nodes) == 3
    assert person("chen") in {n.id for n in cut.nodes}


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


def test_search_finds_parts_and_ranks_the_exact_first(graph: Graph) -> None:
    found = search(graph, "陈")
    assert sorted(m.label for m in found) == ["陈*", "陈**"]
    assert [m.label for m in search(graph, "陈浩")] == ["陈*"]
    assert [m.kind for m in search(graph, "建筑")] == ["Company"]
    assert search(graph, "%") == ()
    assert search(graph, " ") == ()
