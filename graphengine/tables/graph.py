"""Reading one version of the graph: SQL over its tables, and the register rows behind it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import polars as pl
import pyarrow as pa

from graphengine.identifiers import RecordId
from graphengine.vocabulary import NODES, RELATIONS

_BATCH = 1 << 16


@dataclass(frozen=True, slots=True)
class RegisterFill:
    """How much of a register there is: rows, and rows with a value per column."""

    rows: int
    filled: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from.

    `key` is the register's own key (payment_id, contract_id ...) or, where a register is keyed by
    persons, companies or accounts, the node id; `date` is the row's main date, if it has one.
    """

    record: RecordId
    register: str
    file: str
    row: int
    key: str | None
    date: date | None


class Graph:
    """One version of the graph tables, read-only; every kind is a view of that name in `sql`.

    `Person`, `KIN`, `PAID` ... are views (names are case-insensitive; `AT` must be quoted).
    Empty kinds are empty views. Query parameters are named: `sql("... $start", start=...)`.
    """

    def __init__(self, folder: Path, *, memory: str = "2GB", threads: int = 2) -> None:
        """Open the version in `folder` (see `graphengine.tables.write`)."""
        self.folder = folder
        self._memory, self._threads = memory, threads
        self.meta: dict[str, object] = json.loads((folder / "meta.json").read_text("utf-8"))
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"SET memory_limit='{memory}'")
        self._connection.execute(f"SET threads={threads}")
        self._connection.execute("SET enable_progress_bar=false")
        self._connection.execute("SET python_enable_replacements=false")
        for kind in (*NODES, *RELATIONS):
            path = self.path(kind)
            self._connection.execute(
                f"CREATE VIEW \"{kind}\" AS SELECT * FROM read_parquet('{_quoted(path)}')"
            )
        self._connection.execute(
            "CREATE VIEW sources AS SELECT * FROM "
            f"read_parquet('{_quoted(folder / 'sources.parquet')}')"
        )

    @property
    def registers(self) -> Mapping[str, RegisterFill]:
        """Return the registers that were loaded and how far their columns are filled."""
        stated: dict[str, dict[str, dict[str, int]]] = self.meta["registers"]  # type: ignore[assignment]
        return {
            name: RegisterFill(int(said["rows"]), said["filled"])  # type: ignore[call-overload]
            for name, said in stated.items()
        }

    def sql(self, query: str, /, **parameters: object) -> pl.DataFrame:
        """Run one read query; order its output in the query, DuckDB promises none."""
        found = self._connection.sql(query, params=parameters or None)
        return pl.DataFrame(found.to_arrow_table())

    def stream(self, query: str, /, **parameters: object) -> pa.RecordBatchReader:
        """Run one read query and hand its rows on as they come; several streams may be open."""
        own = self._connection.cursor()
        return own.sql(query, params=parameters or None).to_arrow_reader(_BATCH)

    def run(self, statement: str, /) -> None:
        """Make a table of one's own beside the views; the version itself is never written to."""
        self._connection.execute(statement)

    def again(self) -> "Graph":
        """Open the same version once more, for tables of one's own; same memory and threads."""
        return Graph(self.folder, memory=self._memory, threads=self._threads)

    def path(self, kind: str) -> Path:
        """Return the Parquet file of a kind's table."""
        return self.folder / ("nodes" if kind in NODES else "relations") / f"{kind}.parquet"

    def sources(self, records: Iterable[RecordId]) -> dict[RecordId, Source]:
        """Return file and row of each record; cost: one scan of the sources' id column."""
        wanted = pl.DataFrame({"record": sorted(set(records))}, schema={"record": pl.UInt64})
        self._connection.register("wanted", wanted)
        rows = self.sql(
            "SELECT s.record, register, file, row, key, date "
            "FROM sources s SEMI JOIN wanted w ON s.record = w.record ORDER BY s.record"
        )
        self._connection.unregister("wanted")
        return {RecordId(r[0]): Source(*r) for r in rows.iter_rows()}

    def close(self) -> None:
        """Free the memory that queries used."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the graph itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the graph."""
        self.close()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
