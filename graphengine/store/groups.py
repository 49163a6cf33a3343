"""Rows taken together: sizes, sums, spans and the smallest records of groups of rows."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphengine.rows import MOST_RECORDS
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Counts, Indices

_EPOCH = date(1970, 1, 1)


class Groups:
    """Rows by the number of their group."""

    def __init__(self, group: Counts, count: int) -> None:
        """Take each row's group, numbered from 0 to one less than `count`."""
        self._group = group
        self._count = count

    def sizes(self) -> list[int]:
        """Return how many rows each group has."""
        sizes: list[int] = np.bincount(self._group, minlength=self._count).tolist()
        return sizes

    def sums(self, values: pa.Array) -> list[int | None]:
        """Return each group's sum of whole numbers; None where all are null."""
        known = pc.is_valid(values).to_numpy(zero_copy_only=False)
        total = np.zeros(self._count, dtype=np.int64)
        np.add.at(total, self._group[known], pc.drop_null(values).to_numpy())
        seen = np.bincount(self._group[known], minlength=self._count)
        return [n if any_ else None for n, any_ in zip(total.tolist(), seen.tolist(), strict=True)]

    def first(self, days: Indices) -> list[date | None]:
        """Return each group's first day that is not open."""
        result = np.full(self._count, OPEN_UNTIL, dtype=np.int32)
        np.minimum.at(result, self._group, np.where(days == OPEN_SINCE, OPEN_UNTIL, days))
        return [_day(day, OPEN_UNTIL) for day in result.tolist()]

    def last(self, days: Indices) -> list[date | None]:
        """Return each group's last day that is not open."""
        result = np.full(self._count, OPEN_SINCE, dtype=np.int32)
        np.maximum.at(result, self._group, np.where(days == OPEN_UNTIL, OPEN_SINCE, days))
        return [_day(day, OPEN_SINCE) for day in result.tolist()]

    def records(self, lists: pa.Array) -> tuple[list[int], list[list[int]]]:
        """Return how many records each group bears and the smallest MOST_RECORDS of them."""
        owner = self._group[pc.list_parent_indices(lists).to_numpy()]
        flat = lists.flatten().to_numpy()
        order = np.lexsort((flat, owner))
        counts = np.bincount(owner, minlength=self._count)
        begins = np.concatenate(([0], np.cumsum(counts)[:-1])).tolist()
        ordered = flat[order]
        return counts.tolist(), [
            ordered[begin : begin + min(count, MOST_RECORDS)].tolist()
            for begin, count in zip(begins, counts.tolist(), strict=True)
        ]


def _day(day: int, open_day: int) -> date | None:
    return None if day == open_day else _EPOCH + timedelta(days=day)
