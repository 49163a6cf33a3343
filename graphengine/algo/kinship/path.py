"""The relations between two persons, each with the way it runs and the records behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import polars as pl

from graphengine.algo.kinship.pedigree import ANONYMOUS, OPEN_FROM, OPEN_TO, Pedigree
from graphengine.algo.kinship.scope import DEFAULT, Scope
from graphengine.algo.kinship.word import (
    LINES,
    LONGEST,
    STEPS,
    degree,
    generation,
    horizon,
    line_of,
    words,
)

_EPOCH = date(1970, 1, 1)
_BOTH = 2


@dataclass(frozen=True, slots=True)
class KinPath:
    """One relation: `persons` from the ego to the relative, joined by the steps of `word`.

    `bases` are those of the ties, one a step; `half` says that two siblings are known to share only
    one parent.
    """

    persons: tuple[str, ...]
    word: str
    bases: tuple[str, ...]
    in_scope: bool
    valid_from: date | None
    valid_to: date | None
    records: tuple[int, ...]
    half: bool = False

    @property
    def degree(self) -> int:
        """Return the legal degree: the parent and child steps."""
        return degree(self.word)

    @property
    def generation(self) -> int:
        """Return how many generations older the relative is (negative: younger)."""
        return generation(self.word)

    @property
    def line(self) -> str:
        """Return blood, adoption, step or affinity."""
        return line_of(self.word, (b for b in self.bases if b != "affinity"))

    @property
    def via(self) -> tuple[str, ...]:
        """Return the named persons on the way."""
        return tuple(p for p in self.persons[1:-1] if not p.startswith(ANONYMOUS))


@dataclass(frozen=True, slots=True)
class _Way:
    persons: tuple[int, ...]
    ties: tuple[int, ...]
    word: str
    since: int
    until: int


def relation_between(
    ties: pl.DataFrame | Pedigree,
    a: str,
    b: str,
    scope: Scope = DEFAULT,
    on: date | None = None,
) -> tuple[KinPath, ...]:
    """Return what `b` is to `a`, closest relation first; nothing where they are not kin.

    Of the closest word every way is returned (full siblings: over both parents); of any other word
    the best, unless a tie on the way shows that it says nothing new (a mother is no father's wife).
    With `on`, every tie must hold that day. Cost: the neighbourhood within six steps of `b`.
    """
    pedigree = Pedigree.of(ties)
    numbers = pedigree.numbers(pl.Series([a, b], dtype=pl.String))
    if len(numbers) < _BOTH:
        return ()
    ego, kin = (int(i) for i in (numbers if a < b else numbers[::-1]))
    day = None if on is None else (on - _EPOCH).days
    ways = sorted(_search(pedigree, ego, kin), key=lambda way: _key(pedigree, way))
    holding = [w for w in ways if day is None or w.since <= day <= w.until]
    return tuple(_path(pedigree, way, scope) for way in _telling(pedigree, holding))


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(word[:n] for word in horizon() for n in range(len(word) + 1))


def _steps(pedigree: Pedigree, person: int) -> Iterator[tuple[str, int, int]]:
    """Yield every step from a person: its kind, whom it reaches, over which tie."""
    ways = pedigree.ways
    for kind, step in enumerate(STEPS):
        first, end = int(ways.starts[kind, person]), int(ways.starts[kind, person + 1])
        for near, tie in zip(
            ways.near[first:end].tolist(), ways.tie[first:end].tolist(), strict=True
        ):
            yield step, near, tie


def _distances(pedigree: Pedigree, person: int) -> dict[int, int]:
    found = {person: 0}
    edge = [person]
    for distance in range(1, LONGEST):
        edge = sorted({n for p in edge for _, n, _ in _steps(pedigree, p)} - found.keys())
        found |= dict.fromkeys(edge, distance)
    return found


def _search(pedigree: Pedigree, ego: int, kin: int) -> Iterator[_Way]:
    distance = _distances(pedigree, kin)
    waiting = [_Way((ego,), (), "", OPEN_FROM, OPEN_TO)]
    while waiting:
        way = waiting.pop()
        if way.persons[-1] == kin:
            if way.word in horizon():
                yield way
            continue
        room = LONGEST - len(way.word) - 1
        for step, near, tie in _steps(pedigree, way.persons[-1]):
            word = way.word + step
            if distance.get(near, LONGEST) > room or word not in _prefixes():
                continue
            since = max(way.since, int(pedigree.ways.begins[tie]))
            until = min(way.until, int(pedigree.ways.ends[tie]))
            if near not in way.persons and since <= until:
                waiting.append(_Way((*way.persons, near), (*way.ties, tie), word, since, until))


def _key(pedigree: Pedigree, way: _Way) -> tuple[object, ...]:
    """Return the order of ways, the same as that of the compiled search."""
    ways = pedigree.ways
    line = max(int(ways.line[tie]) for tie in way.ties)
    hidden = sum(bool(ways.anonymous[person]) for person in way.persons)
    close = (degree(way.word), way.word.count("S"), line, words().index(way.word))
    return (*close, -way.until, way.since, hidden, way.persons, way.ties)


def _telling(pedigree: Pedigree, ways: list[_Way]) -> Iterator[_Way]:
    seen: set[object] = set()
    for way in ways:
        closest = way.word == ways[0].word
        mark: object = way.persons if closest else way.word
        if mark not in seen and (way is ways[0] or closest or not _is_implied(pedigree, way)):
            seen.add(mark)
            yield way


def _is_implied(pedigree: Pedigree, way: _Way) -> bool:
    """Say whether a tie leads past somebody on the way.

    A tie between the two ends themselves counts only against a parent's spouse and a spouse's
    child: a wife may well be a cousin.
    """
    last = len(way.word)
    for i in range(last - 1):
        near = {n for _, n, _ in _steps(pedigree, way.persons[i])}
        for j in range(i + 2, last + 1):
            ends = (i, j) == (0, last) and way.word not in {"US", "SD"}
            if way.persons[j] in near and not ends:
                return True
    return False


def _path(pedigree: Pedigree, way: _Way, scope: Scope) -> KinPath:
    ties = pedigree.ties[list(way.ties)]
    records = sorted({int(r) for said in ties["records"] for r in said})
    ids = pedigree.persons[list(way.persons)].to_list()
    return KinPath(
        persons=tuple(ids),
        word=way.word,
        bases=tuple(basis if basis in LINES else "blood" for basis in ties["basis"].to_list()),
        in_scope=way.word in scope.words,
        valid_from=None if way.since == OPEN_FROM else _EPOCH + timedelta(days=way.since),
        valid_to=None if way.until == OPEN_TO else _EPOCH + timedelta(days=way.until),
        records=tuple(records),
        half=way.word == "UD" and _share_one_parent(pedigree, way.persons[0], way.persons[-1]),
    )


def _share_one_parent(pedigree: Pedigree, a: int, b: int) -> bool:
    """Say whether two parents are known of each, and only one is the same."""
    one, other = (
        {
            near
            for step, near, tie in _steps(pedigree, person)
            if step == "U" and not pedigree.ways.anonymous[near] and not pedigree.ways.line[tie]
        }
        for person in (a, b)
    )
    return len(one) >= _BOTH and len(other) >= _BOTH and len(one & other) == 1
