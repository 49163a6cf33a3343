"""Opening a register file: its form by its name, its digest, and the tables it holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from os import walk
from os.path import realpath
from pathlib import Path

from ingest.read.bytestream import digest, opened
from ingest.read.columnar import columnar_table
from ingest.read.delimited import delimited_table
from ingest.read.encoding import text_facts
from ingest.read.jsonlines import json_lines_table
from ingest.read.table import Table
from ingest.read.workbook import sheet_tables
from ingest.refusal import Code, RefusedError, unreadable

_DELIMITED = (".csv", ".tsv", ".txt")
_LINES = (".jsonl", ".ndjson")
_WORKBOOK = (".xlsx", ".xlsm")
_PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A register file: the digest of its bytes and its tables."""

    sha256: str
    tables: tuple[Table, ...]


def open_file(path: Path) -> OpenedFile:
    """Look into a file; raise RefusedError where no table can be read from it."""
    with unreadable(OSError):
        if not path.exists():
            raise RefusedError(Code.FILE_MISSING)
        reader = _reader(path)
        if reader is None or not path.is_file():
            raise RefusedError(Code.FILE_FORM)
        return reader(path)


def is_register_form(path: Path) -> bool:
    """Tell whether a file's name says that it can be read."""
    return _reader(path) is not None


def _reader(path: Path) -> Callable[[Path], OpenedFile] | None:
    name = path.name.lower().removesuffix(_PACKED)
    if name.endswith(_DELIMITED) or (name != path.name.lower() and "." not in name):
        return _open_delimited
    if name.endswith(_LINES):
        return _open_lines
    if path.name.lower().endswith(_WORKBOOK):
        return _open_workbook
    return _open_parquet if path.name.lower().endswith(".parquet") else None


def _open_delimited(path: Path) -> OpenedFile:
    stream = opened(path)
    facts = text_facts(stream)
    return OpenedFile(facts.sha256, (delimited_table(stream, facts.encoding),))


def _open_lines(path: Path) -> OpenedFile:
    stream = opened(path)
    facts = text_facts(stream)
    return OpenedFile(facts.sha256, (json_lines_table(stream, facts.encoding),))


def _open_workbook(path: Path) -> OpenedFile:
    opened(path)
    return OpenedFile(digest(path), sheet_tables(path))


def _open_parquet(path: Path) -> OpenedFile:
    opened(path)
    return OpenedFile(digest(path), (columnar_table(path),))


def walked(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield every file once, folders in sorted order, and whether it was named by the caller.

    Raise OSError where a folder cannot be looked into.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _below(path) if path.is_dir() else (path,):
            place = realpath(found)
            if place not in seen:
                seen.add(place)
                yield found, found == path


def _refuse(error: OSError) -> None:
    """Let no folder be left out because it cannot be looked into."""
    raise error


def _below(folder: Path) -> Iterator[Path]:
    for root, folders, files in walk(folder, onerror=_refuse):
        folders.sort()
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in sorted(files) if not name.startswith((".", "~$")))
