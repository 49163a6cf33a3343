import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from pydantic import TypeAdapter

from api.http.answer_shapes import QuestionShape
from api.http.app import create_app
from api.http.shapes import (
    AssessmentShape,
    ClueShape,
    ItemsShape,
    ListShape,
    MatchShape,
    NodeShape,
    PageShape,
    ProblemShape,
    RuleShape,
    SubgraphShape,
)
from graphengine.clue import Clue
from graphengine.workspace import Workspace
from tests.api.http.conftest import put_detection
from tests.asgi import Client
from tests.village import Village, company, kin_clue, person, willow

CLUE = "kin-contract-0123456789abcdef"
SECRETS = ("陈志远", "陈浩", "林秀珍", "王伟", "13900001001", "6228480", "11010519491231002X")


def client_of(workspace: Workspace) -> Client:
    return Client(create_app(workspace))


@pytest.fixture
def client(workspace: Workspace) -> Client:
    return client_of(workspace)


def _problem(response: Any, status: int, slug: str) -> ProblemShape:  # noqa: ANN401 - a response
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == f"urn:shunteng:problem:{slug}"
    return ProblemShape.model_validate(response.json())


def _many(village: Village) -> tuple[Clue, ...]:
    one = kin_clue(village)
    kinds = ("suspicion", "efficiency", "data")
    return tuple(
        replace(
            one,
            id=f"rule-{i % 2}-{i:02d}",
            rank=i,
            kind=kinds[i % 3],  # type: ignore[arg-type]
            finding=replace(
                one.finding,
                rule=f"rule-{i % 2}",
                division="361025101201" if i % 5 else "361025102201",
            ),
        )
        for i in range(1, 31)
    )


def test_answers_have_the_stated_shapes(client: Client) -> None:
    shapes: dict[str, Any] = {
        "/v1/clues": PageShape[ClueShape],
        f"/v1/clues/{CLUE}": ClueShape,
        f"/v1/clues/{CLUE}/subgraph": SubgraphShape,
        f"/v1/nodes/{person('chen')}": NodeShape,
        f"/v1/nodes/{person('chen')}/network?hops=2": SubgraphShape,
        f"/v1/paths?from={person('chen')}&to={company('firm')}": SubgraphShape,
        "/v1/search?q=恒拓": ItemsShape[MatchShape],
        "/v1/queries": ListShape[QuestionShape],
        "/v1/rules": ItemsShape[RuleShape],
        "/v1/rules/kin-contract": RuleShape,
        "/v1/coverage": PageShape[AssessmentShape],
    }
    for path, shape in shapes.items():
        response = client.get(path)
        assert response.status_code == 200, path
        TypeAdapter(shape).validate_python(response.json())


def test_every_route_is_stated_and_answers_without_secrets(client: Client) -> None:
    stated = client.get("/openapi.json").json()["paths"]
    values = {
        "clue_id": CLUE, "node_id": person("chen"), "rule_id": "kin-contract", "name": "network"
    }  # fmt: skip
    for path, methods in stated.items():
        query = {"from": person("chen"), "to": company("firm"), "q": "陈"}
        if "post" in methods:
            response = client.post(path.format(**values), {"parameters": {"node": "陈志远"}})
        else:
            response = client.get(path.format(**values), params=query)
        assert response.status_code == 200, path
        for secret in SECRETS:
            assert secret not in response.text, path


def test_a_subgraph_comes_in_every_form(client: Client) -> None:
    url = f"/v1/clues/{CLUE}/subgraph"
    plain = client.get(url).json()
    for accept in ("application/graphml+xml", "application/gexf+xml;q=0.9, text/html;q=0.1"):
        response = client.get(url, headers={"accept": accept})
        assert response.headers["content-type"] == accept.partition(";")[0]
        read = nx.read_graphml if "graphml" in accept else nx.read_gexf
        assert set(read(io.BytesIO(response.content))) == {n["id"] for n in plain["nodes"]}
    response = client.get(url, headers={"accept": "application/vnd.cytoscape+json"})
    elements = json.loads(response.content)["elements"]
    assert len(elements["edges"]) == len(plain["edges"])
    assert response.headers["shunteng-truncated"] == "false"
    _problem(client.get(url, headers={"accept": "text/html"}), 406, "not-acceptable")
    assert client.get(url, headers={"accept": "*/*;q=0.1"}).json() == plain


