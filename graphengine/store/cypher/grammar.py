"""The grammar of Cypher texts that only read; what it does not derive is refused.

Precedence of operators is left to the engines: all that counts here is which clauses, patterns,
functions and parameters a text is made of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lark import Lark, Tree
from lark import Token as Leaf
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from graphengine.errors import CypherTextError
from graphengine.language import Text
from graphengine.store.cypher.kinds import classified
from graphengine.store.cypher.tokens import Place, Token, refusal, tokens
from graphengine.store.cypher.words import KEYWORDS, REFUSED

_GRAMMAR = r"""
start: union ";"?
union: query (UNION ALL? query)*
query: _clause* returning
_clause: match | unwind | with | call
match: OPTIONAL? MATCH pattern ("," pattern)* where?
unwind: UNWIND expression AS NAME
with: WITH _projection where?
returning: RETURN _projection
_projection: DISTINCT? items order? skip? limit?
items: ("*" | item) ("," item)*
item: expression (AS NAME)?
order: ORDER BY sorting ("," sorting)*
sorting: expression (ASC | ASCENDING | DESC | DESCENDING)?
skip: SKIP (INT | PARAMETER)
limit: LIMIT (INT | PARAMETER)
where: WHERE expression
call: CALL PROCEDURE "(" ")" yields? | CALL imports? "{" union "}"
imports: "(" ("*" | NAME ("," NAME)*)? ")"
yields: YIELD NAME (AS NAME)? ("," NAME (AS NAME)?)* where?

pattern: (NAME "=")? (path | shortest)
shortest: SHORTEST "(" path ")"
path: node (relation node)*
node: ("(" | NODE) NAME? labels? map? ")"
relation: "<"? "-" ("[" NAME? types? hops? map? "]")? "-" ">"? quantifier?
labels: ":" NAME (("|" | ":") NAME)*
types: ":" NAME ("|" ":"? NAME)*
hops: "*" (INT (".." INT?)? | ".." INT?)?
quantifier: "+" | "*" | "{" INT? ("," INT?)? "}"

expression: _term (_operator _term)*
_term: (NOT | "-")* _atom _suffix*
_operator: OR | XOR | AND | IN | CONTAINS | STARTS WITH | ENDS WITH
    | "=" | "<>" | "<" | "<=" | ">" | ">=" | "=~" | "+" | "-" | "*" | "/" | "%" | "^"
_suffix: "." NAME | index | slice | labels | IS NOT? NULL
index: "[" expression "]"
slice: "[" expression? ".." expression? "]"
_atom: INT | FLOAT | STRING | TRUE | FALSE | NULL | PARAMETER | NAME | "(" expression ")"
    | travelled | list | comprehension | map | case | subquery | quantified | reduced | function
travelled: NODE NAME? labels? map? ")" (relation node)+
list: "[" (expression ("," expression)*)? "]"
comprehension: "[" NAME IN expression where? ("|" expression)? "]"
map: "{" (NAME ":" expression ("," NAME ":" expression)*)? "}"
case: CASE expression? (WHEN expression THEN expression)+ (ELSE expression)? END
subquery: SUBQUERY "{" (_clause+ returning? | bare) "}"
bare: pattern ("," pattern)* where?
quantified: QUANTIFIER "(" NAME IN expression where ")"
reduced: REDUCE "(" NAME "=" expression "," NAME IN expression "|" expression ")"
function: FUNCTION "(" ("*" | DISTINCT? expression ("," expression)*)? ")"
"""
_SIGNS = {
    sign: f"SIGN{n}" for n, sign in enumerate(sorted(set(re.findall(r'"([^"]+)"', _GRAMMAR))))
}
_OTHERS = (
    "NAME INT FLOAT STRING PARAMETER FUNCTION PROCEDURE QUANTIFIER REDUCE SHORTEST SUBQUERY NODE"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A text that only reads: its tokens, and how they belong together.

    A leaf of the tree stands for the token of the number that `at` gives.
    """

    tokens: tuple[Token, ...]
    tree: Tree[Leaf]

    def place(self, leaf: Leaf) -> Place:
        """Return where a leaf stands in the text."""
        return self.tokens[at(leaf)].place


def at(leaf: Leaf) -> int:
    """Return the number of the token that a leaf is."""
    return int(leaf.start_pos or 0)


def spans(tree: Tree[Leaf]) -> tuple[int, int]:
    """Return the numbers of the first and last token under a branch."""
    leaves = [at(leaf) for leaf in tree.scan_values(lambda _: True)]
    return min(leaves), max(leaves)


class _Given(Lexer):
    """Hands tokens that were found already to the parser."""

    def __init__(self, lexer_conf: object) -> None:
        """Take nothing from the grammar: it has no terminals of its own."""

    def lex(self, data: tuple[Token, ...]) -> Iterator[Leaf]:  # type: ignore[override]
        """Yield one leaf for each token, with its number."""
        for number, token in enumerate(data):
            yield Leaf(_SIGNS.get(token.kind, token.kind), token.value, number)


def _parser() -> Lark:
    grammar = re.sub(r'"([^"]+)"', lambda sign: _SIGNS[sign[1]], _GRAMMAR)
    declared = " ".join((_OTHERS, *sorted(KEYWORDS), *_SIGNS.values()))
    options: dict[str, Any] = {"parser": "lalr", "lexer": _Given, "keep_all_tokens": True}
    return Lark(f"{grammar}\n%declare {declared}\n", **options)


_PARSER = _parser()


def read(text: str) -> Statement:
    """Return the statement that a text is; raise CypherTextError for one that does not only read.

    Cost: linear in the text's length.
    """
    found = classified(tokens(text))
    try:
        return Statement(found, _PARSER.parse(found))
    except UnexpectedToken as error:
        raise _refused(found, error) from None


def _refused(found: tuple[Token, ...], error: UnexpectedToken) -> CypherTextError:
    if error.token.type == "$END":
        return refusal(found[-1].place if found else None, _UNFINISHED, _UNFINISHED_REMEDY)
    number = at(error.token)
    token = found[number]
    for word in (token, *(found[number + 1 : number + 3] if token.value.upper() == "IN" else ())):
        refused = REFUSED.get(word.value.upper()) if word.kind in ("NAME", "FUNCTION") else None
        if refused is not None:
            said = word.value.upper()
            return refusal(
                word.place, refused.why.filled(word=said), refused.remedy.filled(word=said)
            )
    if number and found[number - 1].kind == ";":
        return refusal(token.place, _SEVERAL, _SEVERAL_REMEDY)
    shown = token.value if token.kind not in ("STRING", "INT", "FLOAT", "NAME") else ""
    return refusal(
        token.place,
        Text(f"这里不能是 {shown or '这个词'}", f"{shown or 'this word'} cannot stand here"),
        _UNEXPECTED_REMEDY,
    )


_UNFINISHED = Text("语句没有写完", "the text ends too early")
_UNFINISHED_REMEDY = Text("语句要以 RETURN … 结束", "it must end with RETURN ...")
_SEVERAL = Text("一次只能有一条语句", "only one statement at a time")
_SEVERAL_REMEDY = Text(
    "分开提问，或用 UNION ALL 合并", "ask them one by one, or join them by UNION ALL"
)
_UNEXPECTED_REMEDY = Text(
    "只用 MATCH、OPTIONAL MATCH、WHERE、WITH、UNWIND、UNION、RETURN、ORDER BY、SKIP、LIMIT；"
    "与关键字同名的名称写进反引号 `…`",
    "use MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, UNION, RETURN, ORDER BY, SKIP and LIMIT; "
    "put names that are words of the language into back-ticks `...`",
)
