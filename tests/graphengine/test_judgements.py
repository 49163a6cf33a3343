"""The ledger of who is who: appended, chained, undoable; its state is a function of its lines."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphengine.errors import IntegrityError, NotFoundError
from graphengine.judgements import (
    VERDICTS,
    Judgement,
    judge,
    read_judgements,
    state_of,
    undo,
)
from graphengine.manifest import append_entry

_A, _B, _C = ("mention:" + "a" * 20, "person:" + "b" * 20, "person:" + "c" * 20)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "judgements.jsonl"


def test_a_judgement_is_read_as_it_was_written(ledger: Path) -> None:
    line = judge(ledger, (_B, _A), "positive", "auditor", "同一电话")
    assert read_judgements(ledger) == (line,)
    assert line.pair == (_A, _B)
    assert (line.who, line.why, line.verdict) == ("auditor", "同一电话", "positive")


def test_the_newest_judgement_of_a_pair_is_in_force(ledger: Path) -> None:
    judge(ledger, (_A, _B), "positive", "one", "")
    second = judge(ledger, (_A, _B), "negative", "two", "")
    state = state_of(read_judgements(ledger))
    assert state.of("negative") == (second,)
    assert state.of("positive") == ()


def test_undoing_brings_the_former_one_back(ledger: Path) -> None:
    first = judge(ledger, (_A, _B), "positive", "one", "")
    second = judge(ledger, (_A, _B), "negative", "two", "")
    undo(ledger, second.seq, "two", "mistaken")
    assert state_of(read_judgements(ledger)).of("positive") == (first,)
    assert len(read_judgements(ledger)) == 3
    with pytest.raises(NotFoundError):
        undo(ledger, second.seq, "two", "again")


def test_what_is_not_an_id_is_refused(ledger: Path) -> None:
    for pair in ((_A, "陈志远"), (_A, _A), (_A, "account:" + "a" * 20)):
        with pytest.raises(NotFoundError):
            judge(ledger, pair, "positive", "one", "")
    assert not ledger.exists()


def test_a_resident_id_in_the_reason_is_hidden(ledger: Path) -> None:
    judge(ledger, (_A, _B), "negative", "one", "证件号 11010519491231002X 不同")
    assert "11010519491231002X" not in ledger.read_text("utf-8")


def test_a_changed_line_is_found(ledger: Path) -> None:
    judge(ledger, (_A, _B), "negative", "one", "")
    judge(ledger, (_A, _C), "positive", "one", "")
    ledger.write_text(ledger.read_text("utf-8").replace("negative", "positive", 1), "utf-8")
    with pytest.raises(IntegrityError):
        read_judgements(ledger)


def test_a_line_of_another_ledger_is_found(ledger: Path) -> None:
    judge(ledger, (_A, _B), "negative", "one", "")
    line = json.loads(ledger.read_text("utf-8"))
    assert line["act"] == "judgement"
    ledger.write_text("", "utf-8")
    append_entry(ledger, "build", inputs={}, outputs={}, detail={})
    with pytest.raises(IntegrityError):
        read_judgements(ledger)


def test_a_torn_last_line_never_happened(ledger: Path) -> None:
    first = judge(ledger, (_A, _B), "negative", "one", "")
    with ledger.open("ab") as file:
        file.write(b'{"seq": 2, "act"')
    assert read_judgements(ledger) == (first,)
    second = judge(ledger, (_A, _C), "positive", "one", "")
    assert read_judgements(ledger) == (first, second)


_LINES = st.lists(
    st.tuples(
        st.sampled_from([(_A, _B), (_A, _C)]),
        st.sampled_from(VERDICTS),
        st.one_of(st.none(), st.integers(1, 6)),
    ),
    max_size=6,
)


@given(_LINES, st.randoms(use_true_random=False))
def test_the_state_depends_on_the_lines_alone(
    lines: list[tuple[tuple[str, str], str, int | None]], random: object
) -> None:
    told = [
        Judgement(seq, "", "x", *pair, verdict, "", undoes)  # type: ignore[arg-type]
        for seq, (pair, verdict, undoes) in enumerate(lines, start=1)
    ]
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert state_of(told) == state_of(shuffled)
