"""Reading path patterns from the text of a question."""

from dataclasses import dataclass, field
from typing import Any

from lark import Lark, Transformer, v_args
from lark.exceptions import UnexpectedInput

from graphengine.errors import QuestionError
from graphengine.language import Text
from graphengine.store.pattern import (
    MOST_HOPS,
    Condition,
    NodePattern,
    Operator,
    Parameter,
    Pattern,
    Property,
    RelationPattern,
    Term,
)
from graphengine.vocabulary import NODES, RELATIONS


@dataclass(frozen=True, slots=True)
class _Moments:
    property: str


@dataclass(frozen=True, slots=True)
class _Within:
    parameter: str


@dataclass(slots=True)
class _Fresh:
    count: int = field(default=0)

    def __call__(self) -> str:
        self.count += 1
        return f"_{self.count}"


_GRAMMAR = r"""
start: part ("UNION"i "ALL"i part)*
part: "MATCH"i NAME "=" (chain | shortest) ["WHERE"i condition ("AND"i condition)*] "RETURN"i NAME
shortest: "allShortestPaths"i "(" chain ")"
chain: node (relation node)*
node: "(" [NAME] [":" NAME ("|" NAME)*] ")"
relation: "-" "[" body "]" "->" -> out
    | "<-" "[" body "]" "-" -> back
    | "-" "[" body "]" "-" -> both
body: [NAME] [":" NAME ("|" NAME)*] [hops]
hops: "*" INT ".." INT
?condition: term OPERATOR term -> compare
    | term "IN"i term -> among
    | term "STARTS"i "WITH"i term -> begins
    | "all"i "(" NAME "IN"i steps "WHERE"i before OPERATOR at ")" -> moments
    | last "<=" at "+" term -> within
    | at "<=" last "+" term -> within
steps: "range"i "(" INT "," size "-" INT ")"
before: NAME "[" NAME "-" INT "]" "." NAME
at: NAME "[" (NAME | INT) "]" "." NAME
last: NAME "[" size "-" INT "]" "." NAME
size: "size"i "(" NAME ")"
?term: NAME "." NAME -> property
    | "$" NAME -> parameter
    | STRING -> string
    | INT -> number
    | "true"i -> true
    | "false"i -> false
OPERATOR: "<>" | "<=" | ">=" | "<" | ">" | "="
NAME: /[A-Za-z_][A-Za-z0-9_]*/
STRING: /'[^'\\]*'/
%import common.INT
%ignore /\s+/
%ignore /\/\/[^\n]*/
"""
_PARSER = Lark(_GRAMMAR, parser="lalr", maybe_placeholders=True)


def read_patterns(text: str) -> tuple[Pattern, ...]:
    """Return the paths that a question's text matches; raise QuestionError where it is not one.

    >>> read_patterns("MATCH p = (a:Person)-[:KIN]->(b) WHERE a.id = $a RETURN p")[0].nodes[0].kinds
    ('Person',)
    """
    try:
        tree = _PARSER.parse(text)
    except UnexpectedInput as error:
        raise _refused(
            Text(
                f"第 {error.line} 行第 {error.column} 列不是路径模式",
                f"line {error.line}, column {error.column} is not a path pattern",
            )
        ) from error
    patterns: tuple[Pattern, ...] = _Reader().transform(tree)
    for pattern in patterns:
        _check(pattern)
    return patterns


