"""The CONTROLS table: who owns or runs a company, through however many others."""

import duckdb
import polars as pl

from graphengine.algo.control import control_relations


def control_table(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the rows of CONTROLS, sorted (see `graphengine.algo.control`)."""
    owns, represents, directs = (
        pl.DataFrame(connection.sql(f"FROM graph.{kind}").to_arrow_table())
        for kind in ("OWNS", "REPRESENTS", "DIRECTS")
    )
    return control_relations(owns, represents, directs)
