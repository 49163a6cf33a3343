"""Unified Social Credit Codes (GB 32100-2015): length, characters, check character."""

import numpy as np
import polars as pl

from graphengine.identifiers import USCC_ALPHABET
from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match
from ingest.kinds.resident import DAMAGED, Characters, Verdicts, where_shaped

SHAPE = f"[{USCC_ALPHABET}]{{18}}"
_WEIGHTS = np.array(
    (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28), dtype=np.int32
)
_VALUES = np.zeros(256, dtype=np.int32)
_VALUES[np.frombuffer(USCC_ALPHABET.encode(), dtype=np.uint8)] = np.arange(len(USCC_ALPHABET))


def check_character_holds(characters: Characters) -> Verdicts:
    """Tell which codes end in their check character (MOD 31-3)."""
    values = _VALUES[characters]
    held: Verdicts = (values[:, :17] @ _WEIGHTS + values[:, 17]) % len(USCC_ALPHABET) == 0
    return held


def _tidy(series: pl.Series) -> pl.Series:
    if all_match(series, SHAPE):
        return series
    return compact(series).str.to_uppercase()


def _whole_length(text: pl.Expr) -> pl.Expr:
    return (text.str.len_chars() == 18) | text.str.contains(f"^(?:{DAMAGED})$")  # noqa: PLR2004 GB 32100


def _characters(text: pl.Expr) -> pl.Expr:
    long = text.str.len_chars() == 18  # noqa: PLR2004 GB 32100
    return ~long | text.str.contains(f"^(?:{SHAPE}|{DAMAGED})$")


COMPANY_CODE = Kind(
    "uscc",
    Text("统一社会信用代码", "Unified Social Credit Code"),
    _tidy,
    (
        Demand("uscc.damaged", lambda text: ~text.str.contains(f"^(?:{DAMAGED})$")),
        Demand("uscc.length", _whole_length),
        Demand("uscc.characters", _characters),
        Demand("uscc.check_character", where_shaped(SHAPE, 18, check_character_holds)),
    ),
)
