"""What is said of a question's parameters: types, bounds, names, and what errors may repeat."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from graphengine.errors import AmbiguousError, NotFoundError, QuestionError, ShuntengError
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace
from queries.arguments import Reading, Said
from queries.library import question
from tests.village import KEY, V1, account, company, person, willow


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    (tmp_path / "key").write_text(KEY.hex(), "ascii")
    village = willow()
    village.add("Person", id="person:" + "9" * 20, name="王伟", division="361025101202")
    return Reading(Workspace(tmp_path), Graph(village.write(tmp_path / "tables" / "v")))


def test_values_get_the_types_of_their_parameters(reading: Reading) -> None:
    found = reading.arguments(question("money-forward"), {"payer": "恒拓建筑有限公司"})
    assert found == {
        "payer": (account("firm"),),
        "max_hops": 3,
        "within": timedelta(days=30),
    }
    found = reading.arguments(
        question("changes"),
        {"node": company("firm"), "from_day": "2023-01-01", "to_day": " 2023-12-31 "},
    )
    assert found["from_day"] == date(2023, 1, 1)
    assert found["to_day"] == date(2023, 12, 31)
    assert reading.arguments(question("village-posts"), {"village": V1}) == {
        "village": f"division:{V1}"
    }


@pytest.mark.parametrize(
    "said", ["陈志远,陈浩", "陈志远、陈浩", "陈浩；陈志远；陈浩", ["陈志远", "陈浩"]]
)
def test_several_nodes_in_one_text_or_a_list(reading: Reading, said: Said) -> None:
    found = reading.arguments(question("common-ties"), {"people": said, "max_hops": "3"})
    assert set(found["people"]) == {person("chen"), person("hao")}  # type: ignore[arg-type]
    assert len(found["people"]) == 2  # type: ignore[arg-type]
    assert found["max_hops"] == 3


def test_accounts_stand_for_themselves(reading: Reading) -> None:
    found = reading.arguments(
        question("money-between"), {"a": account("vc"), "b": ["陈志远", account("lin")]}
    )
    assert found["a"] == (account("vc"),)
    assert set(found["b"]) == {account("chen"), account("lin")}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "said", "kind", "told"),
    [
        ("kin-in-scope", {}, QuestionError, "person"),
        ("kin-in-scope", {"person": ""}, QuestionError, "person"),
        ("kin-in-scope", {"persona": "陈浩", "person": "陈浩"}, QuestionError, "persona"),
        ("kin-in-scope", {"person": "恒拓建筑有限公司"}, QuestionError, "company"),
        ("kin-in-scope", {"person": "没有这个人"}, NotFoundError, "person"),
        ("kin-in-scope", {"person": "王伟"}, AmbiguousError, "person"),
        ("kin-in-scope", {"person": "x" * 201}, QuestionError, "person"),
        ("ties", {"a": "陈浩", "b": "陈志远", "max_hops": "7"}, QuestionError, "cannot be 7"),
        ("ties", {"a": "陈浩", "b": "陈志远", "max_hops": 0}, QuestionError, "cannot be 0"),
        ("ties", {"a": "陈浩", "b": "陈志远", "max_hops": "三"}, QuestionError, "max_hops"),
        ("ties", {"a": "陈浩", "b": "陈志远", "max_hops": True}, QuestionError, "max_hops"),
        ("ties", {"a": ["陈浩"], "b": "陈志远"}, QuestionError, "parameter a"),
        ("common-ties", {"people": "陈浩"}, QuestionError, "people"),
        ("common-ties", {"people": []}, QuestionError, "people"),
        ("common-ties", {"people": ["陈浩", "陈浩"]}, QuestionError, "people"),
        (
            "changes",
            {"node": "陈浩", "from_day": "2023-13-01", "to_day": "2024-01-01"},
            QuestionError,
            "2023-13-01",
        ),
        (
            "changes",
            {"node": "陈浩", "from_day": "陈浩", "to_day": "2024-01-01"},
            QuestionError,
            "from_day",
        ),
    ],
)
def test_what_is_wrong_is_told_without_a_name(
    reading: Reading, name: str, said: dict[str, Said], kind: type[ShuntengError], told: str
) -> None:
    with pytest.raises(kind) as caught:
        reading.arguments(question(name), said)
    error = caught.value
    assert told in error.message.en
    assert error.remedy.zh
    for text in (error.message.zh, error.message.en, error.remedy.en):
        for secret in ("陈浩", "陈志远", "王伟", "没有这个人"):
            assert secret not in text.partition("example:")[0]


def test_a_holder_without_an_account_is_told(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY.hex(), "ascii")
    village = willow()
    village.add("Person", id="person:" + "8" * 20, name="赵六", division=V1)
    graph = Graph(village.write(tmp_path / "tables" / "v"))
    with pytest.raises(NotFoundError) as caught:
        Reading(Workspace(tmp_path), graph).arguments(question("money-forward"), {"payer": "赵六"})
    assert "account" in caught.value.message.en
