"""Bytes of a text file, plain or gzip, with guards against bombs and absurd sizes."""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ingest.refusal import Code, RefusedError

BLOCK = 1 << 24
MOST_RATIO = 200
"""Ten times what register texts reach; gzip's own limit is about 1,000."""
MOST_UNPACKED = 1 << 30
"""Below this a high ratio does no harm: the pieces are small and read one by one."""
MOST_BYTES = 1 << 40
"""A terabyte: no office's register; more is a device or a mistake."""


@dataclass(slots=True)
class Stream:
    """An open file: its own bytes counted (and hashed) while its unpacked bytes are read."""

    path: Path
    total: int
    read: int = 0

    @property
    def done(self) -> float:
        """Return how much of the file was read, 0 to 1."""
        return min(self.read / self.total, 1.0) if self.total else 1.0


class _Counted:
    """A file object that tells a stream how far it was read and feeds a digest."""

    def __init__(self, file: BinaryIO, stream: Stream, feed: Callable[[bytes], object]) -> None:
        self._file = file
        self._stream = stream
        self._feed = feed

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._stream.read += len(piece)
        self._feed(piece)
        return piece


def is_gzip(path: Path) -> bool:
    """Tell a gzip file by its first bytes."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def opened(path: Path) -> Stream:
    """Return the stream of a file; raise RefusedError where it is empty or absurdly large."""
    size = path.stat().st_size
    if not size:
        raise RefusedError(Code.FILE_EMPTY)
    if size > MOST_BYTES:
        raise RefusedError(Code.FILE_TOO_LARGE, size=size, limit=MOST_BYTES)
    return Stream(path, size)


def _nothing(_piece: bytes) -> None:
    """Hash nothing."""


def blocks(stream: Stream, feed: Callable[[bytes], object] = _nothing) -> Iterator[bytes]:
    """Yield the unpacked bytes in blocks; `feed` is given the file's own bytes."""
    packed = is_gzip(stream.path)
    with stream.path.open("rb") as raw:
        counted = _Counted(raw, stream, feed)
        source = gzip.GzipFile(fileobj=cast("BinaryIO", counted)) if packed else counted
        unpacked = 0
        while piece := _piece(source):
            unpacked += len(piece)
            ratio = unpacked // max(stream.read, 1)
            if packed and unpacked > MOST_UNPACKED and ratio > MOST_RATIO:
                raise RefusedError(Code.FILE_BOMB, size=unpacked, ratio=ratio)
            yield piece


def _piece(source: "gzip.GzipFile | _Counted") -> bytes:
    try:
        return source.read(BLOCK)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise RefusedError(Code.FILE_TRUNCATED) from None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file that is not read as text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
