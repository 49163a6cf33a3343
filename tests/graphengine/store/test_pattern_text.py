import pytest

from graphengine.errors import QuestionError
from graphengine.store.pattern import Condition, Parameter, Property
from graphengine.store.pattern_text import read_patterns


def test_a_path_is_read_with_its_conditions() -> None:
    (pattern,) = read_patterns(
        "MATCH p = (a:Person)-[k:KIN]-(b)<-[:OWNS|CONTROLS*1..3]-(c:Company) "
        "WHERE a.id = $a AND k.degree <= 4 RETURN p"
    )
    assert [n.kinds for n in pattern.nodes] == [("Person",), (), ("Company",)]
    assert [(r.relations, r.way, r.low, r.high) for r in pattern.relations] == [
        (("KIN",), "both", 1, 1),
        (("OWNS", "CONTROLS"), "back", 1, 3),
    ]
    assert pattern.where == (
        Condition(Property("a", "id"), "=", Parameter("a")),
        Condition(Property("k", "degree"), "<=", 4),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("(a)-[r:KIN]-(b) WHERE a.id = $a AND x.degree = 1", "undefined variables: x"),
        ("(a)-[r:KIN*1..2]-(b) WHERE a.id = $a AND r.degree = 1", "r stands for several"),
        ("(a)-[r:KIN]-(b)-[r:KIN]-(c) WHERE a.id = $a", "a variable of its own"),
        ("(a)-[a:KIN]-(b) WHERE a.id = $a", "a variable of its own"),
        ("(a)-[r:COUSIN]-(b) WHERE a.id = $a", "the graph has no COUSIN"),
        ("(a)-[r:KIN*1..9]-(b) WHERE a.id = $a", "1 to 8 hops"),
        ("(a)-[r]-(b) WHERE a.id = $a", "names its kinds"),
        ("(a)-[r:KIN]-(b) WHERE a.id = $a OR b.id = $a", "is not a path pattern"),
    ],
)
def test_what_is_no_path_pattern_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(QuestionError, match=why):
        read_patterns(f"MATCH p = {text} RETURN p")