@v_args(inline=True)
class _Reader(Transformer[Any, Any]):
    """Makes patterns of the parsed text; each method bears the name of its rule."""

    def __init__(self) -> None:
        super().__init__(visit_tokens=False)
        self._fresh = _Fresh()

    def start(self, *parts: Pattern) -> tuple[Pattern, ...]:
        return parts

    def part(self, _path: str, found: Pattern, *rest: Any) -> Pattern:  # noqa: ANN401 - parsed
        said = rest[:-1]
        moments = next((r.property for r in said if isinstance(r, _Moments)), None)
        within = next((r.parameter for r in said if isinstance(r, _Within)), None)
        where = tuple(r for r in said if isinstance(r, Condition))
        return Pattern(found.nodes, found.relations, where, found.search, moments, within)

    def shortest(self, found: Pattern) -> Pattern:
        return Pattern(found.nodes, found.relations, search="shortest")

    def chain(self, *parts: Any) -> Pattern:  # noqa: ANN401 - nodes and relations in turn
        return Pattern(parts[::2], parts[1::2])

    def node(self, name: str | None, *kinds: str | None) -> NodePattern:
        return NodePattern(str(name or self._fresh()), _words(kinds))

    def out(self, body: RelationPattern) -> RelationPattern:
        return body

    def back(self, body: RelationPattern) -> RelationPattern:
        return RelationPattern(body.name, body.relations, "back", body.low, body.high)

    def both(self, body: RelationPattern) -> RelationPattern:
        return RelationPattern(body.name, body.relations, "both", body.low, body.high)

    def body(self, name: str | None, *rest: Any) -> RelationPattern:  # noqa: ANN401 - parsed
        low, high = rest[-1] or (1, 1)
        return RelationPattern(str(name or self._fresh()), _words(rest[:-1]), "out", low, high)

    def hops(self, low: str, high: str) -> tuple[int, int]:
        return int(low), int(high)

    def compare(self, left: Term, operator: Operator, right: Term) -> Condition:
        return Condition(left, str(operator), right)  # type: ignore[arg-type] # of the grammar

    def among(self, left: Term, right: Term) -> Condition:
        return Condition(left, "IN", right)

    def begins(self, left: Term, right: Term) -> Condition:
        return Condition(left, "STARTS WITH", right)

    def moments(self, *parts: Any) -> _Moments:  # noqa: ANN401 - parsed
        return _Moments(parts[-1])

    def within(self, _left: str, _right: str, bound: Parameter) -> _Within:
        return _Within(bound.name)

    def before(self, *parts: str) -> str:
        return str(parts[-1])

    at = last = before

    def steps(self, *_parts: str) -> None:
        return None

    def size(self, name: str) -> str:
        return str(name)

    def property(self, variable: str, name: str) -> Property:
        return Property(str(variable), str(name))

    def parameter(self, name: str) -> Parameter:
        return Parameter(str(name))

    def string(self, said: str) -> str:
        return str(said)[1:-1]

    def number(self, said: str) -> int:
        return int(said)

    def true(self) -> bool:
        return True

    def false(self) -> bool:
        return False


def _words(said: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(str(w) for w in said if w is not None)


def _check(pattern: Pattern) -> None:
    """Raise QuestionError for words that the graph does not have and hops without a bound."""
    kinds = {k for n in pattern.nodes for k in n.kinds} - set(NODES)
    relations = {r for p in pattern.relations for r in p.relations} - set(RELATIONS)
    if unknown := sorted(kinds | relations):
        raise _refused(
            Text(f"图中没有 {'、'.join(unknown)}", f"the graph has no {', '.join(unknown)}")
        )
    for relation in pattern.relations:
        if not relation.relations or not 0 < relation.low <= relation.high <= MOST_HOPS:
            raise _refused(
                Text(
                    f"每段关系应写明种类，且为 1 至 {MOST_HOPS} 步",
                    f"every relation names its kinds and takes 1 to {MOST_HOPS} hops",
                )
            )
    used = {t.variable for c in pattern.where for t in (c.left, c.right) if isinstance(t, Property)}
    if loose := sorted(used - pattern.variables):
        raise _refused(
            Text(f"变量 {'、'.join(loose)} 未定义", f"undefined variables: {', '.join(loose)}")
        )
    names = [r.name for r in pattern.relations]
    if len({*names, *(n.name for n in pattern.nodes)}) < len(names) + len(
        {n.name for n in pattern.nodes}
    ):
        raise _refused(Text("每段关系应有自己的变量", "every relation has a variable of its own"))
    if several := sorted(used & {r.name for r in pattern.relations if r.repeats}):
        raise _refused(
            Text(
                f"{'、'.join(several)} 是若干关系，没有属性",
                f"{', '.join(several)} stands for several relations and has no properties",
            )
        )


def _refused(message: Text) -> QuestionError:
    return QuestionError(
        message,
        Text(
            "写法见 CONTRIBUTING.md 的“增加一个问题”",
            'see "add a question" in CONTRIBUTING.md for the form',
        ),
    )
