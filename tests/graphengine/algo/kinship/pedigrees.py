"""Small pedigrees for tests: a family in a few words, and random ones."""

from datetime import date, timedelta

import polars as pl
from hypothesis import strategies as st

from graphengine.algo.kinship import TIE_SCHEMA

TieRow = tuple[str, str, str, str, date | None, date | None, list[int]]
_MARKS = {">": ("parent", "blood"), "~": ("parent", "step"), "*": ("parent", "adoption")}


def frame(rows: list[TieRow]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=TIE_SCHEMA, orient="row")


def family(text: str) -> pl.DataFrame:
    """Read `a>b` (parent), `a*b` (adoptive), `a~b` (step), `a=b` (spouses); records count up."""
    rows: list[TieRow] = []
    for record, said in enumerate(text.split(), 1):
        if "=" in said:
            a, b = said.split("=")
            rows.append((a, b, "spouse", "affinity", None, None, [record]))
            continue
        mark = next(m for m in _MARKS if m in said)
        a, b = said.split(mark)
        kind, basis = _MARKS[mark]
        rows.append((a, b, kind, basis, None, None, [record]))
    return frame(rows)


_PEOPLE = ["a", "b", "c", "d", "e", "f", "g", "anon:m:x", "anon:f:y"]
_DAY = st.integers(0, 6).map(lambda n: date(2020, 1, 1) + timedelta(days=n))
_PERSON = st.sampled_from(_PEOPLE)


@st.composite
def _tie(draw: st.DrawFn) -> TieRow:
    source, target = draw(st.tuples(_PERSON, _PERSON).filter(lambda pair: pair[0] != pair[1]))
    kind = draw(st.sampled_from(["parent", "parent", "parent", "spouse"]))
    bases = ["blood", "blood", "step", "adoption"] if kind == "parent" else ["affinity"]
    since, until = draw(st.none() | _DAY), draw(st.none() | _DAY)
    records = sorted(draw(st.sets(st.integers(1, 30), min_size=1, max_size=3)))
    return source, target, kind, draw(st.sampled_from(bases)), since, until, records


def random_ties() -> st.SearchStrategy[list[TieRow]]:
    """Return any ties at all, nonsense included: two mothers, loops, marriages of cousins."""
    return st.lists(_tie(), max_size=14)
