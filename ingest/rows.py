"""The rows of one batch: tidied, validated by the register's schema, typed or set aside."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from pandera.api.polars.container import DataFrameSchema
from pandera.constants import CHECK_OUTPUT_KEY
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from ingest.corrections import OriginalCells
from ingest.headers import Plan
from ingest.problems import PROBLEMS
from ingest.read.table import Batch
from ingest.record_ids import RecordIds
from ingest.register import Register

QUARANTINE = {
    "source_row": pl.UInt32(),
    "column": pl.String(),
    "problem": pl.String(),
    "value": pl.String(),
    "others": pl.String(),
    "cells": pl.String(),
}
_NO_FAILURES = pl.DataFrame(
    schema={"place": pl.UInt32, "column": pl.String, "problem": pl.String, "order": pl.Int32}
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """One batch sorted: typed records at rest, and quarantine entries (see QUARANTINE)."""

    records: pl.DataFrame
    refused: pl.DataFrame


class RowSorter:
    """Sorts the batches of one table of a register."""

    def __init__(self, register: type[Register], ids: RecordIds, originals: OriginalCells) -> None:
        """Prepare the register's schema."""
        self._register = register
        self._originals = originals
        self._columns = register.columns()
        self._ids = ids
        self._schemas: dict[tuple[str, ...], DataFrameSchema] = {}

    def sort(self, batch: Batch, plan: Plan) -> Sorted:
        """Tidy, validate and type a batch; every row comes back exactly once."""
        cells, unknown = self._originals.resolved(self._cells(batch, plan))
        tidy = self._tidied(cells)
        failures = self._failures(tidy, unknown)
        bad = failures.get_column("place").unique().sort()
        good = pl.Series(range(len(tidy)), dtype=pl.UInt32).is_in(bad.implode()).not_()
        extras = self._originals.carried(_as_json(batch.cells, plan.extras))
        refused = _entries(failures, cells, extras, batch.rows)
        ragged = _ragged(batch)
        return Sorted(
            self._typed(tidy.filter(good), batch.rows.filter(good), extras.filter(good)),
            pl.concat([refused, ragged]).sort("source_row") if len(ragged) else refused,
        )

    def _cells(self, batch: Batch, plan: Plan) -> pl.DataFrame:
        """Return the register's columns as they were typed; those the file lacks are empty."""
        places = {name: str(place) for place, name in plan.columns.items()}
        nothing = pl.lit(None, dtype=pl.String)
        return (
            batch.cells.select(
                (pl.col(places[name]) if name in places else nothing).alias(name)
                for name in self._columns
            )
            if batch.cells.width
            else pl.DataFrame(schema=dict.fromkeys(self._columns, pl.String))
        )

    def _tidied(self, cells: pl.DataFrame) -> pl.DataFrame:
        tidy = cells.select(
            (column.kind.tidy(cells[name]) if _filled(cells[name]) else cells[name]).alias(name)
            for name, column in self._columns.items()
        )
        return tidy.with_columns(
            pl.col(name).fill_null(column.default)
            for name, column in self._columns.items()
            if column.default
        )

    def _failures(self, tidy: pl.DataFrame, unknown: pl.DataFrame) -> pl.DataFrame:
        """Return every failed check: place, column, problem, and its order in the row."""
        found = [_NO_FAILURES, _unresolved(unknown)]
        try:
            self._schema(tidy).validate(tidy, lazy=True)
        except SchemaErrors as errors:
            found += [_failed(error, list(self._columns)) for error in errors.schema_errors]
        return pl.concat(found).sort("place", "order")

    def _schema(self, tidy: pl.DataFrame) -> DataFrameSchema:
        """Return the register's schema without the optional columns that are all empty."""
        empty = tuple(
            name for name, c in self._columns.items() if not c.required and not _filled(tidy[name])
        )
        if empty not in self._schemas:
            self._schemas[empty] = self._register.to_schema().remove_columns(list(empty))
        return self._schemas[empty]

    def _typed(self, tidy: pl.DataFrame, rows: pl.Series, extras: pl.Series) -> pl.DataFrame:
        ids = self._ids.of_rows(self._register.register_name(), tidy)
        return pl.DataFrame(
            [
                pl.Series("record", ids, dtype=pl.UInt64),
                rows.rename("source_row"),
                *(c.kind.typed(tidy[name]).rename(name) for name, c in self._columns.items()),
                extras.rename("extras"),
            ]
        )


