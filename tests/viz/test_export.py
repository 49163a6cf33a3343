import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.errors import ShuntengError
from graphengine.masks import declared
from graphengine.subgraph import Selection, Subgraph, SubgraphEdge, read_subgraph
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS
from tests.village import V1, account, company, contract, person, willow
from viz import export
from viz.export import (
    EXPORT_FORMS,
    cytoscape,
    export_division,
    export_subgraph,
    gexf,
    graphml,
    to_networkx,
)
from viz.frames import column, frames_of, frames_of_graph

Drawn = Any  # a networkx graph with text nodes; which class depends on the reader
EVERYBODY = (
    person("chen"), person("hao"), person("lin"), company("firm"), contract("HT2023-01"),
    account("vc"), account("firm"), account("lin"),
)  # fmt: skip
SECRETS = ("陈志远", "陈浩", "林秀珍", "王伟", "13900001001", "6228480", "11010519491231002X")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return Graph(willow().write(tmp_path_factory.mktemp("village") / "v1"))


@pytest.fixture(scope="module")
def subgraph(graph: Graph) -> Subgraph:
    return read_subgraph(graph, Selection(EVERYBODY))


def _content(drawn: Drawn, dropped: tuple[str, ...] = ()) -> tuple[Any, Any]:
    def kept(data: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name not in dropped}

    nodes = {node: kept(data) for node, data in drawn.nodes(data=True)}
    edges = {data["id"]: (a, b, kept(data)) for a, b, data in drawn.edges(data=True)}
    return nodes, edges


def _read_cytoscape(content: bytes) -> Drawn:
    return nx.cytoscape_graph(json.loads(content))


READERS: dict[str, tuple[Callable[[Drawn], bytes], Callable[[bytes], Drawn], tuple[str, ...]]] = {
    "graphml": (
        graphml,
        lambda b: nx.read_graphml(io.BytesIO(b), edge_key_type=str, force_multigraph=True),
        (),
    ),
    "gexf": (gexf, lambda b: nx.read_gexf(io.BytesIO(b), version="1.2draft"), ()),
    "cytoscape": (cytoscape, _read_cytoscape, ("id", "name", "value", "key", "source", "target")),
}


@pytest.mark.parametrize("form", READERS)
def test_networkx_reads_it_back_equal(subgraph: Subgraph, form: str) -> None:
    write, read, structural = READERS[form]
    drawn = to_networkx(frames_of(subgraph))
    assert _content(read(write(drawn)), structural) == _content(drawn, structural)
    assert drawn.number_of_nodes() == len(subgraph.nodes)
    assert drawn.number_of_edges() == len(subgraph.edges)


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_comes_back(subgraph: Subgraph, form: str, text: str) -> None:
    write, read, structural = READERS[form]
    nodes = tuple(replace(n, label=text) for n in subgraph.nodes)
    edge = SubgraphEdge(person("chen"), person("hao"), "HOLDS", {"duties": text})
    drawn = to_networkx(frames_of(replace(subgraph, nodes=nodes, edges=(edge, *subgraph.edges))))
    assert _content(read(write(drawn)), structural) == _content(drawn, structural)


@pytest.mark.parametrize("form", EXPORT_FORMS)
@pytest.mark.parametrize("part", ["clue", "division", "all"])
def test_every_export_is_pseudonymous_and_the_same_again(
    graph: Graph, subgraph: Subgraph, tmp_path: Path, form: str, part: str
) -> None:
    def made(name: str) -> dict[str, bytes]:
        output = tmp_path / name
        if part == "clue":
            export_subgraph(subgraph, form, output)
        else:
            export_division(graph, V1[:9] if part == "division" else "", form, output)
        files = [output] if output.is_file() else sorted(output.iterdir())
        return {file.name.removeprefix(name): file.read_bytes() for file in files}

    first = made("first")
    assert made("other") == first
    assert not list(tmp_path.rglob("*.partial"))
    said = "".join(content.decode("utf-8", "replace") for content in first.values())
    if form == "parquet":
        said = "".join(
            str(pl.read_parquet(io.BytesIO(content)).to_dicts()) for content in first.values()
        )
    assert "陈**" in said
    assert person("chen") in said
    for secret in SECRETS:
        assert secret not in said


