import pytest

from graphengine.household_relation import CODE_OF, RELATION_OF, RELATIONS, KinWord, word_of

# The two-digit codes of the standard (and 03, 98 of its first edition), counted off its decades.
_SIZES = {"0": 3, "1": 3, "2": 10, "3": 10, "4": 10, "5": 10, "6": 10, "7": 10, "8": 10, "9": 10}


def test_every_decade_of_the_standard_is_full() -> None:
    codes = [r.code for r in RELATIONS]
    assert codes == sorted(set(codes))
    counted = {decade: sum(c[0] == decade for c in codes) for decade in _SIZES}
    assert counted == _SIZES


def test_words_are_well_formed() -> None:
    for relation in RELATIONS:
        word = relation.word
        if word is not None:
            assert len(word.steps) == len(word.sexes) == len(word.ages)
            assert "SS" not in word.steps
            assert "DU" not in word.steps
            assert set(word.steps) <= set("UDS")


def test_codes_and_titles_name_themselves() -> None:
    for relation in RELATIONS:
        assert CODE_OF[relation.code] == relation.code
        assert CODE_OF[relation.title.zh] == relation.code
        assert word_of(relation.code) == relation.word
        assert relation.title.en


def test_no_synonym_stands_for_two_codes() -> None:
    said = [t for r in RELATIONS for t in (r.title.zh, *r.synonyms)]
    assert {t for t in said if said.count(t) > 1} == set()


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("户主", "02"), ("妻", "12"), ("妻子", "12"), ("配偶", "10"), ("夫", "11"), ("丈夫", "11"),
        ("子", "20"), ("儿子", "20"), ("长子", "22"), ("次子", "23"), ("女", "30"), ("父", "51"),
        ("父亲", "51"), ("母亲", "52"), ("岳父", "55"), ("公公", "53"), ("儿媳", "38"),
        ("女婿", "28"), ("孙子", "41"), ("外孙", "43"), ("侄子", "93"), ("外甥女", "96"),
        ("兄弟", "70"), ("哥哥", "71"), ("弟弟", "73"), ("姐姐", "75"), ("妹妹", "77"),
        ("嫂子", "72"), ("祖父", "61"), ("爷爷", "61"), ("外婆", "64"), ("养子", "27"),
        ("继子", "27"), ("非亲属", "99"), ("其他亲属", "97"), ("连襟", "97"), ("堂弟", "91"),
    ],
)  # fmt: skip
def test_terms_of_registers(term: str, code: str) -> None:
    assert CODE_OF[term] == code


@pytest.mark.parametrize(
    ("term", "notation"),
    [
        ("女婿", "DfSm"), ("兄弟", "UDm"), ("妻弟", "SfUDm-"), ("连襟", "SfUDfSm"),
        ("表哥", "UUDDm+"), ("堂弟", "UmUDmDm-"), ("姑父", "UmUDfSm"), ("侄女婿", "UDmDfSm"),
        ("亲家", "DSU"), ("养子", "Dm:adoption"), ("继子", "Dm:step"), ("岳父", "SfUm"),
        ("27", "Dm:step"), ("嫂子", "UDm+Sf"), (" 妻 ", "Sf"),
    ],
)  # fmt: skip
def test_words_of_declared_terms(term: str, notation: str) -> None:
    assert word_of(term) == KinWord.parsed(notation)


@pytest.mark.parametrize("term", ["97", "98", "99", "80", "其他亲属", "非亲属", "老乡", "2"])
def test_no_word_without_a_definite_relation(term: str) -> None:
    assert word_of(term) is None


def test_the_head_is_the_end_of_an_empty_way() -> None:
    head = RELATION_OF["02"].word
    assert head is not None
    assert head.steps == ""
