"""Drawn texts that try to write: honest ones with words of writing hidden in odd places."""

from collections.abc import Callable

from hypothesis import strategies as st

HONEST = (
    "MATCH (n:Person) WHERE n.id = 'person:1' RETURN n.id AS x ORDER BY x LIMIT 3",
    "MATCH (a:Person)-[k:KIN|OWNS]-(b) WITH a, count(*) AS c WHERE c > 0 RETURN a, c",
    "MATCH p = (a {id: $who})-[*1..2]->(b) RETURN nodes(p), [x IN nodes(p) | x.id]",
    "OPTIONAL MATCH (a:Company), (b:Person) WHERE EXISTS { (a)-[:OWNS]-(b) } RETURN a.name, b",
    "UNWIND ['a', \"b\"] AS x RETURN CASE WHEN x = 'a' THEN 1 END AS y UNION ALL RETURN 3 AS y",
    "MATCH (n) WHERE n:Person AND NOT (n)-[:KIN]->() RETURN COUNT { (n)--() } AS `how many`",
)
WRITES = (
    "CREATE (:Person {id: 'new'})",
    "SET n.status = 'changed'",
    "DETACH DELETE n",
    "DELETE a",
    "MERGE (m:Person {id: 'new'})",
    "REMOVE n.status",
    "DROP TABLE KIN",
    "ALTER TABLE Person ADD extra INT64",
    "COPY (MATCH (z) RETURN z.id) TO 'out.csv'",
    "EXPORT DATABASE 'dump'",
    "LOAD FROM 'in.csv' (header=true) RETURN *",
    "CREATE NODE TABLE Extra(id STRING PRIMARY KEY)",
    "CREATE MACRO extra(x) AS x + 1",
    "CREATE SEQUENCE extra",
    "COMMENT ON TABLE Person IS 'x'",
    "CALL { CREATE (:Person {id: 'new'}) }",
    "FOREACH (x IN [1] | CREATE (:Person {id: 'new'}))",
    "ATTACH 'other.lbug' AS other (dbtype lbug)",
    "BEGIN TRANSACTION",
    "CHECKPOINT",
)
_BREAKS = "' \" ` /* */ // ; { } ( ) | \\ \\' \\u0027"
_DISGUISES = str.maketrans({"S": "ſ", "K": "\u212a", "E": "Ｅ", "T": "T\u200b", " ": "\u3000"})
_BREAK = st.sampled_from([*_BREAKS.split(), "\n"])
_COATS: tuple[Callable[[str, str], str], ...] = (
    lambda text, _: text,
    lambda text, _: text.lower(),
    lambda text, _: "".join(c.upper() if i % 2 else c.lower() for i, c in enumerate(text)),
    lambda text, _: text.replace(" ", "/* ' */"),
    lambda text, _: text.replace(" ", "//\n"),
    lambda text, _: f"\\u{ord(text[0]):04x}{text[1:]}",
    lambda text, _: text.translate(_DISGUISES),
    lambda text, sign: f"{sign}{text}{sign}",
    lambda text, sign: f"{sign}{text}",
    lambda text, sign: f"{text}{sign}",
)


# A piece of writing in one of the coats that get past a search for words.
_PIECES = st.builds(
    lambda text, coat, sign: coat(text, sign),
    st.sampled_from(WRITES),
    st.sampled_from(_COATS),
    _BREAK,
)
_EDITS: tuple[Callable[[str, int, int, str], str], ...] = (
    lambda text, at, _, piece: f"{text[:at]} {piece} {text[at:]}",
    lambda text, at, to, piece: text[:at] + piece + text[to:],
    lambda text, at, to, _: text[:at] + text[to:],
    lambda text, at, to, _: text[:to] + text[at:],
    lambda text, _, __, piece: f"{text} {piece}",
    lambda text, _, __, piece: f"{piece} {text}",
    lambda text, _, __, piece: f"{piece}; {text}",
)


@st.composite
def hostile_texts(draw: st.DrawFn) -> str:
    """Draw an honest text with pieces put in, taken out or doubled, anywhere."""
    text = draw(st.sampled_from(HONEST))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 12)))
        edit = draw(st.sampled_from(_EDITS))
        text = edit(text, at, to, draw(st.one_of(_PIECES, _BREAK)))
    return text


@st.composite
def quoted_texts(draw: st.DrawFn) -> str:
    """Draw an honest text with pieces in its strings, names and comments, quoted well or badly."""
    text = draw(st.sampled_from(HONEST))
    for old in ("person:1", "how many", "'a'", " AS x"):
        quotes = {"'a'": "'{}'", " AS x": " AS x /*{}*/ "}.get(old, "{}")
        text = text.replace(old, quotes.format(draw(st.one_of(_PIECES, st.sampled_from(WRITES)))))
    gaps = draw(st.lists(st.sampled_from([" ", "\n", "\u3000", " /**/ ", " // SET\n"]), max_size=4))
    for gap in gaps:
        text = text.replace(" ", gap, 1)
    return text


_WORDS = """
MATCH RETURN WITH WHERE UNWIND AS CALL UNION ALL EXISTS COUNT SET CREATE DELETE COPY TO n a x ( ) [
] { } - > < : , . | * 1 'x' `y` $who = Person KIN id IN /* */ // ; count nextval
"""
SOUPS = st.lists(st.sampled_from(_WORDS.split()), max_size=25).map(" ".join)
