"""Hostile texts are refused and say what, where and what to do; honest ones are let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphengine.errors import CypherTextError
from graphengine.store.guard import check

GIVEN = {"who", "rows", "day", "n"}

REFUSED = (
    # what changes the graph
    ("CREATE (n:Person)", "line 1, column 1: CREATE changes the graph"),
    ("MATCH (n) SET n.status = 'x'", "column 11: SET changes"),
    ("MATCH (n) SET n:Person RETURN n", "column 11: SET changes"),
    ("MATCH (n) DETACH DELETE n", "column 11: DETACH changes"),
    ("MATCH (n) WITH n DELETE n", "column 18: DELETE changes"),
    ("MATCH (n) REMOVE n.name RETURN n", "column 11: REMOVE changes"),
    ("MERGE (n:Person {id: 'x'}) RETURN n", "column 1: MERGE changes"),
    ("mErGe (n) return n", "column 1: MERGE changes"),
    ("MATCH (n)\n/* a remark */ FOREACH (x IN [1] | SET n.x = x)", "line 2, column 16: FOREACH"),
    ("DROP TABLE Person", "DROP changes"),
    ("ALTER TABLE Person ADD x INT64", "ALTER changes"),
    ("INSERT (:Person)", "INSERT changes"),
    ("MATCH (n) CALL { CREATE (m:Person) RETURN m } RETURN n", "column 18: CREATE changes"),
    ("MATCH (n) WHERE EXISTS { MATCH (m) DELETE m } RETURN n", "column 36: DELETE changes"),
    ("MATCH (n) RETURN n UNION CREATE (m) RETURN m", "column 26: CREATE changes"),
    # files, networks, other databases
    ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD reads or writes files"),
    ("LOAD FROM 'x.csv' RETURN *", "LOAD reads or writes files"),
    ("COPY (MATCH (n) RETURN n.id) TO 'out.csv'", "COPY reads or writes files"),
    ("MATCH (n) RETURN n COPY Person FROM 'x.csv'", "COPY reads or writes files"),
    ("EXPORT DATABASE 'dump'", "EXPORT reads or writes files"),
    ("IMPORT DATABASE 'dump'", "IMPORT reads or writes files"),
    ("ATTACH 'other.db' AS other (dbtype duckdb)", "ATTACH reads or writes files"),
    ("INSTALL httpfs", "INSTALL reads or writes files"),
    # administration
    ("USE system MATCH (n) RETURN n", "USE administers"),
    ("SHOW USERS", "SHOW administers"),
    ("TERMINATE TRANSACTION 'x'", "TERMINATE administers"),
    ("GRANT ROLE admin TO me", "GRANT administers"),
    ("BEGIN TRANSACTION", "BEGIN administers"),
    ("EXPLAIN MATCH (n) RETURN n", "EXPLAIN answers nothing"),
    ("MATCH (n) RETURN n; MATCH (m) DELETE m", "column 21: only one statement"),
    ("MATCH (n) CALL { MATCH (m) RETURN m } IN TRANSACTIONS RETURN n", "transactions of their own"),
    ("MATCH (n) CALL { MATCH (m) RETURN m } IN 4 CONCURRENT TRANSACTIONS RETURN n", "of their own"),
    # procedures and functions
    ("CALL dbms.shutdown() YIELD x RETURN x", "this procedure may not be called"),
    ("CALL apoc.cypher.doIt('CREATE (n)', {}) YIELD value RETURN value", "cannot stand here"),
    ("CALL show_tables() YIELD name RETURN name", "this procedure may not be called"),
    ("RETURN apoc.load.json('http://x')", "function apoc.load.json is not allowed"),
    ("RETURN `apoc`.`load`.`json`('x')", "function apoc.load.json is not allowed"),
    ("RETURN nextval('s')", "function nextval is not allowed"),
    ("RETURN rand()", "function rand is not allowed"),
    ("RETURN date()", "another answer tomorrow"),
    # without bounds
    ("MATCH (a)-[*]-(b) RETURN a", "column 12: a path of variable length has no upper bound"),
    ("MATCH (a)-[:KIN*2..]-(b) RETURN a", "no upper bound"),
    ("MATCH (a)-[:KIN*1..7]-(b) RETURN a", "6 hops at most"),
    ("MATCH (a)-[:KIN*4..2]-(b) RETURN a", "no fewer than its lower bound"),
    ("MATCH (a)-[:KIN]-+(b) RETURN a", "no upper bound"),
    ("MATCH (a)-[:KIN]->*(b) RETURN a", "no upper bound"),
    ("MATCH (a)-[:KIN]-{2,}(b) RETURN a", "no upper bound"),
    ("MATCH p = shortestPath((a)-[*]-(b)) RETURN p", "no upper bound"),
    ("MATCH (a) WHERE EXISTS { MATCH (a)-[*]-(b) } RETURN a", "no upper bound"),
    ("MATCH (a) WHERE (a)-[*]-() RETURN a", "no upper bound"),
    ("MATCH (a)-[:KIN*1..$n]-(b) RETURN a", "$n cannot stand here"),
    # hidden from a reader of words
    ("MATCH (n) RETURN n.x /* ", "no end"),
    ("MATCH (n) WHERE n.x = 'a RETURN n", "no end"),
    (r"MATCH (n) WHERE n.x = 'a\u0027 DELETE n //' RETURN n", "an escape that is not allowed"),
    (r"MATCH (n) WHERE n.x = 'a\\u0027 DELETE n //' RETURN n", "an escape that is not allowed"),
    (r"MATCH (n) \u0053ET n.x = 1 RETURN n", "an escape that is not allowed"),
    (r"MATCH (n) /* \u002a\u002f DELETE n */ RETURN n", "an escape that is not allowed"),
    ("MATCH (n:`Person\\u0060) DELETE n //`) RETURN n", "a name in back-ticks"),
    ("MATCH (n:`Person``) DELETE n //`) RETURN n", "cannot stand here"),
    ("MATCH (n) RETURN n.x AS `a'b`", "a name in back-ticks"),
    ("MATCH (n)\u200b RETURN n", "the character U+200B"),
    ("MATCH (n） RETURN n", "the full-width sign"),
    ("RETURN $who, 'to_json($who)'", "a string may not hold to_json"),
    ("MATCH (n:$(rows)) RETURN n", "the character $"),
    ("RETURN " + "(" * 50 + "1" + ")" * 50, "nested deeper than 40"),
    ("RETURN '" + "x" * 20_001 + "'", "over 20000 characters"),
    # what cannot be meant
    ("MATCH (n:Persons) RETURN n", "column 10: there is no such kind of node"),
    ("MATCH (a)-[:kin]-(b) RETURN a", "there is no such kind of relation"),
    ("MATCH (n:Person:Company) RETURN n", "a node has one kind"),
    ("MATCH (n) WHERE n.id = $nobody RETURN n", "column 24: the parameter $nobody was not given"),
    ("MATCH (n)", "it must end with RETURN"),
    ("RETURN 9223372036854775808", "no number"),
    ("", "ends too early"),
)

HONEST = (
    ("MATCH (n:Person) RETURN n.id LIMIT 3", ("n.id",)),
    ("match (n:Person) return n.id as who limit 3;", ("who",)),
    ("MATCH (n) RETURN *", None),
    ("MATCH (a:Person)-[k:KIN]->(b:Person) WHERE k.in_scope RETURN a, k, b", ("a", "k", "b")),
    ("MATCH p = (a:Person {id: $who})-[:KIN|OWNS*1..3]-(b) RETURN p", ("p",)),
    ("MATCH (a)-[:KIN*2]-(b)<--(c)--(d)-->(e) RETURN count(*)", ("count(*)",)),
    ("MATCH (a)-[:KIN]-{1,3}(b) RETURN a.id", ("a.id",)),
    ("MATCH p = shortestPath((a)-[:KIN|OWNS*..6]-(b)) RETURN length(p)", ("length(p)",)),
    ("MATCH p = allShortestPaths((a)-[*..6]-(b)) RETURN nodes(p)", ("nodes(p)",)),
    ("OPTIONAL MATCH (a:Asset|Account), (b) RETURN a, b", ("a", "b")),
    ("MATCH (n:Person) WHERE n.status = 'DELETE' OR n.status = \"DROP\" RETURN n", ("n",)),
    ("MATCH (n) // CREATE\nRETURN n /* SET n.x = 1 */", ("n",)),
    ("MATCH (`delete`:Person) RETURN `delete`.id AS `set`", ("set",)),
    ("MATCH (n:Person) RETURN n.sex AS 性别, count(*) AS `人数 (全部)`", ("性别", "人数 (全部)")),
    ("MATCH (a) WHERE EXISTS { (a)-[:OWNS]->() } RETURN a", ("a",)),
    ("MATCH (a) WHERE EXISTS { MATCH (a)-[:OWNS]->(b) WHERE b.status = 'open' } RETURN a", ("a",)),
    ("MATCH (a) WHERE NOT (a)-[:OWNS]->(:Company) RETURN a", ("a",)),
    ("MATCH (a) RETURN COUNT { (a)-[:KIN]-() } AS kin ORDER BY kin DESC SKIP 5 LIMIT $n", ("kin",)),
    ("MATCH (a) CALL { WITH a MATCH (a)--(b) RETURN count(b) AS n } RETURN a, n", ("a", "n")),
    ("MATCH (a) CALL (a) { MATCH (a)--(b) RETURN count(b) AS n } RETURN a, n", ("a", "n")),
    ("CALL db.labels() YIELD label RETURN label", ("label",)),
    ("UNWIND $rows AS row MATCH (p:Person {id: row.id}) RETURN p.id, row.why", ("p.id", "row.why")),
    ("MATCH (a)-[p:PAID]->(b) WITH a, sum(p.amount) AS s WHERE s > 100 RETURN a, s", ("a", "s")),
    ("MATCH p = (a)-[*1..2]-(b) WHERE all(r IN relationships(p) WHERE r.key > 0) RETURN p", ("p",)),
    ("RETURN [x IN [1, 2] WHERE x > 1 | x * 2][0..1] AS x, {limit: 1, end: null} AS m", ("x", "m")),
    ("RETURN CASE WHEN 1 < 2 THEN 'a' ELSE 'b' END AS c UNION ALL RETURN 'z' AS c", ("c",)),
    ("MATCH (n) WHERE n:Person OR n:Company|Asset RETURN n", ("n",)),
    ("MATCH (n:Contract) WHERE n.signed_on >= date('2024-01-01') RETURN n.end", ("n.end",)),
    ("MATCH (n:Person) WHERE n.id =~ 'p.*' AND n.id STARTS WITH 'p' RETURN DISTINCT n", ("n",)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_hostile_texts_are_refused_and_told_why(text: str, said: str) -> None:
    with pytest.raises(CypherTextError) as refused:
        check(text, GIVEN)
    error = refused.value
    assert said in error.message.en or said in error.remedy.en
    assert error.message.zh
    assert error.remedy.zh


@pytest.mark.parametrize(("text", "columns"), HONEST)
def test_honest_texts_are_let_through(text: str, columns: tuple[str, ...] | None) -> None:
    assert check(text, GIVEN).columns == columns


@pytest.mark.parametrize("text", [text for text, _ in HONEST])
def test_a_text_said_again_is_the_same_text(text: str) -> None:
    once = check(text, GIVEN).said.text
    assert check(once, GIVEN).said.text == once


def test_what_a_text_is_about() -> None:
    checked = check(
        "MATCH (a:Person {id: $who})-[:KIN|OWNS]-(b:Company) RETURN a LIMIT 3 "
        "UNION MATCH (a:Asset) RETURN a LIMIT $n",
        GIVEN,
    )
    assert checked.labels == ("Asset", "Company", "Person")
    assert checked.types == ("KIN", "OWNS")
    assert checked.parameters == ("n", "who")
    assert checked.limited


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a) RETURN a",
        "MATCH (a) WITH a LIMIT 3 RETURN a",
        "MATCH (a) RETURN a LIMIT 3 UNION MATCH (a) RETURN a",
        "MATCH (a) RETURN COUNT { MATCH (a)--(b) RETURN b LIMIT 3 }",
    ],
)
def test_a_limit_counts_only_where_the_result_is_returned(text: str) -> None:
    assert not check(text).limited


def test_comments_fall_away_and_words_of_the_language_are_quoted() -> None:
    checked = check(
        "match(n)/**/where n.`limit`>1 // x\nreturn n.`end`as`order`,toupper('A\"\\'b')"
    )
    assert checked.said.text == (
        "MATCH (n) WHERE n.`limit`>1 RETURN n.`end` AS `order`,toUpper('A\"\\'b')"
    )


def test_every_part_of_what_is_said_knows_where_it_was_written() -> None:
    checked = check("MATCH (n)\n  // a remark\n  RETURN n.id")
    at = checked.said.text.index("RETURN")
    place = checked.said.place(at)
    assert place is not None
    assert (place.line, place.column) == (3, 3)


def test_messages_quote_no_text_of_the_asker() -> None:
    with pytest.raises(CypherTextError) as refused:
        check("MATCH (n) RETURN n 陈志远 '362525197001011234'")
    assert "陈志远" not in refused.value.message.zh + refused.value.message.en
    with pytest.raises(CypherTextError) as refused:
        check("MATCH (n) WHERE n.id = 陈志远('x') RETURN n")
    assert "陈志远" not in refused.value.message.zh + refused.value.message.en


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_string_means_the_same_when_it_is_said_again(value: str) -> None:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    try:
        checked = check(f'RETURN "{escaped}" AS x')
    except CypherTextError:
        assert "\\" in value or any(c < " " for c in value) or "to_json" in value
        return
    (token,) = (t for t in checked.statement.tokens if t.kind == "STRING")
    assert token.value == value
