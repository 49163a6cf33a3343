"""kill -9 at 45 moments of the road: the last good state stays, and a re-run ends equal."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.verification import verify_workspace
from graphengine.workspace import open_workspace
from ingest.demo.county import plan_for, write_county
from tests.road import empty_workspace

_POINTS = 45
_ROAD = """
import sys
from pathlib import Path
from api import pipeline
from graphengine.workspace import open_workspace
from ingest.intake import IntakeOptions, ingest
workspace = open_workspace(Path(sys.argv[1]))
print("ready", flush=True)
ingest([Path(sys.argv[2])], workspace, IntakeOptions(register=None, mapping=None))
print("ingested", flush=True)
pipeline.build(workspace)
print("built", flush=True)
pipeline.detect(workspace)
print("detected", flush=True)
"""


def _run(workspace: Path, registers: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONHASHSEED": "random"}
    return subprocess.Popen(
        [sys.executable, "-c", _ROAD, str(workspace), str(registers)],
        stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def _content(workspace: Path) -> dict[str, str]:
    """Digest everything but the history (which holds times) and the lock."""
    return {
        str(path.relative_to(workspace)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(workspace.rglob("*"))
        if path.is_file() and path.name not in ("manifest.jsonl", "lock")
    }


@pytest.mark.slow
def test_killed_anywhere(tmp_path: Path) -> None:
    registers = tmp_path / "registers"
    write_county(registers, plan_for("village", seed=3))
    whole = tmp_path / "whole"
    empty_workspace(whole)
    process = _run(whole, registers)
    assert process.stdout is not None
    process.stdout.readline()
    start = time.monotonic()
    assert process.wait() == 0
    process.stdout.close()
    duration = time.monotonic() - start
    expected = _content(whole)
    moments = random.Random(5)  # noqa: S311 - moments of a test, not a secret
    killed = 0
    workspace = tmp_path / "killed"
    for point in range(_POINTS):
        if point % 3 == 0:
            shutil.rmtree(workspace, ignore_errors=True)
            empty_workspace(workspace)
        process = _run(workspace, registers)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, duration))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        assert verify_workspace(open_workspace(workspace)) == ()
        if point % 3 == 2:
            again = _run(workspace, registers)
            again.communicate()
            assert again.returncode == 0
            assert _content(workspace) == expected
    assert killed >= 40
