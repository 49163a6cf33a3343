"""The graph, or a part of it, as a stream of flat tables that every export form is written from.

All kinds share the same columns, so that one file holds them; a property whose name is taken by a
column of every node or edge bears its kind before it (`company_name`, `asset_value`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl
import pyarrow.parquet as pq

from graphengine.kinds import PropertyType
from graphengine.masks import Names, declared, label_of, names_of
from graphengine.subgraph import Subgraph, SubgraphEdge, SubgraphNode
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS

_BATCH = 1 << 16
_TAKEN = frozenset(
    {"id", "kind", "label", "name", "value", "key", "source", "target", "relation", "records",
     "count", "valid_from", "valid_to", "type", "weight", "start", "end"}
)  # fmt: skip
_SHOWN_AS: Mapping[PropertyType, pl.DataType] = {
    "text": pl.String(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
    "money": pl.Decimal(18, 2),
    "number": pl.Float64(),
    "whole": pl.Int64(),
    "flag": pl.Boolean(),
    "texts": pl.String(),
}
_HELD_AS: Mapping[PropertyType, pl.DataType] = {
    **_SHOWN_AS,
    "money": pl.Int64(),
    "texts": pl.List(pl.String()),
}
_RECORDS = pl.List(pl.UInt64())
SOURCE_COLUMNS: Mapping[str, pl.DataType] = {
    "record": pl.String(), "register": pl.String(), "file": pl.String(), "row": pl.Int64(),
    "record_key": pl.String(), "date": pl.Date(),
}  # fmt: skip


def column(kind: str, name: str) -> str:
    """Return the column that shows a property of a kind.

    >>> column("Company", "name"), column("Company", "capital")
    ('company_name', 'capital')
    """
    return f"{kind.lower()}_{name}" if name in _TAKEN else name


def _union(kinds: Iterable[str]) -> dict[str, pl.DataType]:
    return {
        column(kind, name): _SHOWN_AS[prop.type]
        for kind in kinds
        for name, prop in declared(kind).items()
    }


NODE_COLUMNS: Mapping[str, pl.DataType] = {
    "id": pl.String(), "kind": pl.String(), "label": pl.String(), **_union(NODES),
    "records": pl.String(),
}  # fmt: skip
EDGE_COLUMNS: Mapping[str, pl.DataType] = {
    "id": pl.String(), "source": pl.String(), "target": pl.String(), "relation": pl.String(),
    "count": pl.Int64(), **_union(RELATIONS), "valid_from": pl.Date(), "valid_to": pl.Date(),
    "records": pl.String(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frames:
    """Nodes, edges and sources, each to be read once and in this order."""

    version: str
    nodes: Iterator[pl.DataFrame]
    edges: Iterator[pl.DataFrame]
    sources: Iterator[pl.DataFrame]


def frames_of(subgraph: Subgraph) -> Frames:
    """Return the frames of a subgraph, which is masked or not as it was read."""
    proofs = (*(n.evidence for n in subgraph.nodes), *(e.evidence for e in subgraph.edges))
    seen = {s.record: s for proof in proofs for s in proof}
    sources = pl.DataFrame(
        [
            (f"r{record}", s.register, s.file, s.row, s.key, s.date)
            for record, s in sorted(seen.items())
        ],
        schema=dict(SOURCE_COLUMNS),
        orient="row",
    )
    return Frames(
        version=subgraph.version,
        nodes=(_node_frame(kind, subgraph.nodes) for kind in NODES),
        edges=_numbered(_edge_frame(name, subgraph.edges) for name in RELATIONS),
        sources=iter((sources,)),
    )


def _node_frame(kind: str, nodes: tuple[SubgraphNode, ...]) -> pl.DataFrame:
    held = {name: _HELD_AS[prop.type] for name, prop in declared(kind).items()}
    table = pl.DataFrame(
        [
            (n.id, n.label, [s.record for s in n.evidence], *(n.properties.get(p) for p in held))
            for n in nodes
            if n.kind == kind
        ],
        schema={"id": pl.String(), "label": pl.String(), "records": _RECORDS, **held},
        orient="row",
    )
    return _shaped(kind, table)


def _edge_frame(relation: str, edges: tuple[SubgraphEdge, ...]) -> pl.DataFrame:
    held = {name: _HELD_AS[prop.type] for name, prop in declared(relation).items()}
    table = pl.DataFrame(
        [
            (
                e.source, e.target, e.count, e.valid_from, e.valid_to,
                [s.record for s in e.evidence], *(e.properties.get(p) for p in held),
            )
            for e in edges
            if e.relation == relation
        ],
        schema={
            "source": pl.String(), "target": pl.String(), "count": pl.Int64(),
            "valid_from": pl.Date(), "valid_to": pl.Date(), "records": _RECORDS, **held,
        },
        orient="row",
    )  # fmt: skip
    return _shaped(relation, table)


def _shaped(kind: str, table: pl.DataFrame) -> pl.DataFrame:
    """Return a kind's rows in the columns that all kinds share."""
    shown = {
        column(kind, name): _expression(name, prop.type)
        for name, prop in declared(kind).items()
        if name in table.columns
    }
    columns, said = (NODE_COLUMNS, "kind") if kind in NODES else (EDGE_COLUMNS, "relation")
    own = {"id", "label", "source", "target", "count", "valid_from", "valid_to"}
    for name in own.intersection(table.columns):
        shown[name] = pl.col(name)
    shown[said] = pl.lit(kind)
    shown["records"] = (
        pl.col("records").list.eval("r" + pl.element().cast(pl.String)).list.join(";")
    )
    return table.select(
        shown.get(name, pl.lit(None)).cast(type_).alias(name) for name, type_ in columns.items()
    )


