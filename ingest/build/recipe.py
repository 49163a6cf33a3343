"""A recipe makes one graph table out of the record views and the tables made before it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """SQL that yields the columns of one kind's table, in any order of columns, rows sorted.

    The query reads the register views (`officials`, `payments` ...), the identity macros of
    `ingest.build.identity` and the kinds of earlier recipes as `graph.<kind>`.
    """

    kind: str
    sql: str


def gathered(where: str = "") -> str:
    """Return SQL that lists the records behind a group, ascending and without repeats.

    >>> gathered("priority = 1")
    'list_sort(list_distinct(list(record) FILTER (WHERE priority = 1)))'
    """
    only = f" FILTER (WHERE {where})" if where else ""
    return f"list_sort(list_distinct(list(record){only}))"


def first_stated(column: str, order: str = "priority") -> str:
    """Return SQL for the value of a group with the smallest (order, value); nulls never win.

    The choice depends on the values alone, so the order of files or rows does not matter.
    """
    return f"(min(struct_pack(o := {order}, v := {column})) FILTER (WHERE {column} IS NOT NULL)).v"
