import pytest

from graphengine.algo.kinship.scope import CIVIL_SERVANT, CLASSES, DEFAULT, Scope
from graphengine.algo.kinship.word import LONGEST, closeness, horizon, is_kin_word, words
from graphengine.errors import SettingsError


def test_the_default_is_that_of_the_rules() -> None:
    close = {"S", "U", "D", "UD", "UU", "DD"}
    affines = {"S" + w for w in close - {"S"}} | {w + "S" for w in close - {"S"}}
    collateral = {"U" * a + "D" * b for a in (1, 2) for b in (1, 2)}
    assert DEFAULT.words == close | affines | collateral


def test_the_civil_servant_preset_is_wider() -> None:
    assert CIVIL_SERVANT.words - DEFAULT.words == {
        "UUU", "DDD", "SUDS", "DSU", "UUDS", "UDDS", "UUDDS",
    }  # fmt: skip


def test_every_class_holds_possible_words_only() -> None:
    for wanted in CLASSES.values():
        assert wanted
        assert all(map(is_kin_word, wanted))
        assert wanted <= horizon()


@pytest.mark.parametrize(
    ("text", "words_of"),
    [
        ("S", {"S"}),
        ("close-kin - UU, -DD", {"S", "U", "D", "UD"}),
        ("collateral:1x3", {"UD", "UDD", "UDDD"}),
        ("lineal-DDD", {"U", "UU", "UUU", "D", "DD"}),
        ("S S,S", {"S"}),
    ],
)
def test_scopes_are_put_together(text: str, words_of: set[str]) -> None:
    assert Scope.parsed(text).words == words_of


@pytest.mark.parametrize(
    "text", ["", "cousins", "DU", "SS", "UUUUDDDD", "default - default", "S;U", "collateral:4x4"]
)
def test_what_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        Scope.parsed(text)


def test_words_are_ordered_by_closeness() -> None:
    assert list(words()[:6]) == ["S", "U", "D", "US", "DS", "SU"]
    assert list(words()) == sorted(words(), key=closeness)
    assert max(map(len, words())) == LONGEST
