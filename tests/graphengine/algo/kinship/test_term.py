from datetime import date

import pytest

from graphengine.algo.kinship import Traits, kin_word, path_term, relation_between, term
from graphengine.algo.kinship.term_table import TERMS
from graphengine.algo.kinship.word import horizon, is_kin_word
from graphengine.household_relation import RELATIONS, KinWord, word_of
from tests.graphengine.algo.kinship.pedigrees import family

_CASES = """
S 配偶 spouse
Sm 丈夫 husband
Sf 妻子 wife
Um 父亲 father
Uf 母亲 mother
Um:adoption 养父 adoptive father
Uf:step 继母 stepmother
Dm 儿子 son
Df 女儿 daughter
Dm:adoption 养子 adopted son
Df:step 继女 stepdaughter
UmUm 祖父 paternal grandfather
UmUf 祖母 paternal grandmother
UfUm 外祖父 maternal grandfather
UfUf 外祖母 maternal grandmother
UUm 祖父或外祖父 grandfather
UmUmUm 曾祖父 great-grandfather
UfUmUf 外曾祖母 great-grandmother
DmDm 孙子 son's son
DmDf 孙女 son's daughter
DfDm 外孙 daughter's son
DfDf 外孙女 daughter's daughter
DmDmDm 曾孙 great-grandson
DfDmDf 外曾孙女 great-granddaughter
UDm 兄弟 brother
UDm+ 哥哥 elder brother
UDm- 弟弟 younger brother
UDf+ 姐姐 elder sister
UDf- 妹妹 younger sister
UD+ 哥哥或姐姐 elder sibling
UDm-:step 继弟 younger stepbrother
UDf+:adoption 养姐 elder adoptive sister
UmUDm+ 伯父 father's elder brother
UmUDm- 叔父 father's younger brother
UmUDf 姑母 father's sister
UfUDm 舅父 mother's brother
UfUDf+ 姨母 mother's sister
UUDm 伯叔或舅父 uncle
UDmDm 侄子 brother's son
UDmDf 侄女 brother's daughter
UDfDm 外甥 sister's son
UDfDf 外甥女 sister's daughter
UDDm 侄子或外甥 nephew
UmUDmDm+ 堂兄 elder cousin (father's brother's son)
UmUDmDm- 堂弟 younger cousin (father's brother's son)
UmUDmDf+ 堂姐 elder cousin (father's brother's daughter)
UmUDmDf- 堂妹 younger cousin (father's brother's daughter)
UmUDfDm+ 表兄 elder cousin (father's sister's son)
UmUDfDf- 表妹 younger cousin (father's sister's daughter)
UfUDmDm- 表弟 younger male cousin on the mother's side
UfUDfDf+ 表姐 elder female cousin on the mother's side
UUDDm 堂表兄弟 male cousin
UmUmUDm+ 伯祖父 great-uncle
UfUfUDf 外姨祖母 great-aunt
UDmDmDm 侄孙 great-nephew
UmUmUDmDm- 堂叔 father's younger cousin
UfUfUDmDm 表舅 mother's cousin
UmUDmDmDm 堂侄 cousin's son
UfUDfDfDf 表外甥女 cousin's daughter
UmUmUDmDmDm+ 从堂兄 elder second cousin
USm 继父 mother's husband
SDf 继女 spouse's daughter
SmUm 公公 husband's father
SmUf 婆婆 husband's mother
SfUm 岳父 wife's father
SfUf 岳母 wife's mother
SfUDm 内兄弟 wife's brother
SfUDm+ 妻兄 wife's elder brother
SfUDm- 妻弟 wife's younger brother
SfUDf+ 妻姐 wife's elder sister
SmUDm+ 大伯子 husband's elder brother
SmUDm- 小叔子 husband's younger brother
SmUDf+ 大姑子 husband's elder sister
SmUDf- 小姑子 husband's younger sister
SfUDfSm 连襟 wife's sister's husband
SmUDmSf 妯娌 husband's brother's wife
SfUDmDm 内侄 wife's brother's son
SfUmUm 妻子的祖父 wife's paternal grandfather
SmUmUDm 丈夫的伯父或叔父 husband's father's brother
DmSf 儿媳 son's wife
DfSm 女婿 daughter's husband
DSU 亲家 child's parent-in-law
DSUm 亲家公 child's father-in-law
DfDmSf 外孙媳妇 grandson's wife
UDm+Sf 嫂子 elder brother's wife
UDm-Sf 弟媳 younger brother's wife
UDf+Sm 姐夫 elder sister's husband
UDf-Sm 妹夫 younger sister's husband
UmUDm+Sf 伯母 father's elder brother's wife
UmUDm-Sf 婶母 father's younger brother's wife
UmUDfSm 姑父 father's sister's husband
UfUDmSf 舅母 mother's brother's wife
UfUDfSm 姨父 mother's sister's husband
UDmDfSm 侄女婿 brother's daughter's husband
UDfDmSf 外甥媳妇 sister's son's wife
UmUDmDm+Sf 堂嫂 cousin's wife
UfUDmDf-Sm 表妹夫 cousin's husband
UmUmSf 祖父的妻子 paternal grandfather's wife
UDm+SfUm 嫂子的父亲 elder brother's wife's father
DmSfUDm- 儿媳的弟弟 son's wife's younger brother
UDf:adoption 养姐妹 adoptive sister
UmUm:step 祖父（继亲） paternal grandfather by remarriage
UDmDm:adoption 侄子（收养） brother's son by adoption
"""


