from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from graphengine.errors import IntegrityError
from graphengine.identifiers import RecordId
from graphengine.masks import names_of
from graphengine.store.adjacency import Adjacency
from graphengine.store.building import PIECE
from graphengine.store.columns import Columns
from graphengine.store.positions import Positions
from graphengine.tables.graph import Graph
from graphengine.tables.schema import schema_of
from graphengine.tables.write import write_kind
from graphengine.vocabulary import NODES, RELATIONS
from tests.graphengine.store.test_content import with_odd_rows
from tests.village import Village, account, person


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    with Graph(with_odd_rows().write(tmp_path / "tables" / "v")) as graph:
        yield graph


def _arrays(graph: Graph) -> Adjacency:
    return Adjacency.of(graph, graph.folder.parent.parent / "snapshot" / graph.folder.name)


@pytest.fixture
def columns(graph: Graph) -> Columns:
    return _arrays(graph).columns


@pytest.mark.parametrize("kind", NODES)
def test_rows_of_nodes_are_those_of_the_tables(graph: Graph, columns: Columns, kind: str) -> None:
    arrays = _arrays(graph)
    said = graph.sql(f'SELECT * FROM "{kind}" ORDER BY id DESC').to_dicts()
    at = [arrays.index(row["id"]) for row in said]
    assert columns.nodes(kind, np.array(at, dtype=np.int64)) == said


@pytest.mark.parametrize("kind", RELATIONS)
def test_rows_of_relations_are_those_of_the_tables(
    graph: Graph, columns: Columns, kind: str
) -> None:
    said = graph.sql(f'SELECT * FROM "{kind}"').to_dicts()
    for row in said:
        row["target"] = None if row["target"] == "company:none" else row["target"]
    back = np.arange(len(said) - 1, -1, -1)
    assert columns.relations(kind, back) == said[::-1]


def _table(kind: str, **columns: list[Any]) -> pa.Table:
    """Return a kind's table of these columns, the others null."""
    schema = schema_of(kind)
    count = len(next(iter(columns.values())))
    return pa.table(
        [pa.array(columns.get(f.name, [None] * count), f.type) for f in schema], schema=schema
    )


def _many(folder: Path, rows: int) -> Path:
    """Write so many persons and posts held that columns lie in several pieces and ways."""
    ids = [f"person:{n:06x}" for n in range(rows)]
    told = [[n] for n in range(rows)]
    tables: dict[str, dict[str, list[Any]]] = {
        "Person": {
            "id": ids,
            "name": [f"王{n}" for n in range(rows)],
            "status": ["active" if n % 3 else None for n in range(rows)],
            "records": told,
        },
        "HOLDS": {
            "source": ids,
            "target": ["post:0"] * rows,
            "duties": [f"分管{n % 5}" if n % 2 else None for n in range(rows)],
            "records": told,
        },
        "KIN": {
            "source": ids,
            "target": ids[::-1],
            "via": [
                None if n % 7 == 0 else [ids[n % 9], "person:gone"][: n % 3] for n in range(rows)
            ],
        },
        "Account": {
            "id": [f"account:{n:06x}" for n in range(rows)],
            "holder": [ids[n] if n % 11 else "somebody" for n in range(rows)],
        },
        "Post": {"id": ["post:0"]},
    }
    for kind, columns in tables.items():
        write_kind(folder, kind, _table(kind, **columns))
    return Village().write(folder)


@pytest.mark.slow
def test_columns_of_every_way_and_several_pieces(tmp_path: Path) -> None:
    count = PIECE + 1000
    with Graph(_many(tmp_path / "tables" / "v", count)) as graph:
        arrays = _arrays(graph)
        some = np.random.default_rng(5).integers(0, count, 5_000)
        for kind in ("KIN", "HOLDS"):
            rows = graph.sql(f'SELECT * FROM "{kind}"')
            found = arrays.columns.relations(kind, some)
            assert found == [rows.row(n, named=True) for n in some.tolist()]
        for kind in ("Person", "Account"):
            rows = graph.sql(f'SELECT * FROM "{kind}" ORDER BY id')
            at = arrays.positions(rows["id"][some.tolist()].to_list())
            found = arrays.columns.nodes(kind, at)
            assert found == [rows.row(n, named=True) for n in some.tolist()]


