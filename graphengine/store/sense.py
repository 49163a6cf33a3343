"""What the words of a pattern stand for: where its nodes may lie, and which ways fit."""

from collections.abc import Iterator
from typing import TypeGuard

import numpy as np
import pyarrow as pa

from graphengine.store.conditions import Holds, Operand, holds
from graphengine.store.ground import Ground
from graphengine.store.network import Indices
from graphengine.store.pattern import Condition, Parameter, Pattern, Property, Term
from graphengine.store.question import Arguments
from graphengine.store.ways import Ways

ANYWHERE = np.array([[0, 2**31 - 1]], dtype=np.int32)
"""The range of all nodes."""


class Sense:
    """A pattern with the values of its parameters, on one ground."""

    def __init__(self, ground: Ground, pattern: Pattern, arguments: Arguments) -> None:
        """Look up the nodes that are given; those that are not there are none."""
        self._ground = ground
        self._arguments = arguments
        self._pattern = pattern
        self._nodes: dict[str, set[int]] = {}
        for variable, parameter in givens(pattern):
            known = (ground.position(node) for node in nodes_of(arguments, parameter))
            seen = {at for at in known if at is not None and ground.is_seen(at)}
            self._nodes[variable] = self._nodes.get(variable, seen) & seen
        self._conditions = [c for c in pattern.where if _given(c) is None]
        self.goals = {n.name: self._goal(n.name) for n in pattern.nodes}

    def candidates(self, variable: str) -> Indices | None:
        """Return the nodes given for a variable, of its kinds and in sight; None if none is."""
        return self.goals[variable][:, 0] if variable in self._nodes else None

    def _goal(self, variable: str) -> Indices:
        """Return the ranges (m × 2) where the nodes of a variable lie, ascending."""
        ranges = self._kinds(variable)
        if variable not in self._nodes:
            return ranges
        nodes = np.array(sorted(self._nodes[variable]), dtype=np.int32)
        fits = ((nodes >= ranges[:, :1]) & (nodes < ranges[:, 1:])).any(axis=0)
        return np.column_stack((nodes[fits], nodes[fits] + 1)).astype(np.int32)

    def _kinds(self, variable: str) -> Indices:
        said = [set(n.kinds) for n in self._pattern.nodes if n.name == variable and n.kinds]
        if not said:
            return ANYWHERE
        ranges = sorted(self._ground.spans[kind] for kind in set.intersection(*said))
        return np.array(ranges, dtype=np.int32).reshape(-1, 2)

    def fitting(self, ways: Ways, before: frozenset[str] = frozenset()) -> Ways:
        """Return the ways that meet all conditions whose variables have a value by now.

        Conditions whose variables had one `before` have been tested.
        """
        for condition in self._conditions:
            used = _variables(condition)
            if len(ways) and used <= ways.variables and not (before and used <= before):
                ways = ways.kept(self._holds(condition, ways))
        return ways

    def _holds(self, condition: Condition, ways: Ways) -> Holds:
        left, right = condition.left, condition.right
        ordered = condition.operator not in {"IN", "STARTS WITH"}
        if ordered and _is_id(left, ways) and _is_id(right, ways):  # ids ascend as positions do
            columns = (ways.nodes[:, ways.nodes_of[t.variable]] for t in (left, right))
            left_said, right_said = (pa.array(c) for c in columns)
        else:
            left_said, right_said = self._said(left, ways), self._said(right, ways)
        return holds(left_said, condition.operator, right_said, len(ways))

    def _said(self, term: Term, ways: Ways) -> Operand:
        """Return what a term stands for: one value per way, or one for all."""
        if isinstance(term, Parameter):
            return self._arguments[term.name]
        if not isinstance(term, Property):
            return term
        if term.variable in ways.nodes_of:
            nodes = ways.nodes[:, ways.nodes_of[term.variable]]
            return self._ground.node_values(term.name, nodes)
        edges = ways.edges[:, ways.edges_of[term.variable]]
        return self._ground.row_values(term.name, edges)


def nodes_of(arguments: Arguments, parameter: str) -> tuple[str, ...]:
    """Return the ids that a parameter stands for."""
    said = arguments[parameter]
    return tuple(map(str, said)) if isinstance(said, tuple) else (str(said),)


def givens(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """Return the variables whose ids are given, and the parameters that give them."""
    return filter(None, map(_given, pattern.where))


def _given(condition: Condition) -> tuple[str, str] | None:
    left, right = condition.left, condition.right
    if not isinstance(left, Property) or not isinstance(right, Parameter):
        return None
    gives = left.name == "id" and condition.operator in {"=", "IN"}
    return (left.variable, right.name) if gives else None


def _variables(condition: Condition) -> frozenset[str]:
    terms = (condition.left, condition.right)
    return frozenset(t.variable for t in terms if isinstance(t, Property))


def _is_id(term: Term, ways: Ways) -> TypeGuard[Property]:
    return isinstance(term, Property) and term.name == "id" and term.variable in ways.nodes_of
