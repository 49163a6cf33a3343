"""The files of Neo4j's offline import: the quickest way into an empty database.

One CSV file a kind, its header the first row, and `import.args` with the arguments of
`neo4j-admin database import full`. The marker comes along in the state `imported`: `load` then
finds everything there, makes the constraints and marks the store as whole.
"""

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from graphengine.store.content import Column, Content, node_schema, relation_schema
from graphengine.store.neo4j.marker import FORM, KIND, STORE, content_id
from graphengine.store.neo4j.meter import Meter, Progress
from graphengine.vocabulary import NODES, RELATIONS

ARGUMENTS = "import.args"
_LIMITS = "SET threads=2; SET memory_limit='2GB'; SET enable_progress_bar=false"
_TYPES = {
    "text": "string",
    "date": "date",
    "datetime": "localdatetime",
    "money": "long",
    "number": "double",
    "whole": "long",
    "flag": "boolean",
    "texts": "string[]",
    "wholes": "long[]",
}
_WRITTEN = {
    "datetime": "strftime({0}, '%Y-%m-%dT%H:%M:%S.%f')",
    "texts": "array_to_string({0}, ';')",
    "wholes": "array_to_string({0}, ';')",
}
_NUMBERS = {"source": 'a.place AS ":START_ID"', "target": 'b.place AS ":END_ID"'}
_SETTINGS = (
    "--id-type=actual",  # nodes are numbered here, which spares the importer a third of its time
    "--format=aligned",  # the form of Community, and the one known to take our numbers
    "--array-delimiter=;",
    "--bad-tolerance=0",
    "--ignore-empty-strings=false",
    "--trim-strings=false",
)


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """A folder that is ready to be imported, and how many rows it holds."""

    folder: Path
    database: str
    nodes: int
    relations: int

    @property
    def command(self) -> str:
        """Return the command to run as the server's user, with the server stopped."""
        folder = shlex.quote(str(self.folder.resolve()))
        return f"cd {folder} && neo4j-admin database import full {self.database} @{ARGUMENTS}"


def export_import_files(
    content: Content, folder: Path, owner: str, *, database: str, progress: Progress
) -> ImportFiles:
    """Write the files into a folder; what is there under the same names is replaced.

    `owner` as for `load`. Cost: the text of every row, once, on disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kinds = (*NODES, *RELATIONS)
    meter = Meter(progress)
    meter.expect({kind: content.size(kind) for kind in kinds})
    with _Files(content, folder, meter) as files:
        rows = {kind: files.write(kind) for kind in kinds}
        files.write_marker(owner, rows)
        multiline = "true" if files.multiline else "false"
    arguments = [
        *_SETTINGS,
        f"--multiline-fields={multiline}",
        *(f"--nodes={kind}={kind}.csv" for kind in (*NODES, STORE, KIND)),
        *(f"--relationships={kind}={kind}.csv" for kind in RELATIONS),
    ]
    (folder / ARGUMENTS).write_text("\n".join(arguments) + "\n", "utf-8")
    return ImportFiles(
        folder, database, sum(rows[k] for k in NODES), sum(rows[k] for k in RELATIONS)
    )


class _Files:
    """Writes kinds as CSV files, nodes first: they are numbered as they come."""

    def __init__(self, content: Content, folder: Path, meter: Meter) -> None:
        self._content = content
        self._folder = folder
        self._meter = meter
        self._nodes = 0
        self.multiline = False
        self._own = duckdb.connect(":memory:")
        self._own.execute(f"{_LIMITS}; SET temp_directory='{_quoted(folder / '.sorting')}'")
        self._own.execute("CREATE TABLE places (id VARCHAR, place BIGINT)")

    def write(self, kind: str) -> int:
        """Write a kind's file; return its rows."""
        if kind in NODES:
            columns = node_schema(kind, reveal=self._content.reveal)
            stream, joined = self._content.nodes(kind), ""
        else:
            columns = relation_schema(kind, reveal=self._content.reveal)
            stream, joined = self._content.relations(kind), _ENDS
        read = _Read(columns, self._nodes, lambda rows: self._meter.wrote(kind, rows))
        schema = stream.schema.append(pa.field("place", pa.int64()))
        self._own.register("side", pa.RecordBatchReader.from_batches(schema, read.of(stream)))
        self._own.execute(
            f"COPY (SELECT {', '.join(_selected(columns))} FROM side s {joined}) "
            f"TO '{_quoted(self._folder / kind)}.csv' (FORMAT csv, HEADER)"
        )
        self._own.unregister("side")
        self.multiline = self.multiline or read.multiline
        if kind in NODES:
            self._number(read)
        return read.rows

    def write_marker(self, owner: str, rows: Mapping[str, int]) -> None:
        """Write the nodes that say what the store holds."""
        first, content = self._nodes, self._content
        wanted = content_id(content.version, reveal=content.reveal)
        store = {
            ":ID": first, "id:string": "store", "owner:string": owner, "state:string": "imported",
            "version:string": content.version, "turn:string": "import", "form:long": FORM,
            "reveal:boolean": content.reveal,
        }  # fmt: skip
        kinds = [
            {":ID": n, "kind:string": kind, "content:string": wanted, "rows:long": rows[kind]}
            for n, kind in enumerate(rows, start=first + 1)
        ]
        for name, said in ((STORE, [store]), (KIND, kinds)):
            pcsv.write_csv(pa.Table.from_pylist(said), self._folder / f"{name}.csv")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()

    def _number(self, read: "_Read") -> None:
        """Keep the numbers of the nodes that were written, for the relations' ends."""
        numbers = pa.array(range(self._nodes, self._nodes + read.rows), pa.int64())
        ids = pa.chunked_array(read.ids, pa.string())
        self._own.register("side", pa.table({"id": ids, "place": numbers}))
        self._own.execute("INSERT INTO places SELECT id, place FROM side")
        self._own.unregister("side")
        self._nodes += read.rows


class _Read:
    """A stream's batches, looked at as they pass: rows, ids, line breaks."""

    def __init__(self, columns: Sequence[Column], first: int, told: Callable[[int], None]) -> None:
        self._texts = [c.name for c in columns if c.type == "text"]
        self._first = first
        self._told = told
        self.rows = 0
        self.ids: list[pa.Array] = []
        self.multiline = False

    def of(self, stream: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Hand the batches on, each row with its number."""
        for batch in stream:
            if "id" in batch.schema.names:
                self.ids.append(batch["id"])
            self.multiline = self.multiline or any(
                pc.any(pc.match_substring_regex(batch[name], "[\r\n]")).as_py()
                for name in self._texts
            )
            first = self._first + self.rows
            self.rows += batch.num_rows
            numbers = pa.array(range(first, first + batch.num_rows), pa.int64())
            yield batch.append_column("place", numbers)
            self._told(batch.num_rows)


_ENDS = "JOIN places a ON a.id = s.source JOIN places b ON b.id = s.target ORDER BY s.place"


def _selected(columns: Sequence[Column]) -> Iterator[str]:
    """Yield a kind's columns as the importer takes them, under its headers."""
    if columns[0].name == "id":
        yield 's.place AS ":ID"'
    for c in columns:
        if c.name in _NUMBERS:
            yield _NUMBERS[c.name]
        else:
            written = _WRITTEN.get(c.type, "{0}").format(f's."{c.name}"')
            yield f'{written} AS "{c.name}:{_TYPES[c.type]}"'


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
