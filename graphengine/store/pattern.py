"""Path patterns: the bounded part of Cypher in which the named questions are written.

A question is one or more paths to match, joined by UNION ALL. Every text of this form is Cypher;
nothing else of the language is read here. Bounds of hops are literals, as Cypher wants them.
"""

from dataclasses import dataclass
from typing import Literal

Operator = Literal["=", "<>", "<", "<=", ">", ">=", "IN", "STARTS WITH"]
Search = Literal["every", "shortest"]
Way = Literal["out", "back", "both"]
MOST_HOPS = 8


@dataclass(frozen=True, slots=True)
class Property:
    """The property of a variable of the pattern."""

    variable: str
    name: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter, written `$name`."""

    name: str


Term = Property | Parameter | str | int | bool


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; all conditions of a pattern must hold. A comparison with null fails."""

    left: Term
    operator: Operator
    right: Term


@dataclass(frozen=True, slots=True)
class NodePattern:
    """A node of the path; no kinds: any kind."""

    name: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationPattern:
    """`low` to `high` relations in a row, of any of the relations named, seen along the path."""

    name: str
    relations: tuple[str, ...]
    way: Way
    low: int = 1
    high: int = 1

    @property
    def repeats(self) -> bool:
        """Tell whether the number of relations varies."""
        return (self.low, self.high) != (1, 1)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One path: n nodes, n - 1 relations between them.

    `moments` is the property whose values strictly rise (or, where the path runs against the
    relations, fall) along a repeated relation; `within` the parameter that bounds the time from the
    earliest to the latest of them.
    """

    nodes: tuple[NodePattern, ...]
    relations: tuple[RelationPattern, ...]
    where: tuple[Condition, ...] = ()
    search: Search = "every"
    moments: str | None = None
    within: str | None = None

    @property
    def variables(self) -> frozenset[str]:
        """Return the names that the pattern gives."""
        return frozenset([*(n.name for n in self.nodes), *(r.name for r in self.relations)])
