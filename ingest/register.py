"""What a register is: a schema class whose fields say how a column is called, read and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, cast

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from graphengine.language import Text
from ingest.kinds import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register; `default` is the canonical text that stands for an empty cell."""

    name: str
    kind: Kind
    required: bool
    unique: bool
    aliases: tuple[str, ...]
    default: str | None

    @property
    def is_money(self) -> bool:
        """Tell whether the column holds amounts of money."""
        return self.kind.dtype == pl.Int64 and self.kind.name.endswith("money")

    @property
    def title(self) -> Text:
        """Return what people call the column."""
        return Text(self.aliases[0], self.name)


def column(
    kind: Kind,
    *aliases: str,
    required: bool = False,
    unique: bool = False,
    default: str | None = None,
) -> Any:  # noqa: ANN401 a schema class annotates its fields with the type of the tidy cells
    """Declare a column: its logical type and its Chinese headers, the usual one first."""
    field = pa.Field(
        nullable=not required,
        title=aliases[0],
        description=kind.title.en,
        metadata={"kind": kind, "aliases": aliases, "unique": unique, "default": default},
    )
    field.checks = [
        pa.Check(_on_column(demand.met), name=demand.code, title=None) for demand in kind.demands
    ]
    return field


def _on_column(met: Callable[[pl.Expr], pl.Expr]) -> Callable[[PolarsData], pl.LazyFrame]:
    return lambda data: data.lazyframe.select(met(pl.col(data.key)))


def in_order(first: str, second: str) -> Callable[[type, PolarsData], pl.LazyFrame]:
    """Return a test that the second day is not before the first; both are canonical texts."""
    return lambda _register, data: data.lazyframe.select(pl.col(first) <= pl.col(second))


def distinct(first: str, second: str) -> Callable[[type, PolarsData], pl.LazyFrame]:
    """Return a test that two columns differ."""
    return lambda _register, data: data.lazyframe.select(pl.col(first) != pl.col(second))


class Register(pa.DataFrameModel):
    """A register's schema over its tidy cells (text); subclasses declare columns and checks.

    `_aliases` are the Chinese names by which files and sheets are known. Pandera takes attributes
    without an underscore for columns. `_one_end` names, last, a column that rows of one file must
    agree on where they agree on all the columns before it.
    """

    _aliases: ClassVar[tuple[str, ...]] = ()
    _one_end: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def register_name(cls) -> str:
        """Return the canonical English name."""
        return cls.__name__.lower()

    @classmethod
    def aliases(cls) -> tuple[str, ...]:
        """Return all names by which a file or sheet is known to be this register."""
        return (cls.register_name(), *cls._aliases)

    @classmethod
    def one_end(cls) -> tuple[str, ...]:
        """Return the columns that make a period the same one, and last the column of its end."""
        return cls._one_end

    @classmethod
    def columns(cls) -> Mapping[str, Column]:
        """Return the columns in the contract's order."""
        return _columns_of(cls)


@cache
def _columns_of(register: type[Register]) -> Mapping[str, Column]:
    found = {}
    for name, declared in register.to_schema().columns.items():
        said = cast("dict[str, Any]", declared.metadata)
        found[name] = Column(name=name, required=not declared.nullable, **said)
    return MappingProxyType(found)
