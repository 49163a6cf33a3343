from pathlib import Path

import pytest

from graphengine.errors import AmbiguousError, NotFoundError
from graphengine.identifiers import NodeId
from graphengine.specimen import account_number, resident_id
from graphengine.tables.graph import Graph
from queries.paths import find_paths, neighbourhood, resolve, search
from tests.village import KEY, account, company, person, willow


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    village = willow()
    village.add("Person", id="person:" + "9" * 20, name="王伟", division="361025101202")
    return Graph(village.write(tmp_path / "tables" / "v"))


def test_a_path_names_its_relations_and_rows(graph: Graph) -> None:
    found = find_paths(graph, person("chen"), company("firm"), 6)
    assert found.hops == 2
    assert found.routes == ((person("chen"), person("hao"), company("firm")),)
    assert [(e.relation, e.source, e.target) for e in found.subgraph.edges] == sorted(
        [("KIN", person("chen"), person("hao")), ("OWNS", person("hao"), company("firm"))],
        key=lambda e: e[1:],
    )
    assert all(found.subgraph.evidence(e.records) for e in found.subgraph.edges)


def test_no_path_within_the_hops(graph: Graph) -> None:
    found = find_paths(graph, person("chen"), company("firm"), 1)
    assert (found.hops, found.routes) == (None, ())
    assert len(found.subgraph.nodes) == 2


def test_a_path_to_itself(graph: Graph) -> None:
    assert find_paths(graph, person("chen"), person("chen")).hops == 0


def test_an_unknown_end_is_not_found(graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        find_paths(graph, person("chen"), NodeId("person:none"))


def test_a_neighbourhood_says_what_was_cut(graph: Graph) -> None:
    whole = neighbourhood(graph, person("chen"), hops=1)
    assert {n.id for n in whole.nodes} == {
        person("chen"), person("hao"), person("lin"), account("chen"), "post:" + "a" * 20,
    }  # fmt: skip
    assert not whole.truncated
    assert {n.id: n.hidden for n in whole.nodes}[person("hao")] == 2
    cut = neighbourhood(graph, person("chen"), hops=1, limit=3)
    assert cut.truncated
    assert sum(cut.omitted.values()) == 2
    assert len(cut.nodes) == 3
    assert person("chen") in {n.id for n in cut.nodes}


def test_a_name_of_one_node_is_that_node(graph: Graph) -> None:
    assert resolve(graph, "志浩建筑有限公司") == company("firm")
    assert resolve(graph, person("chen")) == person("chen")


def test_a_name_of_several_asks_with_masked_labels(graph: Graph) -> None:
    with pytest.raises(AmbiguousError) as caught:
        resolve(graph, "王伟")
    said = f"{caught.value.message} {caught.value.remedy}"
    assert person("wang") in said
    assert "王*" in said
    assert "361025101202" in said
    assert "王伟" not in said


def test_a_number_counts_only_with_the_key(graph: Graph) -> None:
    for number, node in (
        (resident_id("chen"), person("chen")),
        (account_number("lin"), account("lin")),
    ):
        assert resolve(graph, number, KEY) == node
        with pytest.raises(NotFoundError) as caught:
            resolve(graph, number)
        assert number not in f"{caught.value.message} {caught.value.remedy}"


def test_search_finds_parts_and_ranks_the_exact_first(graph: Graph) -> None:
    found = search(graph, "陈")
    assert sorted(m.label for m in found) == ["陈*", "陈**"]
    assert [m.label for m in search(graph, "陈浩")] == ["陈*"]
    assert [m.kind for m in search(graph, "建筑")] == ["Company"]
    assert search(graph, "%") == ()
    assert search(graph, " ") == ()
