"""From a stated relation to a chain of parent and spouse ties, over anonymous persons where needed.

A person on the way is taken for a known one only where that is certain: the father, mother or
spouse that registers name for somebody. Otherwise the person is anonymous. Anonymous fathers,
mothers and spouses are one per person (a paternal grandfather and grandmother share the father
between); any other is one per record. The sex is part of an anonymous id: `anon:m:...`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graphengine.algo.kinship import ANONYMOUS
from graphengine.household_relation import UNKNOWN, KinWord

_OTHER = {"m": "f", "f": "m", UNKNOWN: UNKNOWN}


class Tie(NamedTuple):
    """One primitive tie as one record states it; `sex` is that of a parent, where known."""

    source: str
    target: str
    kind: str
    basis: str
    record: int
    sex: str = UNKNOWN


class Statement(NamedTuple):
    """What one record says: `member` is the `word` of `ego`."""

    ego: str
    member: str
    word: KinWord
    record: int


Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of each person: sex; father (m), mother (f), spouse where there is one answer.

    `named` has those whose own row names a father (m) or mother (f) by number, whoever it is.
    """

    sex: Answers
    parent: Mapping[str, Answers]
    spouse: Answers
    named: Mapping[str, frozenset[str]]

    def sex_of(self, person: str) -> str:
        """Return a person's sex (m, f or ?)."""
        return self.sex.get(person, UNKNOWN)


def anonymous(role: str, of: object, sex: str = UNKNOWN) -> str:
    """Return the id of the person whom no register names but who must exist in that role."""
    digest = hashlib.sha256(f"{role}\x1f{of}".encode()).hexdigest()[:20]
    return f"{ANONYMOUS}{'u' if sex == UNKNOWN else sex}:{digest}"


def step_tie(source: str, step: str, target: str, statement: Statement, sex: str) -> Tie:
    """Return the tie of one step; `sex` is that of the person it reaches."""
    basis, record = statement.word.basis, statement.record
    if step == "S":
        return Tie(min(source, target), max(source, target), "spouse", "affinity", record)
    if step == "U":
        return Tie(target, source, "parent", basis, record, sex)
    return Tie(source, target, "parent", basis, record)


def chain(statement: Statement, known: Known) -> tuple[list[Tie], tuple[str, str] | None]:
    """Return the ties of a stated relation, and the two on its way who must be siblings, if any."""
    steps = statement.word.steps
    persons = _resolved(statement, known)
    if len(set(persons)) < len(persons):
        persons = [statement.ego, *([""] * (len(steps) - 1)), statement.member]
    top = steps.find("UD") + 1
    for place in range(1, len(steps)):
        if not persons[place] and place != top:
            sex = _sex(statement.word, place)
            persons[place] = anonymous(f"on the way {place}", statement.record, sex)
    sexes = statement.word.sexes
    ties = [
        step_tie(persons[i], step, persons[i + 1], statement, sexes[i])
        for i, step in enumerate(steps)
        if not top or i not in {top - 1, top}
    ]
    return ties, (persons[top - 1], persons[top + 1]) if top else None


def _sex(word: KinWord, place: int) -> str:
    """Return the sex of the person at a place, from their mark or that of the spouse beside."""
    if word.sexes[place - 1] == UNKNOWN and word.steps[place : place + 1] == "S":
        return _OTHER[word.sexes[place]]
    return word.sexes[place - 1]


def _resolved(statement: Statement, known: Known) -> list[str]:
    """Return the persons on the way, empty where neither end leads to exactly one person.

    From the ego steps to parents and spouses lead on, from the member the steps to children and
    spouses read backwards; the person at the top between two siblings stays open.
    """
    word, steps = statement.word, statement.word.steps
    last = len(steps)
    persons = [statement.ego, *([""] * (last - 1)), statement.member]
    left, right = 0, last
    while left + 1 < right and steps[left] != "D" and steps[left : left + 2] != "UD":
        persons[left + 1] = _reached(persons[left], steps[left], _sex(word, left + 1), known)
        left += 1
        if not persons[left]:
            break
    while right - 1 > left and steps[right - 1] != "U" and steps[right - 2 : right] != "UD":
        back = "S" if steps[right - 1] == "S" else "U"
        persons[right - 1] = _reached(persons[right], back, _sex(word, right - 1), known)
        right -= 1
        if not persons[right]:
            break
    return persons


def _reached(person: str, step: str, sex: str, known: Known) -> str:
    """Return the parent or spouse of a person: the known one, else the anonymous one."""
    if step == "S":
        other = sex if sex != UNKNOWN else _OTHER[known.sex_of(person)]
        return known.spouse.get(person) or anonymous("spouse", person, other)
    if sex == UNKNOWN:
        return ""
    return known.parent[sex].get(person) or anonymous("parent " + sex, person, sex)


def sibling_ties(pairs: Iterable[tuple[str, str, int]], known: Known) -> list[Tie]:
    """Return the parent ties that make stated siblings (person, person, record) siblings.

    Siblings are taken for full siblings: a father or mother who is the only one known among them is
    a parent of all whose own row names no other. Where that leaves two stated siblings without a
    common parent, they get an anonymous one.
    """
    stated = sorted({(min(a, b), max(a, b), record) for a, b, record in pairs if a != b})
    ties: list[Tie] = []
    for family in _families(stated):
        ties += _family_ties(family, known)
    return ties


def _families(pairs: list[tuple[str, str, int]]) -> list[list[tuple[str, str, int]]]:
    """Group the pairs into sets connected by siblinghood, each sorted."""
    root: dict[str, str] = {}

    def find(person: str) -> str:
        while (above := root.setdefault(person, person)) != person:
            root[person] = root[above]
            person = above
        return person

    for a, b, _ in pairs:
        x, y = find(a), find(b)
        root[max(x, y)] = min(x, y)
    families: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for pair in pairs:
        families[find(pair[0])].append(pair)
    return [families[key] for key in sorted(families)]


def _family_ties(family: list[tuple[str, str, int]], known: Known) -> list[Tie]:
    records: dict[str, set[int]] = defaultdict(set)
    for a, b, record in family:
        records[a].add(record)
        records[b].add(record)
    parents = {p: {s: known.parent[s].get(p, "") for s in "mf"} for p in sorted(records)}
    ties: list[Tie] = []
    for sex in "mf":
        found = {of[sex] for of in parents.values() if of[sex]}
        real = {p for p in found if not p.startswith(ANONYMOUS)} or found
        if len(real) != 1 or real & set(parents):
            continue
        (shared,) = real
        for person, of in parents.items():
            if not of[sex] and person not in known.named[sex]:
                of[sex] = shared
                ties += [Tie(shared, person, "parent", "blood", r, sex) for r in records[person]]
    for a, b, record in family:
        if not {p for p in parents[a].values() if p} & set(parents[b].values()):
            between = anonymous("parent of both", _unrelated(family, parents) or f"{a} {b}")
            ties += [Tie(between, person, "parent", "blood", record) for person in (a, b)]
    return ties


def _unrelated(family: list[tuple[str, str, int]], parents: Mapping[str, Mapping[str, str]]) -> str:
    """Return a name for the whole family where no parent of any of them is known."""
    known = any(parent for of in parents.values() for parent in of.values())
    return "" if known else family[0][0]
