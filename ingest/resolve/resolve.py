"""The resolution: records and judgements in, who is who out; pure and sorted.

First pass: the model learns from the mentions that state a number and weighs those without.
Second pass: accounts whose holder the first made sure are used to look again at what it left
open (a payer's family may now be known). Judgements come last: they change decisions, never
evidence, so that no judgement can make two others more alike.
"""

from typing import Final

import duckdb
import polars as pl

from graphengine.judgements import Judgements
from ingest.resolve.candidates import define_candidates
from ingest.resolve.context import define_context
from ingest.resolve.deciding import decide
from ingest.resolve.evidence import COMPARISONS
from ingest.resolve.matches import Resolution
from ingest.resolve.mentions import define_mentions
from ingest.resolve.organisations import define_organisation_sides
from ingest.resolve.parameters import Parameters
from ingest.resolve.parties import define_parties
from ingest.resolve.persons import define_person_sides
from ingest.resolve.ties import mention_ties
from ingest.resolve.training import train
from ingest.resolve.vetoes import define_anchors
from ingest.resolve.weighing import ranked, weighed

_SURE: Final = 0.995


def resolve(
    connection: duckdb.DuckDBPyConnection,
    judgements: Judgements | None = None,
    parameters: Parameters | None = None,
) -> Resolution:
    """Say of every mention without a number whom it means.

    `connection` has the register views and identity macros of `ingest.build`; temporary tables
    `who_*` are left in it. Without `parameters` the model learns them from the records. The
    outcome does not depend on the order of rows or files, nor on threads. Cost: a few passes over
    payments, every distinct name once in Python; 500,000 people within the settings' memory.
    """
    define_mentions(connection)
    define_parties(connection)
    define_anchors(connection)
    define_organisation_sides(connection)
    _person_tables(connection, "true")
    learned = parameters or train(connection)
    candidates = weighed(connection, learned, tuple(COMPARISONS))
    ties = mention_ties(connection, learned)
    candidates = _again(connection, learned, candidates)
    return decide(connection, candidates, ties, learned, judgements or Judgements({}))


def _person_tables(connection: duckdb.DuckDBPyConnection, asked: str) -> None:
    define_context(connection, asked)
    define_candidates(connection)
    define_person_sides(connection)


def _again(
    connection: duckdb.DuckDBPyConnection, parameters: Parameters, first: pl.DataFrame
) -> pl.DataFrame:
    """Look again at what is open, with the holders of whom the first pass is sure."""
    best = first.group_by("key", maintain_order=True).first()
    sure = best.filter(pl.col("probability") >= _SURE).select("key", "number", "node")
    connection.register("who_frame", sure)
    connection.execute("CREATE OR REPLACE TEMP TABLE who_sure AS FROM who_frame")
    connection.unregister("who_frame")
    connection.execute("""
INSERT INTO who_holder
SELECT m.anchor, min(s.number), party_prefix(min(s.number)) FROM who_sure s
JOIN who_mention m USING (key) WHERE m.kind = 'account' AND m.number IS NULL
  AND m.anchor NOT IN (SELECT account FROM who_holder)
GROUP BY m.anchor HAVING count(DISTINCT s.number) = 1
""")
    _person_tables(connection, "number IS NULL AND key NOT IN (SELECT key FROM who_sure)")
    persons = tuple(kind for kind in COMPARISONS if kind != "organisation")
    second = weighed(connection, parameters, persons)
    kept = first.join(second.select("key").unique(), on="key", how="anti")
    return ranked(pl.concat([kept, second]))
