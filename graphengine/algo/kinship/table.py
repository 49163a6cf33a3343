"""Kin relations as tables: what is stated of everybody, and the relatives of some."""

import numpy as np
import polars as pl

from graphengine.algo.kinship.columns import kin_columns
from graphengine.algo.kinship.pedigree import ANONYMOUS, Integers, Pedigree
from graphengine.algo.kinship.scope import DEFAULT, Scope
from graphengine.algo.kinship.search import WORD, Question, closest_ways
from graphengine.algo.kinship.word import degree, generation, horizon, prefix_tree, words
from graphengine.tables.schema import relation_schema

_COLUMNS = relation_schema("KIN").names
_ORDER = ("source", "target", "relation", "line", "valid_from", "valid_to", "records")


def kin_in_scope(
    ties: pl.DataFrame | Pedigree, egos: pl.Series, scope: Scope = DEFAULT
) -> pl.DataFrame:
    """Return the relatives in scope of every ego, one row a pair: the closest relation.

    Columns as in the KIN table, sorted by source and target. Closeness: degree, then marriages on
    the way, then line (blood first), then word; among equals the relation that holds longest.
    A row's basis is `stated` where nobody named stands between the two, else `composed`.
    """
    pedigree = Pedigree.of(ties)
    question = _question(scope.words, hidden_only=False)
    rows = closest_ways(pedigree.ways, question, pedigree.numbers(egos))
    return kin_columns(pedigree, rows, scope).select(_COLUMNS).sort("source", "target")


def stated_kin(ties: pl.DataFrame | Pedigree, scope: Scope = DEFAULT) -> pl.DataFrame:
    """Return what the registers state of everybody, in both directions, as rows of the KIN table.

    Every tie between two named persons is a row each way; a relation stated over persons whom no
    register names (a brother without their parent) is one row each way with its whole word.
    """
    pedigree = Pedigree.of(ties)
    question = _question(horizon(), hidden_only=True)
    rows = closest_ways(pedigree.ways, question, _beside_anonymous(pedigree))
    single = np.isin(rows[:, WORD], [words().index(step) for step in "UDS"])
    hidden = kin_columns(pedigree, rows[~single], scope).select(_COLUMNS)
    return pl.concat([_direct(pedigree.ties, scope), hidden]).sort(_ORDER)


def _question(wanted: frozenset[str], *, hidden_only: bool) -> Question:
    groups = [degree(word) * 8 + word.count("S") for word in words()]
    return Question(prefix_tree(wanted), np.array(groups, np.int64), hidden_only)


def _beside_anonymous(pedigree: Pedigree) -> Integers:
    """Return the named persons with a tie to an anonymous one."""
    ways = pedigree.ways
    steps = (ways.near[row[i] : row[i + 1]] for row in ways.starts for i in _anonymous(pedigree))
    found = np.unique(np.concatenate([np.zeros(0, np.int32), *steps]))
    named: Integers = found[~ways.anonymous[found]]
    return named


def _anonymous(pedigree: Pedigree) -> Integers:
    return np.flatnonzero(pedigree.ways.anonymous).astype(np.int32)


def _direct(ties: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    named = ties.filter(
        ~pl.col("source").str.starts_with(ANONYMOUS), ~pl.col("target").str.starts_with(ANONYMOUS)
    )
    spouse = pl.col("kind") == "spouse"
    forth = named.with_columns(relation=pl.when(spouse).then(pl.lit("S")).otherwise(pl.lit("D")))
    back = named.with_columns(
        source=pl.col("target"),
        target=pl.col("source"),
        relation=pl.when(spouse).then(pl.lit("S")).otherwise(pl.lit("U")),
    )
    figures = pl.DataFrame(
        [(step, degree(step), generation(step), step in scope.words) for step in "UDS"],
        schema={
            "relation": pl.String,
            "degree": pl.Int64,
            "generation": pl.Int64,
            "in_scope": pl.Boolean,
        },
        orient="row",
    )
    return (
        pl.concat([forth, back])
        .join(figures, on="relation", how="left", maintain_order="left")
        .with_columns(
            line=pl.when(spouse).then(pl.lit("affinity")).otherwise(pl.col("basis")),
            basis=pl.lit("stated"),
            via=pl.lit([], dtype=pl.List(pl.String)),
        )
        .select(_COLUMNS)
    )
