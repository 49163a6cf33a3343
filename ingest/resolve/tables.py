"""Reading a query of the resolution's own tables as a frame."""

import duckdb
import polars as pl


def frame(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Run one query; order its output in the query, DuckDB promises none."""
    return pl.DataFrame(connection.sql(query).to_arrow_table())
