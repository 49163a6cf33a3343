"""Free text means on the embedded engine what it means in Cypher: positions, trails, kinds."""

import pytest

from graphengine.errors import CypherTextError
from graphengine.store.guard import check
from graphengine.store.ladybug.free_text import ask_free_text, ladybug_text
from graphengine.store.ladybug.worker import Ladybug
from tests.graphengine.store.free_texts import GIVEN, ROWS, VALUES


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_an_expression_has_its_value(store: Ladybug, expression: str, value: object) -> None:
    found = ask_free_text(store, check(f"RETURN {expression} AS x", GIVEN), GIVEN)
    assert found.rows == ((value,),)


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_a_text_finds_what_cypher_finds(
    store: Ladybug, text: str, rows: tuple[tuple[object, ...], ...]
) -> None:
    assert ask_free_text(store, check(text, GIVEN), GIVEN).rows == rows


def test_no_shortest_path_leads_from_a_node_to_itself(store: Ladybug) -> None:
    text = "MATCH p = allShortestPaths((a:Person)-[:KIN*..4]-(b:Person)) WHERE a.id = b.id RETURN p"
    assert ask_free_text(store, check(text), {}).rows == ()


def test_columns_are_headed_as_they_were_asked_for(store: Ladybug) -> None:
    text = "MATCH (n:Person) RETURN count(*), max(n.id)AS top, 1+1"
    assert ask_free_text(store, check(text), {}).columns == ("count(*)", "top", "1+1")


def test_no_more_rows_are_looked_for_than_are_wanted(store: Ladybug) -> None:
    checked = check("MATCH (n:Person) RETURN n.id")
    assert ladybug_text(checked, {}, 2).text.endswith(" LIMIT 3")
    found = ask_free_text(store, checked, {}, rows=2)
    assert (len(found.rows), found.cut) == (2, True)


def test_a_mistake_is_shown_where_it_was_written(store: Ladybug) -> None:
    text = "// first line\nMATCH (n:Person)\n  RETURN 1 < 2 < 3"
    with pytest.raises(CypherTextError, match="line 3, column 10"):
        ask_free_text(store, check(text), {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RETURN reduce(s = 0, x IN [1] | s + x)", "no reduce"),
        ("MATCH (a) CALL { RETURN 1 AS x } RETURN x", "no CALL"),
        ("CALL db.labels() YIELD label RETURN label", "no CALL"),
        ("UNWIND [1] AS i RETURN [1, 2][i]", "no indices that vary"),
        ("RETURN [1, 2][-1..]", "no slices that vary"),
        ("MATCH (a) RETURN head([a]):Person", "no test of kinds here"),
        ("RETURN [x IN [1] WHERE x = $rows]", "no parameter here"),
    ],
)
def test_what_the_engine_cannot_say_is_refused(text: str, said: str) -> None:
    with pytest.raises(CypherTextError, match=said):
        ladybug_text(check(text, GIVEN), GIVEN, 10)
