"""Which register each table of a file is, and in which record its header stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphengine.language import Text
from ingest.corrections import correction_tables, is_correction_sheet
from ingest.headers import HeaderMapping, plan_of, recognised, require_columns
from ingest.read.table import Table
from ingest.recognition import register_of_name
from ingest.refusal import Code, Refusal, RefusedError
from ingest.register import Register
from ingest.registers import registers


@dataclass(frozen=True, slots=True)
class Assigned:
    """A table with its register and the place of its header in the preview.

    `number` tells the tables of one file apart in file names, 0 where there is one.
    """

    table: Table
    register: str | None
    header: int = 0
    number: int = 0
    refused: Refusal | None = None


def assigned(
    tables: Sequence[Table], stem: str, forced: str | None, mapping: HeaderMapping
) -> tuple[tuple[Assigned, ...], tuple[Text, ...]]:
    """Assign the tables of a file to registers; return also notes on sheets left out.

    Raise RefusedError where no table of the file is a register.
    """
    if not tables:
        raise RefusedError(Code.FILE_EMPTY)
    first = tables[0]
    if is_correction_sheet(first.preview[0]):
        parts = correction_tables(first)
        return tuple(Assigned(p, p.register, 0, n) for n, p in enumerate(parts, 1)), ()
    if first.sheet is None:
        register = forced or register_of_name(stem)
        return (Assigned(first, register, _header_place(register, first, mapping)),), ()
    return _sheets(tables, stem, forced, mapping)


def _header_place(register: str, table: Table, mapping: HeaderMapping) -> int:
    """Return the record that names most columns; title rows may stand above it."""
    schema = registers()[register]
    counts = [recognised(schema, record, mapping) for record in table.preview]
    return counts.index(max(counts))


def _fits(register: str, table: Table, mapping: HeaderMapping) -> bool:
    """Tell whether a table has all required columns of a register."""
    header = table.preview[_header_place(register, table, mapping)]
    schema: type[Register] = registers()[register]
    try:
        require_columns(schema, plan_of(schema, header, mapping))
    except RefusedError:
        return False
    return True


def _told(sheet: str | None) -> str | None:
    """Return the register that a sheet's name tells; None for a cover or an unclear name."""
    try:
        return register_of_name(sheet or "")
    except RefusedError:
        return None


def _sheets(
    tables: Sequence[Table], stem: str, forced: str | None, mapping: HeaderMapping
) -> tuple[tuple[Assigned, ...], tuple[Text, ...]]:
    """Assign sheets by their names, else by the file's name and what the sheets hold."""
    if forced is None:
        by_name = {place: _told(table.sheet) for place, table in enumerate(tables)}
        chosen = {place: register for place, register in by_name.items() if register}
    else:
        chosen = {}
    if not chosen:
        register = forced or register_of_name(stem)
        fitting = [p for p, table in enumerate(tables) if _fits(register, table, mapping)]
        chosen = dict.fromkeys(fitting or [0], register)
    parts = tuple(
        Assigned(
            tables[place], register, _header_place(register, tables[place], mapping), place + 1
        )
        for place, register in chosen.items()
    )
    notes = tuple(
        Text(
            f"工作表“{table.sheet}”不是登记表，已略过",
            f"sheet '{table.sheet}' is no register and was left out",
        )
        for place, table in enumerate(tables)
        if place not in chosen
    )
    return parts, notes
