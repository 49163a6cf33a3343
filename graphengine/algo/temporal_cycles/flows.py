"""Every amount-keeping flow from given transfers that closes where it began or where it may not.

A flow is a row of transfers, each from the account that the one before paid to, over distinct
accounts, at strictly increasing times within a window, every hop keeping its share of the amount.
It closes at the account it started from, or at one of the closing accounts of its first transfer.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graphengine.algo.temporal_cycles.transfers import Accounts, Ints, Transfers

MILLION = 1_000_000
_UNBOUNDED = np.iinfo(np.int64).max
_ROOM = 1024
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class FlowBounds:
    """What counts as a flow; every bound is inclusive, shares are in millionths.

    `window` is in seconds from the first transfer to the last. A hop keeps at least `keep` of the
    amount before it and has at most `grow` of it (None: no upper bound); the last transfer has at
    least `kept` of the first. `budget` is how many transfers may be looked at for one start (None:
    all).
    """

    window: int
    least_accounts: int = 3
    most_accounts: int = 8
    keep: int = 850_000
    grow: int | None = 1_020_000
    kept: int = 0
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Starts:
    """Transfers to start from, by position, and where their flows may close.

    `closing` holds account lists one after another, list i at offsets[i] to offsets[i + 1], each
    ascending; `group` names the list of every start. Flows never pass through a `barred` account
    (one flag an account); they may start and close there.
    """

    positions: Ints
    group: Ints
    offsets: Ints
    closing: Accounts
    barred: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows found: flow i has the transfers (positions) offsets[i] to offsets[i + 1].

    They come in order of the starts given, for one start in order of their transfers' (time,
    position), a flow before those that go on from it. `start` is each flow's index among the
    starts. `unfinished` are the indices of starts whose budget ended before their flows did; what
    was found of them until then is included. `steps` counts the transfers looked at.
    """

    offsets: Ints
    transfers: Ints
    start: Ints
    unfinished: Ints
    steps: int

    def __len__(self) -> int:
        """Return how many flows there are."""
        return len(self.start)

    def rows(self) -> list[tuple[int, ...]]:
        """Return every flow as the tuple of its transfers' positions."""
        cuts = self.offsets.tolist()
        every = self.transfers.tolist()
        return [tuple(every[a:b]) for a, b in pairwise(cuts)]


def closing_flows(transfers: Transfers, starts: Starts, bounds: FlowBounds) -> Flows:
    """Return every flow within the bounds, exactly; cost: the amount-keeping walks from the starts.

    Raise ValueError for bounds that no flow can mean.
    """
    _check(transfers, starts, bounds)
    limits = np.array(
        [
            bounds.window,
            bounds.least_accounts,
            bounds.most_accounts,
            bounds.keep,
            -1 if bounds.grow is None else bounds.grow,
            bounds.kept,
            _UNBOUNDED if bounds.budget is None else bounds.budget,
        ],
        np.int64,
    )
    columns = (
        transfers.source,
        transfers.target,
        transfers.time,
        transfers.amount,
        transfers.first,
        transfers.after,
    )
    where = (starts.offsets, starts.closing, starts.barred)
    offsets, places, start, unfinished, steps = _searched(
        columns, transfers.place[starts.positions], starts.group, where, limits
    )
    return Flows(offsets, transfers.position[places], start, unfinished, int(steps))


def keeping_cycles(transfers: Transfers, bounds: FlowBounds) -> Flows:
    """Return every amount-keeping time-respecting simple cycle, once, from its first transfer."""
    nowhere = Starts(
        np.arange(len(transfers.place), dtype=np.int64),
        np.zeros(len(transfers.place), np.int64),
        np.zeros(2, np.int64),
        np.empty(0, np.int32),
        np.zeros(transfers.accounts, np.bool_),
    )
    return closing_flows(transfers, nowhere, bounds)


def _check(transfers: Transfers, starts: Starts, bounds: FlowBounds) -> None:
    if len(starts.positions) != len(starts.group) or len(starts.barred) < transfers.accounts:
        message = "one group a start and one flag an account are needed"
        raise ValueError(message)
    if not _FEWEST <= bounds.least_accounts <= bounds.most_accounts or bounds.window < 0:
        message = "a flow has at least two accounts and a window that is not negative"
        raise ValueError(message)


