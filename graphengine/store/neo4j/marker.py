"""What a store says of itself: whose graph it holds, which version, and whether it is whole.

One node (:ShuntengStore) and, for every kind, one node (:ShuntengKind {kind, content, rows}). A
kind's `content` names no version while it is being written; the store's `state` is `loading` from
before the first write to after the last, `imported` after an offline import that `load` has not
looked at yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.content import Content
from graphengine.store.neo4j.driver import neo4j

STORE, KIND = "ShuntengStore", "ShuntengKind"
FORM = 1
"""Raise when the same graph version gives other nodes, relations or properties in a store."""

State = Literal["loading", "imported", "complete"]

_READ = (
    f"MATCH (m:{STORE}) OPTIONAL MATCH (k:{KIND}) "
    "RETURN m.owner, m.state, m.version, m.turn, "
    "[x IN collect(k) | [x.kind, x.content, x.rows]]"
)
_CLAIM = (
    f"MERGE (m:{STORE} {{id: 'store'}}) "
    "SET m.owner = $owner, m.state = 'loading', m.version = $version, m.turn = $turn, "
    "m.form = $form, m.reveal = $reveal"
)
_OURS = f"MATCH (m:{STORE} {{turn: $turn}}) RETURN m.state"
_KIND = f"MERGE (k:{KIND} {{kind: $kind}}) SET k.content = $content, k.rows = $rows"
_COMPLETE = f"MATCH (m:{STORE} {{turn: $turn}}) SET m.state = 'complete' RETURN m.state"


@dataclass(frozen=True, slots=True)
class KindHeld:
    """Which content a kind holds (of no version: it is being written) and how many rows."""

    content: str
    rows: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A store's marker; `turn` is another one for every load."""

    owner: str
    state: State
    version: str
    turn: str
    kinds: Mapping[str, KindHeld]


def content_id(version: str, *, reveal: bool) -> str:
    """Return what tells one content of a store from another.

    >>> content_id("54970db42c821c40", reveal=False)
    '54970db42c821c40/1/masked'
    """
    return f"{version}/{FORM}/{'revealed' if reveal else 'masked'}"


def version_of(content: str) -> str:
    """Return the graph version of a content's id; empty where it is of none."""
    return content.partition("/")[0]


def same_form(one: str, other: str) -> bool:
    """Tell whether two contents hold the same properties of the same graph version."""
    return one.partition("/")[2] == other.partition("/")[2]


def read_marker(tx: neo4j.ManagedTransaction) -> Marker | None:
    """Return the store's marker, or None where there is none."""
    found = tx.run(_READ).values()
    if not found:
        return None
    owner, state, version, turn, kinds = found[0]
    held = {kind: KindHeld(content, rows) for kind, content, rows in kinds}
    return Marker(owner, state, version, turn, held)


def whole(tx: neo4j.ManagedTransaction) -> Marker:
    """Return the marker of a store that is whole; raise StoreError for any other.

    A reader asks before and after its question, in the same transaction: where both markers are
    equal, no load touched what it read.
    """
    marker = read_marker(tx)
    if marker is None:
        raise StoreError(
            Text("这个数据库里没有顺藤的图", "this database holds no graph of Shunteng"),
            Text(
                "运行 shunteng store load --to 地址", "run `shunteng store load --to ADDRESS` first"
            ),
        )
    if marker.state != "complete":
        raise StoreError(
            Text(
                "这个数据库里的图不完整：正在载入，或载入中断了",
                "the graph in this database is not whole: it is being loaded, or a load broke off",
            ),
            Text(
                "等载入结束；若已中断，再运行一次 shunteng store load",
                "wait until the load ends; if it broke off, run `shunteng store load` again",
            ),
        )
    return marker


def claim(tx: neo4j.ManagedTransaction, content: Content, owner: str, turn: str) -> None:
    """Mark the store as being loaded by this turn."""
    tx.run(
        _CLAIM,
        owner=owner,
        version=content.version,
        turn=turn,
        form=FORM,
        reveal=content.reveal,
    ).consume()


def check_turn(tx: neo4j.ManagedTransaction, turn: str) -> None:
    """Raise StoreError where another load has taken the store over since."""
    if not tx.run(_OURS, turn=turn).values():
        raise _taken_over()


def set_kind(tx: neo4j.ManagedTransaction, kind: str, content: str, rows: int) -> None:
    """Write down which content a kind holds."""
    tx.run(_KIND, kind=kind, content=content, rows=rows).consume()


def set_complete(tx: neo4j.ManagedTransaction, turn: str) -> None:
    """Mark the store as whole."""
    if not tx.run(_COMPLETE, turn=turn).values():
        raise _taken_over()


def _taken_over() -> StoreError:
    return StoreError(
        Text(
            "另一次载入接管了这个数据库，本次载入已停止",
            "another load took this database over; this one has stopped",
        ),
        Text("等那次载入结束后再运行", "wait until the other load ends, then run it again"),
    )
