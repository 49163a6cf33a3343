"""Free texts about the village and what Cypher says they find, on whatever engine."""

from datetime import date

from graphengine.store.ladybug.values import NodeValue
from tests.village import company, person

GIVEN: dict[str, object] = {
    "who": person("chen"),
    "others": [person("hao"), "person:nobody"],
    "nobody": [],
    "day": date(2018, 3, 1),
    "odd": "it's \\ odd",
    "rows": [{"id": person("hao")}, {"id": person("wang"), "why": "asked"}],
}

VALUES = (
    ("[10, 20, 30][0]", 10),
    ("[10, 20, 30][-1]", 30),
    ("[10, 20, 30][0..2]", (10, 20)),
    ("[10, 20, 30][1..]", (20, 30)),
    ("[10, 20, 30][..1]", (10,)),
    ("[x IN [1, 2, 3] WHERE x > 1 | x * 10]", (20, 30)),
    ("[x IN [1, 2, 3] WHERE x > 1]", (2, 3)),
    ("[x IN [1, 2] | x + 1]", (2, 3)),
    ("[x IN [1, 2]]", (1, 2)),
    ("[x IN ['a', $odd] WHERE x = $odd | x]", ("it's \\ odd",)),
    ("all(x IN $others WHERE x STARTS WITH 'person')", True),
    ("any(x IN [1, 2] WHERE x > 1)", True),
    ("substring('abcdef', 1, 2)", "bc"),
    ("substring('abcdef', 4)", "ef"),
    ("round(2.5)", 3.0),
    ("isEmpty([])", True),
    ("head([7, 8])", 7),
    ("last([7, 8])", 8),
    ("size(split('a,b,c', ','))", 3),
    ("toString(12)", "12"),
    ("toInteger('12') + 1", 13),
    ("7 / 2", 3),
    ("coalesce(null, 'x')", "x"),
    ("CASE WHEN date('2024-01-01') > $day THEN 'later' ELSE 'before' END", "later"),
    ("'it\\'s \\\\ odd' = $odd", True),
    ('"a\\nb"', "a\nb"),
    ("'x' IN $nobody", False),
    ("{limit: 1, end: 'x'}.`end`", "x"),
)

ROWS = (
    ("MATCH (n:Person {id: $who}) RETURN labels(n)[0], n:Person, n:Company|Asset",
     (("Person", True, False),)),
    (("MATCH (a {id: $who})-[r:KIN]->(b) RETURN type(r), startNode(r).id = $who, b.id IN $others "
     "AS known ORDER BY known DESC"), (("KIN", True, True), ("KIN", True, False))),
    ("MATCH (a:Person {id: $who})-[:KIN]-(b)-[:KIN]-(c) RETURN count(*)", ((0,),)),
    ("MATCH (a:Person {id: $who})-[:KIN*1..2]-(b) RETURN count(*)", ((2,),)),
    ("MATCH (a:Person {id: $who})-[:KIN]-(b)-[:KIN*1..2]-(c) RETURN count(*)", ((0,),)),
    ("MATCH (a:Person {id: $who})-[:KIN]-{1,2}(b) RETURN count(*)", ((2,),)),
    ("MATCH (a:Person)-[:KIN]-(b), (c)-[:KIN]-(d) RETURN count(*)", ((8,),)),
    ("MATCH (a:Person {id: $who})-[r:KIN*1..1]->(b) WHERE b.id IN $others RETURN size(r)", ((1,),)),
    ("MATCH (a:Person {id: $who}) WHERE (a)-[:KIN]-()-[:KIN]-() RETURN a", ()),
    ("MATCH (a:Person {id: $who}) RETURN EXISTS { (a)-[:KIN]->(b)-[:OWNS]->() }", ((True,),)),
    (("MATCH p = shortestPath((a:Person {id: $who})-[:KIN|OWNS*..4]-(c:Company)) "
     "RETURN length(p), nodes(p)[0].id, [n IN nodes(p) | n.id][-1]"),
     ((2, person("chen"), company("firm")),)),
    (("MATCH p = allShortestPaths((a:Person {id: $who})-[:KIN|OWNS*..4]-(b:Company)) "
     "RETURN b.id, length(p)"), ((company("firm"), 2),)),
    ("UNWIND $rows AS row MATCH (n:Person {id: row.id}) RETURN n.id, row.why ORDER BY row.why",
     ((person("wang"), "asked"), (person("hao"), None))),
    ("UNWIND [1, 2] AS x RETURN x UNION ALL UNWIND [3] AS x RETURN x", ((1,), (2,), (3,))),
    ("MATCH (c:Company)<-[:OWNS]-(p) RETURN p, c.name AS `企业 名称`",
     ((NodeValue("Person", person("hao")), "恒拓建筑有限公司"),)),
)  # fmt: skip
