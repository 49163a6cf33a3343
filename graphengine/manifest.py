"""The manifest: a hash-chained line for every ingest, build, detection and disclosure.

A line is the commit of the work it names: what no line names does not exist. Each line holds the
hash of the line before it, so that a changed or missing line is found (Haber & Stornetta 1991).
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from graphengine.errors import IntegrityError
from graphengine.language import Text

_GENESIS = "0" * 64
_TAIL = 1 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what was done, from which inputs to which outputs (path → SHA-256)."""

    seq: int
    at: str
    act: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    detail: Mapping[str, Any]
    previous: str
    hash: str


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash(body: Mapping[str, Any]) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _complete_lines(path: Path) -> list[bytes]:
    """Return the lines that were written to their end; a torn last line never happened."""
    if not path.exists():
        return []
    content = path.read_bytes()
    return content[: content.rfind(b"\n") + 1].splitlines()


def read_manifest(path: Path) -> tuple[Entry, ...]:
    """Return all entries, oldest first; raise IntegrityError at the first that breaks the chain."""
    entries: list[Entry] = []
    previous = _GENESIS
    for number, line in enumerate(_complete_lines(path), start=1):
        try:
            body: dict[str, Any] = json.loads(line)
            stated = body.pop("hash")
        except (ValueError, KeyError, AttributeError) as error:
            raise _broken(path, number) from error
        if body.get("previous") != previous or body.get("seq") != number or _hash(body) != stated:
            raise _broken(path, number)
        entries.append(Entry(**body, hash=stated))
        previous = stated
    return tuple(entries)


def _end(path: Path) -> tuple[int, str, int]:
    """Return seq and hash of the last complete line and where it ends; cost: that line alone."""
    if not path.exists():
        return 0, _GENESIS, 0
    with path.open("rb") as file:
        left = file.seek(0, os.SEEK_END)
        tail = b""
        while left and tail.count(b"\n") < 2:  # noqa: PLR2004 - the line's end and the one before
            step = min(left, _TAIL)
            left -= step
            file.seek(left)
            tail = file.read(step) + tail
    whole = tail[: tail.rfind(b"\n") + 1]
    if not whole:
        return 0, _GENESIS, 0
    try:
        last = json.loads(whole.splitlines()[-1])
        return int(last["seq"]), str(last["hash"]), left + len(whole)
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path, len(_complete_lines(path))) from error


def append_entry(
    path: Path,
    act: str,
    *,
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    detail: Mapping[str, Any],
) -> Entry:
    """Add one entry and force it to disk; the caller holds the workspace's lock.

    The chain before the last line is not read again: `read_manifest` holds it to its hashes.
    """
    seq, previous, size = _end(path)
    body: dict[str, Any] = {
        "seq": seq + 1,
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "act": act,
        "inputs": dict(inputs),
        "outputs": dict(outputs),
        "detail": dict(detail),
        "previous": previous,
    }
    stated = _hash(body)
    line = json.dumps({**body, "hash": stated}, ensure_ascii=False, sort_keys=True) + "\n"
    with path.open("ab") as file:
        file.truncate(size)
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())
    return Entry(**body, hash=stated)


def _broken(path: Path, number: int) -> IntegrityError:
    return IntegrityError(
        Text(
            f"{path.name} 第 {number} 行已被改动或缺失",
            f"{path.name}: line {number} was changed or lines before it are missing",
        ),
        Text(
            "请从备份恢复该文件，并查明改动原因",
            "restore the file from a backup and find out who changed it",
        ),
    )
