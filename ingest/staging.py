"""Writing one table's records and quarantine beside the workspace's, batch by batch."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

_ROW_GROUP = 1 << 17
_DICTIONARY_PAGE = 1 << 24


class Shelf:
    """One Parquet file in the making; a row group holds at most 131,072 rows."""

    def __init__(
        self, path: Path, schema: dict[str, pl.DataType], unique: str | None = None
    ) -> None:
        """Open the file for writing; texts are kept as dictionaries, but for a unique column."""
        self.path = path
        self.rows = 0
        self._schema = pl.DataFrame(schema=schema).to_arrow().schema
        self._writer = pq.ParquetWriter(
            path,
            self._schema,
            compression="zstd",
            dictionary_pagesize_limit=_DICTIONARY_PAGE,
            use_dictionary=[n for n, kind in schema.items() if kind == pl.String and n != unique],
        )

    def add(self, frame: pl.DataFrame) -> None:
        """Append rows."""
        if len(frame):
            self.rows += len(frame)
            self._writer.write_table(
                pa.Table.from_batches(frame.to_arrow().to_batches()).cast(self._schema),
                row_group_size=_ROW_GROUP,
            )

    def __enter__(self) -> Self:
        """Return the shelf itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the file."""
        self._writer.close()


def frames(path: Path, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
    """Read a Parquet file back, a row group at a time."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield pl.DataFrame(file.read_row_group(group, columns=columns))
