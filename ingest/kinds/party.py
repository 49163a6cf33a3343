"""The number of whoever stands in a row: resident ID, company code or public-body code.

18 characters can be either number. A valid one of either kind is accepted; a broken one is judged
as a resident ID when it holds 17 digits and a day of birth, else as a company code.
"""

import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds import resident, uscc
from ingest.kinds.kind import Demand, Kind, all_match

BODY_SHAPE = r"[0-9]{12}-[A-Z0-9]{1,16}"
_KNOWN = f"{resident.SHAPE}|{uscc.SHAPE}|{BODY_SHAPE}|{resident.DAMAGED}"


def _tidy(series: pl.Series) -> pl.Series:
    if all_match(series, f"{resident.SHAPE}|{uscc.SHAPE}|{BODY_SHAPE}"):
        return series
    return resident.upgraded(compact(series).str.to_uppercase(), only_born=True)


def _born(characters: resident.Characters) -> resident.Verdicts:
    return resident.birth_date_exists(characters)


_is_resident = resident.where_shaped(
    resident.SHAPE, 18, lambda c: _born(c) & resident.check_digit_holds(c)
)
_lacks_birth = resident.where_shaped(resident.SHAPE, 18, lambda c: ~_born(c))
_is_company = resident.where_shaped(uscc.SHAPE, 18, uscc.check_character_holds)


def _shaped_resident(text: pl.Expr) -> pl.Expr:
    return text.str.contains(f"^(?:{resident.SHAPE})$")


def _shaped_company(text: pl.Expr) -> pl.Expr:
    return text.str.contains(f"^(?:{uscc.SHAPE})$")


def _check_digit(text: pl.Expr) -> pl.Expr:
    """Hold what looks like a resident ID against its check digit, unless it is a company's code."""
    company = _shaped_company(text) & _is_company(text)
    return ~_shaped_resident(text) | company | _lacks_birth(text) | _is_resident(text)


def _check_character(text: pl.Expr) -> pl.Expr:
    """Hold every other code of 18 characters against its check character."""
    born = _shaped_resident(text) & ~_lacks_birth(text)
    return ~_shaped_company(text) | born | _is_company(text)


def _known(text: pl.Expr) -> pl.Expr:
    """Test the form; 17 digits and X without a day of birth are no number of any kind."""
    stray = _shaped_resident(text) & ~_shaped_company(text) & _lacks_birth(text)
    return text.str.contains(f"^(?:{_KNOWN})$") & ~stray


def _undamaged(text: pl.Expr) -> pl.Expr:
    return ~text.str.contains(f"^(?:{resident.DAMAGED})$")


PARTY = Kind(
    "party",
    Text("证件号或机构代码", "resident ID, company code or public-body code"),
    _tidy,
    (
        Demand("party.damaged", _undamaged),
        Demand("party.unknown", _known),
        Demand("resident_id.check_digit", _check_digit),
        Demand("uscc.check_character", _check_character),
    ),
    personal=True,
)
