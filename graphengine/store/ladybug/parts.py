"""The parts of a text while it is put into the engine's words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lark import Token as Leaf
from lark import Tree

from graphengine.errors import CypherTextError
from graphengine.language import Text
from graphengine.store.cypher.grammar import Statement, at, spans
from graphengine.store.cypher.tokens import refusal

_REMEDY = Text("换一种写法，或在 Neo4j 上运行", "write it in another way, or run it on Neo4j")


@dataclass(slots=True)
class Parts:
    """What each token is said as, and what comes right before and after it."""

    statement: Statement
    said: list[str]
    _before: dict[int, str] = field(default_factory=dict)
    _after: dict[int, str] = field(default_factory=dict)
    _names: int = 0

    def replace(self, leaf: Leaf, part: str) -> None:
        """Say a token in another way."""
        self.said[at(leaf)] = part

    def around(self, branch: Tree[Leaf] | Leaf, before: str, after: str) -> None:
        """Put words around a branch, outside of those that are there."""
        first, last = (at(branch), at(branch)) if isinstance(branch, Leaf) else spans(branch)
        self._before[first] = before + self._before.get(first, "")
        self.after(last, after)

    def after(self, number: int, words: str) -> None:
        """Put words after a token and what follows it already."""
        self._after[number] = self._after.get(number, "") + words

    def fresh(self) -> str:
        """Return a name that the text does not use."""
        used = {token.value for token in self.statement.tokens}
        while True:
            self._names += 1
            if f"v{self._names}" not in used:
                return f"v{self._names}"

    def written(self) -> list[str]:
        """Return the parts with all that was put around them."""
        return [
            self._before.get(number, "") + part + self._after.get(number, "")
            for number, part in enumerate(self.said)
        ]

    def cannot(self, leaf: Leaf, zh: str, en: str) -> CypherTextError:
        """Return the error for what the engine cannot say."""
        return refusal(
            self.statement.place(leaf),
            Text(f"内嵌引擎没有{zh}", f"the embedded engine has no {en}"),
            _REMEDY,
        )


def inner(branch: Tree[Leaf], *names: str) -> Iterator[Tree[Leaf]]:
    """Yield a branch's children of some names."""
    return (c for c in branch.children if isinstance(c, Tree) and c.data in names)


def leaves(branch: Tree[Leaf], *kinds: str) -> list[Leaf]:
    """Return a branch's own leaves, all or of some kinds."""
    return [c for c in branch.children if isinstance(c, Leaf) and (not kinds or c.type in kinds)]
