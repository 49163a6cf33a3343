"""Unified Social Credit Codes (GB 32100-2015): length, characters, check character."""

import numpy as np
import polars as pl

from graphengine.identifiers import USCC_ALPHABET
from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match
from ingest.kinds.shape import (
    WIDTH,
    Characters,
    Shape,
    Verdicts,
    all_of,
    allowed,
    damaged,
    undamaged,
    whole_length,
)

SHAPE = f"[{USCC_ALPHABET}]{{18}}"
COMPANY = Shape(allowed(USCC_ALPHABET), allowed(USCC_ALPHABET))
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


def _characters(text: pl.Expr) -> pl.Expr:
    long = text.str.len_chars() == WIDTH
    return ~long | COMPANY.where(all_of)(text).fill_null(value=False) | damaged(text)


COMPANY_CODE = Kind(
    "uscc",
    Text("统一社会信用代码", "Unified Social Credit Code"),
    _tidy,
    (
        Demand("uscc.damaged", undamaged),
        Demand("uscc.length", whole_length),
        Demand("uscc.characters", _characters),
        Demand("uscc.check_character", COMPANY.where(check_character_holds)),
    ),
)
