"""Routes of the catalogue: the rules, one rule's card, what each rule could see where."""

import json
from dataclasses import fields
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse, Response

from api import pipeline
from api.divisions import prefix_of
from api.http.clues import DivisionCode, RuleIds
from api.http.newest import Reads
from api.http.paging import Cursor, Limit, page
from api.http.shapes import AssessmentShape, ItemsShape, PageShape, RuleShape
from graphengine.rule import Bounds, Rule

router = APIRouter(prefix="/v1", tags=["catalogue"])


@router.get("/rules", responses={200: {"model": ItemsShape[RuleShape]}})
def rules() -> Response:
    """List the cards of all rules."""
    return JSONResponse({"items": [card_json(rule) for rule in pipeline.chosen_rules(())]})


@router.get("/rules/{rule_id}", responses={200: {"model": RuleShape}})
def rule(rule_id: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$")]) -> Response:
    """Return one rule's card."""
    return JSONResponse(card_json(pipeline.chosen_rules([rule_id])[0]))


@router.get("/coverage", responses={200: {"model": PageShape[AssessmentShape]}})
def coverage(
    newest: Reads,
    rule: RuleIds = (),
    division: DivisionCode = None,
    cursor: Cursor = None,
    limit: Limit = 200,
) -> Response:
    """List by rule and division what was evaluated, and what was not and why."""
    detection = newest.known().detection
    path = newest.workspace.detections / detection.id / "coverage.json"
    prefix = prefix_of(division)
    chosen = [
        row
        for row in json.loads(path.read_text("utf-8"))["assessments"]
        if (not rule or row["rule"] in rule) and row["division"].startswith(prefix)
    ]
    found = page(chosen, detection.id, cursor, limit)
    return JSONResponse(
        {
            "items": list(found.items),
            "total": found.total,
            "next": found.next,
            "detection": detection.id,
        }
    )


def card_json(rule: Rule[Any]) -> dict[str, Any]:
    """Return a rule's card, inputs and parameters as the API states them."""
    card = rule.card
    texts = ("title", "reading", "method", "why_it_matters")
    lists = ("basis", "innocent", "exclusions", "refuted_by")
    return {
        "id": rule.id,
        "version": rule.version,
        "dimension": rule.dimension,
        "kind": rule.kind,
        **{name: getattr(card, name).as_json() for name in texts},
        **{name: [text.as_json() for text in getattr(card, name)] for name in lists},
        "sources": list(card.sources),
        "owner": card.owner,
        "valid_from": card.valid_from.isoformat(),
        "valid_until": card.valid_until and card.valid_until.isoformat(),
        "inputs": [
            {"register": i.register, "columns": list(i.columns), "required": i.required}
            for i in rule.inputs
        ],
        "parameters": [
            _parameter(f.name, f.metadata["bounds"], getattr(rule.parameters, f.name))
            for f in fields(rule.parameters)
        ],
    }


def _parameter(name: str, bounds: Bounds, default: float) -> dict[str, Any]:
    return {
        "name": name,
        "text": bounds.text.as_json(),
        "unit": bounds.unit,
        "default": default,
        "low": bounds.low,
        "high": bounds.high,
    }
