"""From graph tables to a snapshot's rows: every table read as a stream, in its own order."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graphengine.errors import IntegrityError
from graphengine.language import Text
from graphengine.masks import DIFFERENT_NAMES
from graphengine.store.edges import MONEY, STEPPING, Rows
from graphengine.store.layout import WAY, Ids, Layout, Plain, Words, layouts
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Counts, Indices
from graphengine.store.positions import Positions
from graphengine.tables.graph import Graph
from graphengine.tables.keys import key_of
from graphengine.tables.schema import SOURCES_SCHEMA
from graphengine.tables.write import equal_pieces
from graphengine.vocabulary import NODES

PIECE = 1 << 18
"""Rows of one piece of a file of rows; the last piece may be shorter."""

NAMES, SOURCES, STRANGE = "names", "sources", "strange.json"
_SCOPE = {"Division": "n.number", "Account": "held.division"}
_BITS = {
    pa.date32(): pa.int32(),
    pa.timestamp("us"): pa.int64(),
    pa.int64(): pa.int64(),
    pa.float64(): pa.int64(),
    pa.bool_(): pa.bool_(),
}


class Nodes(NamedTuple):
    """All nodes: ids ascending, and of each the number of its scope among `scopes`, or -1."""

    ids: NDArray[np.bytes_]
    scope: Indices
    scopes: NDArray[np.bytes_]

    def begin(self, kind: str) -> int:
        """Return the position of a kind's first node; those of a kind lie together, by id."""
        return int(np.searchsorted(self.ids, np.bytes_(f"{NODES[kind].prefix}:".encode())))


class _Part(NamedTuple):
    """What the arrays need of some of a relation's rows."""

    source: Indices
    target: Indices
    since: Indices
    until: Indices
    key: Counts
    moment: Counts
    dated: NDArray[np.bool_]


def write_rows(graph: Graph, folder: Path) -> tuple[Nodes, Rows]:
    """Write all rows of a version into a folder; return what the arrays are made of.

    Cost: every table once and its texts twice; memory of the ids and of the ends of relations.
    """
    nodes = _nodes(graph)
    positions = Positions(nodes.ids)
    strange: dict[str, list[str]] = {}
    for kind in NODES:
        made = layouts(graph, kind, positions)
        at = nodes.begin(kind)
        with _file(folder, kind, made) as file:
            for piece in _pieces(graph, f'SELECT * FROM "{kind}" ORDER BY id'):
                _check(kind, piece["id"], positions.of(piece["id"]), at)
                at += piece.num_rows
                file.write(_laid(piece, made))
        strange |= _strange(kind, made)
    parts = []
    for kind in STEPPING:
        made = layouts(graph, kind, positions)
        parts.append(_relation(graph, folder, kind, made, positions))
        strange |= _strange(kind, made)
    (folder / STRANGE).write_text(json.dumps(strange, sort_keys=True), "utf-8")
    _write_names(graph, folder)
    _write_sources(graph, folder)
    return nodes, _joined(parts)


def _nodes(graph: Graph) -> Nodes:
    placed = [k.name for k in NODES.values() if any(p.name == "division" for p in k.properties)]
    scopes = dict.fromkeys(placed, "n.division") | _SCOPE
    held = " UNION ALL ".join(f'SELECT id, division FROM "{kind}"' for kind in placed)
    every = " UNION ALL ".join(
        f'SELECT n.id, {scopes.get(kind, "NULL::VARCHAR")} AS scope FROM "{kind}" n'
        + (f" LEFT JOIN ({held}) held ON held.id = n.holder" if kind == "Account" else "")
        for kind in NODES
    )
    rows = graph.stream(f"SELECT id, scope FROM ({every}) ORDER BY id").read_all()
    scopes_of = pc.cast(rows["scope"], pa.string()).combine_chunks()
    words = pc.unique(scopes_of.drop_null()).sort()
    number = pc.fill_null(pc.index_in(scopes_of, value_set=words), -1)
    return Nodes(_ascii(rows["id"]), number.to_numpy().astype(np.int32), _ascii(words))


def _check(kind: str, ids: pa.Array, found: Indices, begin: int) -> None:
    """Raise IntegrityError unless ids are of a kind and stand one after the other."""
    alike = pc.all(pc.starts_with(ids, pattern=f"{NODES[kind].prefix}:")).as_py() in (True, None)
    if not (alike and np.array_equal(found, np.arange(begin, begin + len(found)))):
        raise IntegrityError(
            Text(
                "有节点编号重复或与种类不符", "a node's id stands twice or is not one of its kind"
            ),
            Text("请重新运行 shunteng build", "run `shunteng build` again"),
        )