@pytest.mark.parametrize("form", ["graphml", "csv"])
def test_revealed_is_named(graph: Graph, tmp_path: Path, form: str) -> None:
    output = tmp_path / "out"
    export_division(graph, "", form, output, reveal=True)
    file = output if output.is_file() else output / "nodes.csv"
    assert "陈志远" in file.read_text("utf-8-sig")


def test_values_keep_their_types(graph: Graph, tmp_path: Path) -> None:
    export_division(graph, "", "parquet", tmp_path / "out")
    edges = pl.read_parquet(tmp_path / "out" / "edges.parquet")
    nodes = pl.read_parquet(tmp_path / "out" / "nodes.parquet")
    assert len(edges) == sum(len(graph.sql(f'FROM "{name}"')) for name in RELATIONS)
    assert len(nodes) == sum(len(graph.sql(f'FROM "{kind}"')) for kind in NODES)
    awarded = edges.filter(relation="AWARDED").sort("amount").row(0, named=True)
    assert awarded["amount"] == Decimal("186000.00")
    assert awarded["valid_from"] == date(2023, 4, 18)
    firm = nodes.filter(id=company("firm")).row(0, named=True)
    assert firm["company_name"] == "恒拓建筑有限公司"
    assert firm["capital"] == Decimal("2000000.00")
    sources = pl.read_parquet(tmp_path / "out" / "sources.parquet")
    assert set(awarded["records"].split(";")) <= set(sources["record"])


def test_a_division_holds_its_people_firms_and_accounts(graph: Graph, tmp_path: Path) -> None:
    export_division(graph, "361025101201", "csv", tmp_path / "here")
    with (tmp_path / "here" / "nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        ids = {row["id"] for row in csv.DictReader(file)}
    assert {person("wang"), company("firm"), account("firm"), account("vc")} <= ids
    export_division(graph, "110101", "csv", tmp_path / "elsewhere")
    for name in ("nodes", "edges", "sources"):
        said = (tmp_path / "elsewhere" / f"{name}.csv").read_text("utf-8-sig")
        assert said.count("\n") == 1


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "＝"])
def test_a_spreadsheet_runs_no_formula(subgraph: Subgraph, tmp_path: Path, first: str) -> None:
    label = first + "cmd|' /C calc'!A0"
    nodes = tuple(replace(n, label=label) for n in subgraph.nodes)
    export_subgraph(replace(subgraph, nodes=nodes), "csv", tmp_path / "out")
    with (tmp_path / "out" / "nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["label"] for row in csv.DictReader(file)} == {"'" + label}


def test_too_much_for_one_file_is_refused_with_a_way_out(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_EDGES", 3)
    with pytest.raises(ShuntengError) as caught:
        export_division(graph, "", "graphml", tmp_path / "out.graphml")
    assert "parquet" in caught.value.remedy.en
    assert list(tmp_path.iterdir()) == []


def test_a_column_has_one_type() -> None:
    for kinds in (NODES, RELATIONS):
        types: dict[str, set[str]] = {}
        for kind in kinds:
            for name, prop in declared(kind).items():
                types.setdefault(column(kind, name), set()).add(prop.type)
        assert {name: seen for name, seen in types.items() if len(seen) > 1} == {}


def test_frames_of_the_graph_and_of_all_its_nodes_agree(graph: Graph) -> None:
    ids = tuple(
        i for kind in NODES for i in graph.sql(f'SELECT id FROM "{kind}" ORDER BY id')["id"]
    )
    whole = pl.concat(frames_of_graph(graph).nodes)
    read = pl.concat(frames_of(read_subgraph(graph, Selection(ids))).nodes)
    assert whole.sort("id").equals(read.sort("id"))
