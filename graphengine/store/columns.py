"""Rows of a graph version by their number, without a scan: files mapped into memory.

Everything that the tables hold is here, protected properties too: the snapshot lies in the
workspace as the tables do. Threads may share it.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graphengine.identifiers import RecordId
from graphengine.masks import Names
from graphengine.store.building import NAMES, PIECE, SOURCES, STRANGE, Nodes
from graphengine.store.edges import STEPPING, Arrays
from graphengine.store.layout import WAY, strange_number
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Counts, Indices
from graphengine.tables.graph import Source
from graphengine.tables.schema import node_schema, relation_schema

Numbers = NDArray[np.integer[Any]]


class Columns:
    """The rows of nodes, relations and sources; files are opened when they are first asked for."""

    def __init__(self, folder: Path, nodes: Nodes, arrays: Arrays) -> None:
        """Read the rows of a snapshot's folder."""
        self._folder = folder
        self._nodes = nodes
        self._arrays = arrays
        self._files: dict[str, _File] = {}

    def of_nodes(self, kind: str, name: str, positions: Numbers) -> pa.Array:
        """Return a property (or `id`, `records`) of nodes that are all of one kind, in their order.

        Raises KeyError where the kind has no such property.
        """
        return self._of_nodes(kind, (name,), positions)[0]

    def of_rows(self, relation: str, name: str, rows: Numbers) -> pa.Array:
        """Return a column of a relation's rows, in their order: any that its table has, and `key`.

        Raises KeyError where the relation has no such column.
        """
        return self._of_rows(relation, (name,), rows)[0]

    def nodes(self, kind: str, positions: Numbers) -> list[dict[str, Any]]:
        """Return whole rows of nodes that are all of one kind, as its table has them."""
        names = node_schema(kind).names
        return _rows(names, self._of_nodes(kind, names, positions))

    def relations(self, relation: str, rows: Numbers) -> list[dict[str, Any]]:
        """Return whole rows of a relation, as its table has them."""
        names = relation_schema(relation).names
        return _rows(names, self._of_rows(relation, names, rows))

    def rows_of(self, relation: str, keys: Sequence[int]) -> Counts:
        """Return the row of every key, the first of equal ones; -1 where there is none.

        Cost: log of the rows, for all keys together.
        """
        code = STEPPING.index(relation)
        low, high = self._arrays.first[code : code + 2].tolist()
        key, order = self._arrays.edges.key[low:high], self._arrays.edges.order[low:high]
        wanted = np.asarray(keys, dtype=np.int64)
        left = np.zeros(len(wanted), dtype=np.int64)
        right = np.full(len(wanted), len(order), dtype=np.int64)
        while (open_ := left < right).any():
            middle = (left + right) // 2
            smaller = np.zeros(len(wanted), dtype=np.bool_)
            smaller[open_] = key[order[middle[open_]]] < wanted[open_]
            left = np.where(open_ & smaller, middle + 1, left)
            right = np.where(open_ & ~smaller, middle, right)
        rows = np.full(len(wanted), -1, dtype=np.int64)
        inside = np.flatnonzero(left < len(order))
        found = order[left[inside]]
        rows[inside] = np.where(key[found] == wanted[inside], found, -1)
        return rows

    def sources(self, records: Iterable[RecordId]) -> dict[RecordId, Source]:
        """Return where each record stands, ascending; those that are unknown are left out."""
        wanted = np.array(sorted(set(records)), dtype=np.uint64)
        at = np.searchsorted(self._records, wanted)
        at[at == len(self._records)] = 0
        known = self._records[at] == wanted if len(self._records) else np.zeros(len(at), np.bool_)
        names = ("register", "file", "row", "key", "date")
        columns = [c.to_pylist() for c in self._file(SOURCES).take(names, at[known])]
        return {
            RecordId(record): Source(RecordId(record), *row)
            for record, *row in zip(wanted[known].tolist(), *columns, strict=True)
        }

    @cached_property
    def names(self) -> Names:
        """Return the names of the version's persons, which masks look for."""
        return Names(self._file(NAMES).whole("name"))

    @cached_property
    def _records(self) -> NDArray[np.uint64]:
        return np.asarray(np.load(self._folder / f"{SOURCES}.npy", mmap_mode="r"))

    @cached_property
    def _strange(self) -> dict[str, list[str]]:
        said: dict[str, list[str]] = json.loads((self._folder / STRANGE).read_text("utf-8"))
        return said

    def _file(self, name: str) -> "_File":
        return self._files.get(name) or self._files.setdefault(name, _File(self._folder, name))

    def _first(self, relation: str) -> int:
        return int(self._arrays.first[STEPPING.index(relation)])

    def _of_nodes(self, kind: str, names: Sequence[str], positions: Numbers) -> list[pa.Array]:
        held = [name for name in names if name != "id"]
        read = self._read(kind, held, np.asarray(positions) - self._nodes.begin(kind))
        return [self._ids(positions) if name == "id" else read[name] for name in names]

    def _of_rows(self, relation: str, names: Sequence[str], rows: Numbers) -> list[pa.Array]:
        edges = self._arrays.edges
        at = np.asarray(rows) + self._first(relation)
        known: dict[str, Callable[[], pa.Array]] = {
            "source": lambda: self._ids(edges.source[at]),
            "target": lambda: self._ids(edges.target[at]),
            "valid_from": lambda: _dates(edges.since[at], OPEN_SINCE),
            "valid_to": lambda: _dates(edges.until[at], OPEN_UNTIL),
            "key": lambda: pa.array(edges.key[at]),
        }
        read = self._read(relation, [n for n in names if n not in known], np.asarray(rows))
        return [known[name]() if name in known else read[name] for name in names]

    def _read(self, kind: str, names: Sequence[str], rows: Numbers) -> dict[str, pa.Array]:
        """Return columns of a kind's file, as the table has them."""
        if not names:
            return {}
        file = self._file(kind)
        columns = dict(zip(names, file.take(names, rows), strict=True))
        for name in names:
            if file.way(name) == "ids":
                columns[name] = self._named(columns[name], self._strange[f"{kind}.{name}"])
        return columns

    def _named(self, values: pa.Array, strange: Sequence[str]) -> pa.Array:
        """Return the ids of a column of positions, or of lists of them."""
        if not pa.types.is_list(values.type):
            return self._ids(_numbers(values), strange)
        lengths = np.diff(values.offsets.to_numpy())
        offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        flat = self._ids(_numbers(values.flatten()), strange)
        return pa.ListArray.from_arrays(pa.array(offsets), flat, mask=values.is_null())

    def _ids(self, positions: Numbers, strange: Sequence[str] = ()) -> pa.Array:
        """Return the ids of positions; -1 is null, numbers below it are strange ones."""
        known = np.asarray(positions) >= 0
        found = np.full(len(positions), None, dtype=np.object_)
        found[known] = np.char.decode(self._nodes.ids[positions[known]], "ascii")
        for row in np.flatnonzero(np.asarray(positions) < -1).tolist():
            found[row] = strange[strange_number(int(positions[row]))]
        return pa.array(found, pa.string())


