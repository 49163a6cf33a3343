"""Gates: what every question of the library must carry, and that its example answers something."""

import re
import shlex
from pathlib import Path

import pytest

from graphengine.errors import NotFoundError, QuestionError
from graphengine.store.pattern import MOST_HOPS
from graphengine.store.question import HOPS, Question, anchors, read_question
from graphengine.vocabulary import NODES
from queries.library import FOLDER, question, questions

EVERY = pytest.mark.parametrize("one", questions(), ids=[q.name for q in questions()])
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def example_of(one: Question) -> dict[str, str]:
    """Return the parameters of a question's example; it is a command that can be typed."""
    words = shlex.split(one.example)
    assert words[:3] == ["shunteng", "query", one.name]
    options, values = words[3::2], words[4::2]
    assert options == ["--param"] * len(values)
    return dict(value.split("=", 1) for value in values)


def test_there_is_a_question_a_file() -> None:
    names = [q.name for q in questions()]
    assert names == sorted(set(names))
    assert names == sorted(path.stem for path in FOLDER.iterdir())
    assert len(names) >= 16


@EVERY
def test_texts_are_said_in_both_languages(one: Question) -> None:
    for text in (one.title, one.answers, *(p.text for p in one.parameters)):
        assert _CHINESE.search(text.zh), text
        assert text.en.strip()
        assert not _CHINESE.search(text.en), text
        assert text.zh != text.en
    assert one.answers.zh.endswith("。")
    assert one.answers.en.endswith(".")


@EVERY
def test_parameters_are_bounded(one: Question) -> None:
    for asked in one.parameters:
        assert re.fullmatch(r"[a-z][a-z_]*", asked.name)
        assert set(asked.kinds) <= set(NODES)
        if asked.type in ("whole", "days"):
            assert isinstance(asked.default, int)
            assert asked.low <= asked.default <= asked.high
        else:
            assert asked.default is None
        if asked.type == "accounts":
            assert "Account" in asked.kinds
    assert len({p.name for p in one.parameters}) == len(one.parameters)


@EVERY
def test_the_bound_of_hops_is_the_texts(one: Question) -> None:
    highest = max(r.high for p in one.patterns for r in p.relations)
    if HOPS in {p.name for p in one.parameters}:
        assert one.parameter(HOPS).high == highest <= MOST_HOPS
    else:
        assert highest == 1


@EVERY
def test_every_path_starts_from_what_is_given(one: Question) -> None:
    for pattern in one.patterns:
        assert anchors(pattern)
        assert set(anchors(pattern).values()) <= {p.name for p in one.parameters}


@EVERY
def test_the_example_names_its_parameters(one: Question) -> None:
    said = example_of(one)
    assert set(said) <= {p.name for p in one.parameters}
    assert set(said) >= {p.name for p in one.parameters if p.default is None}


@EVERY
def test_the_text_holds_nothing_but_paths(one: Question) -> None:
    for word in ("CREATE", "MERGE", "DELETE", "SET", "CALL", "LOAD", "WITH"):
        assert not re.search(rf"\b{word}\b", one.text.replace("STARTS WITH", "")), word


def test_an_unknown_name_is_told_what_is_near() -> None:
    with pytest.raises(NotFoundError) as caught:
        question("controler")
    assert "controllers" in caught.value.remedy.en
    assert "controllers" in caught.value.remedy.zh
    with pytest.raises(NotFoundError) as caught:
        question("zzz")
    assert "kin-in-scope" in caught.value.remedy.en


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("// method", "// methods", "method"),
        ('method = "patterns"', 'method = "guess"', "guess"),
        ("f.id = $firm", "f.id = $other", "other"),
        ("WHERE f.id = $firm", "WHERE f.name = $firm", "id"),
        ("OWNS|", "OWES|", "OWES"),
        ('kinds = ["Company"]', 'kinds = ["Firm"]', "Firm"),
        ('kinds = ["Company"]', "size = 3", "size"),
        ("RETURN p", "DELETE p", "line"),
        ("// zh =", "// cn =", "zh"),
    ],
)
def test_a_question_that_is_not_one_says_why(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (FOLDER / "controllers.cypher").read_text("utf-8")
    assert old in text
    path = tmp_path / "mine.cypher"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(QuestionError) as caught:
        read_question(path)
    assert "mine.cypher" in caught.value.message.en
    assert told in caught.value.message.en
    assert caught.value.remedy.zh
