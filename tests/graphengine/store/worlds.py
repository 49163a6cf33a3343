"""Drawn little graphs of real kinds, with self-loops, parallel and equal rows, dates and scopes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from graphengine.store.adjacency import Adjacency
from graphengine.store.building import Nodes
from graphengine.store.edges import STEPPING, Rows, arrays
from graphengine.store.engine import Limits
from graphengine.store.ground import Ground
from graphengine.store.network import NO_HUB, OPEN_SINCE, OPEN_UNTIL, Counts, Indices
from graphengine.subgraph import kind_of

NODES = (
    "account:01", "account:02", "account:03", "company:01", "company:02", "division:36",
    "person:01", "person:02", "person:03", "person:04",
)  # fmt: skip
RELATIONS = ("KIN", "OWNS", "PAID", "AT")
DAYS = tuple(date(2024, 1, day) for day in range(1, 7))
MOMENTS = tuple(datetime(2024, 1, day, hour) for day in (1, 2, 3) for hour in (0, 9))  # noqa: DTZ001 - registers state local time
_WITH_STATUS = ("Person", "Company")
_EPOCH = date(1970, 1, 1)
_VALUES: Mapping[str, tuple[str, ...]] = {
    "KIN": ("in_scope", "via"),
    "OWNS": ("share",),
    "PAID": ("amount", "paid_at", "purpose"),
    "AT": (),
}
_TYPES = {
    "in_scope": pa.bool_(),
    "via": pa.list_(pa.string()),
    "share": pa.float64(),
    "amount": pa.int64(),
    "paid_at": pa.timestamp("us"),
    "purpose": pa.string(),
    "size": pa.int64(),
    "valid_from": pa.date32(),
    "valid_to": pa.date32(),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One relation; equal rows are told apart by nothing and so are one."""

    relation: str
    source: str
    target: str
    values: tuple[tuple[str, object], ...]

    def value(self, name: str) -> object:
        return dict(self.values).get(name)

    @property
    def key(self) -> int:
        said = repr((self.relation, self.source, self.target, self.values))
        return int.from_bytes(sha256(said.encode()).digest()[:8], signed=True)


@dataclass(frozen=True, slots=True)
class World:
    """Nodes with their scopes and states, and rows."""

    rows: tuple[Row, ...]
    scopes: tuple[str | None, ...]
    states: tuple[str | None, ...]

    def of_nodes(self, kind: str, name: str, nodes: Indices) -> pa.Array:
        if name not in ("name", "status") or kind not in _WITH_STATUS:
            raise KeyError(name)
        return pa.array([self.states[n] for n in nodes], pa.string())

    def of_rows(self, relation: str, name: str, rows: Counts) -> pa.Array:
        if name not in (*_VALUES[relation], "valid_from", "valid_to"):
            raise KeyError(name)
        own = self.of(relation)
        return pa.array([own[r].value(name) for r in rows], _TYPES[name])

    def scope(self, node: str) -> str | None:
        return self.scopes[NODES.index(node)]

    def sees(self, node: str, limits: Limits) -> bool:
        scope = self.scope(node)
        return scope is None or scope.startswith(limits.division)

    def counts(self, row: Row, limits: Limits) -> bool:
        begin, end = row.value("valid_from"), row.value("valid_to")
        late = limits.until is not None and isinstance(begin, date) and begin > limits.until
        early = limits.since is not None and isinstance(end, date) and end < limits.since
        return not late and not early

    def neighbours(self, node: str) -> int:
        ends = {(r.source, r.target) for r in self.rows if r.relation != "AT"}
        return len({b for a, b in ends | {(b, a) for a, b in ends} if a == node and b != node})

    def node_value(self, node: str, name: str) -> object:
        if name == "id":
            return node
        held = name == "status" and kind_of(node) in _WITH_STATUS
        return self.states[NODES.index(node)] if held else None

    def adjacency(self) -> Adjacency:
        """Return the arrays of the world, as they are built of tables."""
        rows = [r for relation in STEPPING for r in self.of(relation)]
        counts = [len(self.of(relation)) for relation in STEPPING]
        moments = [r.value("paid_at") for r in self.of("PAID")]
        made = arrays(
            Rows(
                np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
                np.array([NODES.index(r.source) for r in rows], dtype=np.int32),
                np.array([NODES.index(r.target) for r in rows], dtype=np.int32),
                _days([r.value("valid_from") for r in rows], OPEN_SINCE),
                _days([r.value("valid_to") for r in rows], OPEN_UNTIL),
                np.array([r.key for r in rows], dtype=np.int64),
                pa.array(moments, pa.timestamp("us")).cast(pa.int64()).fill_null(0).to_numpy(),
                np.array([m is not None for m in moments], dtype=np.bool_),
            ),
            len(NODES),
        )
        words = sorted({s for s in self.scopes if s is not None})
        scope = [words.index(s) if s is not None else -1 for s in self.scopes]
        nodes = Nodes(
            np.array(NODES, dtype=np.bytes_),
            np.array(scope, dtype=np.int32),
            np.array([*words, ""], dtype=np.bytes_)[: len(words)],
        )
        return Adjacency(Path("nowhere"), nodes, made)

    def of(self, relation: str) -> list[Row]:
        return [r for r in self.rows if r.relation == relation]

    def ground(self, limits: Limits, *, walls: bool = False) -> Ground:
        made = self.adjacency()
        return Ground(
            made.ids,
            made.layers,
            self,
            made.shut(limits.division),
            int(_days([limits.since], OPEN_SINCE)[0]),
            int(_days([limits.until], OPEN_UNTIL)[0]),
            limits.hub if walls else NO_HUB,
        )


