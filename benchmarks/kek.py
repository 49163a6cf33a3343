"""Integrated ownership on a real country's media: 2,904 shares, loops and chains of 15 layers.

The truth is computed here on its own: the Neumann series of the matrix of shares, what comes back
to the holder taken out by its diagonal (Baldone, Brioschi & Paleari 1998).
"""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import coo_array, csr_array, eye_array

from benchmarks.check import Check
from graphengine.algo.control import control_relations

_CASE = "ownership_kek"
_LAYERS = 30
_SMALL = 1e-16
_TERMS = 2000
_NEAR = 1e-9
Matrix = npt.NDArray[np.float64]


def checks(folder: Path) -> Iterator[Check]:
    """Yield the checks of the shares in `folder`."""
    shares = pl.read_csv(
        folder / "shares.csv", schema_overrides={"shareholder": pl.String, "owns": pl.String}
    )
    owns = _owns(shares.drop_nulls())
    ids = sorted({*owns["source"], *owns["target"]})
    place = {company: i for i, company in enumerate(ids)}
    truth = _integrated(owns, place)
    found = np.zeros_like(truth)
    empty = owns.clear().drop("share")
    directs = empty.with_columns(role=pl.lit("", pl.String))
    control = control_relations(owns, empty, directs, layers=_LAYERS, least=0.0)
    held = control.filter(pl.col("how") == "ownership").select("source", "target", "strength")
    for owner, company, strength in held.iter_rows():
        found[place[owner], place[company]] = strength
    holding: nx.DiGraph[int] = nx.DiGraph(found > _NEAR)
    loops = [len(loop) for loop in nx.strongly_connected_components(holding)]
    yield Check(
        _CASE,
        "companies that hold one another, by loop",
        "[3, 2, 2]",
        str(sorted((size for size in loops if size > 1), reverse=True)),
    )
    yield Check(
        _CASE,
        "pairs with an integrated share",
        str(int((truth > _NEAR).sum())),
        str(int((found > _NEAR).sum())),
    )
    apart = float(np.abs(found - truth).max())
    yield Check(
        _CASE, "integrated shares equal an independent series to 1e-9", "True", str(apart <= _NEAR)
    )


def _owns(shares: pl.DataFrame) -> pl.DataFrame:
    return shares.with_row_index("row").select(
        source="shareholder",
        target="owns",
        share=pl.col("share") / 100,
        valid_from=pl.lit(None, pl.Date),
        valid_to=pl.lit(None, pl.Date),
        records=pl.concat_list(pl.col("row").cast(pl.UInt64)),
    )


def _integrated(owns: pl.DataFrame, place: dict[str, int]) -> Matrix:
    """Return who has what in whom; of shares stated twice the larger, more than all scaled to 1."""
    once = (
        owns.filter(pl.col("source") != pl.col("target"))
        .group_by("source", "target")
        .agg(pl.col("share").max())
        .sort("source", "target")
    )
    rows = [place[owner] for owner in once["source"]]
    columns = [place[company] for company in once["target"]]
    size = (len(place), len(place))
    stated = csr_array(coo_array((once["share"].to_numpy(), (rows, columns)), shape=size))
    whole = np.maximum(np.asarray(stated.sum(axis=0)), 1.0)
    matrix = csr_array(stated / whole)
    term = series = csr_array(eye_array(len(place)))
    for _ in range(_TERMS):
        term = csr_array(term @ matrix)
        series = csr_array(series + term)
        if not term.nnz or term.max() < _SMALL:
            break
    every = series.toarray()
    result: Matrix = every / np.diag(every)[:, None]
    np.fill_diagonal(result, 0.0)
    return result
