"""Each page is valid HTML, as the Nu checker reads it."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from tests.browser.chromium import SiteOf
from tests.browser.npm import MODULES, need
from tests.everything import VAULT

CHECKER: Final = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="session")
def java() -> str:
    program = shutil.which("java")
    need(program and CHECKER.exists(), "NO JAVA OR NO CHECKER: no page's HTML was checked")
    return str(program)


def errors(java: str, pages: Iterable[Path]) -> list[str]:
    command = [java, "-Xss8m", "-jar", str(CHECKER), "--errors-only", "--exit-zero-always", "--format", "json"]
    ran = subprocess.run([*command, *map(str, pages)], check=True, capture_output=True, text=True)
    found = json.loads(ran.stderr)["messages"]
    return [f"{error['url']}:{error.get('lastLine')}: {error['message']}" for error in found]


def test_every_page_is_valid(site: Path, java: str) -> None:
    assert errors(java, site.rglob("*.html")) == []


def test_a_note_with_everything_is_valid(site_of: SiteOf, java: str) -> None:
    pages = sorted(site_of(VAULT).rglob("*.html"))
    assert len(pages) > 7
    assert errors(java, pages) == []


def test_what_is_not_valid_is_told(tmp_path: Path, java: str) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>x</title><p><div></div></p>', encoding="utf-8")
    assert errors(java, [page])
