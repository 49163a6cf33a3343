"""Answers as two pandas frames, and pandas frames as a subgraph; needs the extra `pandas`."""

from typing import Any

import pyarrow as pa

from graphengine.exchange.about import About, Answer, Tables
from graphengine.exchange.arrow import rows_of, to_arrow, values_of
from graphengine.exchange.extra import extra
from graphengine.exchange.rows import subgraph_of_rows
from graphengine.subgraph import Subgraph


def to_pandas(answer: Answer) -> Tables[Any]:
    """Return nodes and edges as frames of Arrow-backed columns, money in fen (see `to_arrow`).

    Whole numbers, dates and nulls stay what they are; raises ExchangeError without pandas.
    """
    pandas = extra("pandas")
    nodes, edges, about = to_arrow(answer)
    kept = {"types_mapper": pandas.ArrowDtype, "ignore_metadata": True}
    return Tables(nodes.to_pandas(**kept), edges.to_pandas(**kept), about)


def from_pandas(nodes: Any, edges: Any, about: About = About()) -> Subgraph:  # noqa: ANN401, B008 - of an extra; frozen
    """Return the subgraph of two frames of any dtypes; their index is left aside.

    Raises ExchangeError as `from_arrow` does, and without pandas.
    """
    extra("pandas")
    return subgraph_of_rows(rows_of("nodes", _lists(nodes)), rows_of("edges", _lists(edges)), about)


def _lists(frame: Any) -> dict[str, list[object]]:  # noqa: ANN401 - a pandas frame
    return {str(name): _values(frame[name]) for name in frame.columns}


def _values(series: Any) -> list[object]:  # noqa: ANN401 - a pandas series
    """Return a column's values; one whose values are not of one type is taken as it stands."""
    try:
        return values_of(pa.chunked_array([pa.Array.from_pandas(series)]))
    except pa.ArrowException:
        missing = series.isna()
        return [None if gone else value for value, gone in zip(series, missing, strict=True)]
