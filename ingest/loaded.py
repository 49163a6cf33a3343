"""What the manifest says was ingested: the newest commit of every table counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphengine.manifest import Entry
from graphengine.workspace import Workspace

ACT = "ingest"


@dataclass(frozen=True, slots=True)
class TableKey:
    """What makes a table the same one: the file's content, the sheet and the register."""

    sha256: str
    sheet: str | None
    register: str


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """One committed table: how it was read and the files that came of it."""

    key: TableKey
    file: str
    source: str
    mapping: str | None
    records: Path | None
    quarantine: Path | None
    corrections: Path | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One Parquet file of records: its register, and the register file that it came from."""

    register: str
    file: str
    sha256: str
    path: Path


def loaded_tables(workspace: Workspace) -> tuple[LoadedTable, ...]:
    """Return the newest commit of every table, sorted by file name, sheet and digest."""
    newest = {t.key: t for t in (_table(workspace, e) for e in workspace.entries(ACT))}
    return tuple(
        sorted(newest.values(), key=lambda t: (t.file, t.key.sheet or "", t.key.sha256, t.source))
    )


def loaded_files(workspace: Workspace) -> tuple[LoadedFile, ...]:
    """Return the files of records that are in force."""
    return tuple(
        LoadedFile(t.key.register, t.file, t.key.sha256, t.records)
        for t in loaded_tables(workspace)
        if t.records is not None
    )


def _table(workspace: Workspace, entry: Entry) -> LoadedTable:
    detail = dict(entry.detail)
    (sha256,) = entry.inputs.values()
    return LoadedTable(
        TableKey(sha256, detail["sheet"], detail["register"]),
        detail["file"],
        detail["source"],
        detail["mapping"],
        _output(workspace, entry.outputs, "records/"),
        _output(workspace, entry.outputs, "quarantine/", but=".corrects"),
        _output(workspace, entry.outputs, "quarantine/", only=".corrects"),
        detail,
    )


def _output(
    workspace: Workspace, outputs: Iterable[str], folder: str, *, only: str = "", but: str = "\0"
) -> Path | None:
    for name in outputs:
        if name.startswith(folder) and only in name and but not in name:
            return workspace.root / name
    return None
