"""A client that calls an application in process, from ordinary tests."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from fastapi import FastAPI


@dataclass(frozen=True)
class Client:
    """Asks an application as if it listened on port 8000 of this machine."""

    app: FastAPI

    def get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Return the answer to a GET."""
        return self.ask("GET", path, params, headers)

    def post(
        self, path: str, body: object, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Return the answer to a POST of JSON."""
        return self.ask("POST", path, headers=headers, body=body)

    def ask(
        self,
        method: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        body: object = None,
    ) -> httpx.Response:
        """Return the answer to any method."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8000"
            ) as client:
                return await client.request(method, path, params=params, headers=headers, json=body)

        return asyncio.run(asked())
