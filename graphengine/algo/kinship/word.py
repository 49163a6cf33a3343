"""Words of kin relations: which ways lead to kin, how close they are, and what line they run in.

A word is read from the ego: U to a parent, D to a child, S to the spouse. `DU` (the other parent of
one's child) and `SS` (the other marriage of one's spouse) lead to nobody who is kin by that way.
"""

from collections.abc import Iterable
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

STEPS = "UDS"
LONGEST = 6
"""No word has more steps: a second cousin (UUUDDD) is the farthest relation that is looked for."""
LINES = ("blood", "adoption", "step", "affinity")
_MARRIAGES = 2
_STEP_KIN = frozenset({"US", "SD"})


def is_kin_word(word: str) -> bool:
    """Say whether the way leads to kin and is not too long.

    >>> [is_kin_word(w) for w in ("UUDD", "DU", "SUDS", "SS", "")]
    [True, False, True, False, False]
    """
    return (
        0 < len(word) <= LONGEST
        and set(word) <= set(STEPS)
        and "DU" not in word
        and "SS" not in word
    )


def degree(word: str) -> int:
    """Return the legal degree: the parent and child steps.

    >>> degree("SUD")
    2
    """
    return len(word) - word.count("S")


def generation(word: str) -> int:
    """Return how many generations older the relative is (negative: younger).

    >>> generation("UUD"), generation("DS")
    (1, -1)
    """
    return word.count("U") - word.count("D")


def line_of(word: str, bases: Iterable[str]) -> str:
    """Return the line of a way whose ties have these bases.

    A parent's spouse and a spouse's child are step kin; any other way over a marriage is
    affinity; among the rest one step tie makes it step, one adoption makes it adoption.
    """
    if word in _STEP_KIN:
        return "step"
    if "S" in word:
        return "affinity"
    return LINES[max((LINES.index(basis) for basis in bases), default=0)]


def closeness(word: str) -> tuple[int, int, tuple[int, ...]]:
    """Return the order of words, closest first: degree, marriages on the way, then U, D, S."""
    return degree(word), word.count("S"), tuple(map(STEPS.index, word))


@cache
def horizon() -> frozenset[str]:
    """Return the words that are looked for between two persons: at most two marriages."""
    return frozenset(word for word in words() if word.count("S") <= _MARRIAGES)


@cache
def words() -> tuple[str, ...]:
    """Return every kin word, the closest first; a word's place is its rank."""
    every = ("".join(w) for n in range(1, LONGEST + 1) for w in product(STEPS, repeat=n))
    return tuple(sorted(filter(is_kin_word, every), key=closeness))


def prefix_tree(wanted: Iterable[str]) -> npt.NDArray[np.int32]:
    """Return the automaton of the words' prefixes.

    Row s holds the state after U, D and S (-1: no word goes on so) and, last, the word's rank
    (-1: the prefix is no word itself). State 0 is the empty prefix.
    """
    wanted = frozenset(wanted)
    prefixes = sorted({w[:n] for w in wanted for n in range(len(w) + 1)} | {""})
    state = {prefix: s for s, prefix in enumerate(prefixes)}
    rank = {word: r for r, word in enumerate(words())}
    tree = np.full((len(prefixes), len(STEPS) + 1), -1, np.int32)
    for prefix, s in state.items():
        for k, step in enumerate(STEPS):
            tree[s, k] = state.get(prefix + step, -1)
        if prefix in wanted:
            tree[s, -1] = rank[prefix]
    return tree
