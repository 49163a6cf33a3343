"""Taking in one table: read, sort, stage, find repeats, commit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from graphengine.workspace import Workspace
from ingest.assignment import Assigned
from ingest.corrections import (
    CORRECTS,
    CorrectionTable,
    OriginalCells,
    corrects,
    known_corrections,
)
from ingest.headers import HeaderMapping, plan_of, require_columns
from ingest.loaded import ACT, LoadedTable, TableKey
from ingest.quarantine import SCHEMA, ever_refused
from ingest.read.ahead import ahead
from ingest.read.table import Batch
from ingest.record_ids import Ids, RecordIds
from ingest.refusal import unreadable
from ingest.register import Register
from ingest.registers import registers
from ingest.repeats import Neighbours, RuledOut, hashes_of, ruled_out
from ingest.rows import QUARANTINE, RowSorter, Sorted, cells_json, record_schema
from ingest.staging import Shelf, frames
from ingest.written import written


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be taken in: the table's key, the names it will have, and how it is told."""

    key: TableKey
    file: str
    source: str
    mapping: HeaderMapping
    mapping_digest: str | None
    progress: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one table; read = loaded + already + quarantined."""

    read: int
    loaded: int
    already: int
    quarantined: int


@dataclass(slots=True)
class _Staged:
    """One table's files in the making."""

    records: Path
    quarantine: Path
    corrections: Path
    ids: Ids
    hashes: Ids | None
    read: int


def take_table(  # noqa: PLR0913, PLR0917 one call site; the run's knowledge travels as it is
    workspace: Workspace,
    part: Assigned,
    intent: Intent,
    ids: RecordIds,
    known: Neighbours,
    in_force: tuple[LoadedTable, ...],
) -> tuple[Counts, LoadedTable | None]:
    """Take in one table and commit it; a table without rows is not committed.

    Raise RefusedError where the table cannot be read to its end: then nothing of it is kept.
    Cost: one pass; a few hundred bytes of memory a row of one batch, 16 bytes a row of the table.
    """
    register = registers()[intent.key.register]
    with workspace.beside() as folder:
        sorter = RowSorter(register, ids, OriginalCells(in_force))
        staged = _stage(part, intent, sorter, known.unique, folder)
        if not staged.read:
            return Counts(0, 0, 0, 0), None
        _drop_repeats(staged, register, intent, ids, known)
        if isinstance(part.table, CorrectionTable):
            _stage_corrections(part.table, staged, in_force)
        counts = _counts(staged, known)
        table = _commit(workspace, staged, intent, counts)
    known.add(table, staged.ids, staged.hashes)
    return counts, table


def _stage(
    part: Assigned, intent: Intent, sorter: RowSorter, unique: str | None, folder: Path
) -> _Staged:
    """Sort every batch into the two staged files; reading, sorting and writing run side by side."""
    register = registers()[intent.key.register]
    ids: list[Ids] = [np.zeros(0, dtype=np.uint64)]
    hashes: list[Ids] = [np.zeros(0, dtype=np.uint64)]
    paths = (folder / "records.parquet", folder / "quarantine.parquet")
    read = 0
    made = Shelf(paths[0], record_schema(register), unique)
    with made as good, Shelf(paths[1], SCHEMA) as bad:
        for found, done in ahead(_sorted_batches(part, intent, sorter)):
            good.add(found.records)
            bad.add(_labelled(found.refused, intent))
            ids.append(found.records["record"].to_numpy())
            if unique:
                hashes.append(hashes_of(found.records[unique]))
            read += len(found.records) + len(found.refused)
            intent.progress(done)
    return _Staged(
        *paths,
        folder / "corrects.parquet",
        np.concatenate(ids),
        np.concatenate(hashes) if unique else None,
        read,
    )


def _sorted_batches(
    part: Assigned, intent: Intent, sorter: RowSorter
) -> Iterator[tuple[Sorted, float]]:
    """Yield the sorted rows batch by batch, and how much of the table was read."""
    register = registers()[intent.key.register]
    header = part.table.preview[part.header]
    require_columns(register, plan_of(register, header, intent.mapping))
    with unreadable(OSError):
        for batch in ahead(part.table.batches(part.header)):
            found = sorter.sort(batch, plan_of(register, batch.header, intent.mapping))
            _require_all(batch, found)
            yield found, batch.done


def _require_all(batch: Batch, found: Sorted) -> None:
    """Hold the sorter to its word: every row comes back exactly once."""
    rows = len(batch.cells) + len(batch.ragged)
    if rows != len(found.records) + len(found.refused):
        lost = rows - len(found.records) - len(found.refused)
        message = f"{lost} rows were lost between reading and sorting"
        raise AssertionError(message)


def _labelled(refused: pl.DataFrame, intent: Intent) -> pl.DataFrame:
    """Say of quarantine entries where they come from."""
    text = pl.String
    return refused.with_columns(
        pl.lit(intent.file, dtype=text).alias("file"),
        pl.lit(intent.key.sheet, dtype=text).alias("sheet"),
        pl.lit(intent.source, dtype=text).alias("source"),
        pl.lit(intent.key.register, dtype=text).alias("register"),
    ).select(list(SCHEMA))


