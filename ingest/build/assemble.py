"""Records → graph tables: one new version beside the old one, switched to by one rename."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from graphengine.manifest import Entry
from graphengine.settings import Settings
from graphengine.tables.schema import SOURCES_SCHEMA
from graphengine.tables.write import write_batches, write_meta, write_missing, write_stream
from graphengine.vocabulary import NODES, REGISTERS, RELATIONS
from graphengine.workspace import Workspace
from ingest.build import (
    companies,
    matters,
    money,
    offices,
    people,
    places,
    procurement,
    shares,
    welfare,
)
from ingest.build.control import control_table
from ingest.build.identity import define_identity
from ingest.build.kin import kin_table
from ingest.build.recipe import Recipe
from ingest.build.records import define_registers, fill_of, sources_query
from ingest.intake import LoadedFile, loaded_files

FORMAT = 1
"""Raise when the same records give other tables, so that old versions are built anew."""

_RECIPES: tuple[Recipe, ...] = (
    *people.RECIPES,
    *offices.RECIPES[:3],
    *companies.RECIPES,
    *money.RECIPES,
    *procurement.RECIPES,
    *matters.RECIPES,
    *welfare.RECIPES,
    *offices.RECIPES[3:],
    *places.RECIPES,
    *shares.RECIPES,
)
_NEEDED_LATER = {
    "Person", "Household", "PublicBody", "Post", "Company", "Account", "Contract", "Matter",
    "Benefit", "Asset", "Report", "Division", "MEMBER_OF", "HOLDS", "OWNS", "DIRECTS",
    "REPRESENTS", "BENEFITS", "WORKED", "BID",
}  # fmt: skip
_BATCH = 1 << 16

Progress = Callable[[str, float], None]


def wanted_version(workspace: Workspace) -> str:
    """Return the name of the version that the records and settings of now would give."""
    return _version(workspace, loaded_files(workspace), workspace.settings())


def build_graph(workspace: Workspace, progress: Progress = lambda _stage, _done: None) -> str:
    """Build the graph tables of the loaded records; return the version's name.

    Nothing is done where that version is the newest already. Cost: a few passes over the records,
    out of core within the settings' memory. The caller holds the workspace for writing.
    """
    files = loaded_files(workspace)
    settings = workspace.settings()
    version = _version(workspace, files, settings)
    newest = workspace.last("build")
    target = workspace.tables / version
    if newest and newest.detail["version"] == version and (target / "meta.json").exists():
        return version
    with workspace.beside() as folder:
        made = folder / version
        made.mkdir()
        with _database(folder, settings) as connection:
            define_identity(connection, workspace.key())
            define_registers(connection, files)
            counts = _tables(connection, made, settings, progress)
            registers = {name: fill_of(connection, name) for name in REGISTERS}
        meta: dict[str, Any] = {
            "schema": f"shunteng.graph/{FORMAT}",
            "version": version,
            "rows": counts,
            "registers": {
                name: {"rows": fill.pop(""), "filled": fill} for name, fill in registers.items()
            },
        }
        write_meta(made, meta)
        workspace.put(made, target)
        workspace.commit(
            "build",
            inputs={f"{f.file}#{f.register}": f.sha256 for f in files},
            outputs=(target,),
            detail={"version": version, "rows": counts},
        )
    _prune(workspace, version, newest)
    return version


def _prune(workspace: Workspace, version: str, before: Entry | None) -> None:
    """Remove graph versions that neither the last two builds nor the newest detection name."""
    detected = workspace.last("detect")
    kept = {version}
    kept |= {str(entry.detail["version"]) for entry in (before, detected) if entry is not None}
    for folder in sorted(workspace.tables.iterdir()):
        if folder.name not in kept:
            with workspace.beside() as aside:
                folder.replace(aside / folder.name)


def _version(workspace: Workspace, files: tuple[LoadedFile, ...], settings: Settings) -> str:
    content = {
        "format": FORMAT,
        "key": hashlib.sha256(workspace.key()).hexdigest(),
        "scope": settings.scope,
        "files": sorted([f.register, f.file, f.sha256, f.path.name] for f in files),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _database(folder: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET memory_limit='{settings.memory}'")
    connection.execute(f"SET threads={settings.threads}")
    connection.execute(f"SET temp_directory='{str(folder).replace(chr(39), chr(39) * 2)}'")
    connection.execute("SET enable_progress_bar=false")
    connection.execute("SET python_enable_replacements=false")
    connection.execute("CREATE SCHEMA graph")
    return connection


def _tables(
    connection: duckdb.DuckDBPyConnection, folder: Path, settings: Settings, progress: Progress
) -> dict[str, int]:
    counts: dict[str, int] = {}
    steps = len(_RECIPES) + 3
    for done, recipe in enumerate(_RECIPES):
        progress(recipe.kind, done / steps)
        counts[recipe.kind] = _cook(connection, folder, recipe)
    progress("KIN", 1 - 3 / steps)
    counts["KIN"] = _write(folder, "KIN", kin_table(connection, settings.scope))
    progress("CONTROLS", 1 - 2 / steps)
    counts["CONTROLS"] = _write(folder, "CONTROLS", control_table(connection))
    progress("sources", 1 - 1 / steps)
    _write_sources(connection, folder)
    write_missing(folder)
    progress("done", 1.0)
    return {kind: counts.get(kind, 0) for kind in (*NODES, *RELATIONS)}


def _cook(connection: duckdb.DuckDBPyConnection, folder: Path, recipe: Recipe) -> int:
    """Write one table; keep it readable by name for the recipes after it."""
    reader = connection.sql(recipe.sql).to_arrow_reader(_BATCH)
    rows = write_batches(folder, recipe.kind, reader)
    if recipe.kind in _NEEDED_LATER:
        part = "nodes" if recipe.kind in NODES else "relations"
        path = str(folder / part / f"{recipe.kind}.parquet").replace("'", "''")
        connection.execute(f"CREATE VIEW graph.{recipe.kind} AS FROM read_parquet('{path}')")
    return rows


def _write(folder: Path, kind: str, table: pl.DataFrame) -> int:
    arrow = table.to_arrow()
    return write_batches(
        folder, kind, pa.RecordBatchReader.from_batches(arrow.schema, arrow.to_batches())
    )


def _write_sources(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    write_stream(
        folder / "sources.parquet",
        SOURCES_SCHEMA,
        connection.sql(sources_query()).to_arrow_reader(_BATCH),
    )