class _File:
    """One file of rows, mapped into memory; its pieces are read once."""

    def __init__(self, folder: Path, name: str) -> None:
        self._map = pa.memory_map(str(folder / f"{name}.arrow"))
        self._reader = pa.ipc.open_file(self._map)
        self._pieces: dict[int, pa.RecordBatch] = {}
        self._lock = Lock()

    def way(self, name: str) -> str:
        """Return how a column lies."""
        return str(self._reader.schema.field(name).metadata[WAY].decode())

    def whole(self, name: str) -> pa.Array:
        """Return a column of a file of one piece."""
        return self._piece(0).column(name)

    def take(self, names: Sequence[str], rows: Numbers) -> list[pa.Array]:
        """Return columns' values of rows, in their order; raise KeyError without the column."""
        if missing := set(names).difference(self._reader.schema.names):
            raise KeyError(min(missing))
        piece = rows // PIECE
        numbers = np.unique(piece).tolist() or [0]
        parts = [
            self._piece(n).select(names).take(pa.array(rows[piece == n] - n * PIECE))
            for n in numbers
        ]
        if len(parts) == 1:
            return [_plain(column) for column in parts[0].columns]
        back = np.empty(len(rows), dtype=np.int64)
        back[np.argsort(piece, kind="stable")] = np.arange(len(rows))
        whole = pa.Table.from_batches(parts).combine_chunks().take(pa.array(back))
        return [_plain(column.combine_chunks()) for column in whole.columns]

    def _piece(self, number: int) -> pa.RecordBatch:
        found = self._pieces.get(number)
        if found is None:
            with self._lock:
                found = self._pieces.setdefault(number, self._read(number))
        return found

    def _read(self, number: int) -> pa.RecordBatch:
        """Return a piece; a file without rows has none."""
        if not self._reader.num_record_batches:
            return pa.RecordBatch.from_pylist([], self._reader.schema)
        return self._reader.get_batch(number)


def _plain(values: pa.Array) -> pa.Array:
    return values.dictionary_decode() if pa.types.is_dictionary(values.type) else values


def _numbers(positions: pa.Array) -> Indices:
    return np.asarray(positions.fill_null(-1).to_numpy(zero_copy_only=False))


def _dates(days: Indices, otherwise: int) -> pa.Array:
    return pa.array(days, pa.int32(), mask=days == otherwise).view(pa.date32())


def _rows(names: Sequence[str], columns: Sequence[pa.Array]) -> list[dict[str, Any]]:
    values = zip(*(column.to_pylist() for column in columns), strict=True)
    return [dict(zip(names, row, strict=True)) for row in values]
