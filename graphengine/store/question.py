"""A named question: a `.cypher` file whose comments say what it answers and what it asks for.

The lines that begin with `// ` are TOML: `title`, `answers`, `method`, `order`, `example` and a
table `parameters`; the rest is the path patterns. The file as it stands runs on a Neo4j.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from graphengine.errors import QuestionError
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.store.pattern import Parameter, Pattern, Property, RelationPattern
from graphengine.store.pattern_text import read_patterns
from graphengine.vocabulary import NODES

Method = Literal["patterns", "shortest", "ties", "trails", "reach", "joints"]
Order = Literal["length", "strength", "time"]
ArgumentType = Literal["node", "nodes", "accounts", "whole", "days", "date", "text"]
Argument = NodeId | tuple[NodeId, ...] | int | timedelta | date | str
Arguments = Mapping[str, Argument]

_ENTRIES = {"type", "zh", "en", "kinds", "low", "high", "default"}
HOPS = "max_hops"
"""The parameter that, where a question has it, bounds its repeated relations."""
MOST_NODES = 50
"""How many nodes a parameter takes that takes several."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One parameter: type, meaning, bounds. `days` is a number of days, `accounts` are accounts.

    A node's `kinds` are those it may be of; bounds are inclusive; without a default it is required.
    """

    name: str
    type: ArgumentType
    text: Text
    kinds: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    default: str | int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the library.

    Methods: `patterns` are all paths that match; `shortest` all shortest routes between two nodes;
    `ties` all routes between nodes; `joints` the same, to find where they can be cut; `trails`
    money in the order of time; `reach` the nodes around one. All but patterns and trails look at
    ties: rows of a relation between the same two nodes are one tie.
    """

    name: str
    title: Text
    answers: Text
    method: Method
    order: Order
    example: str
    parameters: tuple[Asked, ...]
    patterns: tuple[Pattern, ...]
    text: str

    def parameter(self, name: str) -> Asked:
        """Return a parameter; raise QuestionError where the question has none of this name."""
        for asked in self.parameters:
            if asked.name == name:
                return asked
        known = [p.name for p in self.parameters]
        raise QuestionError(
            Text(f"问题 {self.name} 没有参数 {name}", f"{self.name} has no parameter {name}"),
            Text(f"可用参数：{'、'.join(known)}", f"its parameters: {', '.join(known)}"),
        )

    def hops(self, arguments: Arguments, high: int) -> int:
        """Return the bound of a repeated relation: the argument's, or the text's own."""
        said = arguments.get(HOPS)
        return min(high, said) if isinstance(said, int) else high

    def paths(self, arguments: Arguments) -> tuple[Pattern, ...]:
        """Return the path patterns, their repeated relations bounded as the arguments say."""
        return tuple(
            replace(
                pattern, relations=tuple(self._bounded(r, arguments) for r in pattern.relations)
            )
            for pattern in self.patterns
        )

    def _bounded(self, relation: RelationPattern, arguments: Arguments) -> RelationPattern:
        if not relation.repeats:
            return relation
        return replace(relation, high=max(relation.low, self.hops(arguments, relation.high)))


def read_question(path: Path) -> Question:
    """Return the question of a file; raise QuestionError where its header or text is not right."""
    text = path.read_text("utf-8")
    try:
        return _question(path.stem, text)
    except QuestionError as error:
        raise QuestionError(
            Text(f"{path.name}：{error.message.zh}", f"{path.name}: {error.message.en}"),
            error.remedy,
        ) from error


def _question(name: str, text: str) -> Question:
    said = _header(text)
    question = Question(
        name=name,
        title=Text(**said.pop("title")),
        answers=Text(**said.pop("answers")),
        method=_among(said.pop("method"), Method),
        order=_among(said.pop("order", "length"), Order),
        example=said.pop("example"),
        parameters=tuple(_asked(n, dict(p)) for n, p in said.pop("parameters").items()),
        patterns=read_patterns(text),
        text="\n".join(r for r in text.splitlines() if not r.startswith("//")).strip(),
    )
    if said:
        raise _wrong(Text(f"未知项 {'、'.join(said)}", f"unknown entries: {', '.join(said)}"))
    _check(question)
    return question


def _header(text: str) -> dict[str, Any]:
    lines = [r.removeprefix("//").strip() for r in text.splitlines() if r.startswith("//")]
    try:
        said = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        raise _wrong(
            Text(f"文件头不是 TOML（{error}）", f"the header is not TOML ({error})")
        ) from error
    missing = [n for n in ("title", "answers", "method", "example", "parameters") if n not in said]
    if missing:
        raise _wrong(Text(f"缺少 {'、'.join(missing)}", f"missing: {', '.join(missing)}"))
    return said


def _asked(name: str, said: dict[str, Any]) -> Asked:
    if odd := sorted({"zh", "en", "type"} - set(said)) or sorted(set(said) - _ENTRIES):
        raise _wrong(Text(f"参数 {name}：{'、'.join(odd)}", f"parameter {name}: {', '.join(odd)}"))
    text = Text(said.pop("zh"), said.pop("en"))
    kinds = tuple(said.pop("kinds", ()))
    asked = Asked(name, _among(said.pop("type"), ArgumentType), text, kinds, **said)
    if unknown := sorted(set(asked.kinds) - set(NODES)):
        raise _wrong(Text(f"没有 {'、'.join(unknown)}", f"no such kinds: {', '.join(unknown)}"))
    return asked


def _among(said: str, words: Any) -> Any:  # noqa: ANN401 - a Literal and one of its words
    if said not in get_args(words):
        raise _wrong(
            Text(
                f"{said} 不在 {'、'.join(get_args(words))} 之中",
                f"{said} is none of {', '.join(get_args(words))}",
            )
        )
    return said


def _check(question: Question) -> None:
    """Raise QuestionError unless the text uses exactly the parameters of the header."""
    used = {
        t.name
        for p in question.patterns
        for c in p.where
        for t in (c.left, c.right)
        if isinstance(t, Parameter)
    } | {p.within for p in question.patterns if p.within}
    declared = {p.name for p in question.parameters} - {HOPS}
    if used != declared:
        odd = sorted(used ^ declared)
        raise _wrong(
            Text(
                f"文件头与正文的参数不一致：{'、'.join(odd)}",
                f"header and text differ in their parameters: {', '.join(odd)}",
            )
        )
    for pattern in question.patterns:
        if not anchors(pattern):
            raise _wrong(
                Text("路径没有起点：应限定一个节点的 id", "a path needs a node with a given id")
            )


def anchors(pattern: Pattern) -> Mapping[str, str]:
    """Return the nodes of a pattern whose ids are given: variable → parameter."""
    return {
        c.left.variable: c.right.name
        for c in pattern.where
        if isinstance(c.left, Property)
        and isinstance(c.right, Parameter)
        and c.left.name == "id"
        and c.operator in {"=", "IN"}
    }


def _wrong(message: Text) -> QuestionError:
    return QuestionError(
        message,
        Text(
            "写法见 CONTRIBUTING.md 的“增加一个问题”",
            'see "add a question" in CONTRIBUTING.md for the form',
        ),
    )