def _drop_repeats(
    staged: _Staged, register: type[Register], intent: Intent, ids: RecordIds, known: Neighbours
) -> None:
    """Set repeated and contradicting rows aside; tell equal rows apart where they may repeat."""
    found = ruled_out(staged.records, staged.hashes, register, known, intent.file)
    if not found.rows.is_empty():
        _set_aside(staged, register, intent, found)
    if known.unique is None:
        told = ids.told_apart(staged.ids)
        if told is not staged.ids:
            staged.ids = told
            _rewrite(staged, register, lambda frame: frame, told)


def _set_aside(staged: _Staged, register: type[Register], intent: Intent, found: RuledOut) -> None:
    """Move staged rows from the records to the quarantine."""
    gone = found.rows["source_row"].implode()
    held = pl.concat(f.filter(pl.col("source_row").is_in(gone)) for f in frames(staged.records))
    entries = _entries(held.join(found.rows, on="source_row"), register, found)
    _rewrite(staged, register, lambda f: f.filter(pl.col("source_row").is_in(gone).not_()), None)
    kept = [staged.ids[:0], *(f["record"].to_numpy() for f in frames(staged.records, ["record"]))]
    staged.ids = np.concatenate(kept)
    if staged.hashes is not None:
        keys = (f[found.column] for f in frames(staged.records, [found.column]))
        staged.hashes = np.concatenate([staged.ids[:0], *(hashes_of(key) for key in keys)])
    before = pl.read_parquet(staged.quarantine)
    with Shelf(staged.quarantine, SCHEMA) as shelf:
        shelf.add(pl.concat([before, _labelled(entries, intent)]).sort("source_row"))


def _entries(rows: pl.DataFrame, register: type[Register], found: RuledOut) -> pl.DataFrame:
    """Return quarantine entries; `others` names the first row's file and row."""
    texts = written(register, rows)
    return pl.DataFrame(
        [
            rows["source_row"],
            pl.Series("column", [found.column] * len(rows), dtype=pl.String),
            pl.Series("problem", [found.problem] * len(rows), dtype=pl.String),
            texts[found.column].rename("value"),
            (rows["first_file"] + ":" + rows["first_row"].cast(pl.String)).rename("others"),
            cells_json(texts, rows["extras"]).rename("cells"),
        ]
    ).select(list(QUARANTINE))


def _rewrite(
    staged: _Staged,
    register: type[Register],
    kept: Callable[[pl.DataFrame], pl.DataFrame],
    ids: Ids | None,
) -> None:
    """Write the staged records again, without some rows or with other ids."""
    again = staged.records.with_suffix(".again")
    seen = 0
    unique = next((c.name for c in register.columns().values() if c.unique), None)
    with Shelf(again, record_schema(register), unique) as shelf:
        for frame in frames(staged.records):
            rows = kept(frame)
            if ids is not None:
                own = pl.Series("record", ids[seen : seen + len(frame)], dtype=pl.UInt64)
                rows = rows.with_columns(own)
            seen += len(frame)
            shelf.add(rows)
    again.replace(staged.records)


def _stage_corrections(
    table: CorrectionTable,
    staged: _Staged,
    in_force: tuple[LoadedTable, ...],
) -> None:
    """Write down which quarantine entries the sheet's rows settle or replace."""
    refused = set(pl.read_parquet(staged.quarantine)["source_row"])
    settled = corrects(table.refers, refused, ever_refused(in_force), known_corrections(in_force))
    if len(settled):
        with Shelf(staged.corrections, CORRECTS) as shelf:
            shelf.add(settled)


def _counts(staged: _Staged, known: Neighbours) -> Counts:
    already = known.already(staged.ids)
    kept = len(staged.ids)
    return Counts(staged.read, kept - already, already, staged.read - kept)


def _commit(workspace: Workspace, staged: _Staged, intent: Intent, counts: Counts) -> LoadedTable:
    """Put the files in place and write the manifest's line, which makes them count."""
    key = intent.key
    records = workspace.records / key.register / f"{intent.source}.parquet"
    quarantine = workspace.quarantine / f"{intent.source}.parquet"
    corrections = workspace.quarantine / f"{intent.source}.corrects.parquet"
    outputs: list[Path] = []
    for made, place, wanted in (
        (staged.records, records, len(staged.ids) > 0),
        (staged.quarantine, quarantine, counts.quarantined > 0),
        (staged.corrections, corrections, staged.corrections.exists()),
    ):
        if wanted:
            workspace.put(made, place)
            outputs.append(place)
    detail = {
        "register": key.register,
        "file": intent.file,
        "sheet": key.sheet,
        "source": intent.source,
        "mapping": intent.mapping_digest,
        "read": counts.read,
        "loaded": counts.loaded,
        "already": counts.already,
        "quarantined": counts.quarantined,
    }
    workspace.commit(ACT, inputs={intent.file: key.sha256}, outputs=tuple(outputs), detail=detail)
    there = {path: path for path in outputs}
    return LoadedTable(
        key,
        intent.file,
        intent.source,
        intent.mapping_digest,
        there.get(records),
        there.get(quarantine),
        there.get(corrections),
        detail,
    )