@njit(cache=True)
def _share(amount: int, millionths: int, up: int) -> int:
    """Return that share of the amount, rounded down or (up = 1) up, without overflow."""
    rest = (amount % MILLION) * millionths
    return (amount // MILLION) * millionths + (rest + up * (MILLION - 1)) // MILLION


@njit(cache=True)
def _holds(accounts: Accounts, low: int, high: int, account: int) -> bool:
    """Say whether the ascending part low to high of the accounts has this one."""
    end = high
    while low < high:
        middle = (low + high) // 2
        if accounts[middle] < account:
            low = middle + 1
        else:
            high = middle
    return low < end and accounts[low] == account


@njit(cache=True)
def _visited(route: Accounts, depth: int, account: int) -> bool:
    """Say whether the account is already on the route, its start aside."""
    for step in range(1, depth + 1):  # noqa: SIM110 - compiled: any() over a generator is slower
        if route[step] == account:
            return True
    return False


@njit(cache=True)
def _longer(array: Ints, needed: int) -> Ints:
    """Return the array, or a copy of at least twice its room where that is needed."""
    if needed <= len(array):
        return array
    grown = np.empty(max(needed, 2 * len(array)), np.int64)
    grown[: len(array)] = array
    return grown


@njit(cache=True)
def _searched(  # type: ignore[no-untyped-def]  # noqa: ANN202, C901, PLR0915 - one compiled loop
    columns: tuple[Accounts, Accounts, Ints, Ints, Ints, Ints],
    starts: Ints,
    groups: Ints,
    where: tuple[Ints, Accounts, NDArray[np.bool_]],
    limits: Ints,
):
    """Walk depth-first from every start; `path` are places, `cursor` the next place to try."""
    source, target, time, amount, first, after = columns
    offsets, closing, barred = where
    window, least, most, keep, grow, kept, budget = limits
    ends, places, found = np.zeros(_ROOM, np.int64), np.empty(_ROOM, np.int64), 0
    owner, unfinished, cut_short = np.empty(_ROOM, np.int64), np.empty(_ROOM, np.int64), 0
    path, cursor = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    low, high = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    route, all_steps = np.empty(most + 1, np.int32), 0
    for index in range(len(starts)):
        place = starts[index]
        origin = source[place]
        if origin == target[place] or barred[target[place]]:
            continue
        closing_from, closing_to = offsets[groups[index]], offsets[groups[index] + 1]
        deadline, enough = time[place] + window, _share(amount[place], kept, 1)
        path[0], route[0], route[1], depth = place, origin, target[place], 1
        cursor[1] = after[place]
        low[1] = _share(amount[place], keep, 1)
        high[1] = _share(amount[place], grow, 0) if grow >= 0 else _UNBOUNDED
        steps = 0
        while depth > 0:
            candidate = cursor[depth]
            if candidate >= first[route[depth] + 1] or time[candidate] > deadline:
                depth -= 1
                continue
            if steps == budget:
                unfinished = _longer(unfinished, cut_short + 1)
                unfinished[cut_short] = index
                cut_short += 1
                break
            steps += 1
            cursor[depth] = candidate + 1
            if amount[candidate] < low[depth] or amount[candidate] > high[depth]:
                continue
            reached = target[candidate]
            if reached == origin:
                closes, goes_on = depth + 1 >= least, False
            elif depth + 2 > most or _visited(route, depth, reached):
                continue
            else:
                goes_on = not barred[reached]
                closes = depth + 2 >= least and _holds(closing, closing_from, closing_to, reached)
            if closes and amount[candidate] >= enough:
                begin = ends[found]
                places = _longer(places, begin + depth + 1)
                places[begin : begin + depth] = path[:depth]
                places[begin + depth] = candidate
                ends, owner = _longer(ends, found + 2), _longer(owner, found + 1)
                owner[found] = index
                found += 1
                ends[found] = begin + depth + 1
            if goes_on:
                path[depth] = candidate
                depth += 1
                route[depth] = reached
                cursor[depth] = after[candidate]
                low[depth] = _share(amount[candidate], keep, 1)
                high[depth] = _share(amount[candidate], grow, 0) if grow >= 0 else _UNBOUNDED
        all_steps += steps
    return (
        ends[: found + 1],
        places[: ends[found]],
        owner[:found],
        unfinished[:cut_short],
        all_steps,
    )
