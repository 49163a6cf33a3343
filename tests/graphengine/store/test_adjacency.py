import shutil
from pathlib import Path

import numpy as np
import pytest

from graphengine.store.adjacency import Adjacency, EdgeRow
from graphengine.store.around import Journey, trails
from graphengine.store.edges import JOINING
from graphengine.tables.graph import Graph
from tests.village import Village, account, company, person, willow


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return Graph(willow().write(tmp_path / "tables" / "v"))


def _of(graph: Graph) -> Adjacency:
    return Adjacency.of(graph, graph.folder.parent.parent / "snapshot" / graph.folder.name)


def _neighbours(arrays: Adjacency, node: str) -> set[str]:
    at = arrays.index(node)
    assert at is not None
    return {arrays.node(n) for n in arrays.neighbours(at)}


def test_neighbours_are_both_ways_and_once(graph: Graph) -> None:
    arrays = _of(graph)
    assert _neighbours(arrays, company("firm")) == {
        person("hao"), account("firm"), *(n for n in _all(graph) if n.startswith("contract:")),
    }  # fmt: skip
    assert _neighbours(arrays, account("vc")) == {
        account("firm"), account("wang"), "body:" + "b" * 20,
    }  # fmt: skip


def _all(graph: Graph) -> list[str]:
    return list(graph.sql("SELECT id FROM Contract")["id"])


def test_a_village_joins_nobody(graph: Graph) -> None:
    arrays = _of(graph)
    assert _neighbours(arrays, "division:361025101201") == set()


def test_what_is_not_there_has_no_position(graph: Graph) -> None:
    arrays = _of(graph)
    assert arrays.index("person:none") is None
    assert arrays.index("zzz") is None
    assert arrays.index("人") is None


def test_built_once_and_the_same_again(graph: Graph, tmp_path: Path) -> None:
    _of(graph)
    folder = tmp_path / "snapshot" / "v"
    first = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    _of(graph)
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == first
    shutil.rmtree(folder)
    _of(graph)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        k: b for k, (b, _) in first.items()
    }
    assert [p.name for p in folder.parent.iterdir()] == ["v"]


def test_arrays_are_opened_only_where_they_stand(graph: Graph, tmp_path: Path) -> None:
    folder = tmp_path / "snapshot" / "v"
    assert Adjacency.standing(graph, folder) is None
    assert not folder.exists()
    made = _of(graph)
    assert Adjacency.standing(graph, folder) is made


def test_other_tables_under_the_same_name_are_seen(graph: Graph, tmp_path: Path) -> None:
    _of(graph)
    graph.close()
    more = willow()
    more.add("KIN", source=person("wang"), target=person("chen"), relation="UDm", degree=2)
    with Graph(more.write(tmp_path / "tables" / "v")) as changed:
        assert person("chen") in _neighbours(_of(changed), person("wang"))


def test_arrays_of_versions_that_are_gone_are_removed(graph: Graph, tmp_path: Path) -> None:
    _of(graph)
    (tmp_path / "snapshot" / "other").mkdir()
    graph.folder.rename(tmp_path / "tables" / "w")
    with Graph(tmp_path / "tables" / "w") as renamed:
        _of(renamed)
    assert sorted(p.name for p in (tmp_path / "snapshot").iterdir()) == ["other", "w"]


def test_a_graph_without_a_row(tmp_path: Path) -> None:
    with Graph(Village().write(tmp_path / "tables" / "v")) as graph:
        arrays = _of(graph)
        assert arrays.index(person("chen")) is None
        assert np.array_equal(arrays.network.starts, [0])


def test_every_edge_leads_to_its_row(graph: Graph) -> None:
    arrays = _of(graph)
    seen = 0
    for relation in JOINING:
        rows = graph.sql(f'SELECT source, target FROM "{relation}"')
        for number, (source, target) in enumerate(rows.iter_rows()):
            a, b = arrays.index(source), arrays.index(target)
            assert a is not None
            assert b is not None
            there, back = arrays.between(a, b), arrays.between(b, a)
            assert EdgeRow(relation, number) in [arrays.row(edge) for edge in there]
            assert there == back
            seen += 1
    assert seen == len(arrays.network.relation)
    assert arrays.between(0, 0) == ()


def test_money_is_followed_by_the_time_of_payment(graph: Graph) -> None:
    arrays = _of(graph)
    start = arrays.index(account("vc"))
    assert start is not None
    paid = graph.sql("SELECT source, target, paid_at FROM PAID")
    onward = {
        (time, target) for source, target, time in paid.iter_rows() if source == account("vc")
    }
    found = trails(arrays.forward, arrays.layers[0].net, Journey(start, 1, 0), 100).trails
    rows = [paid.row(arrays.row(edge).row) for (edge,) in found]
    assert rows
    assert [time for *_, time in rows] == sorted(time for *_, time in rows)
    assert {(time, target) for _, target, time in rows} == onward
    assert all(arrays.row(edge).relation == "PAID" for (edge,) in found)