def _days(said: Sequence[object], otherwise: int) -> Indices:
    days = [(d - _EPOCH).days if isinstance(d, date) else otherwise for d in said]
    return np.array(days, dtype=np.int32)


_DAY = st.one_of(st.none(), st.sampled_from(DAYS))
_DRAWN: Mapping[str, st.SearchStrategy[object]] = {
    "in_scope": st.sampled_from([True, False, None]),
    "via": st.one_of(st.none(), st.lists(st.sampled_from(NODES[6:8]), max_size=2).map(tuple)),
    "share": st.sampled_from([0.1, 0.5, None]),
    "amount": st.sampled_from([1, 2, 3, None]),
    "paid_at": st.one_of(st.sampled_from(MOMENTS), st.none()),
    "purpose": st.sampled_from(["工资", "工程款", None]),
}
_PEOPLE, _FIRMS, _ACCOUNTS = (
    [n for n in NODES if kind_of(n) == kind] for kind in ("Person", "Company", "Account")
)


def _row(relation: str, sources: Sequence[str], targets: Sequence[str]) -> st.SearchStrategy[Row]:
    values = st.tuples(
        *(st.tuples(st.just(name), _DRAWN[name]) for name in _VALUES[relation]),
        st.tuples(st.just("valid_from"), _DAY),
        st.tuples(st.just("valid_to"), _DAY),
    )
    return st.builds(
        Row, st.just(relation), st.sampled_from(sources), st.sampled_from(targets), values
    )


_ROW = st.one_of(
    _row("KIN", _PEOPLE, _PEOPLE),
    _row("OWNS", [*_PEOPLE, *_FIRMS], _FIRMS),
    _row("PAID", _ACCOUNTS, _ACCOUNTS),
    _row("PAID", _ACCOUNTS, _ACCOUNTS),
    _row("AT", [*_PEOPLE, "division:36"], ["division:36"]),
    _row("OWNS", _PEOPLE, _ACCOUNTS),
)


@st.composite
def _rows(draw: st.DrawFn) -> tuple[Row, ...]:
    """Draw rows, some of them twice."""
    rows = draw(st.lists(_ROW, min_size=draw(st.sampled_from([6, 0])), max_size=14))
    again = draw(st.lists(st.sampled_from(rows), max_size=2)) if rows else []
    return (*rows, *again)


WORLDS = st.builds(
    World,
    _rows(),
    st.tuples(*[st.sampled_from([None, "3601", "36", "3602"])] * len(NODES)),
    st.tuples(*[st.sampled_from(["在册", "在册外出", None])] * len(NODES)),
)
LIMITS = st.builds(
    Limits,
    hub=st.integers(1, 4),
    since=st.none() | _DAY,
    until=st.none() | _DAY,
    division=st.sampled_from(["", "", "", "36", "3601"]),
)
