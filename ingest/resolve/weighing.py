"""From pairs to candidates: the chance of each, and what spoke for and against it."""

from typing import Final

import duckdb
import numpy as np
import polars as pl

from ingest.resolve.comparison import Comparison
from ingest.resolve.evidence import COMPARISONS
from ingest.resolve.matches import CANDIDATE_COLUMNS
from ingest.resolve.parameters import KindParameters, Parameters
from ingest.resolve.posterior import before_evidence, posteriors
from ingest.resolve.scoring import level_of, score, sides_of
from ingest.resolve.tables import frame

_SHOWN: Final = 0.01
_MOST_SHOWN: Final = 8
_DIGITS: Final = 9
_ORDER: Final = ("key", "probability", "node")
_FALLING: Final = (False, True, False)


def ranked(candidates: pl.DataFrame) -> pl.DataFrame:
    """Sort candidates by mention, the likeliest first."""
    return candidates.sort(_ORDER, descending=_FALLING)


def weighed(
    connection: duckdb.DuckDBPyConnection, parameters: Parameters, kinds: tuple[str, ...]
) -> pl.DataFrame:
    """Return the candidates (`CANDIDATE_COLUMNS`) of the mentions that are in the tables now.

    Candidates below one in a hundred are left out, except the best of a mention.
    """
    return ranked(pl.concat([_candidates(connection, parameters, kind) for kind in kinds]))


def _candidates(
    connection: duckdb.DuckDBPyConnection, parameters: Parameters, kind: str
) -> pl.DataFrame:
    known, key = parameters.kinds[kind], "plain" if kind == "organisation" else "name"
    pairs = score(connection, kind, known, "open")
    chance, _nobody = posteriors(
        pairs["mention"].to_numpy().astype(np.int64), pairs["weight"].to_numpy(), known
    )
    pairs = pairs.with_columns(pl.Series("probability", chance).round(_DIGITS))
    best = pl.max("probability").over("mention")
    pairs = pairs.filter(pl.col("probability") >= pl.min_horizontal(_SHOWN, best))
    sides = sides_of(kind)
    bearers = frame(
        connection,
        f"SELECT {key}, count(DISTINCT party) AS bearers FROM {sides.right} "
        f"WHERE {key} IS NOT NULL GROUP BY {key}",
    )
    parties = frame(connection, f"SELECT id AS party, node, number FROM {sides.parties}")
    mentions = frame(connection, f"SELECT id AS mention, key, {key} FROM who_mention")
    made = (
        pairs.with_columns(_told(kind, pairs, known))
        .join(parties, on="party", how="left")
        .join(mentions, on="mention", how="left")
        .join(bearers, on=key, how="left")
        .with_columns(
            pl.lit(round(before_evidence(known), _DIGITS)).alias("before"),
            pl.col("bearers").fill_null(0),
        )
    )
    shown = ranked(made).group_by("key", maintain_order=True).head(_MOST_SHOWN)
    return shown.select(pl.col(name).cast(kind) for name, kind in CANDIDATE_COLUMNS.items())


def _told(kind: str, pairs: pl.DataFrame, known: KindParameters) -> list[pl.Series]:
    """Return the columns `levels` and `bits`: what spoke in each pair, in comparisons' order."""
    told = [_spoken(kind, comparison, known) for comparison in COMPARISONS[kind]]
    made = pairs.select(
        levels=pl.concat_list([word for word, _ in told]).list.drop_nulls(),
        bits=pl.concat_list([bits.round(_DIGITS) for _, bits in told]).list.drop_nulls(),
    )
    return [made["levels"], made["bits"]]


def _spoken(kind: str, comparison: Comparison, known: KindParameters) -> tuple[pl.Expr, pl.Expr]:
    """Return the level that a comparison reached, as a word, and its bits; null where silent."""
    gamma = pl.col(f"gamma_{comparison.name}").cast(pl.Int64)
    reached = {value: level for value in range(8) if (level := level_of(comparison, value))}
    prefix = f"{kind}:" if comparison.name == "name" else ""
    words = {v: f"{prefix}{comparison.name}.{x.name}" for v, x in reached.items()}
    word = gamma.replace_strict(words, default=None, return_dtype=pl.String)
    if comparison.name == "name":
        return word, pl.when(gamma >= 0).then(pl.col("weight_name"))
    bits = {v: known.levels[comparison.name][x.name].weight for v, x in reached.items()}
    return word, gamma.replace_strict(bits, default=None, return_dtype=pl.Float64)
