"""Kin ties from households and declarations; persons are one-letter names, records row numbers."""

from datetime import date

import polars as pl
import pytest

from graphengine.algo.kinship import ANONYMOUS, DEFAULT, TIE_SCHEMA, kin_in_scope, stated_kin
from graphengine.household_relation import RELATIONS, HouseholdRelation
from ingest.build.kin_ties import kin_ties

_HOUSEHOLDS = {
    "household_id": pl.String,
    "person_id": pl.String,
    "relation_to_head": pl.String,
    "division_code": pl.String,
    "spouse_id": pl.String,
    "father_id": pl.String,
    "mother_id": pl.String,
    "status": pl.String,
    "status_date": pl.Date,
    "sex": pl.String,
    "record": pl.UInt64,
}
_RELATIVES = {
    "person_id": pl.String,
    "relation": pl.String,
    "relative_id": pl.String,
    "record": pl.UInt64,
}


def households(text: str) -> pl.DataFrame:
    """Read lines `household person/sex code [s=spouse] [f=father] [m=mother] [died=date]`."""
    rows = []
    for record, line in enumerate(text.strip().splitlines(), 1):
        house, person, code, *named = line.split()
        name, _, sex = person.partition("/")
        stated = dict(part.split("=") for part in named)
        rows.append(
            {
                "household_id": house,
                "person_id": name,
                "relation_to_head": code,
                "division_code": "361025101201",
                "spouse_id": stated.get("s"),
                "father_id": stated.get("f"),
                "mother_id": stated.get("m"),
                "status": stated.get("status", "deceased" if "died" in stated else "active"),
                "status_date": date.fromisoformat(stated["died"]) if "died" in stated else None,
                "sex": sex or None,
                "record": record,
            }
        )
    return pl.DataFrame(rows, schema=_HOUSEHOLDS)


