"""The compiled search finds exactly what a slow, obviously right enumeration finds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.algo.temporal_cycles.flows import (
    FlowBounds,
    Flows,
    Starts,
    closing_flows,
    keeping_cycles,
)
from graphengine.algo.temporal_cycles.transfers import Transfers, indexed

Row = tuple[int, int, int, int]


@dataclass(frozen=True)
class World:
    rows: list[Row]
    seeds: list[int]
    closing: list[list[int]]
    group: list[int]
    barred: list[bool]


def slow_flows(
    world: World, bounds: FlowBounds, seed: int, closing: set[int]
) -> Iterator[tuple[int, ...]]:
    rows = world.rows

    def closes(path: tuple[int, ...]) -> bool:
        route = [rows[path[0]][0], *(rows[p][1] for p in path)]
        at_origin = route[-1] == route[0]
        accounts = len(path) if at_origin else len(path) + 1
        enough = rows[path[-1]][3] >= Fraction(bounds.kept, 1_000_000) * rows[path[0]][3]
        return (
            len(path) > 1
            and bounds.least_accounts <= accounts <= bounds.most_accounts
            and (at_origin or route[-1] in closing)
            and enough
        )

    def allowed(path: tuple[int, ...], following: int) -> bool:
        _, target, time, amount = rows[following]
        last = rows[path[-1]]
        route = [rows[path[0]][0], *(rows[p][1] for p in path)]
        return (
            rows[following][0] == last[1]
            and len(set(route)) == len(route)
            and not world.barred[last[1]]
            and target not in route[1:]
            and time > last[2]
            and time - rows[path[0]][2] <= bounds.window
            and amount >= Fraction(bounds.keep, 1_000_000) * last[3]
            and (bounds.grow is None or amount <= Fraction(bounds.grow, 1_000_000) * last[3])
        )

    def walk(path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if closes(path):
            yield path
        if len(path) <= bounds.most_accounts:
            followers = [p for p in range(len(rows)) if allowed(path, p)]
            for p in sorted(followers, key=lambda p: (rows[p][2], p)):
                yield from walk((*path, p))

    return walk((seed,))


def transfers_of(rows: list[Row]) -> Transfers:
    source, target, time, amount = (np.array([r[i] for r in rows], np.int64) for i in range(4))
    return indexed(source.astype(np.int32), target.astype(np.int32), time, amount)


def searched(world: World, bounds: FlowBounds) -> Flows:
    transfers = transfers_of(world.rows)
    starts = Starts(
        np.array(world.seeds, np.int64),
        np.array(world.group, np.int64),
        np.cumsum([0, *map(len, world.closing)], dtype=np.int64),
        np.array([a for group in world.closing for a in sorted(group)], np.int32),
        np.array(world.barred, np.bool_),
    )
    return closing_flows(transfers, starts, bounds)


ACCOUNTS = 6
_row = st.tuples(
    st.integers(0, ACCOUNTS - 1),
    st.integers(0, ACCOUNTS - 1),
    st.integers(0, 12),
    st.sampled_from([0, 1, 84, 85, 86, 99, 100, 101, 102, 103, 10**15, 102 * 10**13]),
)
_groups = st.lists(st.sets(st.integers(0, ACCOUNTS - 1)).map(sorted), min_size=1, max_size=3)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    rows = draw(st.lists(_row, min_size=1, max_size=22))
    seeds = draw(st.lists(st.integers(0, len(rows) - 1), max_size=len(rows)))
    closing = draw(_groups)
    group = [draw(st.integers(0, len(closing) - 1)) for _ in seeds]
    barred = draw(st.lists(st.booleans(), min_size=ACCOUNTS, max_size=ACCOUNTS))
    return World(rows, seeds, closing, group, barred)


@st.composite
def bounds_drawn(draw: st.DrawFn) -> FlowBounds:
    least = draw(st.integers(2, 4))
    return FlowBounds(
        window=draw(st.integers(0, 12)),
        least_accounts=least,
        most_accounts=draw(st.integers(least, 7)),
        keep=draw(st.sampled_from([0, 850_000, 1_000_000])),
        grow=draw(st.sampled_from([None, 1_000_000, 1_020_000])),
        kept=draw(st.sampled_from([0, 600_000, 990_000])),
    )


@settings(max_examples=400, deadline=None)
@given(worlds(), bounds_drawn())
def test_flows_equal_the_slow_enumeration(world: World, bounds: FlowBounds) -> None:
    found = searched(world, bounds)
    expected = [
        (index, path)
        for index, seed in enumerate(world.seeds)
        for path in slow_flows(world, bounds, seed, set(world.closing[world.group[index]]))
    ]
    assert list(zip(found.start.tolist(), found.rows(), strict=True)) == expected
    assert len(found.unfinished) == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(_row, min_size=1, max_size=22), bounds_drawn())
def test_cycles_equal_the_slow_enumeration(rows: list[Row], bounds: FlowBounds) -> None:
    free = World(rows, [], [], [], [False] * ACCOUNTS)
    expected = [p for seed in range(len(rows)) for p in slow_flows(free, bounds, seed, set())]
    assert keeping_cycles(transfers_of(rows), bounds).rows() == expected


@settings(max_examples=150, deadline=None)
@given(worlds(), bounds_drawn(), st.integers(0, 30))
def test_a_spent_budget_is_told_and_gives_a_beginning(
    world: World, bounds: FlowBounds, budget: int
) -> None:
    whole = searched(world, bounds)
    part = searched(world, replace(bounds, budget=budget))
    every: dict[int, list[tuple[int, ...]]] = {}
    for start, path in zip(whole.start.tolist(), whole.rows(), strict=True):
        every.setdefault(start, []).append(path)
    some: dict[int, list[tuple[int, ...]]] = {}
    for start, path in zip(part.start.tolist(), part.rows(), strict=True):
        some.setdefault(start, []).append(path)
    for start, paths in every.items():
        got = some.get(start, [])
        assert got == paths[: len(got)]
        assert start in part.unfinished.tolist() or got == paths
    assert part.steps <= budget * len(world.seeds)


RING = [(0, 1, 0, 100_000), (1, 2, 5, 85_000), (2, 0, 30, 86_700)]


@pytest.mark.parametrize(
    ("changed", "flows"),
    [
        ((), 1),
        (((2, (2, 0, 31, 86_700)),), 0),
        (((1, (1, 2, 5, 84_999)),), 0),
        (((2, (2, 0, 30, 86_701)),), 0),
        (((1, (1, 2, 0, 85_000)),), 0),
    ],
)
def test_limits_are_inclusive(changed: tuple[tuple[int, Row], ...], flows: int) -> None:
    rows = list(RING)
    for position, row in changed:
        rows[position] = row
    assert len(keeping_cycles(transfers_of(rows), FlowBounds(window=30))) == flows


def test_three_transfers_close_over_three_or_four_accounts() -> None:
    rows = [(0, 1, 1, 100), (1, 2, 2, 95), (2, 3, 3, 90), (2, 0, 3, 91)]
    world = World(rows, [0], [[3]], [0], [False] * 4)
    assert searched(world, FlowBounds(window=9)).rows() == [(0, 1, 2), (0, 1, 3)]
    assert searched(world, FlowBounds(window=9, most_accounts=3)).rows() == [(0, 1, 3)]


def test_a_flow_may_end_at_a_closing_account_and_another_may_go_on() -> None:
    rows = [(0, 1, 1, 100), (1, 2, 2, 95), (2, 0, 3, 90)]
    world = World(rows, [0], [[2]], [0], [False] * 3)
    assert searched(world, FlowBounds(window=9)).rows() == [(0, 1), (0, 1, 2)]
    barred = World(rows, [0], [[2]], [0], [False, False, True])
    assert searched(barred, FlowBounds(window=9)).rows() == [(0, 1)]


def test_no_transfers_no_flows() -> None:
    nothing = np.empty(0, np.int64)
    empty = indexed(nothing.astype(np.int32), nothing.astype(np.int32), nothing, nothing)
    assert keeping_cycles(empty, FlowBounds(window=1)).rows() == []


def test_columns_and_bounds_are_checked() -> None:
    one, two = np.zeros(1, np.int64), np.zeros(2, np.int64)
    with pytest.raises(ValueError, match="length"):
        indexed(one.astype(np.int32), two.astype(np.int32), two, two)
    with pytest.raises(ValueError, match="negative"):
        indexed(one.astype(np.int32), one.astype(np.int32), one, one - 1)
    with pytest.raises(ValueError, match="two accounts"):
        keeping_cycles(transfers_of(RING), FlowBounds(window=1, least_accounts=1))