def test_a_cut_subgraph_says_so(client: Client) -> None:
    response = client.get(f"/v1/clues/{CLUE}/subgraph?limit=2")
    assert len(response.json()["nodes"]) == 2
    assert response.json()["truncated"] is True
    assert sum(response.json()["omitted"].values()) == 6
    assert response.headers["shunteng-truncated"] == "true"
    assert "Contract=2" in response.headers["shunteng-omitted"]
    network = client.get(f"/v1/nodes/{person('chen')}/network?hops=2&limit=3").json()
    assert network["truncated"] is True


def test_evidence_names_its_row(client: Client) -> None:
    subgraph = client.get(f"/v1/clues/{CLUE}/subgraph").json()
    awarded = [e for e in subgraph["edges"] if e["relation"] == "AWARDED"]
    rows = [{k: e["evidence"][0][k] for k in ("register", "record_id", "row")} for e in awarded]
    assert sorted(rows, key=lambda r: int(r["row"])) == [
        {"register": "contracts", "record_id": "HT2023-01", "row": 2},
        {"register": "contracts", "record_id": "HT2023-03", "row": 3},
    ]
    assert {e["properties"]["amount"] for e in awarded} == {"186000.00", "248000.00"}


def test_pages_hold_everything_once(empty: Workspace) -> None:
    village = willow()
    put_detection(empty, village, "v1", _many(village))
    client = client_of(empty)
    seen, cursor = [], None
    while True:
        query = {"limit": 7, **({"cursor": cursor} if cursor else {})}
        found = client.get("/v1/clues", params=query).json()
        assert found["total"] == 30
        seen += [item["rank"] for item in found["items"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert seen == list(range(1, 31))


def test_filters(empty: Workspace) -> None:
    village = willow()
    every = _many(village)
    put_detection(empty, village, "v1", every)
    client = client_of(empty)

    def ids(query: str) -> set[str]:
        items = client.get(f"/v1/clues?limit=200&{query}").json()["items"]
        return {item["id"] for item in items}

    assert ids("rule=rule-0") == {c.id for c in every if c.finding.rule == "rule-0"}
    assert ids("rule=rule-0&rule=rule-1") == {c.id for c in every}
    assert ids("kind=data") == {c.id for c in every if c.kind == "data"}
    assert ids("division=361025102000") == {
        c.id for c in every if c.finding.division == "361025102201"
    }
    assert ids("division=361025000000") == {c.id for c in every}
    assert ids("rule=none") == set()
    coverage = client.get("/v1/coverage?rule=circular-flow&division=361025102").json()
    assert [r["why"]["en"] for r in coverage["items"]] == ["no payments"]


def test_a_newer_detection_is_used_at_once(workspace: Workspace) -> None:
    client = client_of(workspace)
    first = client.get("/v1/clues?limit=1").json()
    assert (first["detection"], first["next"]) == ("d-v1-1", None)
    village = willow()
    village.add("Person", id="person:" + "9" * 20, name="赵六", division="361025101201")
    put_detection(workspace, village, "v2", _many(village))
    second = client.get("/v1/clues?limit=1").json()
    assert second["total"] == 30
    assert client.get("/v1/nodes/person:" + "9" * 20).json()["label"] == "赵*"
    put_detection(workspace, village, "v2", _many(village)[:9])
    stale = client.get("/v1/clues", params={"cursor": second["next"]})
    _problem(stale, 410, "stale-cursor")


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/v1/clues/none", 404, "not-found"),
        ("/v1/nodes/person:00", 404, "not-found"),
        ("/v1/nodes/person:00/network", 404, "not-found"),
        ("/v1/nodes/陈志远", 422, "invalid-parameter"),
        ("/v1/rules/none", 404, "not-found"),
        ("/v1/nothing", 404, "not-found"),
        ("/v1/clues?limit=201", 422, "invalid-parameter"),
        ("/v1/clues?limit=0", 422, "invalid-parameter"),
        ("/v1/clues?kind=guilt", 422, "invalid-parameter"),
        ("/v1/clues?cursor=xyz", 422, "invalid-parameter"),
        ("/v1/clues?cursor=%00", 422, "invalid-parameter"),
        ("/v1/clues?division=x", 422, "invalid-parameter"),
        ("/v1/search", 422, "invalid-parameter"),
        ("/v1/paths?from=陈志远&to=王伟他爹", 404, "not-found"),
        ("/v1/paths?from=person:00&to=person:01&max_hops=99", 422, "invalid-parameter"),
    ],
)
def test_problems(client: Client, path: str, status: int, slug: str) -> None:
    response = client.get(path)
    problem = _problem(response, status, slug)
    assert problem.titles.zh
    for secret in (*SECRETS, "王伟他爹"):
        assert secret not in response.text