def _ascii(values: pa.Array | pa.ChunkedArray) -> NDArray[np.bytes_]:
    return np.array(values.to_pylist() or [""], dtype=np.bytes_)[: len(values)]


def _relation(
    graph: Graph, folder: Path, kind: str, made: Mapping[str, Layout], positions: Positions
) -> _Part:
    parts = []
    with _file(folder, kind, made) as file:
        for piece in _pieces(graph, f'SELECT *, {key_of(kind)} AS key FROM "{kind}"'):
            file.write(_laid(piece, made))
            moment = piece["paid_at"].view(pa.int64()) if kind == MONEY else pa.nulls(0, pa.int64())
            parts.append(
                _Part(
                    positions.of(piece["source"]),
                    positions.of(piece["target"]),
                    _days(piece["valid_from"], OPEN_SINCE),
                    _days(piece["valid_to"], OPEN_UNTIL),
                    piece["key"].to_numpy().view(np.int64),
                    pc.fill_null(moment, 0).to_numpy(),
                    pc.is_valid(moment).to_numpy(zero_copy_only=False),
                )
            )
    return _Part(*map(np.concatenate, zip(*parts, strict=True)))


def _joined(parts: list[_Part]) -> Rows:
    first = np.concatenate(([0], np.cumsum([len(p.source) for p in parts]))).astype(np.int64)
    return Rows(first, *map(np.concatenate, zip(*parts, strict=True)))


def _days(dates: pa.Array, otherwise: int) -> Indices:
    return np.asarray(pc.fill_null(dates.view(pa.int32()), otherwise).to_numpy())


def _pieces(graph: Graph, query: str) -> Iterator[pa.RecordBatch]:
    """Return a query's rows in pieces of PIECE rows; one without rows where there are none."""
    rows = graph.stream(query)
    empty = True
    for table in equal_pieces(rows, PIECE):
        yield pa.RecordBatch.from_arrays(
            [_afresh(column) for column in table.columns], names=table.column_names
        )
        empty = False
    if empty:
        yield pa.RecordBatch.from_pylist([], schema=rows.schema)


def _afresh(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one array of its own, without what others left beyond its values."""
    values = pa.concat_arrays([*column.chunks, column.chunk(0).slice(0, 0)])
    return _zeroed(values) if values.null_count else values


def _zeroed(values: pa.Array) -> pa.Array:
    """Return the values with zeros where there are none, so that equal columns are equal bytes."""
    whole = _BITS.get(values.type)
    if whole is None:
        return values
    filled = pc.fill_null(values.view(whole), pa.scalar(0, pa.int64()).cast(whole))
    seen = pc.is_valid(values)
    return pa.Array.from_buffers(
        values.type, len(values), [seen.buffers()[1], filled.buffers()[1]], values.null_count
    )


@contextmanager
def _file(
    folder: Path, name: str, made: Mapping[str, Layout]
) -> Iterator[pa.RecordBatchFileWriter]:
    """Open a file of rows for writing, uncompressed, so that it can be mapped into memory."""
    schema = pa.schema([pa.field(c, lay.type, metadata={WAY: lay.way}) for c, lay in made.items()])
    with pa.ipc.new_file(folder / f"{name}.arrow", schema) as file:
        yield file


def _laid(piece: pa.RecordBatch, made: Mapping[str, Layout]) -> pa.RecordBatch:
    return pa.record_batch([lay.laid(piece[c]) for c, lay in made.items()], names=[*made])


def _strange(kind: str, made: Mapping[str, Layout]) -> dict[str, list[str]]:
    return {f"{kind}.{c}": [*lay.strange] for c, lay in made.items() if isinstance(lay, Ids)}


def _write_names(graph: Graph, folder: Path) -> None:
    """Write the persons' names that masks look for, ascending, each once, in one piece."""
    rows = graph.stream(f"{DIFFERENT_NAMES} ORDER BY name")
    table = rows.read_all().combine_chunks()
    with pa.ipc.new_file(folder / f"{NAMES}.arrow", table.schema) as file:
        file.write_table(table)


def _write_sources(graph: Graph, folder: Path) -> None:
    """Write where every record stands, ascending by record, and the records as an array."""
    made: dict[str, Layout] = {f.name: Plain(f.type) for f in SOURCES_SCHEMA if f.name != "record"}
    for name in ("register", "file"):
        words = graph.stream(f"SELECT DISTINCT {name} AS word FROM sources ORDER BY word")
        made[name] = Words(words.read_all()["word"].combine_chunks())
    records = []
    with _file(folder, SOURCES, made) as file:
        for piece in _pieces(graph, "SELECT * FROM sources ORDER BY record"):
            file.write(_laid(piece, made))
            records.append(piece["record"].to_numpy())
    np.save(folder / f"{SOURCES}.npy", np.concatenate(records))
