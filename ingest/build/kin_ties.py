"""Registers → primitive kin ties: who is whose parent or spouse, and by which records.

The rules, where the registers leave room:
- A household's relations are stated to its head: the only head, else the only active one; codes of
  a household with several heads say nothing.
- The head's only spouse in the household is a parent of the head's children; likewise two parents
  (父, 母), two parents-in-law or two grandparents on one side are each other's spouses, unless a
  `spouse_id` of theirs names somebody else.
- `father_id` and `mother_id` say who the parent is, a code (27 养子或继子) of what kind.
- A parent stated or inferred by a code is a step-parent where the child's own `father_id` or
  `mother_id` names another person of that sex. Other contradictions keep both ties.
- Parenthood has no dates; a marriage ends on the day the first of the two died.
"""

import polars as pl

from graphengine.algo.kinship import ANONYMOUS, TIE_SCHEMA
from graphengine.household_relation import RELATIONS, UNKNOWN, word_of
from ingest.build.kin_chains import Known, Statement, Tie, chain, sibling_ties
from ingest.build.kin_statements import (
    HOUSE,
    NAMED,
    known_sexes,
    members_with_heads,
    named_parents,
    only_member,
    statements,
)

_SPOUSES = ["10", "11", "12"]
_CHILDREN = [r.code for r in RELATIONS if r.word is not None and r.word.steps == "D"]
_COUPLES = (("51", "52"), ("53", "54"), ("55", "56"), ("61", "62"), ("63", "64"))
_STATED = pl.Schema(
    [
        ("source", pl.String()),
        ("target", pl.String()),
        ("kind", pl.String()),
        ("basis", pl.String()),
        ("record", pl.UInt64()),
        ("sex", pl.String()),
    ]
)
"""Ties before they are merged: one per record, with the sex of a parent (m, f or ?)."""


def kin_ties(households: pl.DataFrame, relatives: pl.DataFrame) -> pl.DataFrame:
    """Return the ties that the two registers state, one row per pair, kind and basis, sorted.

    Persons are node ids; `households` has sex (M, F) beside the register's columns, both have
    `record`. Columns: graphengine.algo.kinship.TIE_SCHEMA. Cost: a few joins, and one pass over
    the relations of more than one step.
    """
    members = members_with_heads(households)
    sexes = known_sexes(households)
    named = named_parents(households)
    said = statements(members, relatives)
    direct = _direct(said, sexes)
    ties = pl.concat(
        [
            _numbered(households, direct),
            _demoted(direct, named),
            _couples(members),
            _demoted(_other_parents(members, sexes, named), named),
        ]
    )
    chained, siblings = _chained(said, _known(ties, sexes, named))
    ties = pl.concat([ties, _demoted(_with_sexes(chained, sexes), named)])
    kin = {person for a, b, _ in siblings for person in (a, b)}
    near = ties.filter(pl.col("target").is_in(list(kin)) & (pl.col("kind") == "parent"))
    between = sibling_ties(siblings, _known(near, sexes, named))
    return _frame(pl.concat([ties, _rows(between)]), households)


def _direct(said: pl.DataFrame, sexes: pl.DataFrame) -> pl.DataFrame:
    """Return the ties of relations of one step."""
    single = said.filter(pl.col("steps").str.len_bytes() == 1)
    up, married = pl.col("steps") == "U", pl.col("steps") == "S"
    ties = single.select(
        source=pl.when(up).then("member").otherwise("ego"),
        target=pl.when(up).then("ego").otherwise("member"),
        kind=pl.when(married).then(pl.lit("spouse")).otherwise(pl.lit("parent")),
        basis=pl.when(married).then(pl.lit("affinity")).otherwise("basis"),
        record="record",
        sex=pl.when(up).then("sexes").otherwise(pl.lit(UNKNOWN)),
    )
    return _with_sexes(ties, sexes)


