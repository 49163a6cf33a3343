"""What is not under /v1: health, readiness, and a page of the routes that loads nothing."""

import base64
import hashlib
from typing import Any

import jinja2
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api.http.newest import Reads
from api.http.problems import NOT_READY, document, language_of
from api.http.shapes import HealthShape
from graphengine.errors import ShuntengError

router = APIRouter(tags=["upkeep"])

_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}dt{margin-top:1.25rem}code{font-size:1.05rem}"
    "li{overflow-wrap:anywhere}"
)
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ api.info.title }}</title><style>{{ style }}</style></head>
<body><h1>{{ api.info.title }} {{ api.info.version }}</h1><p>{{ api.info.description }}</p>
<p><a href="openapi.json">openapi.json</a></p><dl>
{% for path, methods in api.paths.items() %}{% for method, route in methods.items() %}
<dt><code>{{ method|upper }} {{ path }}</code></dt><dd>{{ route.description }}
{% if route.parameters %}<ul>
{% for one in route.parameters %}<li><code>{{ one.name }}</code> ({{ one.in }}
{%- if one.required %}, required{% endif %}) {{ one.description or one.schema.description }}</li>
{% endfor %}</ul>{% endif %}</dd>
{% endfor %}{% endfor %}
</dl></body></html>
"""
_TEMPLATE = jinja2.Environment(autoescape=True).from_string(_PAGE)


@router.get("/healthz", responses={200: {"model": HealthShape}})
def healthz() -> Response:
    """Tell that the server answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", responses={200: {"model": HealthShape}})
def readyz(request: Request, newest: Reads) -> Response:
    """Tell that there is a detection to answer from, and which."""
    try:
        known = newest.known()
        with newest.graph(known.version):
            pass
    except (ShuntengError, OSError) as error:
        if isinstance(error, ShuntengError):
            return document(NOT_READY, language_of(request), error.message, error.remedy)
        return document(NOT_READY, language_of(request))
    return JSONResponse(
        {"status": "ready", "detection": known.detection.id, "version": known.version}
    )


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """Return a page of all routes, made from the OpenAPI document; it loads nothing."""
    api: dict[str, Any] = request.app.openapi()
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    return HTMLResponse(
        _TEMPLATE.render(api=api, style=_STYLE), headers={"content-security-policy": policy}
    )