def _filled(series: pl.Series) -> bool:
    return series.null_count() < len(series)


def record_schema(register: type[Register]) -> dict[str, pl.DataType]:
    """Return the columns of a register's records at rest."""
    return {
        "record": pl.UInt64(),
        "source_row": pl.UInt32(),
        **{column.name: column.kind.dtype for column in register.columns().values()},
        "extras": pl.String(),
    }


def _unresolved(unknown: pl.DataFrame) -> pl.DataFrame:
    """Return the tokens of a correction sheet that stand for nothing, the first to be told."""
    return unknown.with_columns(problem=pl.lit("cell.unresolved"), order=pl.lit(-1, dtype=pl.Int32))


def _failed(error: SchemaError, columns: list[str]) -> pl.DataFrame:
    """Return the places where one check failed."""
    if error.check_output is None:
        message = f"check {error.check} could not be evaluated"
        raise RuntimeError(message) from None
    if error.reason_code == SchemaErrorReason.SERIES_CONTAINS_NULLS:
        column, problem = str(error.schema.name), "required"
    else:
        column, problem = error.check.title or str(error.schema.name), str(error.check.name)
    failed = error.check_output.get_column(CHECK_OUTPUT_KEY).not_().arg_true()
    order = PROBLEMS[problem].rank * len(columns) + columns.index(column)
    return pl.DataFrame({"place": failed.cast(pl.UInt32)}).with_columns(
        column=pl.lit(column), problem=pl.lit(problem), order=pl.lit(order, dtype=pl.Int32)
    )


def _entries(
    failures: pl.DataFrame, cells: pl.DataFrame, extras: pl.Series, rows: pl.Series
) -> pl.DataFrame:
    """Return one quarantine entry per failing row, headed by its most basic problem."""
    if failures.is_empty():
        return pl.DataFrame(schema=QUARANTINE)
    said = pl.col("column") + ":" + pl.col("problem")
    entries = failures.group_by("place", maintain_order=True).agg(
        pl.col("column").first(),
        pl.col("problem").first(),
        said.slice(1).str.join(";").replace("", None).alias("others"),
    )
    places = entries["place"]
    chosen = cells[places]
    value = chosen.with_columns(entries["column"].alias("\x1f")).select(
        pl.coalesce(
            pl.when(pl.col("\x1f") == name).then(pl.col(name))
            for name in entries["column"].unique(maintain_order=True)
        )
    )
    return pl.DataFrame(
        [
            rows[places].rename("source_row"),
            entries["column"],
            entries["problem"],
            value.to_series().rename("value"),
            entries["others"],
            cells_json(chosen, extras[places]).rename("cells"),
        ]
    )


def cells_json(cells: pl.DataFrame, extras: pl.Series) -> pl.Series:
    """Write each row's original cells as one JSON object, unknown columns under `extras`."""
    known = cells.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    with_extras = known.str.head(-1) + ', "extras": ' + extras + "}"
    return with_extras.fill_null(known)


def _as_json(cells: pl.DataFrame, extras: Mapping[int, str]) -> pl.Series:
    """Write the unknown columns as a JSON object, keys sorted; null where all are empty."""
    if not extras:
        return pl.Series([None] * len(cells), dtype=pl.String)
    named = sorted((name, str(place)) for place, name in extras.items())
    chosen = cells.select(pl.col(place).alias(name) for name, place in named)
    filled = chosen.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    text = chosen.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    return text.set(~filled, None)


def _ragged(batch: Batch) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "source_row": [r.row for r in batch.ragged],
            "value": [r.text for r in batch.ragged],
        },
        schema={"source_row": pl.UInt32, "value": pl.String},
    ).select(
        "source_row",
        pl.lit(None, dtype=pl.String).alias("column"),
        pl.lit("row.columns").alias("problem"),
        "value",
        pl.lit(None, dtype=pl.String).alias("others"),
        pl.lit(None, dtype=pl.String).alias("cells"),
    )
