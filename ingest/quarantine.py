"""The refused rows: read from the workspace, said in both languages, written to be corrected.

A correction sheet is a CSV with the columns `file, row, column, problem, reason, remedy, register`
and the canonical columns of the registers in it. Cells that may identify a person are written as a
token `@<source>:<row>`, which stands for the original cell when the sheet is ingested into the same
workspace; so a sheet can be passed around, corrected and ingested without carrying them.
"""

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from graphengine.identifiers import masked_name, masked_number
from graphengine.language import Text
from graphengine.workspace import Workspace
from ingest.corrections import EXTRAS, META, still_open
from ingest.kinds import NAME
from ingest.loaded import LoadedTable, loaded_tables
from ingest.problems import BESIDE_ANOTHER, PROBLEMS
from ingest.register import Column
from ingest.registers import registers

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONG_NUMBER = re.compile(r"\d{15}")
WHOLE_ROW = Text("（整行）", "(the whole row)")


@dataclass(frozen=True, slots=True)
class Refused:
    """One refused row as it lies in quarantine; `cells` are its original texts."""

    file: str
    sheet: str | None
    source: str
    register: str
    row: int
    column: str | None
    problem: str
    value: str | None
    others: str | None
    cells: str | None

    @property
    def label(self) -> str:
        """Return the file's name, with the sheet's where it has one."""
        return f"{self.file}#{self.sheet}" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class Shown:
    """One refused row for people."""

    file: str
    sheet: str | None
    row: int
    register: str
    column: str
    problem: str
    value: str
    reason: Text
    remedy: Text

    def as_json(self) -> dict[str, object]:
        """Return the form in which interfaces carry an entry."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "register": self.register,
            "column": self.column or None,
            "problem": self.problem,
            "value": self.value,
            "reason": self.reason.as_json(),
            "remedy": self.remedy.as_json(),
        }


SCHEMA = {
    "file": pl.String(),
    "sheet": pl.String(),
    "source": pl.String(),
    "register": pl.String(),
    "source_row": pl.UInt32(),
    "column": pl.String(),
    "problem": pl.String(),
    "value": pl.String(),
    "others": pl.String(),
    "cells": pl.String(),
}


def read_quarantine(workspace: Workspace) -> pl.DataFrame:
    """Return the refused rows that no correction has settled, by file, sheet and row."""
    tables = loaded_tables(workspace)
    return still_open(ever_refused(tables), tables).sort("file", "sheet", "source", "source_row")


def ever_refused(tables: Sequence[LoadedTable]) -> pl.DataFrame:
    """Return the refused rows of the tables, settled ones too."""
    parts = [pl.read_parquet(t.quarantine) for t in tables if t.quarantine is not None]
    return pl.concat(parts).select(list(SCHEMA)) if parts else pl.DataFrame(schema=SCHEMA)


def listed(workspace: Workspace, register: str | None = None) -> tuple[Refused, ...]:
    """Return the refused rows, of one register or of all."""
    entries = read_quarantine(workspace)
    if register is not None:
        entries = entries.filter(pl.col("register") == register)
    return tuple(Refused(*row) for row in entries.iter_rows())


def present(entry: Refused, *, reveal: bool = False) -> Shown:
    """Say what is wrong with a row and what to do; its value masked unless revealed."""
    problem = PROBLEMS[entry.problem]
    column = registers()[entry.register].columns().get(entry.column or "")
    reason = problem.reason
    if entry.problem in BESIDE_ANOTHER and entry.others:
        file, _, row = entry.others.rpartition(":")
        reason = Text(f"{reason.zh}（{file} 第 {row} 行）", f"{reason.en} ({file}, row {row})")
    value = entry.value or ""
    return Shown(
        entry.file,
        entry.sheet,
        entry.row,
        entry.register,
        entry.column or "",
        entry.problem,
        value if reveal else _masked(value, column),
        reason,
        problem.remedy,
    )


def _identifies(text: str, column: Column | None) -> bool:
    """Tell whether a cell may identify a person."""
    if not text:
        return False
    if column is None or column.kind.personal:
        return True
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _LONG_NUMBER.search(plain) is not None and column.kind.name != "uscc"


def _masked(text: str, column: Column | None) -> str:
    if not _identifies(text, column):
        return text
    if column is None:
        return WHOLE_ROW.en if text else ""
    return masked_name(text) if column.kind.name == NAME.name else masked_number(text)


def correction_csv(
    entries: Sequence[Refused], register: str | None = None, *, reveal: bool = False
) -> str:
    """Return a correction sheet of the entries, of one register or of all."""
    chosen = [e for e in entries if register in (None, e.register)]
    present_registers = sorted({e.register for e in chosen}, key=list(registers()).index)
    columns = list(
        dict.fromkeys(name for one in present_registers for name in registers()[one].columns())
    )
    columns += [EXTRAS] if any(_extras_of(e) for e in chosen) else []
    sources = Counter(label for label, _ in {(e.label, e.source) for e in chosen})
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*META, *columns])
    for entry in chosen:
        shown = present(entry)
        said = (
            entry.label if sources[entry.label] == 1 else f"{entry.label}@{entry.source}",
            entry.row,
            entry.column or "",
            entry.problem,
            shown.reason,
            shown.remedy,
        )
        meta = [f"{v.zh} / {v.en}" if isinstance(v, Text) else str(v) for v in said]
        cells = _sheet_cells(entry, columns, reveal=reveal)
        writer.writerow([_harmless(cell) for cell in (*meta, entry.register, *cells)])
    return written.getvalue()


def _extras_of(entry: Refused) -> bool:
    return bool(entry.cells and json.loads(entry.cells).get(EXTRAS))


def _sheet_cells(entry: Refused, columns: Sequence[str], *, reveal: bool) -> list[str]:
    known = registers()[entry.register].columns()
    original: dict[str, Any] = json.loads(entry.cells) if entry.cells else {}
    cells = []
    for name in columns:
        text = (original.get(name) or "") if name in known else ""
        hidden = not reveal and _identifies(text, known.get(name))
        hidden = hidden or (name == EXTRAS and _extras_of(entry))
        cells.append(f"@{entry.source}:{entry.row}" if hidden else text)
    return cells


def _harmless(text: str) -> str:
    """Keep a spreadsheet from running a cell as a formula; ingest drops the mark again."""
    return "'" + text if text.startswith(_FORMULA) else text
