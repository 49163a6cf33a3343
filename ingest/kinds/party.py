"""The number of whoever stands in a row: resident ID, company code or public-body code.

18 characters can be either number. A valid one of either kind is accepted; a broken one is judged
as a resident ID when it holds 17 digits and a day of birth, else as a company code.
"""

import polars as pl

from graphengine.language import Text
from ingest.cleaning import compact
from ingest.kinds.kind import Demand, Kind, all_match
from ingest.kinds.resident import (
    RESIDENT,
    birth_date_exists,
    check_digit_holds,
    upgraded,
)
from ingest.kinds.shape import DAMAGED, Characters, Shape, Verdicts, undamaged
from ingest.kinds.uscc import COMPANY, check_character_holds

_NUMBER = Shape(RESIDENT.first | COMPANY.first, RESIDENT.last | COMPANY.last)
_BODY = r"[0-9]{12}-[A-Z0-9]{1,16}"


def _tidy(series: pl.Series) -> pl.Series:
    if all_match(series, rf"[0-9A-Z]{{18}}|{_BODY}"):
        return series
    return upgraded(compact(series).str.to_uppercase(), only_born=True)


def _born(rows: Characters) -> Verdicts:
    """Tell which rows look like resident IDs: 17 digits and a day of birth."""
    return RESIDENT.has(rows) & birth_date_exists(rows)


def _is_company(rows: Characters) -> Verdicts:
    return COMPANY.has(rows) & check_character_holds(rows)


def _person_holds(rows: Characters) -> Verdicts:
    """Hold what looks like a resident ID against its check digit, unless it is a company's code."""
    return check_digit_holds(rows) | ~_born(rows) | _is_company(rows)


def _company_holds(rows: Characters) -> Verdicts:
    """Hold every other code of 18 characters against its check character."""
    return _is_company(rows) | ~COMPANY.has(rows) | _born(rows)


def _some_number(rows: Characters) -> Verdicts:
    """Tell which rows are a number of some kind; X may end a number only after a day of birth."""
    return COMPANY.has(rows) | _born(rows)


def _known(text: pl.Expr) -> pl.Expr:
    other = text.str.contains(f"^(?:{_BODY}|{DAMAGED})$")
    return _NUMBER.where(_some_number)(text).fill_null(value=False) | other


PARTY = Kind(
    "party",
    Text("证件号或机构代码", "resident ID, company code or public-body code"),
    _tidy,
    (
        Demand("party.damaged", undamaged),
        Demand("party.unknown", _known),
        Demand("resident_id.check_digit", _NUMBER.where(_person_holds)),
        Demand("uscc.check_character", _NUMBER.where(_company_holds)),
    ),
    personal=True,
)
