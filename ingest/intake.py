"""The intake: register files → records and quarantine, one commit per table."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graphengine.language import Text
from graphengine.workspace import Workspace
from ingest.assignment import Assigned, assigned
from ingest.headers import HeaderMapping, read_mapping
from ingest.loaded import LoadedFile, LoadedTable, TableKey, loaded_files, loaded_tables
from ingest.opening import is_register_form, open_file, walked
from ingest.recognition import named_register, stem, told_name
from ingest.record_ids import RecordIds
from ingest.refusal import Refusal, RefusedError
from ingest.registers import registers
from ingest.repeats import Neighbours
from ingest.take import Counts, Intent, take_table

__all__ = [
    "FileReport",
    "IntakeOptions",
    "LoadedFile",
    "Progress",
    "ingest",
    "loaded_files",
]

Progress = Callable[[str, float], None]
_SHORT = 16


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """What the caller says of the files: their register, and a mapping file of their headers."""

    register: str | None = None
    mapping: Path | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file or sheet; read = loaded + already + quarantined."""

    file: str
    sheet: str | None = None
    register: str | None = None
    read: int = 0
    loaded: int = 0
    already: int = 0
    quarantined: int = 0
    refused: Refusal | None = None
    notes: tuple[Text, ...] = ()


def ingest(
    paths: Sequence[Path],
    workspace: Workspace,
    options: IntakeOptions,
    progress: Progress | None = None,
) -> tuple[FileReport, ...]:
    """Read register files into the workspace; folders are walked in sorted order.

    Takes the workspace's lock. Each table is one commit, so that a killed run is completed by the
    next; a table that is in the workspace already is not read again. A refused file does not stop
    the others. Raise RefusedError only for an unknown register or a wrong mapping in `options`.
    """
    mapping = read_mapping(options.mapping)
    forced = named_register(options.register) if options.register else mapping.register
    files = list(walked(paths))
    with workspace.writing():
        intake = _Intake(workspace, mapping, forced, progress or _silent)
        return tuple(
            report
            for place, (path, named) in enumerate(files)
            for report in intake.file(path, named=named, span=(place, len(files)))
        )


def _silent(_file: str, _done: float) -> None:
    """Show no progress."""


class _Intake:
    """One run: what the workspace holds, kept up to date from table to table."""

    def __init__(
        self, workspace: Workspace, mapping: HeaderMapping, forced: str | None, progress: Progress
    ) -> None:
        self._workspace = workspace
        self._mapping = mapping
        self._mapping_digest = _digest(mapping)
        self._forced = forced
        self._progress = progress
        self._ids = RecordIds(workspace.key())
        self._tables = {t.key: t for t in loaded_tables(workspace)}
        self._neighbours: dict[str, Neighbours] = {}

    def file(self, path: Path, *, named: bool, span: tuple[int, int]) -> Iterator[FileReport]:
        """Take in one file."""
        name = told_name(path)
        self._progress(name, span[0] / span[1])
        if not named and not is_register_form(path):
            yield FileReport(name, notes=(_NO_REGISTER,))
            return
        try:
            source = open_file(path)
            parts, notes = assigned(source.tables, stem(path), self._forced, self._mapping)
        except RefusedError as error:
            yield FileReport(name, refused=error.refusal)
            return
        for number, part in enumerate(parts):
            report = self._table(name, source.sha256, part, span)
            yield replace(report, notes=report.notes + notes) if number == 0 else report

    def _table(self, file: str, sha256: str, part: Assigned, span: tuple[int, int]) -> FileReport:
        """Take in one table, unless it is there."""
        sheet = part.table.sheet
        if part.refused is not None or part.register is None:
            return FileReport(file, sheet, part.register, refused=part.refused)
        key = TableKey(sha256, sheet, part.register)
        before = self._tables.get(key)
        if before is not None and before.mapping == self._mapping_digest:
            read, refused = (int(before.detail[name]) for name in ("read", "quarantined"))
            return FileReport(
                file,
                sheet,
                part.register,
                read=read,
                already=read - refused,
                quarantined=refused,
            )
        intent = Intent(
            key,
            file,
            self._source(key, part),
            self._mapping,
            self._mapping_digest,
            lambda done: self._progress(file, (span[0] + done) / span[1]),
        )
        try:
            counts, table = take_table(
                self._workspace, part, intent, self._ids, self._known(key), self._in_force()
            )
        except RefusedError as error:
            return FileReport(file, sheet, part.register, refused=error.refusal)
        if table is not None:
            self._tables[key] = table
        return _report(file, sheet, part.register, counts)

    def _in_force(self) -> tuple[LoadedTable, ...]:
        return tuple(self._tables.values())

    def _known(self, key: TableKey) -> Neighbours:
        """Return the register's other tables; read again when one of them is being replaced."""
        if key in self._tables:
            self._neighbours.pop(key.register, None)
        if key.register not in self._neighbours:
            columns = registers()[key.register].columns().values()
            unique = next((c.name for c in columns if c.unique), None)
            others = [
                t for t in self._tables.values() if t.key.register == key.register and t.key != key
            ]
            self._neighbours[key.register] = Neighbours.of(others, unique)
        return self._neighbours[key.register]

    def _source(self, key: TableKey, part: Assigned) -> str:
        """Name the table's files; a name that another table has is never written again."""
        name = key.sha256[:_SHORT] + (f"-{part.number}" if part.number else "")
        taken = {t.source for t in self._tables.values()}
        unused, number = name, 1
        while unused in taken:
            number += 1
            unused = f"{name}~{number}"
        return unused


_NO_REGISTER = Text(
    "不是登记表的文件形式，已略过；如是登记表，请另存为 XLSX 或 CSV",
    "not a form of register file; left out (if it is a register, save it as XLSX or CSV)",
)
_NO_ROWS = Text("只有表头，没有数据", "a header and no rows")


def _report(file: str, sheet: str | None, register: str, counts: Counts) -> FileReport:
    return FileReport(
        file,
        sheet,
        register,
        counts.read,
        counts.loaded,
        counts.already,
        counts.quarantined,
        notes=() if counts.read else (_NO_ROWS,),
    )


def _digest(mapping: HeaderMapping) -> str | None:
    """Return a short digest of what a mapping says; None where it says nothing."""
    if not mapping.columns:
        return None
    said = json.dumps(dict(mapping.columns), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:_SHORT]
