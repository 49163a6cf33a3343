"""The compiled search: from every ego, each relative once, by the closest way in a set of words.

Ways never visit a person twice and hold only while all their ties hold. Cost: one visit of every
way whose word begins a wanted word; memory: one slot per person and one row per relative found.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from graphengine.algo.kinship.pedigree import Integers, Ways
from graphengine.algo.kinship.word import LONGEST

Rows = npt.NDArray[np.int64]

WORD, LINE, UNTIL, SINCE, HIDDEN = range(5)
"""First columns of a row: rank of the word, line, minus the last day, first day, anonymous ones."""
PERSONS = 5
TIES = PERSONS + LONGEST
EGO = TIES + LONGEST
KIN = EGO + 1
WIDTH = KIN + 1

_NODE, _STATE, _KIND, _EDGE, _TIE, _SINCE, _UNTIL, _LINE, _HIDDEN = range(9)
_FIELDS = 9
_KINDS = 3
_OPENING = (-(2**31), 2**31 - 1)


class Question(NamedTuple):
    """What to look for: the prefix tree of the words, and each rank's class of closeness.

    With `hidden_only` a way runs through anonymous persons only.
    """

    tree: Integers
    groups: Rows
    hidden_only: bool


@numba.njit(cache=True)
def _next_edge(ways: Ways, tree: Integers, trail: Rows, top: int) -> int:
    """Return the next step to try from the end of the trail, or -1."""
    frame = trail[top]
    while frame[_KIND] < _KINDS:
        kind = frame[_KIND]
        wanted = tree[frame[_STATE], kind] >= 0
        if wanted and frame[_EDGE] < ways.starts[kind, frame[_NODE] + 1]:
            frame[_EDGE] += 1
            return int(frame[_EDGE] - 1)
        frame[_KIND] += 1
        if frame[_KIND] < _KINDS:
            frame[_EDGE] = ways.starts[frame[_KIND], frame[_NODE]]
    return -1


@numba.njit(cache=True)
def _enters(ways: Ways, tree: Integers, trail: Rows, top: int, edge: int) -> bool:
    """Put the step on the trail; refuse a person who is on it and ties that never hold together."""
    node, tie = ways.near[edge], ways.tie[edge]
    for before in range(top + 1):
        if trail[before, _NODE] == node:
            return False
    here, there = trail[top], trail[top + 1]
    there[_SINCE] = max(here[_SINCE], ways.begins[tie])
    there[_UNTIL] = min(here[_UNTIL], ways.ends[tie])
    there[_NODE] = node
    there[_TIE] = tie
    there[_STATE] = tree[here[_STATE], here[_KIND]]
    there[_LINE] = max(here[_LINE], ways.line[tie])
    there[_HIDDEN] = here[_HIDDEN] + ways.anonymous[node]
    there[_KIND] = 0
    there[_EDGE] = ways.starts[0, node]
    return bool(there[_SINCE] <= there[_UNTIL])


@numba.njit(cache=True)
def _write(tree: Integers, trail: Rows, top: int, row: Rows) -> None:
    last = trail[top]
    row[:] = -1
    row[WORD] = tree[last[_STATE], _KINDS]
    row[LINE] = last[_LINE]
    row[UNTIL] = -last[_UNTIL]
    row[SINCE] = last[_SINCE]
    row[HIDDEN] = last[_HIDDEN]
    for step in range(1, top + 1):
        row[PERSONS + step - 1] = trail[step, _NODE]
        row[TIES + step - 1] = trail[step, _TIE]
    row[EGO] = trail[0, _NODE]
    row[KIN] = last[_NODE]


@numba.njit(cache=True)
def _closer(row: Rows, than: Rows, groups: Rows) -> bool:
    """Compare closeness, line, word, validity (longest first), anonymous ones, persons, ties."""
    ours, theirs = groups[row[WORD]], groups[than[WORD]]
    if ours != theirs:
        return bool(ours < theirs)
    if row[LINE] != than[LINE]:
        return bool(row[LINE] < than[LINE])
    for column in range(EGO):
        if row[column] != than[column]:
            return bool(row[column] < than[column])
    return False


@numba.njit(cache=True)
def _start(ways: Ways, trail: Rows, ego: int) -> None:
    trail[0, :] = 0
    trail[0, _NODE] = ego
    trail[0, _EDGE] = ways.starts[0, ego]
    trail[0, _SINCE], trail[0, _UNTIL] = _OPENING


@numba.njit(cache=True)
def _collect(
    ways: Ways, question: Question, trail: Rows, slot: Rows, rows: Rows
) -> tuple[Rows, int]:
    """Walk every way from the trail's first person; `slot` holds where each relative's row is.

    `rows[0]` is scratch space; the rows found follow it.
    """
    top, used = 0, 1
    while top >= 0:
        edge = _next_edge(ways, question.tree, trail, top)
        stranger = question.hidden_only and top > 0 and not ways.anonymous[trail[top, _NODE]]
        if edge < 0 or stranger:
            top -= 1
            continue
        if not _enters(ways, question.tree, trail, top, edge):
            continue
        top += 1
        kin = trail[top, _NODE]
        if question.tree[trail[top, _STATE], _KINDS] < 0 or ways.anonymous[kin]:
            continue
        _write(question.tree, trail, top, rows[0])
        if slot[kin] < 0:
            if used == rows.shape[0]:
                rows = np.concatenate((rows, np.empty_like(rows)))
            slot[kin] = used
            rows[used] = rows[0]
            used += 1
        elif _closer(rows[0], rows[slot[kin]], question.groups):
            rows[slot[kin]] = rows[0]
    return rows, used


@numba.njit(cache=True)
def closest_ways(ways: Ways, question: Question, egos: Integers) -> Rows:
    """Return one row per ego and relative who is not anonymous, egos in the given order."""
    slot = np.full(ways.anonymous.size, -1, np.int64)
    trail = np.zeros((LONGEST + 1, _FIELDS), np.int64)
    scratch = np.empty((256, WIDTH), np.int64)
    found = np.empty((1024, WIDTH), np.int64)
    total = 0
    for ego in egos:
        _start(ways, trail, ego)
        scratch, used = _collect(ways, question, trail, slot, scratch)
        while total + used > found.shape[0]:
            found = np.concatenate((found, np.empty_like(found)))
        for i in range(1, used):
            found[total] = scratch[i]
            slot[scratch[i, KIN]] = -1
            total += 1
    return found[:total].copy()
