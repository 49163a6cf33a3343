"""docs/exchange.md runs, and shows what it says it shows."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.docs.page import LANGUAGES, Cell, cells, run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exchange.md"


@pytest.fixture(scope="module")
def page() -> list[Cell]:
    return list(cells(PAGE.read_text("utf-8")))


def test_every_cell_is_of_a_language_that_is_run(page: list[Cell]) -> None:
    assert {cell.language for cell in page} <= LANGUAGES
    assert sum(cell.shown is not None for cell in page) >= 8


@pytest.mark.slow
def test_the_page_shows_what_its_cells_print(page: list[Cell], tmp_path: Path) -> None:
    names: dict[str, Any] = {"__name__": "page"}
    with pl.Config(tbl_width_chars=100, fmt_str_lengths=40):
        for cell in page:
            if cell.language == "python live":
                continue
            printed = run(cell, names, tmp_path)
            if cell.language == "python" or cell.shown is not None:
                assert printed == (cell.shown or ""), f"{PAGE.name}, line {cell.line}"
