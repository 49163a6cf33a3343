"""The ties of everybody as arrays: who is whose parent, child or spouse, since when and by what."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from graphengine.algo.kinship.word import LINES, STEPS

ANONYMOUS = "anon:"
"""Ids of persons whom no register names, such as the parent that two stated siblings share."""
TIE_SCHEMA = pl.Schema(
    [
        ("source", pl.String()),
        ("target", pl.String()),
        ("kind", pl.String()),
        ("basis", pl.String()),
        ("valid_from", pl.Date()),
        ("valid_to", pl.Date()),
        ("records", pl.List(pl.UInt64)),
    ]
)
"""A `parent` tie runs from parent to child; a `spouse` tie stands once, in either direction."""
OPEN_FROM = -(2**31)
OPEN_TO = 2**31 - 1

Integers = npt.NDArray[np.int32]


class Ways(NamedTuple):
    """The steps from every person, as compressed rows; persons and ties are integers.

    The steps of kind k (U, D, S) from person p are `near[starts[k, p]:starts[k, p + 1]]`, sorted,
    over the ties `tie`. Per tie: first and last day (since 1970), the place of its line in LINES.
    """

    starts: npt.NDArray[np.int64]
    near: Integers
    tie: Integers
    begins: Integers
    ends: Integers
    line: npt.NDArray[np.int8]
    anonymous: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pedigree:
    """Ties with their index; person i is `persons[i]`, ids ascending."""

    ties: pl.DataFrame
    persons: pl.Series
    ways: Ways

    @classmethod
    def of(cls, ties: "pl.DataFrame | Pedigree") -> "Pedigree":
        """Index a frame of TIE_SCHEMA's columns; cost: one sort of the ties."""
        if isinstance(ties, Pedigree):
            return ties
        ties = ties.select(pl.col(n).cast(t) for n, t in TIE_SCHEMA.items())
        ties = ties.filter(pl.col("source") != pl.col("target"))
        ties = ties.sort("source", "target", "kind", "basis", "valid_from", "valid_to", "records")
        persons = pl.concat([ties["source"], ties["target"]]).unique().sort().alias("person")
        number = persons.to_frame().with_row_index("i")
        ends = [
            ties.select(side)
            .join(number, left_on=side, right_on="person", how="left", maintain_order="left")["i"]
            .to_numpy()
            .astype(np.int32)
            for side in ("source", "target")
        ]
        return cls(ties, persons, _ways(ties, persons, ends[0], ends[1]))

    def numbers(self, ids: pl.Series) -> Integers:
        """Return the numbers of those of the ids that have ties, ascending, without repeats."""
        known = self.persons.is_in(ids.unique().implode())
        return np.flatnonzero(known.to_numpy()).astype(np.int32)


def _ways(ties: pl.DataFrame, persons: pl.Series, source: Integers, target: Integers) -> Ways:
    marriage = (ties["kind"] == "spouse").to_numpy()
    parenthood = np.flatnonzero(~marriage)
    wed = np.flatnonzero(marriage)
    tie = np.concatenate([parenthood, parenthood, wed, wed])
    kinds = np.repeat(np.arange(3), [parenthood.size, parenthood.size, 2 * wed.size])
    start = np.concatenate([target[parenthood], source[parenthood], source[wed], target[wed]])
    end = np.concatenate([source[parenthood], target[parenthood], target[wed], source[wed]])
    count = len(persons)
    place = kinds * count + start
    order = np.lexsort((tie, end, place))
    edges = np.zeros(len(STEPS) * count + 1, np.int64)
    np.cumsum(np.bincount(place, minlength=len(STEPS) * count), out=edges[1:])
    rows = np.arange(len(STEPS))[:, None] * count + np.arange(count + 1)[None, :]
    line = ties["basis"].replace_strict({name: i for i, name in enumerate(LINES)})
    return Ways(
        edges[rows],
        end[order].astype(np.int32),
        tie[order].astype(np.int32),
        ties["valid_from"].to_physical().fill_null(OPEN_FROM).to_numpy().astype(np.int32),
        ties["valid_to"].to_physical().fill_null(OPEN_TO).to_numpy().astype(np.int32),
        np.where(marriage, 0, line.to_numpy()).astype(np.int8),
        persons.str.starts_with(ANONYMOUS).to_numpy(),
    )
