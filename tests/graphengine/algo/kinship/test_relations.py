from datetime import date

import polars as pl
import pytest

from graphengine.algo.kinship import (
    CIVIL_SERVANT,
    DEFAULT,
    Pedigree,
    Scope,
    kin_in_scope,
    relation_between,
    stated_kin,
)
from graphengine.tables.schema import relation_schema
from tests.graphengine.algo.kinship.pedigrees import family, frame

# Grandparents G=H; their sons F and B, daughter N; my mother M; B's son C; my wife W and her
# father V, brother X and X's wife Y, sister Z and her husband Q; my child K and K's L, child of P.
_CLAN = """
G>F H>F G>B H>B G=H G>N H>N F>me M>me F=M F>sis M>sis B>C B=A N>T me=W V>W V>X V>Z X=Y Z=Q
me>K W>K K=L P>L K>J sis=O sis>I C=D
"""


@pytest.mark.parametrize(
    ("kin", "word", "scope"),
    [
        ("F", "U", "default"), ("M", "U", "default"), ("G", "UU", "default"),
        ("sis", "UD", "default"), ("B", "UUD", "default"), ("N", "UUD", "default"),
        ("C", "UUDD", "default"), ("T", "UUDD", "default"), ("W", "S", "default"),
        ("V", "SU", "default"), ("X", "SUD", "default"), ("K", "D", "default"),
        ("L", "DS", "default"), ("J", "DD", "default"), ("O", "UDS", "default"),
        ("I", "UDD", "default"), ("Y", "SUDS", "civil-servant"), ("Q", "SUDS", "civil-servant"),
        ("P", "DSU", "civil-servant"), ("A", "UUDS", "civil-servant"),
        ("D", "UUDDS", "civil-servant"),
    ],
)  # fmt: skip
def test_scope_of_a_clan(kin: str, word: str, scope: str) -> None:
    ties = family(_CLAN)
    narrow = relation_between(ties, "me", kin)
    wide = relation_between(ties, "me", kin, CIVIL_SERVANT)
    assert narrow[0].word == word
    assert narrow[0].in_scope == (scope == "default")
    assert wide[0].in_scope
    for preset, name in ((DEFAULT, "default"), (CIVIL_SERVANT, "civil-servant")):
        found = kin_in_scope(ties, pl.Series(["me"]), preset).filter(target=kin)
        expected = [word] if name == scope or preset is CIVIL_SERVANT else []
        assert found["relation"].to_list() == expected


def test_the_other_parent_of_a_child_is_kin_only_by_marriage() -> None:
    assert relation_between(family("a>c b>c"), "a", "b") == ()
    assert [p.word for p in relation_between(family("a>c b>c a=b"), "a", "b")] == ["S"]


def test_two_spouses_of_one_person_are_not_kin() -> None:
    assert relation_between(family("a=b b=c"), "a", "c") == ()


def test_the_former_husband_is_no_brother_in_law() -> None:
    ties = family("me=w v>w w=ex")
    assert relation_between(ties, "me", "ex") == ()


def test_nobody_is_kin_to_themselves_or_to_strangers() -> None:
    ties = family("a>b c>d")
    assert relation_between(ties, "a", "a") == ()
    assert relation_between(ties, "a", "d") == ()
    assert relation_between(ties, "a", "nobody") == ()


def test_a_mother_is_not_also_the_father_s_wife() -> None:
    assert [p.word for p in relation_between(family("f>a m>a f=m"), "a", "m")] == ["U"]
    step = relation_between(family("f>a f=m"), "a", "m")
    assert [(p.word, p.line) for p in step] == [("US", "step")]


def test_full_siblings_come_over_both_parents() -> None:
    paths = relation_between(family("f>a m>a f=m f>b m>b"), "a", "b")
    assert [(p.word, p.via, p.half) for p in paths] == [
        ("UD", ("f",), False),
        ("UD", ("m",), False),
    ]


def test_half_siblings_are_known_by_their_other_parents() -> None:
    paths = relation_between(family("f>a f>b m>a n>b"), "a", "b")
    assert [(p.word, p.line, p.half) for p in paths] == [("UD", "blood", True)]
    assert not relation_between(family("f>a f>b m>a"), "a", "b")[0].half