@pytest.mark.parametrize("case", _CASES.strip().splitlines())
def test_terms(case: str) -> None:
    notation, zh, en = case.split(" ", 2)
    said = term(KinWord.parsed(notation))
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("notation", "ego", "zh"),
    [
        ("S", "m", "妻子"), ("S", "F", "丈夫"), ("SUm", "m", "岳父"), ("SUf", "f", "婆婆"),
        ("SUDm-", "m", "妻弟"), ("SUDfS", "m", "连襟"), ("DS", "m", "子女的配偶"),
        ("DSf", "?", "儿媳"), ("UDm+S", "?", "嫂子"), ("UDDSm", "?", "侄甥的配偶"),
        ("UDmDSm", "?", "侄女婿"), ("USf", "m", "继母"),
    ],
)  # fmt: skip
def test_a_sex_follows_from_the_spouse_s(notation: str, ego: str, zh: str) -> None:
    assert term(KinWord.parsed(notation), ego).zh == zh


def test_half_siblings_are_said_so() -> None:
    ties = family("f>a f>b m>a n>b")
    traits = {
        "f": Traits("M"),
        "a": Traits("M", date(1990, 1, 1)),
        "b": Traits("F", date(1995, 1, 1)),
    }
    (path,) = relation_between(ties, "a", "b")
    assert path_term(path, traits).zh == "同父异母的妹妹"
    assert path_term(path, traits).en == "younger sister (same father, other mother)"


def test_ages_are_compared_within_the_generation() -> None:
    ties = family("g>f g>u f>me u>c me=w v>w v>x")
    born = {"f": 1950, "u": 1945, "me": 1975, "c": 1980, "w": 1978, "x": 1976}
    sexes = {"f": "M", "u": "M", "me": "M", "c": "F", "w": "F", "x": "M"}
    traits = {p: Traits(sexes[p], date(year, 1, 1)) for p, year in born.items()}
    terms = {
        kin: path_term(relation_between(ties, "me", kin)[0], traits).zh
        for kin in ("f", "u", "c", "w", "v", "x")
    }
    assert terms == {
        "f": "父亲",
        "u": "伯父",
        "c": "堂妹",
        "w": "妻子",
        "v": "岳父母",
        "x": "妻兄",
    }


def test_anonymous_persons_tell_their_sex() -> None:
    ties = family("anon:u:g>anon:m:f anon:m:f>a anon:u:g>anon:m:u anon:m:u>c")
    path = relation_between(ties, "a", "c")[0]
    assert path.via == ()
    assert path_term(path, {"c": Traits("M")}).zh == "堂兄弟"


def test_a_row_without_its_anonymous_persons_is_said_less_exactly() -> None:
    assert term(kin_word("UUDD", ("a", "c"), {"c": Traits("M")})).zh == "堂表兄弟"
    assert term(kin_word("UD", ("a", "p", "c"), {"c": Traits("M")}, "step")).zh == "继兄弟"


def test_every_kin_word_has_a_term_in_both_languages() -> None:
    for steps in sorted(horizon()):
        said = term(KinWord.parsed(steps))
        assert said.zh
        assert said.en


def test_patterns_are_kin_words_without_repeats() -> None:
    notations = [line.split("|")[0] for line in TERMS.strip().splitlines()]
    assert len(set(notations)) == len(notations)
    assert all(is_kin_word(KinWord.parsed(n).steps) for n in notations)


_OWN = """
祖父 祖母 外祖父 外祖母 岳父 岳母 公公 婆婆 女婿 儿媳 嫂子 弟媳 姐夫 妹夫 伯父 叔父 舅父 舅母
姨父 姨母 姑父 姑母 伯母 婶母 侄子 侄女 外甥 外甥女 堂兄 堂弟 堂姐 堂妹 内兄弟 妻弟 连襟 妯娌
侄女婿 亲家 孙子 外孙女 养子 继女 小叔子 侄孙
"""


@pytest.mark.parametrize("declared", _OWN.split())
def test_a_declared_term_comes_back_as_itself(declared: str) -> None:
    word = word_of(declared)
    assert word is not None
    assert term(word).zh == declared


def test_codes_of_the_standard_come_back_as_their_relation() -> None:
    for relation in RELATIONS:
        if relation.word is not None and relation.word.steps:
            assert term(relation.word).zh
