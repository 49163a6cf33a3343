"""The question library over HTTP: what can be asked, answers, limits, problems."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import networkx as nx
import pytest

from api.http.answer_shapes import AnswerShape
from api.http.app import create_app
from graphengine.workspace import Workspace
from queries.library import questions
from tests.api.http.conftest import put_detection
from tests.asgi import Client
from tests.village import V1, account, company, kin_clue, person, willow

SECRETS = ("陈志远", "陈浩", "林秀珍", "王伟", "13900001001", "6228480")
FIRM = {"firm": company("firm")}


@pytest.fixture
def client(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.delenv("SHUNTENG_NEO4J_URI", raising=False)
    return Client(create_app(workspace))


def answer(client: Client, name: str, body: dict[str, Any]) -> dict[str, Any]:
    response = client.post(f"/v1/queries/{name}", body)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    AnswerShape.model_validate(found)
    for secret in SECRETS:
        assert secret not in response.text
    return found


def test_the_library_is_listed_in_pages(client: Client) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        query: dict[str, str | int] = {"limit": 7, **({"cursor": cursor} if cursor else {})}
        found = client.get("/v1/queries", params=query).json()
        seen += [one["name"] for one in found["items"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert seen == [q.name for q in questions()]
    owners = next(
        one for one in client.get("/v1/queries").json()["items"] if one["name"] == "owners"
    )
    assert [p["name"] for p in owners["parameters"]] == ["firm", "max_hops"]
    assert [p["required"] for p in owners["parameters"]] == [True, False]
    assert (owners["parameters"][1]["low"], owners["parameters"][1]["high"]) == (1, 6)
    assert "MATCH" in owners["text"]


def test_an_answer_names_its_rows(client: Client) -> None:
    found = answer(client, "officials-of-supplier", {"parameters": FIRM})
    (way,) = found["ways"]
    assert way["nodes"] == [company("firm"), person("hao"), person("chen"), "post:" + "a" * 20]
    assert len(way["steps"]) == 3
    told = [found["edges"][i] for step in way["steps"] for i in step]
    assert [e["relation"] for e in told] == ["OWNS", "KIN", "HOLDS"]
    assert [e["evidence"][0]["file"] for e in told] == [
        "shareholders.csv", "households.csv", "officials.csv"
    ]  # fmt: skip
    assert way["since"] == "2018-03-01"
    assert (found["engine"], found["version"]) == ("arrays", "v1")
    assert found["truncated"] is False


def test_names_and_accounts_travel_in_the_body(client: Client) -> None:
    body = {"parameters": {"payer": "柳湾村村民委员会", "max_hops": 2, "within": 10}}
    found = answer(client, "money-forward", body)
    assert {way["nodes"][0] for way in found["ways"]} == {account("vc")}
    assert {len(way["nodes"]) for way in found["ways"]} == {2, 3}
    assert {h["account"]: h["label"] for h in found["holders"]}[account("lin")] == "林**"
    assert found["arguments"]["within"] == 10


def test_limits_cut_and_say_so(client: Client) -> None:
    body: dict[str, Any] = {"parameters": {"payer": "柳湾村村民委员会"}}
    whole = answer(client, "money-forward", body)
    cut = answer(client, "money-forward", {**body, "limit": 1})
    assert len(cut["ways"]) == 1
    assert cut["truncated"] is True
    assert cut["omitted"] == {"ways": len(whole["ways"]) - 1}
    may = answer(client, "money-forward", {**body, "until": "2023-05-31"})
    assert 0 < len(may["ways"]) < len(whole["ways"])
    days = [date.fromisoformat(e["valid_from"]) for e in may["edges"]]
    assert max(days) <= date(2023, 5, 31)
    elsewhere = answer(
        client, "village-posts", {"parameters": {"village": V1}, "division": "361030"}
    )
    assert elsewhere["ways"] == []
    assert elsewhere["division"] == "361030"


def test_every_form_holds_the_same_nodes(client: Client) -> None:
    body = {"parameters": {"node": company("firm")}}
    plain = answer(client, "network", body)
    response = client.post("/v1/queries/network", body, {"accept": "application/graphml+xml"})
    assert response.headers["content-type"] == "application/graphml+xml"
    assert set(nx.read_graphml(io.BytesIO(response.content))) == {n["id"] for n in plain["nodes"]}
    response = client.post(
        "/v1/queries/network", body, {"accept": "application/vnd.cytoscape+json"}
    )
    assert len(json.loads(response.content)["elements"]["edges"]) == len(plain["edges"])


@pytest.mark.parametrize(
    ("name", "body", "status", "slug"),
    [
        ("unheard", {"parameters": {}}, 404, "not-found"),
        ("Owners", {"parameters": FIRM}, 422, "invalid-parameter"),
        ("owners", {"parameters": {}}, 422, "question"),
        ("owners", {"parameters": {**FIRM, "max_hops": 7}}, 422, "question"),
        ("owners", {"parameters": {**FIRM, "depth": 2}}, 422, "question"),
        ("owners", {"parameters": {"firm": "陈志远"}}, 422, "question"),
        ("owners", {"parameters": {"firm": "王伟他爹"}}, 404, "not-found"),
        ("owners", {"parameters": {"firm": {"a": 1}}}, 422, "invalid-parameter"),
        ("owners", {"parameters": {"firm": "x" * 300}}, 422, "invalid-parameter"),
        ("owners", {"parameters": FIRM, "limit": 0}, 422, "invalid-parameter"),
        ("owners", {"parameters": FIRM, "since": "陈志远"}, 422, "invalid-parameter"),
        ("owners", {"parameters": FIRM, "engine": "oracle"}, 422, "invalid-parameter"),
        ("owners", {"parameters": FIRM, "engine": "neo4j"}, 503, "store"),
        ("owners", {"parameters": FIRM, "reveal": True}, 422, "invalid-parameter"),
        ("owners", ["陈志远"], 422, "invalid-parameter"),
        (
            "joints",
            {"parameters": {"a": ["陈浩"], "b": ["陈浩", "陈志远"]}},
            422,
            "question",
        ),
    ],
)
def test_problems(client: Client, name: str, body: object, status: int, slug: str) -> None:
    response = client.post(f"/v1/queries/{name}", body)
    assert response.status_code == status, response.text
    assert response.json()["type"] == f"urn:shunteng:problem:{slug}"
    for secret in (*SECRETS, "王伟他爹"):
        assert secret not in response.text


def test_a_newer_graph_is_asked_at_once(workspace: Workspace) -> None:
    client = Client(create_app(workspace))
    assert answer(client, "owners", {"parameters": FIRM})["version"] == "v1"
    village = willow()
    village.add("OWNS", [], source=person("wang"), target=company("firm"), share=0.4)
    put_detection(workspace, village, "v2", (kin_clue(village),))
    found = answer(client, "owners", {"parameters": FIRM})
    assert found["version"] == "v2"
    assert [way["nodes"][0] for way in found["ways"]] == [person("hao"), person("wang")]


def test_requests_side_by_side_share_an_engine(client: Client) -> None:
    body = {"parameters": {"a": person("chen"), "b": company("firm")}}
    alone = answer(client, "ties", body)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: answer(client, "ties", body), range(12)))
    assert together == [alone] * 12
