"""The manifest: appended, chained, torn lines never happened, changes are named."""

import json
from pathlib import Path

import pytest

from graphengine.errors import IntegrityError
from graphengine.manifest import append_entry, read_manifest


def _append(path: Path, act: str) -> None:
    append_entry(path, act, inputs={"a.csv": "00"}, outputs={}, detail={"n": 1})


def test_entries_come_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    for act in ("ingest", "build", "detect"):
        _append(path, act)
    assert [(e.seq, e.act) for e in read_manifest(path)] == [
        (1, "ingest"),
        (2, "build"),
        (3, "detect"),
    ]


def test_long_lines_are_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    for size in (1, 70_000, 200_000, 1):
        append_entry(path, "build", inputs={}, outputs={}, detail={"x": "y" * size})
    assert [e.seq for e in read_manifest(path)] == [1, 2, 3, 4]


def test_a_torn_last_line_never_happened_and_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    _append(path, "ingest")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    assert len(read_manifest(path)) == 1
    _append(path, "build")
    assert [e.act for e in read_manifest(path)] == ["ingest", "build"]


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_changed_line_breaks_the_chain(tmp_path: Path, line: int) -> None:
    path = tmp_path / "manifest.jsonl"
    for act in ("ingest", "build", "detect"):
        _append(path, act)
    lines = path.read_text("utf-8").splitlines()
    body = json.loads(lines[line])
    body["detail"]["n"] = 2
    lines[line] = json.dumps(body)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(IntegrityError, match=f"line {line + 1}"):
        read_manifest(path)


def test_a_removed_line_breaks_the_chain(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    for act in ("ingest", "build", "detect"):
        _append(path, act)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(lines[0] + lines[2], "utf-8")
    with pytest.raises(IntegrityError):
        read_manifest(path)
