from graphengine.finding import Assessment, Outcome
from graphengine.language import Text
from queries.coverage import assessed, coverage_json

WHY = Text("没有干部名册", "no officials")


def test_the_table_is_sorted_and_says_why() -> None:
    outcomes = [
        Outcome((), (Assessment("b", "2", evaluated=True, unseen=0.25),)),
        Outcome(
            (),
            (
                Assessment("a", "2", evaluated=True),
                Assessment("a", "1", evaluated=False, why=WHY, unseen=1.0),
            ),
        ),
    ]
    assert [(a.rule, a.division) for a in assessed(outcomes)] == [
        ("a", "1"),
        ("a", "2"),
        ("b", "2"),
    ]
    rows = coverage_json(outcomes)["assessments"]
    assert rows[0] == {
        "rule": "a", "division": "1", "evaluated": False,
        "why": {"zh": "没有干部名册", "en": "no officials"}, "unseen": 1.0,
    }  # fmt: skip
    assert rows[2]["unseen"] == 0.25
    assert coverage_json(outcomes) == coverage_json(outcomes[::-1])
