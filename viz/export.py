"""Exports: a subgraph, a division or the whole graph in the forms that other programs read.

GraphML, GEXF and Cytoscape JSON by networkx, which reads them back equal; CSV and Parquet as a
folder of nodes, edges and sources, written batch by batch whatever the size.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import networkx as nx
import polars as pl
import pyarrow.parquet as pq
from networkx.readwrite.gexf import GEXFWriter

from graphengine.errors import ShuntengError
from graphengine.language import Text
from graphengine.subgraph import Subgraph
from graphengine.tables.graph import Graph
from viz.frames import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    SOURCE_COLUMNS,
    Frames,
    frames_of,
    frames_of_graph,
)

EXPORT_FORMS = ("graphml", "gexf", "cytoscape", "csv", "parquet")
MOST_EDGES = 200_000
"""A networkx graph of more edges would take gigabytes; CSV and Parquet have no such limit."""

_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
_NOT_IN_XML = {c: "\ufffd" for c in (*range(0x20), 0xFFFE, 0xFFFF) if chr(c) not in "\t\n"}


def export_subgraph(subgraph: Subgraph, form: str, output: Path) -> None:
    """Write a subgraph; what was masked when it was read stays masked."""
    _export(frames_of(subgraph), form, output)


def export_division(
    graph: Graph, prefix: str, form: str, output: Path, *, reveal: bool = False
) -> None:
    """Write what belongs to the divisions whose codes start with `prefix`; all where it is empty.

    See `viz.frames.frames_of_graph` for what belongs. Raises ShuntengError where the part is too
    large for the form.
    """
    _export(frames_of_graph(graph, prefix, reveal=reveal), form, output)


def _export(frames: Frames, form: str, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    if form in _FOLDERS:
        output.mkdir(exist_ok=True)
        _FOLDERS[form](frames, output)
        return
    content = FORMS[form](to_networkx(frames))
    with _beside(output) as file:
        file.write(content)


def to_networkx(frames: Frames) -> "nx.MultiDiGraph[str]":
    """Return the graph with attributes that every form can carry; nulls are left out.

    Dates are ISO text, money is yuan as a float, lists are joined by semicolons.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=f"shunteng {frames.version}")
    for row in _rows(frames.nodes):
        graph.add_node(row.pop("id"), **row)
    for number, row in enumerate(_rows(frames.edges)):
        if number >= MOST_EDGES:
            raise ShuntengError(
                Text(
                    f"超过 {MOST_EDGES} 条关系，此格式装不下",
                    f"more than {MOST_EDGES} relations are too many for this form",
                ),
                Text(
                    "请用 --format csv 或 parquet，或用 --division 只导出一部分",
                    "use --format csv or parquet, or export a part with --division",
                ),
            )
        graph.add_edge(row.pop("source"), row.pop("target"), key=row["id"], **row)
    return graph


def _rows(frames: Iterator[pl.DataFrame]) -> Iterator[dict[str, Any]]:
    for frame in frames:
        for row in frame.iter_rows(named=True):
            yield {name: _plain(value) for name, value in row.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_IN_XML)
    return value


def graphml(graph: "nx.MultiDiGraph[str]") -> bytes:
    """Return GraphML, attributes keyed by their names."""
    made = io.BytesIO()
    nx.write_graphml_xml(graph, made, named_key_ids=True)
    return made.getvalue()


def gexf(graph: "nx.MultiDiGraph[str]") -> bytes:
    """Return GEXF 1.2 without the day it was written, so that the same graph is the same bytes."""
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    writer.xml.find("meta").attrib.pop("lastmodifieddate")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def cytoscape(graph: "nx.MultiDiGraph[str]") -> bytes:
    """Return Cytoscape's JSON: `elements` of nodes and edges, as Cytoscape.js takes them."""
    named = graph.copy()
    for node, data in named.nodes(data=True):
        data["name"] = data.get("label", node)
    stated = nx.cytoscape_data(named)
    return (json.dumps(stated, ensure_ascii=False, sort_keys=True) + "\n").encode()


FORMS: Mapping[str, Callable[["nx.MultiDiGraph[str]"], bytes]] = {
    "graphml": graphml,
    "gexf": gexf,
    "cytoscape": cytoscape,
}


def _write_csv(frames: Frames, folder: Path) -> None:
    for name, columns, stream in _parts(frames):
        with _beside(folder / f"{name}.csv") as file:
            file.write("\ufeff".encode())
            pl.DataFrame(schema=dict(columns)).write_csv(file)
            for frame in stream:
                _neutral(frame).write_csv(
                    file, include_header=False, datetime_format="%Y-%m-%d %H:%M:%S"
                )


def _neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run as a formula (CWE-1236)."""
    text = pl.col(pl.String)
    return frame.with_columns(
        pl.when(text.str.contains(_FORMULA)).then("'" + text).otherwise(text).name.keep()
    )


def _write_parquet(frames: Frames, folder: Path) -> None:
    for name, columns, stream in _parts(frames):
        schema = pl.DataFrame(schema=dict(columns)).to_arrow().schema
        with (
            _beside(folder / f"{name}.parquet") as file,
            pq.ParquetWriter(file, schema, compression="zstd") as writer,
        ):
            for frame in stream:
                writer.write_table(frame.to_arrow().cast(schema))


_FOLDERS: Mapping[str, Callable[[Frames, Path], None]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
}


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only when it is complete."""
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _parts(
    frames: Frames,
) -> Iterator[tuple[str, Mapping[str, pl.DataType], Iterator[pl.DataFrame]]]:
    yield "nodes", NODE_COLUMNS, frames.nodes
    yield "edges", EDGE_COLUMNS, frames.edges
    yield "sources", SOURCE_COLUMNS, frames.sources
