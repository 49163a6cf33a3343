"""Reading what a query of the resolution's own tables says."""

from typing import Any

import duckdb
import polars as pl


def frame(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Run one query; order its output in the query, DuckDB promises none."""
    return pl.DataFrame(connection.sql(query).to_arrow_table())


def row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """Run one query and return its only row."""
    (found,) = connection.execute(query).fetchall()
    return tuple(found)
