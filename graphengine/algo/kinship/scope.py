"""Which relations count: named classes of kin words that a county puts together.

The default follows the Civil Servant Law's avoidance article and the Organic Law of Villagers'
Committees: close kin, close affines, collateral blood kin within three generations.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graphengine.algo.kinship.word import LONGEST, is_kin_word
from graphengine.errors import SettingsError
from graphengine.language import Text

_CLOSE = ("S", "U", "D", "UD", "UU", "DD")
_CLASSES: dict[str, frozenset[str]] = {
    "close-kin": frozenset(_CLOSE),
    "close-kin-of-spouse": frozenset("S" + word for word in _CLOSE if word != "S"),
    "spouses-of-close-kin": frozenset(word + "S" for word in _CLOSE if word != "S"),
    "lineal": frozenset(step * n for step in "UD" for n in (1, 2, 3)),
    "collateral": frozenset({"UD", "UUD", "UDD", "UUDD"}),
    "spouses-of-collateral": frozenset({"UDS", "UUDS", "UDDS", "UUDDS"}),
    "spouses-of-spouse-siblings": frozenset({"SUDS"}),
    "parents-of-child-spouse": frozenset({"DSU"}),
}
_CLASSES["default"] = (
    _CLASSES["close-kin"]
    | _CLASSES["close-kin-of-spouse"]
    | _CLASSES["spouses-of-close-kin"]
    | _CLASSES["collateral"]
)
_CLASSES["civil-servant"] = (
    _CLASSES["default"]
    | _CLASSES["lineal"]
    | _CLASSES["spouses-of-collateral"]
    | _CLASSES["spouses-of-spouse-siblings"]
    | _CLASSES["parents-of-child-spouse"]
)
CLASSES: Mapping[str, frozenset[str]] = MappingProxyType(_CLASSES)
_PART = re.compile(r"[\s,+]*(-?)\s*([a-z]+(?:-[a-z]+)*|[A-Z]+)(?::(\d)x(\d))?[\s,+]*")


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of kin words; a relation is in scope where its word is one of them."""

    words: frozenset[str]

    @classmethod
    def parsed(cls, text: str) -> "Scope":
        """Read a configuration such as `default + SUDS - UUS` or `close-kin, collateral:3x3`.

        A part is a class of `CLASSES`, a kin word in capitals, or `collateral:AxB` (up to A steps
        up and B down); `-` takes away. Raises SettingsError for anything else.

        >>> sorted(Scope.parsed("close-kin - UU - DD + DSU").words)
        ['D', 'DSU', 'S', 'U', 'UD']
        """
        words: frozenset[str] = frozenset()
        at = 0
        while at < len(text):
            part = _PART.match(text, at)
            if part is None:
                raise _unknown(text[at:])
            named = _words(part[2], part[3], part[4])
            words = words - named if part[1] == "-" else words | named
            at = part.end()
        if not words:
            raise _unknown(text)
        return cls(words)


def _words(name: str, up: str | None, down: str | None) -> frozenset[str]:
    if up is not None and down is not None:
        bounds = [(a, b) for a in range(1, int(up) + 1) for b in range(1, int(down) + 1)]
        if name != "collateral" or not bounds or int(up) + int(down) > LONGEST:
            raise _unknown(f"{name}:{up}x{down}")  # noqa: EM102 -- no message yet, only the part
        return frozenset("U" * a + "D" * b for a, b in bounds)
    if name in CLASSES:
        return CLASSES[name]
    if is_kin_word(name):
        return frozenset({name})
    raise _unknown(name)


def _unknown(part: str) -> SettingsError:
    shown = part.strip()[:40]
    names = ", ".join(sorted(CLASSES))
    return SettingsError(
        Text(f"看不懂回避范围“{shown}”", f"cannot read the kin scope '{shown}'"),
        Text(
            f"可用：{names}；关系式如 UUDD；collateral:3x3",
            f"known: {names}; kin words such as UUDD; collateral:3x3",
        ),
    )


DEFAULT = Scope(CLASSES["default"])
CIVIL_SERVANT = Scope(CLASSES["civil-servant"])
