"""Which register a file or sheet is, by its name: the longest alias that stands in it."""

import os
import re
import unicodedata
from functools import cache
from pathlib import Path

from graphengine.vocabulary import REGISTERS
from ingest.refusal import Code, RefusedError
from ingest.registers import registers

_ENDINGS = re.compile(
    r"(?:\.(?:csv|tsv|txt|gz|xlsx|xlsm|xls|parquet|jsonl|ndjson|json))+$", re.IGNORECASE
)


def told_name(path: Path) -> str:
    r"""Return a file's name as it can be told: UTF-8, else GB18030; control characters shown.

    >>> told_name(Path("a/pay\nments.csv"))
    'pay\\nments.csv'
    """
    raw = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        name = raw.decode("utf-8", "backslashreplace")
    return "".join(c if unicodedata.category(c)[0] != "C" else _shown(c) for c in name)


def _shown(control: str) -> str:
    """Write a control character as an escape, drop one that only joins or orders letters."""
    if unicodedata.category(control) == "Cf":
        return ""
    return control.encode("unicode_escape").decode("ascii")


def stem(path: Path) -> str:
    """Return a file's name without the endings that tell its form.

    >>> stem(Path("a/资金流水.csv.gz"))
    '资金流水'
    """
    return _ENDINGS.sub("", told_name(path))


@cache
def _aliases() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    found = []
    for name, register in registers().items():
        for alias in register.aliases():
            edges = ("(?<![a-z])", "(?![a-z])") if alias.isascii() else ("", "")
            pattern = re.compile(edges[0] + re.escape(alias) + edges[1])
            found.append((name, alias, pattern))
    return tuple(found)


def register_of_name(name: str) -> str:
    """Return the register that a stem or sheet name tells.

    Raise RefusedError where it tells none, or where the longest aliases tell several.

    >>> register_of_name("2024年资金流水表"), register_of_name("payments_2024")
    ('payments', 'payments')
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    matches = [(len(alias), register) for register, alias, p in _aliases() if p.search(plain)]
    if not matches:
        raise RefusedError(
            Code.REGISTER_UNKNOWN,
            {"known": "、".join(title.zh for title in REGISTERS.values())},
            known=", ".join(REGISTERS),
        )
    longest = max(length for length, _ in matches)
    candidates = sorted({register for length, register in matches if length == longest})
    if len(candidates) > 1:
        raise RefusedError(
            Code.REGISTER_AMBIGUOUS,
            {"candidates": "、".join(f"{REGISTERS[c].zh}（{c}）" for c in candidates)},
            candidates=", ".join(candidates),
        )
    return candidates[0]


def named_register(name: str) -> str:
    """Return the register that a caller names, in English or Chinese; raise RefusedError."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    for register, alias, _ in _aliases():
        if plain == alias:
            return register
    return register_of_name("")
