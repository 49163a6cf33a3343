"""A real Chromium for tests of pages: offline, without a profile, every request written down."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Watched:
    """A page, what it asked for and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def chromium_path() -> str:
    """Return the installed Chromium; a machine without one fails the test and says what to do."""
    stated = os.environ.get("SHUNTENG_CHROMIUM")
    found = stated or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.fail(
            "no Chromium found: `apt-get install chromium fonts-noto-cjk`, or name one in "
            "SHUNTENG_CHROMIUM"
        )
    return found


@contextmanager
def opened(
    path: Path, *, width: int = 1100, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Watched]:
    """Open a file in a Chromium that has no network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
        )
        watched = Watched(context.new_page())
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.on("console", lambda message: watched.complaints.append(message.text))
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        watched.page.on("dialog", lambda dialog: watched.complaints.append(dialog.message))
        watched.page.goto(path.as_uri())
        watched.page.wait_for_selector("html[data-drawn]", timeout=15_000)
        yield watched
        browser.close()