def test_rows_are_found_by_their_keys(graph: Graph, columns: Columns) -> None:
    for kind in RELATIONS:
        count = graph.sql(f'SELECT count(*) FROM "{kind}"').item()
        keys = columns.of_rows(kind, "key", np.arange(count)).to_pylist()
        first = [keys.index(key) for key in keys]
        assert columns.rows_of(kind, keys).tolist() == first
        assert columns.rows_of(kind, [-5, 2**63 - 1]).tolist() == [-1, -1]
    assert columns.rows_of("PAID", []).tolist() == []


def test_properties_that_there_are_not(columns: Columns) -> None:
    with pytest.raises(KeyError):
        columns.of_nodes("Person", "share", np.array([0]))
    with pytest.raises(KeyError):
        columns.of_rows("OWNS", "name", np.array([0]))


def test_sources_are_those_of_the_tables(graph: Graph, columns: Columns) -> None:
    every = [*graph.sql("SELECT record FROM sources ORDER BY record DESC")["record"], 10**6, 0]
    assert columns.sources(every) == graph.sources(every)
    assert columns.sources([]) == {}


def test_names_are_those_that_masks_look_for(graph: Graph, columns: Columns) -> None:
    said = "陈志远和林秀珍、林秀、王伟，11010519491231002X 号"
    assert (
        columns.names.hidden(said)
        == names_of(graph).hidden(said)
        == "陈**和林**、林秀、王*，****** 号"
    )


def test_a_version_without_a_row_has_no_rows(tmp_path: Path) -> None:
    with Graph(Village().write(tmp_path / "tables" / "v")) as graph:
        columns = _arrays(graph).columns
        assert columns.sources([RecordId(1)]) == {}
        assert columns.nodes("Person", np.array([], dtype=np.int64)) == []
        assert columns.rows_of("PAID", [1]).tolist() == [-1]


def test_ties_bear_the_days_of_all_their_rows(graph: Graph) -> None:
    arrays = _arrays(graph)
    a, b = arrays.index(account("wang")), arrays.index(account("lin"))
    assert a is not None
    assert b is not None
    edges = list(arrays.between(a, b))
    first = (date(2024, 1, 1) - date(1970, 1, 1)).days
    own = arrays.layers[0].net.since[edges].tolist()
    assert sorted(own) == [first, first + 1, first + 1, first + 2]
    assert set(arrays.network.since[edges].tolist()) == {first}
    assert set(arrays.network.until[edges].tolist()) == {first + 2}


def test_places_are_walked_apart(graph: Graph) -> None:
    arrays = _arrays(graph)
    post, village = arrays.index("post:" + "a" * 20), arrays.index("division:361025101201")
    assert post is not None
    assert village is not None
    at = slice(*arrays.places.starts[post : post + 2])
    assert arrays.places.ends[at].tolist() == [village]
    assert village not in arrays.neighbours(post)
    edge = int(arrays.layers[1].net.edges[arrays.places.edge_starts[at.start]])
    assert arrays.row(edge + int(arrays.first[-2])).relation == "AT"


def test_who_is_out_of_scope(graph: Graph) -> None:
    arrays = _arrays(graph)
    assert len(arrays.shut(None)) == 0
    assert not arrays.shut("361025").any()
    elsewhere = arrays.shut("99")
    wang = arrays.index(person("wang"))
    assert elsewhere[wang]
    assert not any(
        elsewhere[at] for at, node in enumerate(arrays.ids.tolist()) if node.startswith(b"company:")
    )


def test_positions_of_a_column() -> None:
    ids = np.array([b"a:1", b"a:10", b"b:0"])
    column = pa.array(["b:0", None, "a:1", "a:1", "a:10", "", "a:", "b:00", "人"])
    assert Positions(ids).of(column).tolist() == [2, -1, 0, 0, 1, -1, -1, -1, -1]
    assert Positions(ids).of(column.slice(3, 2)).tolist() == [0, 1]
    assert Positions(ids[:0]).of(column).tolist() == [-1] * len(column)


def test_a_node_that_is_not_of_its_kind_is_refused(tmp_path: Path) -> None:
    v = Village()
    v.add("Company", id="person:1")
    with (
        Graph(v.write(tmp_path / "tables" / "v")) as graph,
        pytest.raises(IntegrityError, match="not one of its kind"),
    ):
        _arrays(graph)
    assert not list((tmp_path / "snapshot").iterdir())
