"""Answers as two Arrow tables, and Arrow tables as a subgraph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import pyarrow as pa

from graphengine.exchange.about import About, Answer, Tables, subgraph_of
from graphengine.exchange.columns import SCHEMAS, Part
from graphengine.exchange.rows import (
    Row,
    edge_row,
    missing_column,
    node_row,
    subgraph_of_rows,
    unknown_column,
)
from graphengine.subgraph import Subgraph
from graphengine.tables.graph import Source

_OF_SOURCE = tuple(field.name for field in fields(Source))
_told = attrgetter(*_OF_SOURCE)
_NEEDED: Mapping[Part, tuple[str, ...]] = {
    "nodes": ("id", "kind"),
    "edges": ("source", "target", "relation"),
}


def to_arrow(answer: Answer) -> Tables[pa.Table]:
    """Return nodes and edges in the columns of `graphengine.exchange.columns.SCHEMAS`.

    Money is in fen (int64), dates are date32, times local timestamps, evidence a list of structs.
    """
    subgraph = subgraph_of(answer)
    return Tables(
        _table("nodes", [node_row(node) for node in subgraph.nodes]),
        _table("edges", [edge_row(edge) for edge in subgraph.edges]),
        About.of(subgraph),
    )


def from_arrow(nodes: pa.Table, edges: pa.Table, about: About = About()) -> Subgraph:  # noqa: B008 - frozen
    """Return the subgraph of two tables; columns and rows may stand in any order.

    `id` and `kind`, `source`, `target` and `relation` are needed; a column left out is null.
    Raises ExchangeError for what does not fit the vocabulary.
    """
    return subgraph_of_rows(
        rows_of("nodes", _lists("nodes", nodes)), rows_of("edges", _lists("edges", edges)), about
    )


def rows_of(part: Part, columns: Mapping[str, Sequence[object]]) -> Iterator[Row]:
    """Return the rows of columns; raise ExchangeError for a missing or unknown column."""
    for column in _NEEDED[part]:
        if column not in columns:
            raise missing_column(part, column)
    for column in columns:
        if column not in SCHEMAS[part].names:
            raise unknown_column(part, column)
    names = tuple(columns)
    return (
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(*columns.values(), strict=True)
    )


def values_of(column: pa.ChunkedArray) -> list[object]:
    """Return a column's values; times finer than microseconds lose what is below them."""
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    values: list[object] = column.to_pylist()
    return values


def _lists(part: Part, table: pa.Table) -> dict[str, list[object]]:
    """Return the columns that hold anything, and those that must."""
    return {
        name: values_of(table[name])
        for name in table.column_names
        if table[name].null_count < len(table)
        or name in _NEEDED[part]
        or name not in SCHEMAS[part].names
    }


def _table(part: Part, rows: list[dict[str, Any]]) -> pa.Table:
    for row in rows:
        row["evidence"] = [dict(zip(_OF_SOURCE, _told(s), strict=True)) for s in row["evidence"]]
    return pa.Table.from_pylist(rows, schema=SCHEMAS[part])
