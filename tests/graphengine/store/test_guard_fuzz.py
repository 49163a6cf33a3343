"""Whatever the guard lets through changes nothing, run for real where writing is possible."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphengine.errors import CypherTextError
from graphengine.store.guard import check
from graphengine.store.ladybug.free_text import engine_parameters, ladybug_text
from graphengine.store.ladybug.tables import definitions
from tests.graphengine.store.hostile import HONEST, SOUPS, WRITES, hostile_texts, quoted_texts

ladybug = pytest.importorskip("ladybug")
GIVEN: dict[str, object] = {"who": "person:1", "n": 3}
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NONE: Mapping[str, object] = {}


class Ask(Protocol):
    """Runs a text for real."""

    def __call__(self, text: str, parameters: Mapping[str, object] = NONE) -> list[object]: ...


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Open a database that may be written to, in a folder where files may be made."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("id\nperson:9\n", "ascii")
    with (
        ladybug.Database("graph.lbug", buffer_pool_size=1 << 28, max_db_size=1 << 32) as database,
        ladybug.Connection(database) as connection,
    ):

        def run(text: str, parameters: Mapping[str, object] = NONE) -> list[object]:
            connection.set_query_timeout(2_000)
            result = connection.execute(text, dict(parameters))
            return [r.get_all() for r in (result if isinstance(result, list) else [result])]

        for statement in definitions(reveal=False):
            run(statement)
        run("CREATE (:Person {id: 'person:1', status: 'active'})-[:KIN {key: 1}]->"
            "(:Person {id: 'person:2'}), (:Company {id: 'company:1', name: 'a'})")  # fmt: skip
        run("CHECKPOINT")
        yield run


def state(ask: Ask) -> tuple[object, ...]:
    """Everything that a text could have changed."""
    return (
        ask("MATCH (n) RETURN n ORDER BY n.id"),
        ask("MATCH ()-[r]->() RETURN r ORDER BY r.key"),
        sorted(map(str, ask("CALL show_tables() RETURN *"))),
        len(ask("CALL show_functions() RETURN *")[0]),  # type: ignore[arg-type]
        ask("CALL show_sequences() RETURN *"),
        ask("CALL show_attached_databases() RETURN *"),
        sorted(name for name in os.listdir() if not name.startswith("graph.lbug")),  # noqa: PTH208
    )


@pytest.mark.parametrize(
    ("texts", "least"),
    [(hostile_texts(), 0), (quoted_texts(), 20), (SOUPS, 0)],
    ids=["mixed", "quoted", "soup"],
)
def test_what_is_let_through_changes_nothing(
    ask: Ask, texts: st.SearchStrategy[str], least: int
) -> None:
    before = state(ask)
    seen: Counter[str] = Counter()

    @PATIENT
    @given(texts)
    def probe(text: str) -> None:
        try:
            checked = check(text, GIVEN)
            spoken = ladybug_text(checked, GIVEN, 10)
        except CypherTextError:
            seen["refused"] += 1
            return
        as_it_is = {name: GIVEN[name] for name in checked.parameters}
        for said, given_ in (
            (checked.said.text, as_it_is),
            (spoken.text, engine_parameters(checked, spoken, GIVEN)),
        ):
            with suppress(RuntimeError):
                ask(said, given_)
                seen["ran"] += 1
        assert state(ask) == before, text

    probe()
    assert seen["refused"]
    assert seen["ran"] >= least


def test_the_guard_is_what_stands_between(ask: Ask) -> None:
    before = state(ask)
    changing = 0
    for text in WRITES:
        with pytest.raises(CypherTextError):
            check(text, GIVEN)
        with suppress(RuntimeError):
            ask(text if text.split()[0] not in {"SET", "DELETE", "DETACH"} else f"MATCH (n) {text}")
        changing += state(ask) != before
    assert changing > len(WRITES) // 2


@pytest.mark.parametrize("text", HONEST)
def test_the_seeds_run(ask: Ask, text: str) -> None:
    checked = check(text, GIVEN)
    spoken = ladybug_text(checked, GIVEN, 10)
    assert ask(spoken.text, engine_parameters(checked, spoken, GIVEN))
