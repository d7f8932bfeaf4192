"""Chromium for tests: its place, its start, and actions that a page must never do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str:
    """Return Chromium's path; without one skip, or fail when everything is required."""
    found = next(filter(None, map(shutil.which, NAMES)), "")
    if not found and os.environ.get("DIASPORA_REQUIRE_ALL") == "1":
        pytest.fail("no Chromium here, and DIASPORA_REQUIRE_ALL=1 asks for one", pytrace=False)
    if not found:
        pytest.skip("no Chromium here (apt-get install chromium)")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser of its own."""
    path = find_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that is open, and everything it did that it must not do."""

    page: Page
    wrongs: list[str] = field(default_factory=list)


@contextmanager
def visit(
    browser: Browser, path: Path, *, address: str = "", width: int = 1440, height: int = 900
) -> Iterator[Visit]:
    """Open an explorer, offline; on leaving, fail if it asked for anything or broke a rule."""
    context = browser.new_context(
        offline=True,
        viewport={"width": width, "height": height},
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    open_page = Visit(page)
    wrongs = open_page.wrongs
    page.on("request", lambda request: _note_request(request.url, wrongs))
    page.on("pageerror", lambda error: wrongs.append(f"error: {error}"))

    def heard(said: ConsoleMessage) -> None:
        if said.type == "error":
            wrongs.append(f"console: {said.text}")

    page.on("console", heard)
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) =>"
        " console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"
    )
    page.goto(path.as_uri() + address)
    page.wait_for_function("window.explorer")
    try:
        yield open_page
    finally:
        context.close()
    assert wrongs == []


def _note_request(url: str, wrongs: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        wrongs.append(f"request: {url}")
