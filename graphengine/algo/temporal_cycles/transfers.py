"""Transfers in order of (source, time), with the first later out-transfer of every target."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Accounts = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Transfers:
    """Transfers by *place*: their rank in order of (source, time, position given).

    `target`, `time` (seconds) and `amount` (fen) have one entry a place; `first` has one more entry
    than there are accounts: account a pays at places first[a] to first[a + 1]. `after` is the place
    of the target's first strictly later out-transfer (its end if there is none). `position` leads
    from places to the positions given, `place` back.
    """

    source: Accounts
    target: Accounts
    time: Ints
    amount: Ints
    first: Ints
    after: Ints
    position: Ints
    place: Ints

    @property
    def accounts(self) -> int:
        """Return how many accounts there are."""
        return len(self.first) - 1


def indexed(source: Accounts, target: Accounts, time: Ints, amount: Ints) -> Transfers:
    """Index transfers given as columns of one length; accounts are numbered from 0.

    Raise ValueError for unequal lengths, negative accounts or amounts. Cost: one stable sort by
    time (linear if given in order of time), one counting sort, one backward sweep.
    """
    if not len(source) == len(target) == len(time) == len(amount):
        message = "the columns of the transfers differ in length"
        raise ValueError(message)
    if len(source) and min(source.min(), target.min(), amount.min()) < 0:
        message = "accounts and amounts must not be negative"
        raise ValueError(message)
    accounts = int(max(source.max(), target.max())) + 1 if len(source) else 0
    by_time = np.argsort(time, kind="stable")
    first, place = _counted(by_time, source, accounts)
    position = np.empty_like(place)
    position[place] = np.arange(len(place), dtype=np.int64)
    after = _swept(by_time, (source, target, time), first, place)
    return Transfers(
        source[position].astype(np.int32),
        target[position].astype(np.int32),
        time[position].astype(np.int64),
        amount[position].astype(np.int64),
        first,
        after,
        position,
        place,
    )


@njit(cache=True)
def _counted(by_time: Ints, source: Accounts, accounts: int) -> tuple[Ints, Ints]:
    """Return where each account's out-transfers start and the place of every position."""
    first = np.zeros(accounts + 1, np.int64)
    for account in source:
        first[account + 1] += 1
    for account in range(accounts):
        first[account + 1] += first[account]
    free = first[:-1].copy()
    place = np.empty(len(source), np.int64)
    for position in by_time:
        account = source[position]
        place[position] = free[account]
        free[account] += 1
    return first, place


@njit(cache=True)
def _swept(
    by_time: Ints, columns: tuple[Accounts, Accounts, Ints], first: Ints, place: Ints
) -> Ints:
    """Return for every place the first strictly later out-transfer of its target."""
    source, target, time = columns
    upcoming = first[1:].copy()
    after = np.empty(len(place), np.int64)
    high = len(by_time)
    while high > 0:
        low = high - 1
        while low > 0 and time[by_time[low - 1]] == time[by_time[high - 1]]:
            low -= 1
        for rank in range(low, high):
            position = by_time[rank]
            after[place[position]] = upcoming[target[position]]
        for rank in range(high - 1, low - 1, -1):
            position = by_time[rank]
            upcoming[source[position]] = place[position]
        high = low
    return after
