"""Cells as offices type them: full-width forms, stray blanks and invisible characters.

Every function takes and returns a series of text, null for an empty cell.
"""

import polars as pl

_PLAIN = r"^[!-~]*$"
_NEAT = (
    r"^(?:[^\s\p{Cc}\p{Cf}０-９Ａ-Ｚａ-ｚ]"
    r"(?:[^\s\p{Cc}\p{Cf}０-９Ａ-Ｚａ-ｚ]| [^\s\p{Cc}\p{Cf}０-９Ａ-Ｚａ-ｚ])*)?$"
)
_INVISIBLE = r"[\p{Cf}\p{Cc}--[\t\n\r]]"
_FULL_WIDTH = [chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))] + [
    chr(code) for code in range(0xFF41, 0xFF5B)
]
_HALF_WIDTH = [chr(ord(character) - 0xFEE0) for character in _FULL_WIDTH]
_EXCEL_TEXT = r"""^(?:="(.*)"|['’`]+(.*))$"""


def _emptied(series: pl.Series) -> pl.Series:
    """Make empty texts null."""
    empty = series.str.len_bytes() == 0
    return series.set(empty, None) if empty.any() else series


def trimmed(series: pl.Series) -> pl.Series:
    """Tidy free text: blanks at the ends and invisible characters go, letters become half-width."""
    if not series.str.contains(_NEAT).all():
        series = (
            series.str.replace_all(_INVISIBLE, "")
            .str.replace_all(r"\r\n?", "\n")
            .str.replace_many(_FULL_WIDTH, _HALF_WIDTH)
            .str.strip_chars()
        )
    return _emptied(series)


def spaced(series: pl.Series) -> pl.Series:
    """Tidy text of digits and signs whose parts are kept apart by one blank."""
    if not series.str.contains(r"^(?:[!-~]+(?: [!-~]+)*)?$").all():
        series = (
            series.str.normalize("NFKC")
            .str.replace_all(_INVISIBLE, "")
            .str.replace_all(r"\s+", " ")
            .str.strip_chars()
        )
    return _emptied(_unquoted(series))


def compact(series: pl.Series) -> pl.Series:
    """Tidy codes and numbers: half-width, without any blank."""
    if not series.str.contains(_PLAIN).all():
        series = series.str.normalize("NFKC").str.replace_all(r"[\s\p{Cf}\p{Cc}]+", "")
    return _emptied(_unquoted(series))


def _unquoted(series: pl.Series) -> pl.Series:
    """Drop the marks with which spreadsheets keep digits as text: `'3610…` and `="3610…"`."""
    if not series.str.contains(_EXCEL_TEXT).any():
        return series
    return series.str.replace(_EXCEL_TEXT, "$1$2")
