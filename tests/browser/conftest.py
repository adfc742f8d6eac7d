"""What tests with a browser share: the browser, its windows, and the sites that it looks at."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import dev
import pytest
from playwright.sync_api import Browser, BrowserContext
from tests.browser import chromium
from tests.sites import ADDRESS, build, copy_project


@pytest.fixture(scope="session")
def server() -> Iterator[chromium.Server]:
    """Return the server of whatever site a test looks at."""
    with chromium.serving() as server:
        yield server


@pytest.fixture(scope="session")
def browser(server: chromium.Server) -> Iterator[Browser]:
    """Return the browser; without one, skip, but fail where the project is checked for all."""
    program = dev.find_browser()
    if program is None:
        complain = pytest.fail if os.environ.get("CI") else pytest.skip
        complain("NO BROWSER: nothing of what the reader sees was tested; set CHROMIUM to one")
    with chromium.launched(program, server) as browser:
        yield browser


@pytest.fixture
def reader(browser: Browser) -> Iterator[chromium.Reader]:
    """Return a function that opens a window until the test ends; whatever it does there, its page's policy allows."""
    refused: list[str] = []
    with ExitStack() as stack:

        def open_window(**settings: object) -> BrowserContext:
            context = stack.enter_context(chromium.window(browser, **settings))
            context.on("console", lambda told: refused.append(told.text) if chromium.POLICY in told.text else None)
            return context

        yield open_window
    assert not refused


@pytest.fixture
def address(site: Path, server: chromium.Server) -> str:
    """Return the address of the site of the real notes."""
    server.folder = site
    return ADDRESS


@pytest.fixture(scope="session")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> chromium.SiteOf:
    """Return a function that gives the folder of the site of some notes, built the first time."""
    sites: dict[frozenset[tuple[str, str]], Path] = {}

    def built(notes: chromium.Notes) -> Path:
        key = frozenset(notes.items())
        if key not in sites:
            folder = tmp_path_factory.mktemp("site of notes")
            sites[key] = build(copy_project(folder / "a project", notes), folder / "site")
        return sites[key]

    return built


@pytest.fixture
def shown(site_of: chromium.SiteOf, server: chromium.Server) -> chromium.Shown:
    """Return a function that lets the server show the site of some notes, and gives its address."""

    def show(notes: chromium.Notes) -> str:
        server.folder = site_of(notes)
        return ADDRESS

    return show
