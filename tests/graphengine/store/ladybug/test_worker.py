"""A worker answers many threads, obeys its limits, and is another one after it was killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest

from graphengine.errors import CypherTextError, StoreError
from graphengine.store.guard import check
from graphengine.store.ladybug import failures
from graphengine.store.ladybug.free_text import ask_free_text
from graphengine.store.ladybug.values import NodeValue, RelationValue, WalkValue
from graphengine.store.ladybug.worker import Ladybug
from tests.village import company, person

ENDLESS = (
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c "
    "WITH a, b, c WHERE a + b + c < 0 RETURN count(*)"
)


def test_nodes_relations_and_paths_come_as_what_names_them(store: Ladybug) -> None:
    found = store.run(
        "MATCH p = (a:Person)-[r:OWNS]->(b:Company) RETURN a, r, p, b.name", {}, rows=5
    )
    hao, firm = NodeValue("Person", person("hao")), NodeValue("Company", company("firm"))
    ((node, relation, walk, name),) = found.rows
    assert node == hao
    assert isinstance(relation, RelationValue)
    assert (relation.relation, relation.source, relation.target) == ("OWNS", hao.id, firm.id)
    assert walk == WalkValue((hao, firm), (relation,))
    assert name == "恒拓建筑有限公司"
    assert not found.cut


def test_the_ends_of_a_relation_returned_alone_are_known(store: Ladybug) -> None:
    ((relation,),) = store.run("MATCH (:Person)-[r:OWNS]->(:Company) RETURN r").rows
    assert isinstance(relation, RelationValue)
    assert (relation.source, relation.target) == (person("hao"), company("firm"))


def test_plain_values_go_in_and_come_out(store: Ladybug) -> None:
    given = {
        "text": "陈'\\\"\n", "number": 2**62, "share": 0.25, "flag": True, "nothing": None,
        "day": date(2024, 2, 29), "moment": datetime(2024, 2, 29, 23, 59, 59, 999_999),  # noqa: DTZ001 - registers state local time
        "many": ["a", "b"], "end": 1,
    }  # fmt: skip
    checked = check("RETURN " + ", ".join(f"${name} AS {name}" for name in given), given)
    found = ask_free_text(store, checked, given)
    assert found.columns == tuple(given)
    wanted = tuple(tuple(v) if isinstance(v, list) else v for v in given.values())
    assert found.rows == (wanted,)


def test_sums_of_money_are_whole_numbers(store: Ladybug) -> None:
    ((total,),) = store.run("UNWIND [9000000000000000000, 1] AS fen RETURN sum(fen)").rows
    assert total == 9_000_000_000_000_000_001
    assert isinstance(total, int)


@pytest.mark.parametrize(("wanted", "rows", "cut"), [(3, 3, True), (5, 5, False), (9, 5, False)])
def test_rows_are_limited_and_it_is_said(
    store: Ladybug, wanted: int, rows: int, *, cut: bool
) -> None:
    found = store.run("UNWIND range(1, 5) AS x RETURN x", rows=wanted)
    assert (len(found.rows), found.cut) == (rows, cut)


def test_what_takes_too_long_is_ended_and_the_next_text_is_answered(store: Ladybug) -> None:
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"no answer within 0\.5 seconds"):
        store.run(ENDLESS, seconds=0.5)
    assert time.monotonic() - began < 10
    assert store.run("RETURN 1").rows == ((1,),)


def test_a_cross_product_runs_out_of_time_or_memory_not_of_the_machine(store: Ladybug) -> None:
    text = "UNWIND range(1, 10000000) AS a UNWIND range(1, 100) AS b RETURN collect([a, b, a + b])"
    with pytest.raises(StoreError):
        store.run(text, seconds=20)
    assert store.run("RETURN 1").rows == ((1,),)


def test_a_worker_that_stands_still_is_killed(store: Ladybug) -> None:
    store.run("RETURN 1")
    assert store.pid
    os.kill(store.pid, signal.SIGSTOP)
    with pytest.raises(StoreError, match=r"no answer within 0\.2 seconds"):
        store.run("RETURN 1", seconds=0.2)
    assert store.run("RETURN 2").rows == ((2,),)


def test_a_worker_killed_in_the_middle_is_said_and_replaced(store: Ladybug) -> None:
    store.run("RETURN 1")
    first = store.pid
    assert first
    threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
    with pytest.raises(StoreError, match="ended in the middle"):
        store.run(ENDLESS, seconds=30)
    assert store.run("RETURN 2").rows == ((2,),)
    assert store.pid != first


def test_a_worker_killed_between_texts_is_replaced_without_a_word(store: Ladybug) -> None:
    store.run("RETURN 1")
    assert store.pid
    os.kill(store.pid, signal.SIGKILL)
    os.waitpid(store.pid, os.WNOHANG)
    time.sleep(0.2)
    assert store.run("RETURN 2").rows == ((2,),)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("RETURN 1 +", CypherTextError, "cannot read this text"),
        ("MATCH (n:Person) RETURN n.name", CypherTextError, "no name"),
        ("RETURN date('no day')", CypherTextError, "do not fit together"),
        ("RETURN [1][5]", CypherTextError, "do not fit together"),
        ("CREATE (:Person {id: 'x'})", StoreError, "refuses this text"),
        ("RETURN 1; RETURN 2", StoreError, "refuses this text"),
    ],
)
def test_what_the_engine_refuses_is_said_and_the_next_text_is_answered(
    store: Ladybug, text: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        store.run(text)
    assert store.run("RETURN 2").rows == ((2,),)


def test_messages_of_the_engine_are_not_quoted(store: Ladybug) -> None:
    with pytest.raises(CypherTextError) as refused:
        store.run("RETURN CAST($name AS INT64)", {"name": "陈志远"})
    assert "陈志远" not in str(refused.value) + refused.value.message.zh + refused.value.remedy.zh


def test_eight_threads_ask_and_each_gets_its_own_answer(store: Ladybug) -> None:
    def ask(number: int) -> object:
        return store.run("RETURN $x + 1 AS y", {"x": number}).rows

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(200))) == [((n + 1,),) for n in range(200)]


def test_threads_go_on_when_one_of_them_is_cut_off(store: Ladybug) -> None:
    def ask(number: int) -> object:
        if number % 5 == 0:
            with suppress(StoreError):
                store.run(ENDLESS, seconds=0.2)
            return None
        return store.run("RETURN $x AS x", {"x": number}, seconds=60).rows

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(25)))
    assert found == [None if n % 5 == 0 else ((n,),) for n in range(25)]


def test_whoever_waits_too_long_for_a_turn_is_told(store: Ladybug) -> None:
    store.run("RETURN 1")
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(_failing, lambda: store.run(ENDLESS, seconds=3))
        time.sleep(0.5)
        with pytest.raises(StoreError, match="turn did not come"):
            store.run("RETURN 1", seconds=0.2)
        assert slow.result() is StoreError


def _failing(act: Callable[[], object]) -> type[Exception] | None:
    try:
        act()
    except StoreError as error:
        return type(error)
    return None


def test_two_processes_open_a_snapshot_at_once(database: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from graphengine.store.ladybug.worker import Ladybug\n"
        "with Ladybug(Path(sys.argv[1])) as store:\n"
        "    for _ in range(20):\n"
        "        print(store.run('MATCH (n:Person) RETURN count(*)').rows[0][0])\n"
    )
    command = [sys.executable, "-c", program, str(database)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0].split() for process in running] == [["4"] * 20] * 2


def test_a_closed_store_leaves_no_process(database: Path) -> None:
    store = Ladybug(database)
    store.run("RETURN 1")
    left = store.pid
    assert left
    store.close()
    with pytest.raises(ProcessLookupError):
        os.kill(left, 0)


def test_a_missing_engine_is_named_with_what_to_do(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "find_spec", lambda _: None)
    with pytest.raises(StoreError, match="not installed") as missing:
        Ladybug(database)
    assert "pip install 'shunteng[cypher]'" in missing.value.remedy.en
