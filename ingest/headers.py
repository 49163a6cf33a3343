"""Which column of a file is which column of a register: canonical names, aliases, mapping files.

A mapping file (TOML or JSON) says it for one office's files:

    register = "payments"
    [columns]
    "交易流水" = "payment_id"

`register` may be left out. A header that the mapping names counts as said; a column that would
mean the same by its alias is then kept as an extra.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ingest.recognition import told_name
from ingest.refusal import Code, RefusedError
from ingest.register import Column, Register
from ingest.registers import registers

_MARKS = str.maketrans("", "", "_-*:\ufeff\u200b")
_YUAN = "(元)"


@dataclass(frozen=True, slots=True)
class HeaderMapping:
    """What a mapping file says; keys of `columns` are plain headers."""

    register: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the register's columns and the extras stand in a table: place → name."""

    columns: Mapping[int, str]
    extras: Mapping[int, str]


def plain(header: str) -> str:
    """Return a header as it is compared: half-width, lower case, without blanks and marks.

    >>> plain(" Payment_ID "), plain("金额（元）")
    ('paymentid', '金额(元)')
    """
    folded = unicodedata.normalize("NFKC", header).casefold()
    return "".join(folded.split()).translate(_MARKS)


def _names(column: Column) -> list[str]:
    known = [plain(name) for name in (column.name, *column.aliases)]
    return known + [name + _YUAN for name in known if column.is_money]


def recognised(register: type[Register], header: Sequence[str], mapping: HeaderMapping) -> int:
    """Count the cells that name a column of the register."""
    known = _by_name(register)
    return sum(plain(cell) in known or plain(cell) in mapping.columns for cell in header)


@cache
def _by_name(register: type[Register]) -> Mapping[str, str]:
    """Return every plain header of a register with its column."""
    columns = register.columns().values()
    return MappingProxyType({name: column.name for column in columns for name in _names(column)})


def plan_of(register: type[Register], header: Sequence[str], mapping: HeaderMapping) -> Plan:
    """Assign the header's cells to columns; raise RefusedError where two mean the same."""
    columns = register.columns()
    said = set(mapping.columns.values())
    by_name = {name: column for name, column in _by_name(register).items() if column not in said}
    found: dict[int, str] = {}
    extras: dict[int, str] = {}
    for place, cell in enumerate(header):
        name = mapping.columns.get(plain(cell)) or by_name.get(plain(cell))
        if name:
            found[place] = name
        else:
            extras[place] = _unused(cell or f"column {place + 1}", extras, columns)
    _require_single(found, columns)
    return Plan(MappingProxyType(found), MappingProxyType(extras))


def _unused(name: str, extras: Mapping[int, str], columns: Mapping[str, Column]) -> str:
    """Give an unknown column a name of its own."""
    taken = {*extras.values(), *columns}
    unused, number = name, 1
    while unused in taken:
        number += 1
        unused = f"{name} {number}"
    return unused


def _require_single(found: Mapping[int, str], columns: Mapping[str, Column]) -> None:
    named = list(found.values())
    twice = [columns[name] for name in columns if named.count(name) > 1]
    if twice:
        raise RefusedError(
            Code.COLUMNS_DUPLICATE,
            {"columns": "、".join(f"{c.title.zh}（{c.name}）" for c in twice)},
            columns=", ".join(c.name for c in twice),
        )


def require_columns(register: type[Register], plan: Plan) -> None:
    """Raise RefusedError naming every required column that the table lacks."""
    there = set(plan.columns.values())
    missing = [c for c in register.columns().values() if c.required and c.name not in there]
    if missing:
        raise RefusedError(
            Code.COLUMNS_MISSING,
            {"columns": "、".join(f"{c.title.zh}（{c.name}）" for c in missing)},
            columns=", ".join(f"{c.name} ({c.title.zh})" for c in missing),
        )


def read_mapping(path: Path | None) -> HeaderMapping:
    """Read a mapping file; raise RefusedError where it is not understood."""
    if path is None:
        return HeaderMapping()
    stated = _stated(path)
    register = stated.pop("register", None)
    columns = stated.pop("columns", {})
    if stated:
        raise _invalid(zh="未知的名称 ", en="unknown names ", named=stated)
    if register is not None and str(register) not in registers():
        raise _invalid(zh="未知的登记表 ", en="unknown register ", named=[str(register)])
    if not isinstance(columns, dict) or not all(isinstance(v, str) for v in columns.values()):
        raise _invalid(zh="columns 应为表", en="columns must be a table", named=[])
    scope = [registers()[register]] if register else list(registers().values())
    known = {name for one in scope for name in one.columns()}
    unknown = sorted(set(columns.values()) - known)
    if unknown:
        raise _invalid(zh="未知的标准列名 ", en="unknown canonical names ", named=unknown)
    return HeaderMapping(register, {plain(header): name for header, name in columns.items()})


def _stated(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8-sig")
        stated = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        place = f"{told_name(path)} ({_reason(error)})"
        raise _invalid(zh="读不了 ", en="cannot be read: ", named=[place]) from None
    if not isinstance(stated, dict):
        raise _invalid(zh="应为表", en="must be a table", named=[])
    return stated


def _reason(error: Exception) -> str:
    """Return why a mapping file cannot be read, with the line where a parser tells it."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    told = re.search(r"\bline \d+", str(error))
    return f"{type(error).__name__}, {told.group()}" if told else type(error).__name__


def _invalid(*, zh: str, en: str, named: Sequence[str] | Mapping[str, Any]) -> RefusedError:
    listed = ", ".join(named)
    return RefusedError(Code.MAPPING_INVALID, why_zh=zh + listed, why=en + listed)
