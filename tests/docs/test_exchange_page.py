"""docs/exchange.md runs, and shows what it says it shows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphengine.exchange.about import About
from graphengine.exchange.py2neo import merge_py2neo, read_py2neo
from graphengine.subgraph import Subgraph, of_clue
from graphengine.tables.graph import Graph
from tests.docs.page import LANGUAGES, Cell, cells, run
from tests.neo4j_server import Neo4jServer
from tests.village import kin_clue, willow

LIVE = "python live"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "exchange.md"


@dataclass(frozen=True, slots=True)
class Answered:
    """Whatever shows a subgraph."""

    subgraph: Subgraph


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
            if cell.language == LIVE:
                continue
            printed = run(cell, names, tmp_path)
            if cell.language == "python" or cell.shown is not None:
                assert printed == (cell.shown or ""), f"{PAGE.name}, line {cell.line}"


def test_the_cells_for_a_server_show_it_on_a_real_one(
    page: list[Cell], tmp_path: Path, neo4j_database: Neo4jServer
) -> None:
    with Graph(willow().write(tmp_path / "v1")) as graph:
        firm = of_clue(kin_clue(willow()), graph)
    names: dict[str, Any] = {
        "answer": Answered(firm),
        "about": About.of(firm),
        "merge_py2neo": merge_py2neo,
        "read_py2neo": read_py2neo,
        "address": neo4j_database.uri,
        "password": neo4j_database.password,
    }
    live = [cell for cell in page if cell.language == LIVE]
    try:
        assert [run(cell, names, tmp_path) for cell in live] == [cell.shown for cell in live]
    finally:
        names["server"].service.connector.close()  # py2neo leaves its socket open