def _expression(name: str, kind: PropertyType) -> pl.Expr:
    if kind == "money":
        return pl.col(name).cast(pl.Decimal(20, 2)) / 100
    if kind == "texts":
        return pl.col(name).list.join(";")
    return pl.col(name)


def _numbered(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Give the edges ids through all frames: `e1`, `e2` ..."""
    first = 1
    for frame in frames:
        numbers = pl.int_range(first, first + len(frame), dtype=pl.Int64)
        yield frame.with_columns(id=pl.lit("e") + numbers.cast(pl.String))
        first += len(frame)


@dataclass(slots=True)
class _Reading:
    """One pass over the tables: what is chosen, what must be masked, the records met."""

    graph: Graph
    chosen: pl.DataFrame | None
    names: Names | None
    records: list[pl.Series] = field(default_factory=list)

    def kind(self, kind: str) -> Iterator[pl.DataFrame]:
        part = "nodes" if kind in NODES else "relations"
        path = self.graph.folder / part / f"{kind}.parquet"
        ends = ("id",) if kind in NODES else ("source", "target")
        for table in _batches(path):
            kept = table
            if self.chosen is not None:
                for end in ends:
                    kept = kept.join(self.chosen, left_on=end, right_on="id", how="semi")
                self.records.append(kept["records"].explode().drop_nulls().unique())
            if kept.is_empty():
                continue
            if kind in NODES:
                kept = kept.with_columns(label=pl.Series(_labels(kind, kept, self.names)))
            else:
                kept = kept.with_columns(count=pl.lit(1, pl.Int64))
            yield _shaped(kind, kept if self.names is None else _masked(kind, kept, self.names))

    def sources(self) -> Iterator[pl.DataFrame]:
        met = pl.concat(self.records).unique() if self.records else None
        for table in _batches(self.graph.folder / "sources.parquet"):
            kept = table
            if self.chosen is not None:
                kept = kept.filter(pl.col("record").is_in(met if met is not None else []))
            yield kept.select(
                record="r" + pl.col("record").cast(pl.String),
                register="register",
                file="file",
                row=pl.col("row").cast(pl.Int64),
                record_key="key",
                date="date",
            )


def _batches(path: object) -> Iterator[pl.DataFrame]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH):
            yield pl.DataFrame(batch)


def frames_of_graph(graph: Graph, prefix: str = "", *, reveal: bool = False) -> Frames:
    """Return the frames of a division's part of the graph, or of all where `prefix` is empty.

    A part holds what lies in divisions whose code starts with `prefix`, the companies that its
    people own, run or represent or its contracts went to, the accounts of all these, the documents
    of its contracts and matters, and every relation between them. Reads batch by batch.
    """
    reading = _Reading(
        graph,
        chosen=_chosen(graph, prefix) if prefix else None,
        names=None if reveal else names_of(graph),
    )
    return Frames(
        version=graph.folder.name,
        nodes=(frame for kind in NODES for frame in reading.kind(kind)),
        edges=_numbered(frame for name in RELATIONS for frame in reading.kind(name)),
        sources=reading.sources(),
    )


def _chosen(graph: Graph, prefix: str) -> pl.DataFrame:
    placed = " UNION ALL ".join(
        f'SELECT id FROM "{kind}" WHERE starts_with(division, $prefix)'
        for kind in NODES
        if "division" in declared(kind)
    )
    companies = " UNION ALL ".join(
        f'SELECT target AS id FROM "{relation}" SEMI JOIN placed ON source = placed.id'
        for relation in ("OWNS", "REPRESENTS", "DIRECTS", "CONTROLS", "AWARDED")
    )
    return graph.sql(
        f"WITH placed AS ({placed} UNION ALL SELECT id FROM Division "
        f"WHERE starts_with(number, $prefix)), parties AS (FROM placed UNION {companies}) "
        "SELECT id FROM parties "
        "UNION SELECT id FROM Account SEMI JOIN parties ON holder = parties.id "
        "UNION SELECT source FROM DOCUMENTS SEMI JOIN placed ON target = placed.id ORDER BY id",
        prefix=prefix,
    )


def _labels(kind: str, table: pl.DataFrame, names: Names | None) -> list[str]:
    wanted = {"id", "number", NODES[kind].label}.intersection(table.columns)
    rows = table.select(sorted(wanted)).iter_rows(named=True)
    return [label_of(kind, row, names) for row in rows]


def _masked(kind: str, table: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Drop protected columns and mask names and identity numbers inside free text."""
    known = declared(kind)
    kept = table.drop([name for name, prop in known.items() if prop.protected])
    for name, prop in known.items():
        if prop.type == "text" and not prop.protected and not names.are_public(kind, name):
            kept = kept.with_columns(_hidden(kept[name], names))
    return kept


def _hidden(texts: pl.Series, names: Names) -> pl.Series:
    """Mask each different text once; what is neither Chinese nor long digits holds nothing."""
    suspect = texts.drop_nulls().unique()
    suspect = suspect.filter(suspect.str.contains(r"[^\x00-\x7f]|\d{15}"))
    changed = {text: names.hidden(text) for text in suspect}
    changed = {text: hidden for text, hidden in changed.items() if text != hidden}
    return texts.replace(changed) if changed else texts
