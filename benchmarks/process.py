"""Running one command and reading what it cost from the operating system's own accounts."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

_KIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds and peak memory (MiB) of one finished process."""

    wall: float
    cpu: float
    memory: float


def cost_of(arguments: Sequence[str]) -> Cost:
    """Run a command to its end; raise where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None  # noqa: S101 - we asked for a pipe
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        message = f"{' '.join(arguments)}: {errors.decode()[-2000:]}"
        raise RuntimeError(message)
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / _KIB)


def shunteng(*arguments: str) -> list[str]:
    """Return the command line of our own program, as installed beside this Python."""
    return [sys.executable, "-c", "from api.cli import main; main()", *arguments]