def test_problems_speak_the_asked_language(client: Client) -> None:
    for accepted, title in (("zh-CN,zh;q=0.9,en;q=0.8", "找不到"), ("fr, en", "not found")):
        response = client.get("/v1/clues/none", headers={"accept-language": accepted})
        assert response.json()["title"] == title


def test_a_name_of_several_lists_masked_nodes(workspace: Workspace) -> None:
    village = willow()
    village.add("Person", id="person:" + "9" * 20, name="王伟", division="361025102201")
    put_detection(workspace, village, "v2", (kin_clue(village),))
    client = client_of(workspace)
    response = client.get(f"/v1/paths?from=王伟&to={person('chen')}")
    problem = _problem(response, 409, "ambiguous")
    assert "王*" in (problem.remedy or "")
    assert "王伟" not in response.text


def test_other_methods_and_hosts_are_refused(client: Client) -> None:
    _problem(client.ask("POST", "/v1/clues"), 405, "method-not-allowed")
    for host in ("evil.example", "127.0.0.1.evil.example", ""):
        _problem(client.get("/v1/clues", headers={"host": host}), 421, "wrong-host")
    for host in ("localhost:8000", "[::1]:8000", "127.0.0.1"):
        assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_every_response_is_guarded(client: Client) -> None:
    for path in ("/v1/clues", "/v1/clues/none", "/docs", "/healthz"):
        response = client.get(path)
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert "access-control-allow-origin" not in response.headers


def test_the_docs_load_nothing(client: Client) -> None:
    page = client.get("/docs").text
    assert "<script" not in page
    assert "src=" not in page
    assert "http" not in page.replace("<meta http-equiv", "")
    assert "/v1/clues/{clue_id}/subgraph" in page


def test_ready_only_with_a_detection(empty: Workspace, client: Client) -> None:
    assert client.get("/readyz").json()["status"] == "ready"
    unready = client_of(init_other(empty))
    assert unready.get("/healthz").json() == {"status": "ok"}
    _problem(unready.get("/readyz"), 503, "not-ready")
    _problem(unready.get("/v1/clues"), 404, "not-found")


def init_other(workspace: Workspace) -> Workspace:
    other = Workspace(workspace.root.parent / "other")
    other.root.mkdir()
    return other


def test_an_unexpected_failure_says_nothing_of_its_cause(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(workspace)
    client.get("/v1/clues")
    folder = workspace.detections / "d-v1-1"
    (folder / "coverage.json").write_text("陈志远", "utf-8")
    _problem(client.get("/v1/coverage"), 500, "failed")
    assert "JSONDecodeError" in caplog.text
    assert "陈志远" not in caplog.text


def test_nothing_that_was_asked_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.CRITICAL)
    logging.getLogger("httpx2").setLevel(logging.CRITICAL)
    client.get("/v1/search?q=陈志远")
    client.get("/v1/paths?from=陈志远&to=王伟")
    client.get("/v1/search?limit=陈志远&q=x")
    assert "陈志远" not in caplog.text


def test_requests_side_by_side_agree(client: Client) -> None:
    paths = [
        f"/v1/clues/{CLUE}/subgraph",
        f"/v1/nodes/{person('chen')}/network?hops=3",
        f"/v1/paths?from={person('chen')}&to={company('firm')}",
        "/v1/search?q=陈",
    ]
    alone = [client.get(path).json() for path in paths]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda path: client.get(path).json(), paths * 5))
    assert together == alone * 5
