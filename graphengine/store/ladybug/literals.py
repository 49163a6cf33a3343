"""Values written into a text, where the engine takes no parameter."""

import re
from datetime import date, datetime

from graphengine.store.cypher.tokens import string

_PYTHON_REWRITES = re.compile(r"to_json\(", re.IGNORECASE)
_LARGEST = 2**63


def literal(value: object) -> str | None:
    r"""Return a value as the engine writes it; None where it cannot be written safely.

    >>> print(literal(["a'b", 3, None, date(2024, 1, 31)]))
    ['a\'b', 3, NULL, date('2024-01-31')]
    """
    match value:
        case None:
            said = "NULL"
        case bool() | int() | float() if abs(value) < _LARGEST:
            said = str(value)
        case str() if not _PYTHON_REWRITES.search(value):
            said = string(value)
        case datetime():
            said = f"CAST('{value.replace(tzinfo=None).isoformat(sep=' ')}' AS TIMESTAMP)"
        case date():
            said = f"date('{value.isoformat()}')"
        case list() | tuple():
            parts = [literal(inner) for inner in value]
            return None if None in parts else f"[{', '.join(map(str, parts))}]"
        case _:
            return None
    return said
