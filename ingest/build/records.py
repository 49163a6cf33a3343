"""The register views that recipes read: every loaded row once, whatever files it stood in."""

from collections.abc import Sequence

import duckdb
import polars as pl

from graphengine.vocabulary import REGISTERS
from ingest.intake import LoadedFile
from ingest.registers import record_columns

_KEYS = {
    "payments": "payment_id",
    "contracts": "contract_id",
    "bids": "contract_id",
    "approvals": "matter_id",
    "reports": "report_id",
    "leases": "asset_id",
    "documents": "document_id",
    "labour": "work_id",
    "officials": "node_id('person', person_id)",
    "households": "node_id('person', person_id)",
    "relatives": "node_id('person', person_id)",
    "holdings": "node_id('person', person_id)",
    "benefits": "node_id('person', person_id)",
    "contractors": "node_id('company', company_id)",
    "shareholders": "node_id('company', company_id)",
    "accounts": "node_id('account', account_no)",
}
_DATES = {
    "payments": "paid_at::DATE",
    "contracts": "signed_on",
    "bids": "submitted_at::DATE",
    "approvals": "acted_at::DATE",
    "reports": "received_at::DATE",
    "leases": "start_date",
    "documents": "created_at::DATE",
    "labour": "worked_from",
    "officials": "start_date",
    "households": "status_date",
    "holdings": "acquired_on",
    "benefits": "try_strptime(rpad(period, 7, '-01') || '-01', '%Y-%m-%d')::DATE",
    "contractors": "registered_on",
    "shareholders": "start_date",
    "accounts": "opened_on",
}


def define_registers(connection: duckdb.DuckDBPyConnection, files: Sequence[LoadedFile]) -> None:
    """Define one view per register with `record`, `file`, `source_row` and its typed columns.

    A row that stands in several files is kept once, with the smallest (file name, row).
    """
    names = pl.DataFrame(
        {
            "path": [str(f.path) for f in files],
            "file": [f.file for f in files],
            "digest": [f.sha256 for f in files],
        },
        schema={"path": pl.String, "file": pl.String, "digest": pl.String},
    )
    connection.register("loaded_files_frame", names)
    connection.execute("CREATE OR REPLACE TEMP TABLE loaded_files AS FROM loaded_files_frame")
    connection.unregister("loaded_files_frame")
    for register in REGISTERS:
        paths = [str(f.path).replace("'", "''") for f in files if f.register == register]
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {register} AS {_view(register, paths)}")


def _view(register: str, paths: Sequence[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in record_columns(register))
    if not paths:
        typed = ", ".join(
            f'NULL::{kind} AS "{name}"' for name, kind in record_columns(register).items()
        )
        return (
            f"SELECT NULL::UBIGINT AS record, NULL::VARCHAR AS file, NULL::UINTEGER AS source_row,"
            f" {typed} WHERE false"
        )
    listed = ", ".join(f"'{path}'" for path in paths)
    rows = (
        f"SELECT record, l.file, source_row, {columns} "
        f"FROM read_parquet([{listed}], filename = true) r "
        "JOIN loaded_files l ON l.path = r.filename"
    )
    if len(paths) == 1:
        return rows
    return (
        f"{rows} QUALIFY row_number() OVER "
        "(PARTITION BY record ORDER BY l.file, l.digest, source_row) = 1"
    )


def sources_query() -> str:
    """Return SQL for the provenance table: where every record stands, sorted by record."""
    parts = (
        f"SELECT record, '{register}' AS register, file, source_row AS row, "
        f"{_KEYS[register]} AS key, {_DATES.get(register, 'NULL::DATE')} AS date FROM {register}"
        for register in REGISTERS
    )
    return " UNION ALL ".join(parts) + " ORDER BY record"


def fill_of(connection: duckdb.DuckDBPyConnection, register: str) -> dict[str, int]:
    """Return the rows of a register (under the empty name) and how many have each column."""
    columns = record_columns(register)
    counted = ", ".join(f'count("{name}")' for name in columns)
    found = connection.execute(f"SELECT count(*), {counted} FROM {register}").fetchone()
    return dict(zip(("", *columns), found or (), strict=True))