def _with_sexes(ties: pl.DataFrame, sexes: pl.DataFrame) -> pl.DataFrame:
    """Fill in the sex of parents where a tie does not say it."""
    mark = pl.col("source").str.slice(len(ANONYMOUS), 1)
    hidden = pl.col("source").str.starts_with(ANONYMOUS) & mark.is_in(["m", "f"])
    stated = pl.col("sex").replace(UNKNOWN, None)
    known = sexes.select(source="person_id", known="sex")
    sex = pl.coalesce(stated, pl.when(hidden).then(mark), "known", pl.lit(UNKNOWN))
    return ties.join(known, on="source", how="left").with_columns(sex=sex).select(_STATED.names())


def _demoted(ties: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Make a blood parent a step-parent where the child's own row names another of that sex."""
    another = pl.lit(value=False)
    blocked: list[pl.Expr] = []
    for sex in "mf":
        here = named.filter(pl.col("sex") == sex)
        children = (
            here.select("target").unique().with_columns(pl.lit(value=True).alias(f"has_{sex}"))
        )
        pairs = here.select("source", "target", pl.lit(value=True).alias(f"is_{sex}"))
        ties = ties.join(children, on="target", how="left").join(
            pairs, on=["source", "target"], how="left"
        )
        other = pl.col(f"has_{sex}").fill_null(another) & pl.col(f"is_{sex}").is_null()
        blocked.append(other | (pl.col("sex") == {"m": "f", "f": "m"}[sex]))
    step = (pl.col("kind") == "parent") & (pl.col("basis") == "blood") & blocked[0] & blocked[1]
    basis = pl.when(step).then(pl.lit("step")).otherwise("basis")
    return ties.with_columns(basis=basis).select(_STATED.names())


def _numbered(households: pl.DataFrame, direct: pl.DataFrame) -> pl.DataFrame:
    """Return the ties that rows state by number, of the kind that a code gives the same pair."""
    parents = pl.concat(
        households.select("record", source=column, target="person_id", sex=pl.lit(sex))
        for column, sex in NAMED
    ).drop_nulls()
    kinds = (
        direct.filter(pl.col("basis").is_in(["adoption", "step"]))
        .group_by("source", "target")
        .agg(pl.col("basis").min())
    )
    parents = parents.join(kinds, on=["source", "target"], how="left").with_columns(
        pl.col("basis").fill_null("blood"), kind=pl.lit("parent")
    )
    pairs = households.select("record", source="spouse_id", target="person_id").drop_nulls()
    return pl.concat([parents.select(_STATED.names()), _marriages(pairs)])


def _marriages(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.with_columns(
        kind=pl.lit("spouse"), basis=pl.lit("affinity"), sex=pl.lit(UNKNOWN)
    ).select(_STATED.names())


def _couples(members: pl.DataFrame) -> pl.DataFrame:
    """Return the marriages between the only two members who are a couple to the head."""
    columns = ["person_id", "spouse_id", "record"]
    found = []
    for codes in _COUPLES:
        one, other = (only_member(members, [code]).select(*HOUSE, *columns) for code in codes)
        pairs = one.join(other, on=HOUSE, suffix="_b")
        free = (pl.col("spouse_id").is_null() | (pl.col("spouse_id") == pl.col("person_id_b"))) & (
            pl.col("spouse_id_b").is_null() | (pl.col("spouse_id_b") == pl.col("person_id"))
        )
        found += [
            pairs.filter(free).select(source="person_id", target="person_id_b", record=record)
            for record in ("record", "record_b")
        ]
    return _marriages(pl.concat(found))


def _other_parents(members: pl.DataFrame, sexes: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Return the head's only spouse in the household as a parent of the head's children."""
    own = sexes.select("person_id", own="sex")
    heads = sexes.select(head="person_id", heads="sex")
    by_code = pl.col("relation_to_head").replace_strict({"11": "m", "12": "f"}, default=None)
    other = pl.col("heads").replace_strict({"m": "f", "f": "m"}, default=None)
    spouses = (
        only_member(members, _SPOUSES)
        .join(own, on="person_id", how="left")
        .join(heads, on="head", how="left")
        .select(
            *HOUSE,
            source="person_id",
            sex=pl.coalesce(by_code, "own", other, pl.lit(UNKNOWN)),
            married="record",
        )
    )
    bases = {r.code: r.word.basis for r in RELATIONS if r.word is not None}
    children = members.filter(pl.col("relation_to_head").is_in(_CHILDREN)).select(
        *HOUSE,
        "record",
        target="person_id",
        basis=pl.col("relation_to_head").replace_strict(bases, default=None),
    )
    pairs = children.join(spouses, on=HOUSE).join(named, on=["source", "target"], how="anti")
    ties = [
        pairs.with_columns(record=record, kind=pl.lit("parent")).select(_STATED.names())
        for record in ("record", "married")
    ]
    return pl.concat(ties).filter(pl.col("source") != pl.col("target"))


def _known(ties: pl.DataFrame, sexes: pl.DataFrame, named: pl.DataFrame) -> Known:
    """Return what the ties give without contradiction, to be looked up person by person."""
    blood = ties.filter(pl.col("kind") == "parent", pl.col("basis") == "blood")
    wed = ties.filter(pl.col("kind") == "spouse")
    back = wed.select(source="target", target="source")
    spouses = pl.concat([wed.select("source", "target"), back])
    return Known(
        _answers(sexes.select(target="person_id", source="sex")),
        {s: _answers(blood.filter(pl.col("sex") == s)) for s in "mf"},
        _answers(spouses),
        {s: frozenset(named.filter(pl.col("sex") == s)["target"]) for s in "mf"},
    )


def _answers(rows: pl.DataFrame) -> dict[str, str]:
    """Return the only source of each target that has only one."""
    single = rows.select("target", "source").unique().filter(pl.len().over("target") == 1)
    return dict(zip(single["target"].to_list(), single["source"].to_list(), strict=True))


def _chained(said: pl.DataFrame, known: Known) -> tuple[pl.DataFrame, list[tuple[str, str, int]]]:
    """Return the ties of relations of more steps, and who must be siblings by which record."""
    ties: list[Tie] = []
    siblings: list[tuple[str, str, int]] = []
    rows = said.filter(pl.col("steps").str.len_bytes() > 1)
    for ego, member, term, record in rows.select("ego", "member", "term", "record").iter_rows():
        word = word_of(term)
        if word is not None:
            found, pair = chain(Statement(ego, member, word, record), known)
            ties += found
            siblings += [(*pair, record)] if pair else []
    return _rows(ties), siblings


def _rows(ties: list[Tie]) -> pl.DataFrame:
    columns = list(zip(*ties, strict=True)) or [()] * len(_STATED)
    return pl.DataFrame(
        [pl.Series(n, c, t) for (n, t), c in zip(_STATED.items(), columns, strict=True)]
    )


def _frame(ties: pl.DataFrame, households: pl.DataFrame) -> pl.DataFrame:
    deaths = (
        households.filter(pl.col("status") == "deceased")
        .drop_nulls("status_date")
        .group_by("person_id")
        .agg(pl.col("status_date").min())
    )
    spouse = pl.col("kind") == "spouse"
    either = pl.min_horizontal("source", "target"), pl.max_horizontal("source", "target")
    keys = ["source", "target", "kind", "basis"]
    merged = (
        ties.filter(pl.col("source") != pl.col("target"))
        .with_columns(
            source=pl.when(spouse).then(either[0]).otherwise("source"),
            target=pl.when(spouse).then(either[1]).otherwise("target"),
        )
        .group_by(keys)
        .agg(records=pl.col("record").unique().sort())
    )
    for side in ("source", "target"):
        died = deaths.rename({"person_id": side, "status_date": f"{side}_died"})
        merged = merged.join(died, on=side, how="left")
    ended = pl.min_horizontal("source_died", "target_died")
    return (
        merged.with_columns(
            valid_from=pl.lit(None, pl.Date), valid_to=pl.when(spouse).then(ended).cast(pl.Date)
        )
        .select(TIE_SCHEMA.names())
        .sort(keys)
    )
