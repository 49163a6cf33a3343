"""The compiled search against a slow, obvious enumeration of every way between two persons."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.algo.kinship import (
    CIVIL_SERVANT,
    DEFAULT,
    Scope,
    kin_in_scope,
    relation_between,
    stated_kin,
)
from tests.graphengine.algo.kinship.pedigrees import TieRow, frame, random_ties

_EARLY, _LATE = date(1, 1, 1), date(9999, 12, 31)
_LINES = ["blood", "adoption", "step", "affinity"]
_FAR = Scope(frozenset({"UUUDDD", "UUDDS", "SUDS", "DSU", "UDSUDS", "UUDDSU", "U", "SDS", "UDD"}))


@dataclass(frozen=True, order=True)
class Found:
    """One way; the fields are in the order in which ways are preferred."""

    degree: int
    marriages: int
    line: int
    word: tuple[int, ...]
    until: timedelta
    since: date
    anonymous: int
    persons: tuple[str, ...]
    places: tuple[int, ...]
    records: tuple[int, ...]

    @property
    def steps(self) -> str:
        return "".join("UDS"[i] for i in self.word)

    @property
    def valid_to(self) -> date:
        return _LATE - self.until


def _null_first(tie: TieRow) -> tuple[object, ...]:
    return (*tie[:4], tie[4] or _EARLY, tie[5] or _EARLY, tuple(tie[6]))


def every_way(rows: list[TieRow], ego: str, longest: int = 6) -> list[Found]:
    """Walk from a person to everybody, never twice to the same, and describe each walk."""
    rows = sorted(rows, key=_null_first)
    found: list[Found] = []

    def walk(persons: list[str], word: str, used: list[int]) -> None:
        if word:
            _add(found, rows, (persons, word, used))
        if len(word) == longest:
            return
        here = persons[-1]
        for i, (source, target, kind, *_) in enumerate(rows):
            ends = [(source, target)] if here == source else [(target, source)]
            for a, b in ends if here in {source, target} else []:
                step = "S" if kind == "spouse" else ("D" if a == source else "U")
                if b not in persons and (word + step)[-2:] not in {"DU", "SS"}:
                    walk([*persons, b], word + step, [*used, i])

    walk([ego], "", [])
    return sorted(found)


def _add(found: list[Found], rows: list[TieRow], way: tuple[list[str], str, list[int]]) -> None:
    persons, word, used = way
    ties = [rows[i] for i in used]
    since = max((t[4] or _EARLY for t in ties), default=_EARLY)
    until = min((t[5] or _LATE for t in ties), default=_LATE)
    if since <= until:
        lines = [0 if t[3] == "affinity" else _LINES.index(t[3]) for t in ties]
        found.append(
            Found(
                degree=len(word) - word.count("S"),
                marriages=word.count("S"),
                line=max(lines),
                word=tuple("UDS".index(step) for step in word),
                until=_LATE - until,
                since=since,
                anonymous=sum(p.startswith("anon:") for p in persons),
                persons=tuple(persons),
                places=tuple(used),
                records=tuple(sorted({r for t in ties for r in t[6]})),
            )
        )


def _line(way: Found) -> str:
    if way.steps in {"US", "SD"}:
        return "step"
    return "affinity" if way.marriages else _LINES[way.line]


def _row(way: Found) -> tuple[object, ...]:
    between = way.persons[1:-1]
    named = [p for p in between if not p.startswith("anon:")]
    return (
        way.persons[0],
        way.persons[-1],
        way.steps,
        way.degree,
        _line(way),
        way.steps.count("U") - way.steps.count("D"),
        True,
        "composed" if named or (not between and len(way.word) > 1) else "stated",
        named,
        None if way.since == _EARLY else way.since,
        None if way.valid_to == _LATE else way.valid_to,
        list(way.records),
    )


def _expected(rows: list[TieRow], egos: list[str], scope: Scope) -> list[tuple[object, ...]]:
    expected = []
    for ego in egos:
        closest: dict[str, Found] = {}
        for way in every_way(rows, ego):
            if way.steps in scope.words and not way.persons[-1].startswith("anon:"):
                closest.setdefault(way.persons[-1], way)
        expected += [_row(way) for _, way in sorted(closest.items())]
    return expected


@settings(max_examples=150, deadline=None)
@given(random_ties(), st.sampled_from([DEFAULT, CIVIL_SERVANT, _FAR]))
def test_relatives_in_scope_are_exactly_those_of_the_enumeration(
    rows: list[TieRow], scope: Scope
) -> None:
    egos = ["a", "b", "c", "anon:m:x"]
    found = kin_in_scope(frame(rows), pl.Series(egos), scope)
    assert found.rows() == _expected(rows, sorted(egos, key=str.encode), scope)


@settings(max_examples=60, deadline=None)
@given(random_ties())
def test_relations_between_two_are_true_and_begin_with_the_closest(rows: list[TieRow]) -> None:
    ties = frame(rows)
    for kin in ("b", "c"):
        ways = [w for w in every_way(rows, "a") if w.persons[-1] == kin and w.marriages <= 2]
        found = relation_between(ties, "a", kin)
        assert bool(found) == bool(ways)
        told = {(w.steps, w.persons) for w in ways}
        assert all((path.word, path.persons) in told for path in found)
        if found:
            first = found[0]
            assert (first.word, first.persons) == (ways[0].steps, ways[0].persons)
            assert first.records == ways[0].records
            same = {w.persons for w in ways if w.word == ways[0].word}
            assert {path.persons for path in found if path.word == first.word} == same


@settings(max_examples=60, deadline=None)
@given(random_ties(), st.integers(0, 6))
def test_a_relation_on_a_day_is_that_of_the_ties_of_the_day(rows: list[TieRow], n: int) -> None:
    day = date(2020, 1, 1) + timedelta(days=n)
    still = [t for t in rows if (t[4] or _EARLY) <= day <= (t[5] or _LATE)]
    dated = relation_between(frame(rows), "a", "b", on=day)
    assert {(p.word, p.persons) for p in dated[:1]} <= {
        (w.steps, w.persons) for w in every_way(still, "a")
    }
    undated = relation_between(frame(still), "a", "b")
    assert bool(dated) == bool(undated)
    assert [p.degree for p in dated[:1]] == [p.degree for p in undated[:1]]


@settings(max_examples=60, deadline=None)
@given(random_ties())
def test_kinship_is_mutual(rows: list[TieRow]) -> None:
    back = str.maketrans("UDS", "DUS")
    people = pl.Series(["a", "b", "c", "d", "e", "f", "g"])
    mirrored = Scope(frozenset(w[::-1].translate(back) for w in DEFAULT.words))
    forth = kin_in_scope(frame(rows), people, DEFAULT)
    other = kin_in_scope(frame(rows), people, mirrored)
    pairs = set(forth.select("source", "target", "degree").rows())
    assert pairs == set(other.select("target", "source", "degree").rows())


@settings(max_examples=60, deadline=None)
@given(random_ties())
def test_what_is_stated_runs_through_nobody_named(rows: list[TieRow]) -> None:
    stated = stated_kin(frame(rows))
    assert set(stated["basis"]) <= {"stated"}
    assert all(via == [] for via in stated["via"].to_list())
    named = {tuple(sorted(t[:2])) for t in rows if not any(p.startswith("anon:") for p in t[:2])}
    assert named <= {tuple(sorted(pair)) for pair in stated.select("source", "target").rows()}
