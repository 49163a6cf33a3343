"""What households and declarations say of kin: who is what to whom, by which record."""

import polars as pl

from graphengine.household_relation import RELATIONS, word_of

_HEADS = [r.code for r in RELATIONS if r.word is not None and not r.word.steps]
HOUSE = ["division_code", "household_id"]
"""Columns that together name a household."""
NAMED = (("father_id", "m"), ("mother_id", "f"))
"""Columns of a person's own row that name a parent, with the parent's sex."""


def members_with_heads(households: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of members other than the head, with the head they are related to."""
    active = (pl.col("status") == "active").fill_null(value=True)
    heads = (
        households.filter(pl.col("relation_to_head").is_in(_HEADS))
        .group_by(HOUSE)
        .agg(
            every=pl.col("person_id").unique(),
            active=pl.col("person_id").filter(active).unique(),
        )
        .with_columns(
            only=pl.when(pl.col("every").list.len() == 1).then("every").otherwise("active")
        )
        .filter(pl.col("only").list.len() == 1)
        .select(*HOUSE, head=pl.col("only").list.first())
    )
    return households.join(heads, on=HOUSE).filter(
        ~pl.col("relation_to_head").is_in(_HEADS), pl.col("person_id") != pl.col("head")
    )


def known_sexes(households: pl.DataFrame) -> pl.DataFrame:
    """Return the sex (m, f) of those of whom all rows say the same."""
    stated = households.select("person_id", pl.col("sex").str.to_lowercase()).drop_nulls().unique()
    return stated.filter(pl.len().over("person_id") == 1)


def named_parents(households: pl.DataFrame) -> pl.DataFrame:
    """Return the parents (source) that a person's own row (target) names by number."""
    rows = [
        households.select(source=column, target="person_id", sex=pl.lit(sex))
        for column, sex in NAMED
    ]
    return pl.concat(rows).drop_nulls().unique()


def statements(members: pl.DataFrame, relatives: pl.DataFrame) -> pl.DataFrame:
    """Return who (member) is what (term) to whom (ego), with the term's steps, sexes and basis."""
    stated = pl.concat(
        [
            members.select("record", ego="head", member="person_id", term="relation_to_head"),
            relatives.select("record", ego="person_id", member="relative_id", term="relation"),
        ]
    ).drop_nulls()
    known = [(t, w) for t in stated["term"].unique() if (w := word_of(t)) is not None and w.steps]
    words = pl.DataFrame(
        [(term, word.steps, word.sexes, word.basis) for term, word in known],
        schema={"term": pl.String, "steps": pl.String, "sexes": pl.String, "basis": pl.String},
        orient="row",
    )
    return stated.join(words, on="term").filter(pl.col("ego") != pl.col("member"))


def only_member(members: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """Return the rows of the person who alone has one of the codes in the household."""
    rows = members.filter(pl.col("relation_to_head").is_in(codes))
    return rows.filter(pl.col("person_id").n_unique().over(HOUSE) == 1)
