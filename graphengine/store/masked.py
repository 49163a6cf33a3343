"""Masking whole columns of text: every distinct value that may hold a name or number, once."""

import pyarrow as pa
import pyarrow.compute as pc

from graphengine.masks import NODE_ID, Names

_LONG_NUMBER = r"\d{15}"
_MOST_KNOWN = 1 << 18
_SPECIAL = frozenset("\\^]-[&~|")


class Mask:
    """The names of a version, made ready for columns; keeps what it has masked."""

    def __init__(self, names: Names) -> None:
        """Take the names; what begins none of them and holds no long number stays as it is."""
        self._names = names
        begins = "".join(sorted(f"\\{c}" if c in _SPECIAL else c for c in names.begins()))
        self._suspect = f"[{begins}]|{_LONG_NUMBER}" if begins else _LONG_NUMBER
        self._known: dict[str, str] = {}

    def column(self, values: pa.Array) -> pa.Array:
        """Return a column of strings as a pseudonymous view shows it; nulls stay null."""
        suspect = pc.fill_null(pc.match_substring_regex(values, self._suspect), fill_value=False)
        if not pc.any(suspect).as_py():
            return values
        held = values.filter(suspect).dictionary_encode()
        distinct = pa.array([self._hidden(v) for v in held.dictionary.to_pylist()], pa.string())
        return pc.replace_with_mask(values, suspect, distinct.take(held.indices))

    def _hidden(self, value: str) -> str:
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        if value not in self._known:
            kept = NODE_ID.fullmatch(value) is not None
            self._known[value] = value if kept else self._names.hidden(value)
        return self._known[value]
