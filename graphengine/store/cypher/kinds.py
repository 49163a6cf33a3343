"""What each token of a Cypher text is to the grammar: word of the language, name, call, bracket."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from graphengine.language import Text
from graphengine.store.cypher.tokens import Token, refusal
from graphengine.store.cypher.words import KEYWORDS, REFUSED

MOST_NESTED = 40
"""Brackets nested deeper are refused: an engine's own parser may give way under them."""

_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_CALLED = {
    "ALL": "QUANTIFIER",
    "ANY": "QUANTIFIER",
    "NONE": "QUANTIFIER",
    "SINGLE": "QUANTIFIER",
    "REDUCE": "REDUCE",
    "SHORTESTPATH": "SHORTEST",
    "ALLSHORTESTPATHS": "SHORTEST",
}
_CALLS = frozenset({*_CALLED.values(), "FUNCTION", "PROCEDURE"})
_NAMES = ("NAME", "QUOTED")
_HALVES = (("-", "["), ("-", "-"), ("<", "-", "["), ("<", "-", "-"))


def classified(found: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with their kinds; raise CypherTextError for brackets that do not match."""
    merged = _calls_in_one(found)
    reading = _Reading(merged, _partners(merged))
    for number in range(len(merged)):
        reading.take(number)
    return tuple(reading.taken)


def _calls_in_one(found: Sequence[Token]) -> list[Token]:
    """Join the parts of a called name (db.labels) and mark it: FUNCTION or PROCEDURE."""
    result: list[Token] = []
    at = 0
    while at < len(found):
        end = _end_of_name(found, at)
        after_call = (
            bool(result) and result[-1].kind == "NAME" and result[-1].value.upper() == "CALL"
        )
        if end > at and (after_call or (end < len(found) and _opens(found[end]))):
            value = "".join(t.value for t in found[at:end])
            kind = "PROCEDURE" if after_call else _CALLED.get(value.upper(), "FUNCTION")
            if not (end - at == 1 and _is_word(found[at])):
                result.append(replace(found[at], kind=kind, value=value, said=value))
                at = end
                continue
        result.append(found[at])
        at += 1
    return result


def _end_of_name(found: Sequence[Token], at: int) -> int:
    """Return where a dotted name that begins here ends; `at` where none does."""
    if found[at].kind not in _NAMES or (at and found[at - 1].value == "."):
        return at
    end = at + 1
    while end + 1 < len(found) and found[end].value == "." and found[end + 1].kind in _NAMES:
        end += 2
    return end


def _is_word(token: Token) -> bool:
    word = token.value.upper()
    return (
        token.kind == "NAME"
        and token.value.isascii()
        and (word in KEYWORDS or word in REFUSED)
        and word != "ALL"
    )


def _opens(token: Token) -> bool:
    return token.kind == "SIGN" and token.value == "("


def _partners(found: Sequence[Token]) -> dict[int, int]:
    partners: dict[int, int] = {}
    open_: list[int] = []
    for number, token in enumerate(found):
        if token.kind != "SIGN":
            continue
        if token.value in _CLOSED_BY:
            open_.append(number)
        elif token.value in _CLOSED_BY.values():
            if not open_ or _CLOSED_BY[found[open_[-1]].value] != token.value:
                raise refusal(token.place, _UNMATCHED, _UNMATCHED_REMEDY)
            partners[open_.pop()] = number
        if len(open_) > MOST_NESTED:
            raise refusal(token.place, _DEEP, _DEEP_REMEDY)
    if open_:
        raise refusal(found[open_[-1]].place, _UNMATCHED, _UNMATCHED_REMEDY)
    return partners


@dataclass(slots=True)
class _Reading:
    """The tokens from left to right; remembers which braces are open."""

    found: Sequence[Token]
    partners: dict[int, int]
    taken: list[Token] = field(default_factory=list)
    maps: list[bool] = field(default_factory=list)

    def take(self, number: int) -> None:
        token = self.found[number]
        if token.kind == "SIGN":
            self.taken.append(replace(token, kind=self._sign(number, token)))
        elif token.kind == "QUOTED":
            self.taken.append(replace(token, kind="NAME"))
        elif token.kind == "NAME":
            self.taken.append(self._name(number, token))
        else:
            self.taken.append(token)

    def _before(self) -> str:
        return self.taken[-1].kind if self.taken else ""

    def _sign(self, number: int, token: Token) -> str:
        if token.value in _CLOSED_BY:
            self.maps.append(token.value == "{" and not self._is_body())
            return "NODE" if token.value == "(" and self._is_node(number) else token.value
        if token.value in _CLOSED_BY.values():
            self.maps.pop()
        return token.value

    def _is_body(self) -> bool:
        """Tell whether a brace opens a subquery: EXISTS {, CALL {, CALL (n) {."""
        if self._before() != ")":
            return self._before() in ("SUBQUERY", "CALL")
        opened = next(o for o, c in self.partners.items() if c == len(self.taken) - 1)
        return opened > 0 and self.taken[opened - 1].kind == "CALL"

    def _is_node(self, number: int) -> bool:
        """Tell whether a parenthesis is a node: a relation follows it."""
        if self._before() in _CALLS:
            return False
        end = self.partners[number] + 1
        return any(
            tuple(t.value for t in self.found[end : end + len(half)]) == half for half in _HALVES
        )

    def _name(self, number: int, token: Token) -> Token:
        word = token.value.upper()
        following = self.found[number + 1].value if number + 1 < len(self.found) else ""
        if word in ("EXISTS", "COUNT") and following == "{":
            return replace(token, kind="SUBQUERY", said=word)
        is_key = bool(self.maps) and self.maps[-1] and following == ":"
        is_label = self._before() == ":" and not (self.maps and self.maps[-1])
        if not token.value.isascii() or word not in KEYWORDS:
            return token
        if self._before() in (".", "AS") or is_key or is_label:
            return token
        return replace(token, kind=word, said=word)


_UNMATCHED = Text("括号不配对", "a bracket has no partner")
_UNMATCHED_REMEDY = Text("检查 ()、[]、{} 是否成对", "see that (), [] and {} come in pairs")
_DEEP = Text(f"括号嵌套超过 {MOST_NESTED} 层", f"brackets are nested deeper than {MOST_NESTED}")
_DEEP_REMEDY = Text("用 WITH 把语句分成几步", "split the text into steps by WITH")
