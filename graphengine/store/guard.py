"""The guard of free Cypher text: what it lets through only reads, and within bounds.

A text is taken apart by a grammar that has no word for writing, files, other databases or
procedures that do anything; it is then said again token by token, so that no engine ever sees the
text as typed. Functions that give another answer next time (rand, now) are refused: the same
question on the same data has the same answer.
"""

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from lark import Token as Leaf
from lark import Tree

from graphengine.errors import CypherTextError
from graphengine.language import Text
from graphengine.store.cypher.grammar import Statement, at, read, spans
from graphengine.store.cypher.saying import Said, said
from graphengine.store.cypher.tokens import refusal
from graphengine.vocabulary import NODES, RELATIONS

MOST_HOPS = 6
"""The longest pattern of variable length."""

_NAMES = """
abs avg ceil coalesce collect count date endNode floor head isEmpty keys labels last left length
localdatetime lTrim max min nodes properties range relationships replace right round rTrim
sign size split sqrt startNode substring sum toFloat toInteger toLower toString toUpper trim type
"""
FUNCTIONS = {name.lower(): name for name in _NAMES.split()}
"""The functions that may be called, by their names in lower case."""

PROCEDURES = frozenset({"db.labels", "db.relationshipTypes", "db.propertyKeys"})
_CLOCKS = frozenset({"date", "localdatetime"})
_PYTHON_REWRITES = re.compile(r"to_json\(\s*\$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A free text that may be run.

    `parts` say each token of the statement as every engine reads it; `columns` head the result
    (None where it returns `*`); `limited` tells whether every part of the text says how many rows
    it wants.
    """

    statement: Statement
    parts: tuple[str, ...]
    labels: tuple[str, ...]
    types: tuple[str, ...]
    parameters: tuple[str, ...]
    columns: tuple[str, ...] | None
    limited: bool

    @property
    def said(self) -> Said:
        """Return the text as an engine is told it."""
        return said(self.statement.tokens, self.parts)


def check(text: str, parameters: Collection[str] = ()) -> Checked:
    """Return what a free text asks for; raise CypherTextError for anything but bounded reading.

    `parameters` names what is given with it. Cost: linear in the text, about 5 µs a character.
    """
    statement = read(text)
    for number, token in enumerate(statement.tokens):
        if token.kind == "STRING" and _PYTHON_REWRITES.search(token.value):
            raise refusal(statement.tokens[number].place, _REWRITTEN, _REWRITTEN_REMEDY)
    _check_functions(statement)
    _check_hops(statement)
    for shortest in statement.tree.find_data("shortest"):
        if len(list(shortest.find_data("relation"))) != 1:
            raise refusal(statement.place(_leaf(shortest, 0)), _NOT_ONE, _NOT_ONE_REMEDY)
    labels, types = _kinds(statement)
    used = _parameters(statement, parameters)
    return Checked(
        statement=statement,
        parts=_normal(statement),
        labels=labels,
        types=types,
        parameters=used,
        columns=_columns(statement),
        limited=all(any(_is(b, "limit") for b in r.children) for r in _last_parts(statement)),
    )


def _check_functions(statement: Statement) -> None:
    for call in statement.tree.find_data("function"):
        name = _leaf(call, 0)
        word = FUNCTIONS.get(name.lower())
        if word is None:
            shown = name if name.isascii() else ""
            raise refusal(
                statement.place(name),
                Text(f"函数 {shown} 不允许使用", f"the function {shown} is not allowed"),
                Text(f"可用的函数：{_ALLOWED}", f"functions that are: {_ALLOWED}"),
            )
        if name.lower() in _CLOCKS and not any(call.find_data("expression")):
            raise refusal(statement.place(name), _CLOCK, _CLOCK_REMEDY)
    for leaf in _leaves(statement.tree, "PROCEDURE"):
        if leaf not in PROCEDURES:
            raise refusal(statement.place(leaf), _PROCEDURE, _PROCEDURE_REMEDY)


def _check_hops(statement: Statement) -> None:
    """Refuse lengths without an upper bound or with one above MOST_HOPS."""
    for kind in ("hops", "quantifier"):
        for length in statement.tree.find_data(kind):
            first = _leaf(length, 0)
            low, high = bounds(length)
            if high is None:
                raise refusal(statement.place(first), _UNBOUNDED, _UNBOUNDED_REMEDY)
            if high > MOST_HOPS or low > high:
                raise refusal(statement.place(first), _LONG, _UNBOUNDED_REMEDY)


def bounds(length: Tree[Leaf]) -> tuple[int, int | None]:
    """Return the least and the most hops of `*1..3` or `{1,3}`; None: any number."""
    leaves = [str(leaf) for leaf in length.scan_values(lambda _: True)]
    separator = ".." if length.data == "hops" else ","
    numbers = [leaf for leaf in leaves if leaf.isdecimal()]
    if separator not in leaves:
        return (int(numbers[0]), int(numbers[0])) if numbers else (1, None)
    low = leaves[leaves.index(separator) - 1]
    high = leaves[leaves.index(separator) + 1 :]
    return (
        int(low) if low.isdecimal() else (1 if separator == ".." else 0),
        int(high[0]) if high and high[0].isdecimal() else None,
    )


def _kinds(statement: Statement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds of nodes and of relations that a text names; refuse unknown ones."""
    found: dict[str, set[str]] = {"labels": set(), "types": set()}
    for branch, known in (("labels", NODES), ("types", RELATIONS)):
        for named in statement.tree.find_data(branch):
            leaves = list(named.scan_values(lambda _: True))
            if branch == "labels" and sum(str(leaf) == ":" for leaf in leaves) > 1:
                raise refusal(statement.place(leaves[0]), _BOTH, _BOTH_REMEDY)
            for leaf in leaves:
                if leaf.type != "NAME":
                    continue
                if leaf not in known:
                    raise _unknown(statement, leaf, tuple(known))
                found[branch].add(str(leaf))
    return tuple(sorted(found["labels"])), tuple(sorted(found["types"]))


def _unknown(statement: Statement, leaf: Leaf, known: tuple[str, ...]) -> CypherTextError:
    by_case = {name.lower(): name for name in known}
    near = difflib.get_close_matches(leaf.lower(), by_case, n=1)
    meant = by_case[near[0]] if near else ", ".join(sorted(known))
    zh, en = ("节点类型", "node") if known == tuple(NODES) else ("关系类型", "relation")
    return refusal(
        statement.place(leaf),
        Text(f"没有这种{zh}", f"there is no such kind of {en}"),
        Text(f"可用：{meant}", f"use {meant}"),
    )


def _parameters(statement: Statement, given: Collection[str]) -> tuple[str, ...]:
    used = {leaf: leaf[1:] for leaf in _leaves(statement.tree, "PARAMETER")}
    for leaf, name in used.items():
        if name not in given:
            raise refusal(
                statement.place(leaf),
                Text(f"没有给出参数 ${name}", f"the parameter ${name} was not given"),
                Text(f"用 --param {name}=… 给出", f"give it by --param {name}=..."),
            )
    return tuple(sorted(set(used.values())))


def _normal(statement: Statement) -> tuple[str, ...]:
    """Say the text as both engines read it: functions by their names, MATCH in every subquery."""
    parts = [token.said for token in statement.tokens]
    for types in statement.tree.find_data("types"):
        for leaf in list(types.scan_values(lambda _: True))[1:]:
            parts[at(leaf)] = "" if leaf == ":" else parts[at(leaf)]
    for call in statement.tree.find_data("function"):
        name = _leaf(call, 0)
        parts[at(name)] = FUNCTIONS[name.lower()]
    for bare in statement.tree.find_data("bare"):
        first = spans(bare)[0]
        parts[first] = f"MATCH {parts[first]}"
    return tuple("" if part == ";" else part for part in parts)


def _last_parts(statement: Statement) -> list[Tree[Leaf]]:
    """Return the RETURN clauses whose rows are the result, one for each part of a UNION."""
    union = next(b for b in statement.tree.children if isinstance(b, Tree))
    return [
        branch
        for query in union.children
        if isinstance(query, Tree)
        for branch in query.children
        if _is(branch, "returning")
    ]


def _columns(statement: Statement) -> tuple[str, ...] | None:
    returned = next(b for b in _last_parts(statement)[0].children if _is(b, "items"))
    names: list[str] = []
    for item in returned.children:
        if isinstance(item, Leaf):
            if item == "*":
                return None
            continue
        last = item.children[-1]
        first, end = spans(item)
        if isinstance(last, Leaf):
            names.append(str(last))
        else:
            tokens = statement.tokens[first : end + 1]
            parts = [t.value if t.kind == "NAME" else t.said for t in tokens]
            names.append(said(tokens, parts).text)
    return tuple(names)


def _is(branch: Tree[Leaf] | Leaf, name: str) -> TypeGuard[Tree[Leaf]]:
    return isinstance(branch, Tree) and branch.data == name


def _leaf(branch: Tree[Leaf], number: int) -> Leaf:
    leaf = branch.children[number]
    assert isinstance(leaf, Leaf)  # noqa: S101 - the grammar says so
    return leaf


def _leaves(tree: Tree[Leaf], kind: str) -> Iterator[Leaf]:
    return (leaf for leaf in tree.scan_values(lambda _: True) if leaf.type == kind)


_ALLOWED = ", ".join(sorted(FUNCTIONS.values()))
_REWRITTEN = Text("字符串里不允许 to_json($…)", "a string may not hold to_json($...)")
_REWRITTEN_REMEDY = Text("作为参数（$名称）传入", "pass it as a parameter ($name)")
_CLOCK = Text(
    "不带参数就是“现在”，同一问题明天的答案会不同",
    "without an argument this is now, and the same question has another answer tomorrow",
)
_CLOCK_REMEDY = Text(
    "写明日期，如 date('2024-01-31')，或用参数", "name the day, date('2024-01-31')"
)
_PROCEDURE = Text("不允许调用这个过程", "this procedure may not be called")
_PROCEDURE_REMEDY = Text(
    f"可用：{'、'.join(sorted(PROCEDURES))}", f"those that may: {', '.join(sorted(PROCEDURES))}"
)
_UNBOUNDED = Text("变长路径没有上限", "a path of variable length has no upper bound")
_UNBOUNDED_REMEDY = Text(
    f"写明上限，不超过 {MOST_HOPS} 步，如 *1..{MOST_HOPS}",
    f"bound it by {MOST_HOPS} hops at most, as in *1..{MOST_HOPS}",
)
_LONG = Text(
    f"变长路径的上限不能超过 {MOST_HOPS} 步，也不能低于下限",
    f"a path of variable length has {MOST_HOPS} hops at most, and no fewer than its lower bound",
)
_NOT_ONE = Text("shortestPath 里要恰好一段关系", "shortestPath takes exactly one relation pattern")
_NOT_ONE_REMEDY = Text(
    "如 shortestPath((a)-[:KIN|OWNS*..6]-(b))", "as in shortestPath((a)-[:KIN|OWNS*..6]-(b))"
)
_BOTH = Text("一个节点只有一种类型，不会同时是两种", "a node has one kind, never two at once")
_BOTH_REMEDY = Text("要其中之一，写 :A|B", "for either of them write :A|B")
