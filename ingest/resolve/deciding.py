"""From chances to decisions: thresholds, chains, vetoes, and what persons have judged.

A judgement changes decisions and never evidence: a rejected candidate keeps its share of the
chances, so that no other grows by it, and a negative judgement never merges more.
"""

from collections.abc import Iterable
from typing import Final

import duckdb
import polars as pl

from graphengine.judgements import Judgements
from ingest.resolve.clusters import Cause, Clusters, Pair, Tie, chained, clustered, components
from ingest.resolve.matches import MATCH_COLUMNS, Resolution
from ingest.resolve.parameters import Parameters
from ingest.resolve.tables import frame
from ingest.resolve.vetoes import contradictions

_JUDGED: Final = 1e-6
"""A positive judgement is stronger than any chance, and a later one than an earlier."""

_DECIDED: Final = ("key", "node", "probability", "decision", "origin", "cluster")


def decide(
    connection: duckdb.DuckDBPyConnection,
    candidates: pl.DataFrame,
    ties: Iterable[Tie],
    parameters: Parameters,
    judgements: Judgements,
) -> Resolution:
    """Return the resolution of all mentions without a number; `ties` are those between mentions."""
    best = candidates.group_by("key", maintain_order=True).first()
    likely = best.filter(pl.col("probability") >= parameters.same)
    direct = (Tie(k, n, p) for k, n, p in likely.select("key", "node", "probability").iter_rows())
    strong = (tie for tie in ties if tie.probability >= parameters.same)
    unsure = {judgement.pair for judgement in judgements.of("unsure")}
    made = [tie for tie in (*direct, *strong) if (tie.one, tie.other) not in unsure]
    judged = [Tie(j.one, j.other, 1 + j.seq * _JUDGED) for j in judgements.of("positive")]
    rejected: dict[Pair, Cause] = {j.pair: "judgement" for j in judgements.of("negative")}
    replaced = {(tie.one, tie.other) for tie in judged}
    kept = [tie for tie in made if (tie.one, tie.other) not in replaced]
    tied = (*kept, *judged)
    vetoed = contradictions(connection, components(tied))
    apart = {pair: cause for pair, cause in vetoed.items() if pair not in replaced} | rejected
    clusters = clustered(tied, apart)
    open_ = candidates.filter(
        ~pl.struct("key", "node").is_in(
            pl.DataFrame(list(rejected), schema=["key", "node"], orient="row")
            .select(pl.struct(pl.col("key").cast(pl.String), pl.col("node").cast(pl.String)))
            .to_series()
            .implode()
        )
    )
    return Resolution(
        _matches(connection, open_, clusters, parameters), candidates, clusters.splits, parameters
    )


def _matches(
    connection: duckdb.DuckDBPyConnection,
    candidates: pl.DataFrame,
    clusters: Clusters,
    parameters: Parameters,
) -> pl.DataFrame:
    """Return the frame of matches: who became one with a party, and who waits for a person."""
    mentions = frame(
        connection,
        "SELECT key, kind, sort, anchor, records, fen FROM who_mention WHERE number IS NULL",
    )
    numbers = frame(
        connection, "SELECT node, number FROM who_party UNION ALL SELECT node, number FROM who_org"
    )
    best = candidates.group_by("key", maintain_order=True).first()
    likely = {k: (n, p) for k, n, p in best.select("key", "node", "probability").iter_rows()}
    met = {c: i for i, c in clusters.cluster.items() if not i.startswith("mention:")}
    rows = []
    for key in mentions["key"]:
        cluster = clusters.cluster.get(key, key)
        node = met.get(cluster)
        if node is not None:
            chance, steps = chained(clusters, key, node)
            origin = "chain" if steps > 1 else "judgement" if chance > 1 else "model"
            rows.append((key, node, min(chance, 1.0), "same", origin, cluster))
            continue
        candidate, chance = likely.get(key, (None, 0.0))
        decision = "decide" if chance >= parameters.decide else "different"
        rows.append((key, candidate, chance, decision, "model", cluster))
    decided = pl.DataFrame(rows, schema=[(n, MATCH_COLUMNS[n]) for n in _DECIDED], orient="row")
    return (
        mentions.join(decided, on="key", how="left")
        .join(numbers, on="node", how="left")
        .select(pl.col(name).cast(kind) for name, kind in MATCH_COLUMNS.items())
        .sort("key")
    )
