"""One self-contained page per clue: a picture, an equal table, the evidence and the doubts.

The page holds everything it needs and may ask for nothing: its content policy names the hashes of
its own scripts and style and allows no request at all. vis-network comes from the installed pyvis.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from graphengine.language import Language
from graphengine.subgraph import Subgraph
from graphengine.vocabulary import REGISTERS
from viz.drawing import Drawing, draw
from viz.rows import money, stated_proof
from viz.style import STYLES
from viz.words import ROLES, words

_VIS = ("lib", "vis-9.1.2", "vis-network.min.js")
_SOURCE_MAP = "//# sourceMappingURL="
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def picture_html(clue: Mapping[str, Any], subgraph: Subgraph, language: Language = "zh") -> str:
    """Return the page of one clue; as much is masked as `clue` and `subgraph` were made with.

    `clue` is the object of the interface's page. The same arguments give the same bytes.
    """
    drawing = draw(clue, subgraph, language)
    script, library, style = _own("picture.js"), _library(), _own("picture.css")
    policy = (
        f"default-src 'none'; script-src {_hash(library)} {_hash(script)}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    return _template().render(
        clue=clue,
        drawing=drawing,
        data=_inert(_for_script(drawing, language)),
        evidence=[stated_proof(e, language) for e in clue["evidence"]],
        kinds=_kinds(drawing, language),
        language=language,
        library=Markup(library),  # noqa: S704 - a file of the installed package
        script=Markup(script),  # noqa: S704 - our own file
        style=Markup(style),  # noqa: S704 - our own file
        policy=policy,
        version=subgraph.version,
        revealed=subgraph.revealed,
        say=words(language),
        amount=money(clue["amount"]),
        registers={name: text.said(language) for name, text in REGISTERS.items()},
        roles={name: text.said(language) for name, text in ROLES.items()},
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _inert(value: object) -> Markup:
    """Return JSON that no HTML parser takes for anything else."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - escaped in the same line


def _for_script(drawing: Drawing, language: Language) -> dict[str, Any]:
    kinds = {spot.kind for spot in drawing.spots}
    return {
        "nodes": [{**asdict(s), "proofs": [str(p) for p in s.proofs]} for s in drawing.spots],
        "edges": [asdict(s) for s in drawing.strokes],
        "rows": [
            {
                "number": r.number,
                "title": r.title,
                "text": " · ".join(t for t in (r.detail, r.amount, r.at) if t),
                "proofs": [str(p) for p in r.proofs],
            }
            for r in drawing.rows
        ],
        "styles": {
            kind: {
                "points": style.points,
                "fill": style.fill,
                "ink": style.ink,
                "sign": style.sign.said(language),
            }
            for kind, style in STYLES.items()
            if kind in kinds
        },
        "roles": {name: text.said(language) for name, text in ROLES.items()},
        "more": words(language)["more"],
    }


def _kinds(drawing: Drawing, language: Language) -> list[dict[str, str]]:
    """Return the legend: the kinds that occur, in the vocabulary's order."""
    titles = {spot.kind: spot.kind_title for spot in drawing.spots}
    return [
        {
            "title": titles[kind],
            "points": " ".join(f"{x},{y}" for x, y in style.points),
            "fill": style.fill,
            "ink": style.ink,
            "sign": style.sign.said(language),
        }
        for kind, style in STYLES.items()
        if kind in titles
    ]


@cache
def _library() -> str:
    """Return vis-network as pyvis ships it, without the address of its source map."""
    path = Path(str(resources.files("pyvis"))).joinpath(*_VIS)
    return path.read_text("utf-8").partition(_SOURCE_MAP)[0].strip()


@cache
def _own(name: str) -> str:
    return (resources.files("viz") / "templates" / name).read_text("utf-8").strip()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_own("picture.html.j2"))
