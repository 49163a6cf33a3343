import base64
import copy
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from graphengine.clue import present
from graphengine.language import Language
from graphengine.subgraph import Subgraph, of_clue
from graphengine.tables.graph import Graph
from tests.browser import opened
from tests.village import kin_clue, willow
from viz.picture import picture_html

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\u202egnp.exe\u202c \u2066\u2067 \u2028 \u2029",
    "'\"><svg/onload=alert(3)>{{ 7*7 }}",
    "长" * 10_000,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Subgraph]:
    village = willow()
    with Graph(village.write(tmp_path_factory.mktemp("village") / "v1")) as graph:
        clue = kin_clue(village)
        return present([clue], graph, reveal=False)[0], of_clue(clue, graph)


def _data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_clue_is_the_same_page(
    made: tuple[dict[str, Any], Subgraph], language: Language
) -> None:
    assert picture_html(*made, language) == picture_html(*copy.deepcopy(made), language)


def test_the_policy_names_each_script_and_the_style(made: tuple[dict[str, Any], Subgraph]) -> None:
    page = picture_html(*made, "zh")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    said = policy[1].replace("&#39;", "'")
    assert said.startswith("default-src 'none'; ")
    assert "unsafe" not in said
    assert "http" not in said
    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    assert len(inline) == 3
    for content in inline:
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in said
    assert not re.search(r"<(link|iframe|img|object|embed|base)\b|\ssrc=|\shref=", page)


def test_names_stay_masked(made: tuple[dict[str, Any], Subgraph]) -> None:
    page = picture_html(*made, "zh")
    for secret in ("陈志远", "陈浩", "林秀珍", "王伟", "6228480", "13900001001"):
        assert secret not in page


def test_the_page_says_that_a_clue_is_no_verdict(made: tuple[dict[str, Any], Subgraph]) -> None:
    assert "不是结论" in picture_html(*made, "zh")
    english = picture_html(*made, "en")
    for said in (
        "reason to look",
        "it does not hold",
        "could not be tested",
        "no register of bids",
        "took no part in the decision",
        "kin-contract v1",
        "graph version v1",
    ):
        assert said in english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_draws_offline_and_asks_for_nothing(
    made: tuple[dict[str, Any], Subgraph], tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "clue.html"
    page = picture_html(*made, language)
    path.write_text(page, "utf-8")
    data = _data(page)
    with opened(path) as watched:
        drawn = watched.page.get_attribute("html", "data-drawn")
        assert drawn == f"{len(data['nodes'])}/{len(data['edges'])}"
        colours = watched.page.evaluate(
            "() => { const c = document.querySelector('canvas'); const d = c.getContext('2d')"
            ".getImageData(0, 0, c.width, c.height).data; const s = new Set();"
            "for (let i = 0; i < d.length; i += 4) s.add([d[i], d[i + 1], d[i + 2]].join());"
            "return [...s]; }"
        )
        assert {"86,180,233", "230,159,0", "0,158,115"} <= set(colours)
        canvas = watched.page.locator("canvas")
        assert canvas.get_attribute("role") == "img"
        assert "**" in (canvas.get_attribute("aria-label") or "")
        assert watched.requests == [path.as_uri()]
        assert watched.complaints == []


def test_the_table_is_the_picture(made: tuple[dict[str, Any], Subgraph], tmp_path: Path) -> None:
    path = tmp_path / "clue.html"
    page = picture_html(*made, "en")
    path.write_text(page, "utf-8")
    data = _data(page)
    strokes = {(frozenset((e["source"], e["target"])), n) for e in data["edges"] for n in e["rows"]}
    with opened(path) as watched:
        rows = watched.page.eval_on_selector_all(
            "#relations tr[data-row]",
            "rows => rows.map(r => [r.dataset.from, r.dataset.to, Number(r.dataset.row)])",
        )
        assert {(frozenset(row[:2]), row[2]) for row in rows} == strokes
        assert len(rows) == len(strokes)
        nodes = watched.page.eval_on_selector_all(
            "#nodes tr[data-node]", "rows => rows.map(r => r.dataset.node)"
        )
        assert sorted(nodes) == sorted(n["id"] for n in data["nodes"])
    clue, subgraph = made
    assert {n.id for n in subgraph.nodes} == set(nodes)
    ends = {frozenset(row[:2]) for row in rows}
    assert ends == {frozenset((e.source, e.target)) for e in subgraph.edges}
    assert len([r for r in rows if r[2] <= len(clue["path"])]) == len(clue["path"])


def test_the_keyboard_reaches_the_evidence(
    made: tuple[dict[str, Any], Subgraph], tmp_path: Path
) -> None:
    path = tmp_path / "clue.html"
    path.write_text(picture_html(*made, "en"), "utf-8")
    with opened(path) as watched:
        for _ in range(30):
            watched.page.keyboard.press("Tab")
            if watched.page.evaluate("document.activeElement.dataset.row") == "3":
                break
        panel = watched.page.inner_text("#panel")
        assert "contracts.csv row 2" in panel
        assert "2023-04-18" in panel
        assert "¥186,000.00" in panel
        watched.page.focus("tr[data-row='5']")
        assert "payments.csv" in watched.page.inner_text("#panel")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_narrow_screen(
    made: tuple[dict[str, Any], Subgraph],
    tmp_path: Path,
    scheme: Any,  # noqa: ANN401 - a literal
) -> None:
    path = tmp_path / "clue.html"
    path.write_text(picture_html(*made, "zh"), "utf-8")
    with opened(path, width=360, scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert watched.complaints == []


def test_hostile_labels_stay_text(made: tuple[dict[str, Any], Subgraph], tmp_path: Path) -> None:
    clue = copy.deepcopy(made[0])
    for subject, label in zip(clue["subjects"], HOSTILE[1:], strict=True):
        subject["label"] = label
    clue["title"] = {"zh": HOSTILE[0], "en": HOSTILE[0]}
    clue["summary"] = {"zh": "".join(HOSTILE), "en": "".join(HOSTILE)}
    for item, text in zip(clue["evidence"], HOSTILE, strict=False):
        item["what"] = {"zh": text, "en": text}
        item["file"] = text
    clue["refuted_by"] = [{"zh": text, "en": text} for text in HOSTILE]
    bare = Subgraph(nodes=(), edges=())
    path = tmp_path / "clue.html"
    page = picture_html(clue, bare, "zh")
    path.write_text(page, "utf-8")
    assert {n["label"] for n in _data(page)["nodes"]} >= set(HOSTILE[1:])
    with opened(path) as watched:
        assert watched.page.inner_text("h1") == HOSTILE[0]
        assert watched.page.locator("img, svg[onload], h1 script").count() == 0
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 1100
        assert watched.requests == [path.as_uri()]
        assert watched.complaints == []