def test_a_wife_who_is_a_cousin_is_both() -> None:
    ties = family("g>f g>b f>me b>w me=w")
    assert [p.word for p in relation_between(ties, "me", "w")] == ["S", "UUDD"]
    assert kin_in_scope(ties, pl.Series(["me"])).filter(target="w")["relation"].item() == "S"


def test_an_uncle_who_adopts_is_father_first() -> None:
    paths = relation_between(family("g>f g>u f>me u*me"), "me", "u")
    assert [(p.word, p.line) for p in paths] == [("U", "adoption"), ("UUD", "blood")]


def test_lines() -> None:
    ties = family("f>me f*ad s~me s>ss me=w v>w")
    assert relation_between(ties, "me", "ad")[0].line == "adoption"
    assert relation_between(ties, "me", "ss")[0].line == "step"
    assert relation_between(ties, "me", "v")[0].line == "affinity"


def test_blood_beats_step_in_the_same_word() -> None:
    paths = relation_between(family("f~a f>b m>a m>b"), "a", "b")
    assert [(p.via, p.line) for p in paths] == [(("m",), "blood"), (("f",), "step")]


def test_validity_is_the_intersection_and_counts_on_its_days() -> None:
    ties = frame(
        [
            ("me", "w", "spouse", "affinity", date(2010, 1, 1), date(2020, 5, 1), [1]),
            ("v", "w", "parent", "blood", None, None, [2]),
            ("v", "x", "parent", "blood", None, None, [3]),
        ]
    )
    (path,) = relation_between(ties, "me", "x")
    assert (path.valid_from, path.valid_to) == (date(2010, 1, 1), date(2020, 5, 1))
    assert path.records == (1, 2, 3)
    assert relation_between(ties, "me", "x", on=date(2020, 5, 1))
    assert relation_between(ties, "me", "x", on=date(2020, 5, 2)) == ()
    assert relation_between(ties, "v", "x", on=date(2020, 5, 2))


def test_marriages_that_never_overlap_make_no_relation() -> None:
    ties = frame(
        [
            ("me", "w", "spouse", "affinity", None, date(2010, 1, 1), [1]),
            ("v", "w", "parent", "blood", None, None, [2]),
            ("v", "z", "parent", "blood", None, None, [3]),
            ("z", "q", "spouse", "affinity", date(2015, 1, 1), None, [4]),
        ]
    )
    assert relation_between(ties, "me", "q") == ()


def test_tables_have_the_columns_of_the_kin_table() -> None:
    schema = relation_schema("KIN")
    ties = family("anon:m:x>a anon:m:x>b a=c")
    for found in (kin_in_scope(ties, pl.Series(["a"])), stated_kin(ties)):
        assert found.to_arrow().cast(schema).schema == schema
    none = kin_in_scope(family(""), pl.Series(["a"], dtype=pl.String))
    assert none.is_empty()
    assert none.columns == schema.names


def test_stated_kin_of_a_pair_of_siblings_without_parents() -> None:
    found = stated_kin(family("anon:u:x>a anon:u:x>b a=c"))
    assert found.select("source", "target", "relation", "degree", "line").rows() == [
        ("a", "b", "UD", 2, "blood"),
        ("a", "c", "S", 0, "affinity"),
        ("b", "a", "UD", 2, "blood"),
        ("c", "a", "S", 0, "affinity"),
    ]


def test_a_pedigree_is_as_good_as_its_ties() -> None:
    ties = family(_CLAN)
    egos = pl.Series(["me", "W", "nobody"])
    assert kin_in_scope(Pedigree.of(ties), egos).equals(kin_in_scope(ties, egos))


def test_order_of_ties_does_not_matter() -> None:
    ties = family(_CLAN)
    egos = pl.Series(["me", "W", "C"])
    for seed in range(3):
        shuffled = ties.sample(fraction=1, shuffle=True, seed=seed)
        assert kin_in_scope(shuffled, egos.reverse()).equals(kin_in_scope(ties, egos))
        assert stated_kin(shuffled).equals(stated_kin(ties))


def test_narrow_scope() -> None:
    found = kin_in_scope(family(_CLAN), pl.Series(["me"]), Scope.parsed("S, U"))
    assert found.select("target", "relation").rows() == [("F", "U"), ("M", "U"), ("W", "S")]
