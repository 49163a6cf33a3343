"""From ids to positions, a column at a time: open addressing over FNV-1a (Fowler, Noll, Vo)."""

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from graphengine.store.network import Indices

Bytes = NDArray[np.uint8]
_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_SHIFT = np.uint64(32)


class Positions:
    """Where every id stands among ascending ids; 8 bytes an id beside the ids themselves."""

    def __init__(self, ids: NDArray[np.bytes_]) -> None:
        """Take ids, ASCII and each once."""
        self.ids = ids
        self._letters = ids.view(np.uint8).reshape(len(ids), ids.itemsize)
        size = 1 << max(2 * len(ids) - 1, 1).bit_length()
        self._table = np.full(size, -1, dtype=np.int32)
        _fill(self._letters, self._table)

    def of(self, values: pa.Array) -> Indices:
        """Return the position of every string of a column; -1 where it is none or null."""
        offsets, letters = text_of(values)
        found = np.empty(len(values), dtype=np.int32)
        _look_up(self._letters, self._table, offsets, letters, found)
        return found


def text_of(values: pa.Array) -> tuple[Indices, Bytes]:
    """Return where each string of a column begins (one more than strings) and all their bytes."""
    _, begins, held = values.buffers()
    if begins is None:
        return np.zeros(len(values) + 1, dtype=np.int32), np.zeros(0, dtype=np.uint8)
    offsets = np.frombuffer(begins, dtype=np.int32)[values.offset :][: len(values) + 1]
    letters = np.frombuffer(held, dtype=np.uint8) if held else np.zeros(0, dtype=np.uint8)
    return offsets, letters


@njit(cache=True, nogil=True)
def hash_of(letters: Bytes, begin: int, end: int) -> np.uint64:
    """Return the hash of a stretch of bytes up to a zero byte."""
    value = _BASIS
    for i in range(begin, end):
        if letters[i] == 0:
            break
        value = (value ^ np.uint64(letters[i])) * _PRIME
    return value ^ (value >> _SHIFT)


@njit(cache=True, nogil=True)
def _fill(ids: Bytes, table: Indices) -> None:
    mask = len(table) - 1
    for place in range(len(ids)):
        slot = np.int64(hash_of(ids[place], 0, ids.shape[1])) & mask
        while table[slot] >= 0:
            slot = (slot + 1) & mask
        table[slot] = place


@njit(cache=True, nogil=True)
def _look_up(ids: Bytes, table: Indices, offsets: Indices, letters: Bytes, found: Indices) -> None:
    mask = len(table) - 1
    for row in range(len(found)):
        begin, end = offsets[row], offsets[row + 1]
        if row and _same(letters, begin, end, offsets[row - 1]):
            found[row] = found[row - 1]
            continue
        slot = np.int64(hash_of(letters, begin, end)) & mask
        while table[slot] >= 0 and not _is(ids[table[slot]], letters, begin, end):
            slot = (slot + 1) & mask
        found[row] = table[slot]


@njit(cache=True, nogil=True)
def _same(letters: Bytes, begin: int, end: int, before: int) -> bool:
    """Tell whether the string that ends where this one begins is this one."""
    if end - begin != begin - before:
        return False
    for i in range(end - begin):  # noqa: SIM110 - kernels know no generators
        if letters[begin + i] != letters[before + i]:
            return False
    return True


@njit(cache=True, nogil=True)
def _is(known: Bytes, letters: Bytes, begin: int, end: int) -> bool:
    length = end - begin
    if length > len(known) or (length < len(known) and known[length] != 0):
        return False
    for i in range(length):  # noqa: SIM110 - kernels know no generators
        if known[i] != letters[begin + i]:
            return False
    return True
