"""Several kinds written at once, never two that touch nodes of the same kind.

Two transactions that add relations to the same node wait for each other, and may wait for ever.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

THREADS = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A kind to write, the kinds of nodes that this touches, and how many rows it may have."""

    kind: str
    touches: frozenset[str]
    rows: int


class _Lanes:
    """The tasks that wait and those under way."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._waiting = sorted(tasks, key=lambda t: (-t.rows, t.kind))
        self._busy: list[Task] = []
        self._changed = threading.Condition()
        self.trouble: BaseException | None = None

    def take(self) -> Task | None:
        """Return the largest task that disturbs none under way; None where all are taken."""
        with self._changed:
            while self._waiting and self.trouble is None:
                for task in self._waiting:
                    if not any(task.touches & other.touches for other in self._busy):
                        self._waiting.remove(task)
                        self._busy.append(task)
                        return task
                self._changed.wait()
            return None

    def done(self, task: Task, trouble: BaseException | None) -> None:
        """Let others take what this task kept them from; after trouble nothing more is begun."""
        with self._changed:
            self._busy.remove(task)
            self.trouble = self.trouble or trouble
            self._changed.notify_all()


def run_lanes(tasks: Sequence[Task], work: Callable[[Task], None], threads: int = THREADS) -> None:
    """Do all tasks, the largest first; raise the first trouble after those under way have ended."""
    lanes = _Lanes(tasks)

    def lane() -> None:
        while (task := lanes.take()) is not None:
            trouble: BaseException | None = None
            try:
                work(task)
            except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
                trouble = error
            lanes.done(task, trouble)

    running = [threading.Thread(target=lane, daemon=True) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if lanes.trouble is not None:
        raise lanes.trouble
