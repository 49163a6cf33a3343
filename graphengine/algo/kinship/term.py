"""Kin words → the terms of speech, with what is known of the persons on the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import cast

from graphengine.algo.kinship.path import KinPath
from graphengine.algo.kinship.pedigree import ANONYMOUS
from graphengine.algo.kinship.term_table import TERMS
from graphengine.household_relation import UNKNOWN, Basis, KinWord
from graphengine.language import Text

_OTHER_SEX = {"m": "f", "f": "m", UNKNOWN: UNKNOWN}
_BY_BASIS: Mapping[str, Text] = {
    "blood": Text("{0}", "{1}"),
    "adoption": Text("{0}（收养）", "{1} by adoption"),
    "step": Text("{0}（继亲）", "{1} by remarriage"),
}
_HALF: Mapping[str, Text] = {
    "m": Text("同父异母的{0}", "{1} (same father, other mother)"),
    "f": Text("同母异父的{0}", "{1} (same mother, other father)"),
    UNKNOWN: Text("半血缘的{0}", "{1} (one parent shared)"),
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What a term depends on: sex (M, F or not known) and day of birth."""

    sex: str | None = None
    born: date | None = None


def term(word: KinWord, ego_sex: str = UNKNOWN, *, half: bool = False) -> Text:
    """Return the term for a kin word; a sex that is not marked follows from the spouse's.

    >>> term(KinWord.parsed("UmUDm+")).zh, term(KinWord.parsed("SUm"), "m").zh
    ('伯父', '岳父')
    >>> term(KinWord.parsed("UDm+SU")).zh
    '嫂子的父亲或母亲'
    """
    known = replace(word, sexes=_completed(word, ego_sex))
    found = _said(known)
    return _HALF[known.sexes[0]].filled(found.zh, found.en) if half else found


def path_term(path: KinPath, traits: Mapping[str, Traits]) -> Text:
    """Return the term for a path, given what is known of its persons by id."""
    line = "blood" if path.line == "affinity" else path.line
    word = kin_word(path.word, path.persons, traits, line)
    ego = traits.get(path.persons[0], Traits())
    return term(word, _sex(path.persons[0], ego), half=path.half)


def kin_word(
    steps: str, persons: Sequence[str], traits: Mapping[str, Traits], line: str = "blood"
) -> KinWord:
    """Mark the steps with sexes and ages; `persons` are the ego, those on the way, the relative.

    Where persons on the way are missing (a KIN row does not list anonymous ones) only the relative
    is marked.
    """
    basis = cast("Basis", line if line in _BY_BASIS else "blood")
    if len(persons) != len(steps) + 1:
        persons = (persons[0], *([""] * (len(steps) - 1)), persons[-1])
    sexes = "".join(_sex(person, traits.get(person, Traits())) for person in persons[1:])
    ages = [UNKNOWN] * len(steps)
    for last, peer in _peers(steps):
        born, other = (traits.get(persons[i], Traits()).born for i in (last, peer))
        if born is not None and other is not None and born != other:
            ages[last - 1] = "+" if born < other else "-"
    return KinWord(steps, sexes, "".join(ages), basis)


def _sex(person: str, traits: Traits) -> str:
    mark = person[len(ANONYMOUS)] if person.startswith(ANONYMOUS) else (traits.sex or "").lower()
    return mark if mark in _OTHER_SEX else UNKNOWN


def _peers(steps: str) -> Iterator[tuple[int, int]]:
    """Yield the places of collateral relatives and of whom their age is compared with."""
    start = 0
    for run in steps.split("S"):
        up, down = run.count("U"), run.count("D")
        if run == "U" * up + "D" * down and up >= down >= 1:
            yield start + up + down, start + up - down
        start += len(run) + 1


def _completed(word: KinWord, ego_sex: str) -> str:
    sexes = [ego_sex.lower(), *word.sexes]
    married = [i for i, step in enumerate(word.steps) if step == "S"]
    for i in [*married, *reversed(married)]:
        for one, other in ((i, i + 1), (i + 1, i)):
            if sexes[other] == UNKNOWN:
                sexes[other] = _OTHER_SEX[sexes[one]]
    return "".join(sexes[1:])


@cache
def _patterns() -> Mapping[str, tuple[tuple[KinWord, Text], ...]]:
    found: dict[str, list[tuple[KinWord, Text]]] = {}
    for line in TERMS.split("\n")[1:-1]:
        notation, zh, en = line.split("|")
        word = KinWord.parsed(notation)
        found.setdefault(word.steps, []).append((word, Text(zh, en)))
    return {
        steps: tuple(sorted(said, key=lambda p: p[0].sexes.count("?") + p[0].ages.count("?")))
        for steps, said in found.items()
    }


def _fits(pattern: str, marks: str) -> bool:
    return all(p in {UNKNOWN, mark} for p, mark in zip(pattern, marks, strict=True))


def _known(word: KinWord) -> Text | None:
    for pattern, said in _patterns().get(word.steps, ()):
        fits = _fits(pattern.sexes, word.sexes) and _fits(pattern.ages, word.ages)
        if fits and pattern.basis == word.basis:
            return said
    return None


def _said(word: KinWord) -> Text:
    plain = "S" in word.steps or word.basis == "blood"
    known = _known(replace(word, basis="blood") if plain else word)
    if known is not None:
        return known
    if not plain:
        by_blood = _said(replace(word, basis="blood"))
        return _BY_BASIS[word.basis].filled(by_blood.zh, by_blood.en)
    return _joined(_said(part) for part in _split(word))


def _split(word: KinWord) -> tuple[KinWord, KinWord]:
    """Cut a word that has no term of its own: after a first spouse, before a last, else late.

    Up and down again is one relation and stays whole: a wife's brother is no father-in-law's son.
    """
    size = len(word.steps)
    cuts = [n for n in range(size - 1, 0, -1) if word.steps[:n] in _patterns()]
    cut = next((n for n in cuts if word.steps[n - 1 : n + 1] != "UD"), cuts[0])
    if word.steps[-1] == "S":
        cut = size - 1
    elif word.steps[0] == "S" and word.steps.count("S") == 1:
        cut = 1
    return tuple(  # type: ignore[return-value]  # two parts, always
        KinWord(word.steps[a:b], word.sexes[a:b], word.ages[a:b])
        for a, b in ((0, cut), (cut, size))
    )


def _joined(parts: Iterable[Text]) -> Text:
    said = list(parts)
    return Text("的".join(t.zh for t in said), "'s ".join(t.en.split(" (")[0] for t in said))
