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

from collections.abc import Iterator

import polars as pl

from graphengine.algo.kinship import TIE_SCHEMA
from graphengine.household_relation import RELATION_OF, RELATIONS, KinWord, word_of
from ingest.build.kin_chains import Known, Statement, Tie, chain, sibling_ties, step_tie

_HEADS = [r.code for r in RELATIONS if r.word is not None and not r.word.steps]
_SPOUSES = ["10", "11", "12"]
_CHILDREN = [r.code for r in RELATIONS if r.word is not None and r.word.steps == "D"]
_COUPLES = (("51", "52"), ("53", "54"), ("55", "56"), ("61", "62"), ("63", "64"))
_NAMED = (("father_id", "m"), ("mother_id", "f"))
_HOUSE = ["division_code", "household_id"]


def kin_ties(households: pl.DataFrame, relatives: pl.DataFrame) -> pl.DataFrame:
    """Return the ties that the two registers state, one row per pair, kind and basis, sorted.

    Persons are node ids; `households` has sex (M, F) beside the register's columns, both have
    `record`. Columns: graphengine.algo.kinship.TIE_SCHEMA. Cost: one pass over the rows.
    """
    members = _with_heads(households)
    known = Known(_sexes(households), _named(households))
    said = [*_from_heads(members), *_declared(relatives)]
    direct = [known.parenthood(_direct(s)) for s in said if len(s.word.steps) == 1]
    ties = [*_numbered(households, direct), *direct, *_couples(members)]
    ties += [known.parenthood(tie) for tie in _other_parents(members, known)]
    known = known.learning(ties)
    chained = [(s.record, *chain(s, known)) for s in said if len(s.word.steps) > 1]
    ties += [known.parenthood(tie) for _, found, _ in chained for tie in found]
    known = known.learning(ties)
    ties += sibling_ties([(*pair, record) for record, _, pair in chained if pair], known)
    return _frame(ties, households)


