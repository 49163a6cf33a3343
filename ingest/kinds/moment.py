"""Dates, date-times and periods; local time is Asia/Shanghai.

Understood: `2024-03-05`, `2024/3/5`, `2024.3.5`, `20240305`, `2024年3月5日`, each with an optional
time (`9:30`, `09:30:00`, `9时30分`, ISO's `T`, `Z` or an offset, which is brought to local time),
`20240305093000`, and Excel's serial days of five digits (1900 system, 1927 to 2173). Years have
four digits; days that never were are left for the demands to refuse.
"""

import polars as pl

from graphengine.language import Text
from ingest.cleaning import spaced
from ingest.kinds.kind import Demand, Kind, all_match

ZONE = "Asia/Shanghai"
_DAY = r"(?:1[89]|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_DAY_FORM = "%Y-%m-%d"
_FORM = "%Y-%m-%d %H:%M:%S%.f"
_EXCEL_EPOCH = -25_569
_WRITTEN = (
    r"^(?P<year>[0-9]{4})"
    r"(?:(?P<s>[-/.年])(?P<month>[0-9]{1,2})(?P<t>[-/.月])(?P<day>[0-9]{1,2})日?"
    r"|(?P<mm>[0-9]{2})(?P<dd>[0-9]{2}))"
    r"(?:(?:T| )?(?P<hour>[0-9]{1,2})[:时](?P<minute>[0-9]{1,2})(?:[:分](?:(?P<second>[0-9]{1,2})"
    r"(?P<fraction>\.[0-9]{1,9})?秒?)?)?"
    r"|(?:T| )?(?P<hh>[0-9]{2})(?P<mi>[0-9]{2})(?P<ss>[0-9]{2}))?"
    r" ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_SERIAL = r"^[0-9]{5}(?:\.[0-9]+)?$"


def _either(first: str, second: str, *, default: str) -> pl.Expr:
    """Take the part that is there and write it with two digits."""
    part = pl.coalesce(pl.col(first), pl.col(second)).replace("", None)
    return part.fill_null(default).str.zfill(2)


def _parts(series: pl.Series) -> pl.DataFrame:
    return series.str.extract_groups(_WRITTEN).struct.unnest()


def _standard(series: pl.Series) -> pl.Series:
    """Write every understood date and time as `YYYY-MM-DD HH:MM:SS[.ffffff]`, null for others."""
    parts = _parts(series).with_columns(written=series.alias("written"))
    coherent = (pl.col("s").is_null()) | (pl.concat_str("s", "t").is_in(["--", "//", "..", "年月"]))
    clock = pl.concat_str(
        _either("hour", "hh", default="00"),
        pl.lit(":"),
        _either("minute", "mi", default="00"),
        pl.lit(":"),
        _either("second", "ss", default="00"),
        pl.col("fraction").str.pad_end(7, "0").str.head(7).replace(".000000", "").fill_null(""),
    )
    day = pl.concat_str(
        pl.col("year"),
        pl.lit("-"),
        _either("month", "mm", default="00"),
        pl.lit("-"),
        _either("day", "dd", default="00"),
    )
    done = parts.select(
        pl.when(coherent & pl.col("year").is_not_null())
        .then(pl.concat_str(day, pl.lit(" "), clock))
        .alias("local"),
        "zone",
    )
    return _localised(done["local"], done["zone"])


def _localised(local: pl.Series, zone: pl.Series) -> pl.Series:
    """Bring the moments that name a zone to local time."""
    zoned = zone.is_not_null() & local.is_not_null()
    if not zoned.any():
        return local
    offset = (
        zone.filter(zoned).str.replace("Z", "+00:00").str.replace(r"^(...)([0-9][0-9])$", "$1:$2")
    )
    moments = (local.filter(zoned) + offset).str.to_datetime(
        "%Y-%m-%d %H:%M:%S%.f%:z", time_unit="us", time_zone="UTC", strict=False
    )
    return local.scatter(zoned.arg_true(), _as_text(moments.dt.convert_time_zone(ZONE)))


def _as_text(moments: pl.Series) -> pl.Series:
    return moments.dt.strftime("%Y-%m-%d %H:%M:%S%.6f").str.replace(r"\.0{6}$", "")


def _serial(series: pl.Series) -> pl.Series:
    """Write Excel's serial days as date and time, rounded to the second."""
    days = series.cast(pl.Float64, strict=False)
    seconds = ((days + _EXCEL_EPOCH) * 86_400).round().cast(pl.Int64)
    return _as_text((seconds * 1_000_000).cast(pl.Datetime("us")))


def _moments(series: pl.Series) -> pl.Series:
    """Write what is understood in full; leave the rest."""
    standard = _standard(series)
    serial = series.str.contains(_SERIAL).fill_null(value=False)
    if serial.any():
        standard = standard.scatter(serial.arg_true(), _serial(series.filter(serial)))
    return standard.fill_null(series)


def _tidy_moment(series: pl.Series) -> pl.Series:
    if all_match(series, f"{_DAY} {_TIME}"):
        return series
    return _moments(spaced(series))


def _tidy_date(series: pl.Series) -> pl.Series:
    if all_match(series, _DAY):
        return series
    return _moments(spaced(series)).str.replace(rf"^({_DAY}) {_TIME}(?:\.[0-9]+)?$", "$1")


def _to_date(text: pl.Series) -> pl.Series:
    return text.str.to_date(_DAY_FORM)


def _to_moment(text: pl.Series) -> pl.Series:
    return text.str.to_datetime(_FORM, time_unit="us")


def _is_date(text: pl.Expr) -> pl.Expr:
    real = text.str.to_date(_DAY_FORM, strict=False).is_not_null()
    return text.is_null() | (text.str.contains(f"^{_DAY}$") & real)


def _is_moment(text: pl.Expr) -> pl.Expr:
    real = text.str.to_datetime(_FORM, time_unit="us", strict=False).is_not_null()
    return text.is_null() | (text.str.contains(rf"^{_DAY} {_TIME}(?:\.[0-9]+)?$") & real)


_PERIOD = (
    r"^([0-9]{4})(?:年度?|(?:[-/.年]([0-9]{1,2})月?(?:份)?|([0-9]{2}))(?:-01 00:00:00|-01)?)?$"
)


def _tidy_period(series: pl.Series) -> pl.Series:
    """Write `2024`, `2024-03`; a first of the month is how Excel keeps a typed `2024-03`."""
    if all_match(series, r"[0-9]{4}-[0-9]{2}|[0-9]{4}"):
        return series
    cells = spaced(series)
    parts = cells.str.replace_all(" (?:00:00:00)?", "").str.extract_groups(_PERIOD).struct.unnest()
    year, dashed, plain = (parts[name] for name in parts.columns)
    month = dashed.fill_null(plain).str.zfill(2)
    return (year + "-" + month).fill_null(year).fill_null(cells)


DATE = Kind(
    "date",
    Text("日期", "date"),
    _tidy_date,
    (Demand("date.invalid", _is_date),),
    pl.Date(),
    _to_date,
)
MOMENT = Kind(
    "moment",
    Text("日期和时间", "date and time"),
    _tidy_moment,
    (Demand("date.invalid", _is_moment),),
    pl.Datetime("us"),
    _to_moment,
)
PERIOD = Kind(
    "period",
    Text("年或年月", "year or month"),
    _tidy_period,
    (
        Demand(
            "period.invalid", lambda text: text.str.contains(r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?$")
        ),
    ),
)
