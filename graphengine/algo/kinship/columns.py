"""Found ways → the columns of the KIN table."""

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from graphengine.algo.kinship.pedigree import OPEN_FROM, OPEN_TO, Pedigree
from graphengine.algo.kinship.scope import Scope
from graphengine.algo.kinship.search import (
    EGO,
    HIDDEN,
    KIN,
    LINE,
    PERSONS,
    SINCE,
    TIES,
    UNTIL,
    WORD,
    Rows,
)
from graphengine.algo.kinship.word import LINES, degree, generation, line_of, words

Whole = npt.NDArray[np.int64]


def kin_columns(pedigree: Pedigree, rows: Rows, scope: Scope) -> pl.DataFrame:
    """Return one row of the KIN table for every way found, in the same order."""
    rank = rows[:, WORD]
    steps = np.array([len(word) for word in words()])[rank]
    return pl.DataFrame(
        {
            "source": pedigree.persons.gather(rows[:, EGO]),
            "target": pedigree.persons.gather(rows[:, KIN]),
            "relation": pl.Series(words()).gather(rank),
            "degree": np.array([degree(word) for word in words()])[rank],
            "line": _lines(rows),
            "generation": np.array([generation(word) for word in words()])[rank],
            "in_scope": np.array([word in scope.words for word in words()])[rank],
            "basis": pl.Series(["composed", "stated"]).gather(rows[:, HIDDEN] == steps - 1),
            "via": _via(pedigree, rows, steps),
            "valid_from": _dates(rows[:, SINCE], OPEN_FROM),
            "valid_to": _dates(-rows[:, UNTIL], OPEN_TO),
            "records": _records(pedigree, rows),
        }
    )


def _lines(rows: Rows) -> pl.Series:
    names = [line_of(word, [basis]) for word in words() for basis in LINES]
    return pl.Series(names).gather(rows[:, WORD] * len(LINES) + rows[:, LINE])


def _dates(days: Whole, missing: int) -> pl.Series:
    stated = pl.DataFrame({"day": days, "is": days != missing})
    return stated.select(pl.when("is").then(pl.col("day").cast(pl.Int32).cast(pl.Date)))["day"]


def _via(pedigree: Pedigree, rows: Rows, steps: Whole) -> pl.Series:
    on_the_way = rows[:, PERSONS : TIES - 1]
    between = np.arange(on_the_way.shape[1])[None, :] < steps[:, None] - 1
    named = between & ~pedigree.ways.anonymous[on_the_way]
    return _lists(named.sum(axis=1), pedigree.persons.gather(on_the_way[named]))


def _records(pedigree: Pedigree, rows: Rows) -> pl.Series:
    """Return the records behind the ties of each way, ascending, without repeats."""
    used = rows[:, TIES:EGO]
    way, tie = np.repeat(np.arange(len(used)), (used >= 0).sum(axis=1)), used[used >= 0]
    stated = pedigree.ties["records"]
    sizes = stated.list.len().fill_null(0).to_numpy().astype(np.int64)
    values = stated.explode().drop_nulls().to_numpy()
    counts = sizes[tie]
    offset = np.repeat((np.cumsum(sizes) - sizes)[tie] - (np.cumsum(counts) - counts), counts)
    record = values[offset + np.arange(offset.size)]
    owner = np.repeat(way, counts)
    order = np.lexsort((record, owner))
    owner, record = owner[order], record[order]
    fresh = np.ones(owner.size, np.bool_)
    fresh[1:] = (owner[1:] != owner[:-1]) | (record[1:] != record[:-1])
    return _lists(np.bincount(owner[fresh], minlength=len(rows)), pl.Series(record[fresh]))


def _lists(counts: Whole, values: pl.Series) -> pl.Series:
    """Cut the values into lists of these lengths."""
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    lists = pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), values.to_arrow())
    return pl.Series(values=pl.from_arrow(lists))
