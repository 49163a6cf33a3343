"""What goes out comes in again as it was, in every form."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

import graphengine
from graphengine.exchange.columns import SCHEMAS
from graphengine.subgraph import Subgraph
from tests.graphengine.exchange.subgraphs import subgraphs
from tests.village import company

THROUGH: dict[str, Callable[[Subgraph], Subgraph]] = {
    "networkx": lambda x: graphengine.from_networkx(graphengine.to_networkx(x)),
    "arrow": lambda x: graphengine.from_arrow(*graphengine.to_arrow(x)),
    "polars": lambda x: graphengine.from_polars(*graphengine.to_polars(x)),
    "pandas": lambda x: graphengine.from_pandas(*graphengine.to_pandas(x)),
}
FORMS = pytest.mark.parametrize("form", sorted(THROUGH))


@dataclass(frozen=True, slots=True)
class Answered:
    """Whatever shows a subgraph."""

    subgraph: Subgraph


@FORMS
@settings(deadline=None)
@given(subgraph=subgraphs())
def test_in_undoes_out(form: str, subgraph: Subgraph) -> None:
    assert THROUGH[form](subgraph) == subgraph


@FORMS
def test_a_subgraph_of_the_tables(form: str, village: Subgraph) -> None:
    assert len(village.edges) >= 6
    assert THROUGH[form](village) == village


@FORMS
def test_rows_in_another_order_are_the_same_graph(form: str, village: Subgraph) -> None:
    backwards = Subgraph(village.nodes[::-1], village.edges[::-1], version=village.version)
    assert THROUGH[form](backwards).nodes == village.nodes
    assert THROUGH[form](backwards).edges == village.edges


@FORMS
def test_an_answer_is_exchanged_by_its_subgraph(form: str, village: Subgraph) -> None:
    exchanged = getattr(graphengine, f"to_{form}")(Answered(village))
    back = getattr(graphengine, f"from_{form}")
    assert (back(exchanged) if form == "networkx" else back(*exchanged)) == village


@given(subgraph=subgraphs())
@settings(deadline=None, max_examples=20)
def test_the_schema_is_the_same_whatever_the_answer(subgraph: Subgraph) -> None:
    nodes, edges, _ = graphengine.to_arrow(subgraph)
    assert nodes.schema == SCHEMAS["nodes"]
    assert edges.schema == SCHEMAS["edges"]
    frames = graphengine.to_polars(subgraph)
    assert frames.nodes.schema == pl.DataFrame(nodes).schema
    assert [str(t) for t in graphengine.to_pandas(subgraph).edges.dtypes] == [
        f"{kind}[pyarrow]" for kind in edges.schema.types
    ]


def test_through_files(village: Subgraph, tmp_path: Path) -> None:
    nodes, edges, about = graphengine.to_arrow(village)
    for name, table in (("nodes", nodes), ("edges", edges)):
        pq.write_table(table, tmp_path / f"{name}.parquet")
    nodes = pq.read_table(tmp_path / "nodes.parquet")
    edges = pq.read_table(tmp_path / "edges.parquet")
    assert graphengine.from_arrow(nodes, edges, about) == village


def test_money_is_in_fen_and_times_are_local(village: Subgraph) -> None:
    nodes, edges, _ = graphengine.to_polars(village)
    (firm,) = nodes.filter(kind="Company").to_dicts()
    assert firm["capital"] == 200_000_000
    assert edges.schema["paid_at"] == pl.Datetime("us")
    assert edges.filter(relation="PAID")["amount"].sum() == 22_320_000
    assert edges.filter(relation="KIN")["kin_relation"].to_list() == ["Dm", "Sf"]


def test_networkx_says_kind_label_dates_and_evidence(village: Subgraph) -> None:
    graph = graphengine.to_networkx(village)
    firm = graph.nodes[company("firm")]
    assert (firm["kind"], firm["label"]) == ("Company", "恒拓建筑有限公司")
    ((_, _, owns),) = [e for e in graph.edges(data=True) if e[2]["relation"] == "OWNS"]
    assert str(owns["valid_from"]) == "2017-04-10"
    assert "valid_to" not in owns
    assert [(s.file, s.row) for s in owns["evidence"]] == [("shareholders.csv", 2)]


def test_arrow_evidence_is_a_list_of_rows(village: Subgraph) -> None:
    edges = graphengine.to_arrow(village).edges
    assert pa.types.is_list(edges.schema.field("evidence").type)
    (owns,) = [row for row in edges.to_pylist() if row["relation"] == "OWNS"]
    assert [(s["register"], s["row"]) for s in owns["evidence"]] == [("shareholders", 2)]
