"""Reading ahead: the next batch is read and parsed while the last one is validated."""

from collections.abc import Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
_AHEAD = 2
_PATIENCE = 0.1


class _Failed(Generic[Item]):
    """An exception on its way from the reading thread."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


_END = object()


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items of an iterator that runs in a thread of its own, at most two items ahead.

    An exception of the iterator is raised here; the thread ends when the reader stops early.
    """
    queue: Queue[object] = Queue(_AHEAD)
    stopped = Event()

    def put(item: object) -> None:
        while not stopped.is_set():
            try:
                queue.put(item, timeout=_PATIENCE)
            except Full:
                continue
            return

    def run() -> None:
        try:
            for item in items:
                put(item)
                if stopped.is_set():
                    return
            put(_END)
        except BaseException as error:  # noqa: BLE001 it is raised again in the reader's thread
            put(_Failed(error))

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not _END:
            if isinstance(item, _Failed):
                raise item.error
            yield item  # type: ignore[misc]
    finally:
        stopped.set()
        thread.join()
