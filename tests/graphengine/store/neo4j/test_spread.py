"""Work spread over threads: all of it once, two at a time, and no more after trouble."""

import threading
import time
from collections.abc import Iterator

import pytest

from graphengine.store.neo4j.spread import spread


def test_every_piece_once() -> None:
    done: list[int] = []
    spread(range(1000), done.append, threads=3)
    assert sorted(done) == list(range(1000))


def test_two_at_a_time() -> None:
    both = threading.Barrier(2, timeout=10)

    def work(_piece: int) -> None:
        both.wait()  # breaks unless another thread is at work too

    spread(range(6), work, threads=2)


def test_pieces_are_made_by_one_thread_at_a_time() -> None:
    def pieces() -> Iterator[int]:
        for n in range(100):
            time.sleep(0.0005)  # a generator that two threads are in raises ValueError
            yield n

    spread(pieces(), lambda _piece: None, threads=4)


@pytest.mark.parametrize("where", ["the work", "the pieces"])
def test_trouble_ends_it(where: str) -> None:
    done: list[int] = []

    def pieces() -> Iterator[int]:
        for n in range(10_000):
            if where == "the pieces" and n == 5:
                raise KeyError(n)
            yield n

    def work(piece: int) -> None:
        if where == "the work" and piece == 5:
            raise KeyError(piece)
        done.append(piece)

    with pytest.raises(KeyError):
        spread(pieces(), work, threads=2)
    assert 5 not in done
    assert len(done) < 10_000


def test_nothing_to_do() -> None:
    spread((), lambda _piece: pytest.fail("there was no piece"))
