"""Registers in a real workspace, opened as the resolution reads them."""

from pathlib import Path

import duckdb

from graphengine.specimen import expanded
from graphengine.workspace import Workspace
from ingest.build.identity import define_identity
from ingest.build.records import define_registers
from ingest.intake import loaded_files
from tests.road import empty_workspace, take_in


def opened(workspace: Workspace, threads: int = 2) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar=false")
    connection.execute(f"SET threads={threads}")
    connection.execute("SET python_enable_replacements=false")
    define_identity(connection, workspace.key())
    define_registers(connection, loaded_files(workspace))
    return connection


def told(root: Path, registers: dict[str, str]) -> duckdb.DuckDBPyConnection:
    """Take in registers written in the token language."""
    folder = root / "registers"
    folder.mkdir(parents=True)
    for register, text in expanded(registers).items():
        (folder / f"{register}.csv").write_text(text, "utf-8")
    workspace = empty_workspace(root / "workspace")
    for report in take_in(workspace, folder):
        assert report.refused is None, (report.file, report.refused)
        assert report.quarantined == 0, (report.file, report.quarantined)
    return opened(workspace)