def relatives(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    said = [(*row, 100 + i) for i, row in enumerate(rows)]
    return pl.DataFrame(said, schema=_RELATIVES, orient="row")


def told(ties: pl.DataFrame) -> set[str]:
    marks = {"parent": ">", "spouse": "="}
    return {
        f"{t['source']}{marks[t['kind']]}{t['target']}"
        + ("" if t["basis"] in {"blood", "affinity"} else f":{t['basis']}")
        for t in ties.to_dicts()
    }


def words(ties: pl.DataFrame, ego: str) -> dict[str, str]:
    kin = kin_in_scope(ties, pl.Series([ego]))
    return dict(zip(kin["target"], kin["relation"], strict=True))


def ties_of(text: str, *declared: tuple[str, str, str | None]) -> pl.DataFrame:
    return kin_ties(households(text), relatives(*declared))


def test_numbers_make_ties() -> None:
    ties = ties_of("h a/M 02 s=b f=c m=d")
    assert told(ties) == {"c>a", "d>a", "a=b"}
    assert ties.schema == TIE_SCHEMA
    assert ties["records"].to_list() == [[1], [1], [1]]


def test_codes_are_relations_to_the_head() -> None:
    ties = ties_of("h a/M 02\nh b/F 12\nh c/M 51\nh d/F 31")
    assert told(ties) == {"a=b", "c>a", "a>d", "b>d"}
    assert words(ties, "b") == {"a": "S", "c": "SU", "d": "D"}


def test_records_of_both_sides_stand_behind_a_tie() -> None:
    ties = ties_of("h a/M 02 s=b\nh b/F 12 s=a")
    assert ties["records"].to_list() == [[1, 2]]


def test_the_wife_is_the_mother_unless_another_is_named() -> None:
    assert "b>c" in told(ties_of("h a/M 02\nh b/F 12\nh c/M 20"))
    named = told(ties_of("h a/M 02\nh b/F 12\nh c/M 20 m=x"))
    assert {"b>c:step", "x>c", "a>c"} <= named
    assert told(ties_of("h a/F 02\nh b/M 11\nh c/M 20 f=x")) >= {"b>c:step", "x>c", "a>c"}


def test_of_two_wives_in_a_household_neither_is_taken_for_the_mother() -> None:
    assert told(ties_of("h a/M 02\nh b/F 12\nh d/F 12\nh c/M 20")) == {"a=b", "a=d", "a>c"}


def test_a_son_with_another_father_is_a_stepson() -> None:
    assert told(ties_of("h a/M 02\nh c/M 20 f=x")) == {"a>c:step", "x>c"}


def test_adopted_or_step_child_keeps_the_code_s_basis() -> None:
    assert told(ties_of("h a/M 02\nh b/F 12\nh c/M 27")) == {"a=b", "a>c:step", "b>c:step"}
    assert told(ties_of("h a/M 02\nh c/M 27 f=a")) == {"a>c:step"}
    assert told(ties_of("h a/M 02", ("a", "养子", "c"))) == {"a>c:adoption"}


def test_contradictions_keep_both_ties() -> None:
    assert told(ties_of("h a/M 02 s=b\ng b/F 02 s=c")) == {"a=b", "b=c"}
    assert told(ties_of("h a/M 02 f=x\ng a/M 02 f=y")) == {"x>a", "y>a"}


def test_parents_in_one_household_are_a_couple() -> None:
    assert "c=d" in told(ties_of("h a/M 02\nh c/M 51\nh d/F 52"))
    assert "c=d" not in told(ties_of("h a/M 02\nh c/M 51 s=x\nh d/F 52"))


def test_a_grandson_whose_father_is_known_adds_nobody() -> None:
    ties = ties_of("h a/M 02\nh p/M 20\nh g/M 41 f=p")
    assert told(ties) == {"a>p", "p>g"}
    assert told(ties_of("h a/M 02\nh g/M 41 f=p")) == {"a>p", "p>g"}
    assert told(ties_of("h a/M 02\nh g/F 44 m=p")) == {"a>p", "p>g"}


def test_a_grandson_without_a_known_father_has_an_anonymous_one() -> None:
    ties = ties_of("h a/M 02\nh g/M 41")
    between = ties.filter(pl.col("target") == "g")["source"].item()
    assert between.startswith(ANONYMOUS + "m:")
    assert told(ties) == {f"a>{between}", f"{between}>g"}
    assert words(ties, "g") == {"a": "UU"}
    stated = stated_kin(ties)
    assert stated.select("source", "target", "relation", "basis").rows() == [
        ("a", "g", "DD", "stated"),
        ("g", "a", "UU", "stated"),
    ]
    assert stated["via"].to_list() == [[], []]


def test_both_paternal_grandparents_meet_in_one_father() -> None:
    ties = ties_of("h a/M 02\nh g/M 61\nh k/F 62\nh u/M 81")
    fathers = set(ties.filter(pl.col("target") == "a")["source"])
    assert len(fathers) == 1
    assert words(ties, "a") == {"g": "UU", "k": "UU", "u": "UUD"}
    assert words(ties, "u")["g"] == "U"


def test_siblings_share_the_known_parents() -> None:
    ties = ties_of("h a/M 02 f=x\nh b/M 73")
    assert told(ties) == {"x>a", "x>b"}
    assert told(ties_of("h a/M 02 f=x m=y\nh b/M 73 f=z")) == {"x>a", "y>a", "z>b", "y>b"}


def test_siblings_of_unknown_parents_share_an_anonymous_one() -> None:
    ties = ties_of("h a/M 02\nh b/M 73\nh c/F 75\nh d/F 72")
    assert words(ties, "b") == {"a": "UD", "c": "UD"} | {"d": "UDS"}
    assert words(ties, "a") == {"b": "UD", "c": "UD", "d": "UDS"}


def test_half_siblings_by_name_keep_a_common_anonymous_parent() -> None:
    ties = ties_of("h a/M 02 f=x\nh b/M 73 f=y")
    assert words(ties, "a")["b"] == "UD"
    assert {"x>a", "y>b"} <= told(ties)


def test_a_son_in_law_is_the_husband_of_the_named_wife() -> None:
    assert told(ties_of("h a/M 02\nh i/M 28 s=d")) == {"a>d", "d=i"}
    ties = ties_of("h a/M 02", ("a", "女婿", "i"))
    assert words(ties, "i") == {"a": "SU"}
    assert words(ties, "a") == {"i": "DS"}


@pytest.mark.parametrize(
    ("term", "word", "back"),
    [
        ("兄弟", "UD", "UD"), ("妻弟", "SUD", "UDS"), ("连襟", "SUDS", "SUDS"),
        ("表哥", "UUDD", "UUDD"), ("堂弟", "UUDD", "UUDD"), ("姑父", "UUDS", "SUDD"),
        ("侄女婿", "UDDS", "SUUD"), ("亲家", "DSU", "DSU"), ("曾祖父", "UUU", "DDD"),
        ("配偶的祖父母或外祖父母", "SUU", "DDS"), ("孙媳妇", "DDS", "SUU"),
    ],
)  # fmt: skip
def test_declared_relations_come_back_word_by_word(term: str, word: str, back: str) -> None:
    stated = stated_kin(ties_of("h a/M 02", ("a", term, "z")))
    assert stated.select("source", "relation").rows() == [("a", word), ("z", back)]
    assert stated["in_scope"].to_list() == [w in DEFAULT.words for w in (word, back)]
    assert stated["records"].to_list() == [[100], [100]]


@pytest.mark.parametrize("relation", [r for r in RELATIONS if r.word is not None and r.word.steps])
def test_every_code_comes_back_as_its_word(relation: HouseholdRelation) -> None:
    assert relation.word is not None
    stated = stated_kin(ties_of(f"h a/M 02\nh z {relation.code}"))
    (forth, back) = stated.select("source", "target", "relation", "line").rows()
    line = "affinity" if "S" in relation.word.steps else relation.word.basis
    assert forth == ("a", "z", relation.word.steps, line)
    assert back[:2] == ("z", "a")


def test_nothing_is_made_of_vague_or_unresolved_statements() -> None:
    ties = ties_of("h a/M 02\nh b/M 97\nh c/M 99", ("a", "女婿", None), ("a", "老乡", "z"))
    assert ties.is_empty()


def test_of_several_heads_the_only_active_one_counts() -> None:
    assert told(ties_of("h a/M 02 died=2020-01-02\nh b/F 02\nh c/M 20")) == {"b>c"}
    assert told(ties_of("h a/M 02\nh b/F 02\nh c/M 20 f=a")) == {"a>c"}


def test_a_marriage_ends_with_a_death() -> None:
    ties = ties_of("h a/M 02 s=b\nh b/F 12 died=2020-01-02\nh c/M 20")
    ends = dict(zip(ties["kind"], ties["valid_to"], strict=True))
    assert ends == {"spouse": date(2020, 1, 2), "parent": None}


def test_order_of_rows_does_not_matter() -> None:
    rows = households(
        "h a/M 02 f=x\nh b/F 12\nh c/M 20\nh g/M 41\nh d/M 73\nh e/F 38\ng d/M 02\ng f/F 81"
    )
    said = relatives(("a", "堂弟", "k"), ("c", "岳父", "w"), ("d", "兄弟", "k2"))
    ties = kin_ties(rows, said)
    for seed in range(5):
        again = kin_ties(
            rows.sample(fraction=1, shuffle=True, seed=seed),
            said.sample(fraction=1, shuffle=True, seed=seed),
        )
        assert again.equals(ties)


def test_the_same_number_in_two_divisions_is_two_households() -> None:
    rows = households("h a/M 02\nh b/M 20")
    apart = rows.with_columns(division_code=pl.Series(["361025101201", "361025101202"]))
    assert kin_ties(apart, relatives()).is_empty()


def test_empty_registers_give_an_empty_frame() -> None:
    ties = kin_ties(households(""), relatives())
    assert ties.is_empty()
    assert ties.schema == TIE_SCHEMA
    assert stated_kin(ties).is_empty()
