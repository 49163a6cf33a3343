"""The registers that the engine reads: one module each, found by walking this package."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

import polars as pl

from graphengine.vocabulary import REGISTERS
from ingest.register import Register

_DATABASE_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "VARCHAR",
    pl.Date: "DATE",
    pl.Datetime: "TIMESTAMP",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
}


@cache
def registers() -> Mapping[str, type[Register]]:
    """Return every register's schema class by its canonical name, in the vocabulary's order."""
    found: dict[str, type[Register]] = {}
    for module in pkgutil.iter_modules(__path__):
        classes = vars(import_module(f"{__name__}.{module.name}")).values()
        found |= {
            c.register_name(): c
            for c in classes
            if isinstance(c, type) and issubclass(c, Register) and c is not Register
        }
    order = {name: place for place, name in enumerate(REGISTERS)}
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: order[item[0]])))


@cache
def record_columns(register: str) -> Mapping[str, str]:
    """Return a register's columns at rest with their DuckDB types, in the contract's order."""
    columns = registers()[register].columns().values()
    return MappingProxyType({c.name: _DATABASE_TYPES[type(c.kind.dtype)] for c in columns})
