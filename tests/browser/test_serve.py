"""`mkdocs serve` in a browser: what the author changes shows up in the page that the author looks at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.chromium import PATIENCE, Reader
from tests.serving import served, wait_for
from tests.sites import copy_project

NOTES = {"here.md": "# Here\n\nFirst words. See [[there]].\n", "other.md": "# Other\n"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "a project", NOTES)


@pytest.fixture
def live(project: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address at which the project is served."""
    with served(project, tmp_path / "log") as address:
        wait_for(address, b"</html>")
        yield address


def look(reader: Reader, address: str) -> Page:
    """Open a page, and wait until it listens for changes."""
    page = reader().new_page()
    with page.expect_request("**/livereload/**", timeout=PATIENCE):
        page.goto(address)
    return page


def test_an_edit_shows_up(reader: Reader, project: Path, live: str) -> None:
    page = look(reader, f"{live}here/")
    (project / "docs" / "here.md").write_text("# Here\n\nSecond words.\n", encoding="utf-8")
    expect(page.get_by_text("Second words.")).to_be_visible(timeout=PATIENCE)


def test_a_wanted_note_that_is_written_becomes_a_link(reader: Reader, project: Path, live: str) -> None:
    page = look(reader, f"{live}here/")
    expect(page.locator("article a.wanted")).to_have_count(1)
    (project / "docs" / "there.md").write_text("# There\n", encoding="utf-8")
    expect(page.locator("article a.wanted")).to_have_count(0, timeout=PATIENCE)
    page.locator("article").get_by_role("link", name="there").click()
    expect(page.get_by_role("heading", name="There")).to_be_visible()


def test_what_is_written_is_found(reader: Reader, project: Path, live: str) -> None:
    page = look(reader, f"{live}here/")
    (project / "docs" / "other.md").write_text("# Other\n\nA xylophone.\n", encoding="utf-8")
    page.wait_for_event("load", timeout=PATIENCE)  # the page comes anew
    page.keyboard.press("Control+k")
    page.keyboard.type("xylophone")
    expect(page.locator(".md-search").get_by_role("link", name="Other")).to_be_visible(timeout=PATIENCE)


def test_an_edit_of_the_style_sheet_shows_up(reader: Reader, project: Path, live: str) -> None:
    page = look(reader, f"{live}here/")
    with (project / "overrides" / "assets" / "site.css").open("a", encoding="utf-8") as sheet:
        sheet.write("article { color: rgb(1, 2, 3) !important; }\n")
    expect(page.locator("article")).to_have_css("color", "rgb(1, 2, 3)", timeout=PATIENCE)


def test_an_edit_of_the_code_shows_up(reader: Reader, project: Path, live: str) -> None:
    page = look(reader, f"{live}wanted/")
    code = project / "hooks" / "notes" / "own_pages" / "wanted_page.py"
    written = code.read_text(encoding="utf-8")
    code.write_text(written.replace("nobody has written yet", "nobody knows"), encoding="utf-8")
    expect(page.locator("article")).to_contain_text("nobody knows", timeout=PATIENCE)