def _with_heads(households: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of members other than the head, with the head they are related to."""
    active = (pl.col("status") == "active").fill_null(value=True)
    heads = (
        households.filter(pl.col("relation_to_head").is_in(_HEADS))
        .group_by(_HOUSE)
        .agg(
            every=pl.col("person_id").unique(),
            active=pl.col("person_id").filter(active).unique(),
        )
        .with_columns(
            only=pl.when(pl.col("every").list.len() == 1).then("every").otherwise("active")
        )
        .filter(pl.col("only").list.len() == 1)
        .select(*_HOUSE, head=pl.col("only").list.first())
    )
    return households.join(heads, on=_HOUSE).filter(
        ~pl.col("relation_to_head").is_in(_HEADS), pl.col("person_id") != pl.col("head")
    )


def _sexes(households: pl.DataFrame) -> dict[str, str]:
    stated = households.select("person_id", pl.col("sex").str.to_lowercase()).drop_nulls().unique()
    single = stated.group_by("person_id").agg("sex").filter(pl.col("sex").list.len() == 1)
    return dict(zip(single["person_id"], single["sex"].list.first(), strict=True))


def _named(households: pl.DataFrame) -> dict[str, dict[str, frozenset[str]]]:
    named: dict[str, dict[str, frozenset[str]]] = {}
    for column, sex in _NAMED:
        rows = households.select("person_id", column).drop_nulls().group_by("person_id").agg(column)
        named[sex] = {child: frozenset(parents) for child, parents in rows.iter_rows()}
    return named


def _from_heads(members: pl.DataFrame) -> Iterator[Statement]:
    columns = members.select("head", "person_id", "relation_to_head", "record")
    for head, person, code, record in columns.iter_rows():
        word = RELATION_OF[code].word
        if word is not None:
            yield Statement(head, person, word, record)


def _declared(relatives: pl.DataFrame) -> Iterator[Statement]:
    rows = relatives.drop_nulls(["person_id", "relative_id", "relation"])
    words: dict[str, KinWord | None] = {t: word_of(t) for t in rows["relation"].unique()}
    for person, relative, term, record in rows.select(
        "person_id", "relative_id", "relation", "record"
    ).iter_rows():
        word = words[term]
        if word is not None and word.steps and person != relative:
            yield Statement(person, relative, word, record)


def _direct(statement: Statement) -> Tie:
    word = statement.word
    return step_tie(statement.ego, word.steps, statement.member, statement, word.sexes)


def _numbered(households: pl.DataFrame, direct: list[Tie]) -> Iterator[Tie]:
    """Yield the ties that rows state by number, of the kind that a code gives the same pair."""
    kinds = {(t.source, t.target): t.basis for t in direct if t.basis in {"adoption", "step"}}
    for column, sex in _NAMED:
        rows = households.select(column, "person_id", "record").drop_nulls()
        for parent, child, record in rows.iter_rows():
            yield Tie(parent, child, "parent", kinds.get((parent, child), "blood"), record, sex)
    rows = households.select("spouse_id", "person_id", "record").drop_nulls()
    for a, b, record in rows.iter_rows():
        yield Tie(min(a, b), max(a, b), "spouse", "affinity", record)


def _couples(members: pl.DataFrame) -> Iterator[Tie]:
    """Yield the marriages between the only two members who are a couple to the head."""
    columns = ["person_id", "spouse_id", "record"]
    for codes in _COUPLES:
        one, other = (_only(members, [code]).select(*_HOUSE, *columns) for code in codes)
        pairs = one.join(other, on=_HOUSE, suffix="_b")
        free = (pl.col("spouse_id").is_null() | (pl.col("spouse_id") == pl.col("person_id_b"))) & (
            pl.col("spouse_id_b").is_null() | (pl.col("spouse_id_b") == pl.col("person_id"))
        )
        chosen = pairs.filter(free).select("person_id", "person_id_b", "record", "record_b")
        for a, b, *records in chosen.iter_rows():
            for record in records:
                yield Tie(min(a, b), max(a, b), "spouse", "affinity", record)


def _other_parents(members: pl.DataFrame, known: Known) -> Iterator[Tie]:
    """Yield the head's only spouse in the household as a parent of the head's children."""
    spouses = _only(members, _SPOUSES).select(
        *_HOUSE, spouse="person_id", code="relation_to_head", married="record"
    )
    children = members.filter(pl.col("relation_to_head").is_in(_CHILDREN)).join(spouses, on=_HOUSE)
    columns = ("spouse", "person_id", "relation_to_head", "code", "head", "record", "married")
    for spouse, child, relation, code, head, *records in children.select(columns).iter_rows():
        sex = {"11": "m", "12": "f"}.get(code) or known.sex_between(spouse, head)
        word = RELATION_OF[relation].word
        named = known.named.get(sex, {}).get(child, frozenset())
        if word is not None and spouse not in named and spouse != child:
            for record in records:
                yield Tie(spouse, child, "parent", word.basis, record, sex)


def _only(members: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """Return the rows of the person who alone has one of the codes in the household."""
    rows = members.filter(pl.col("relation_to_head").is_in(codes))
    return rows.filter(pl.col("person_id").n_unique().over(_HOUSE) == 1)


def _frame(ties: list[Tie], households: pl.DataFrame) -> pl.DataFrame:
    names = ["source", "target", "kind", "basis"]
    columns = list(zip(*ties, strict=True))[:5] or [()] * 5
    types = [pl.String] * 4 + [pl.UInt64]
    stated = pl.DataFrame(
        [pl.Series(n, c, t) for n, c, t in zip([*names, "record"], columns, types, strict=True)]
    )
    deaths = (
        households.filter(pl.col("status") == "deceased")
        .drop_nulls("status_date")
        .group_by("person_id")
        .agg(pl.col("status_date").min())
    )
    merged = stated.filter(pl.col("source") != pl.col("target")).group_by(names)
    dated = merged.agg(records=pl.col("record").unique().sort())
    for side in ("source", "target"):
        dated = dated.join(
            deaths.rename({"person_id": side, "status_date": f"{side}_died"}), on=side, how="left"
        )
    ended = pl.min_horizontal("source_died", "target_died")
    return (
        dated.with_columns(
            valid_from=pl.lit(None, pl.Date),
            valid_to=pl.when(pl.col("kind") == "spouse").then(ended).cast(pl.Date),
        )
        .select(TIE_SCHEMA.names())
        .sort(names)
    )
