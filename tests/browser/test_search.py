"""The search as readers use it: fetched when it is opened, worked by keys, told to screen readers, never live HTML."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.chromium import PATIENCE, Reader, Server
from tests.sites import ADDRESS, build, copy_project

NOTES = {
    "index.md": "# Start\n",
    "Ships.md": "# Ships\n\nAll about harbours.\n\n## Crew\n\nThe quartermasters count ropes, the cook does not.\n",
    "Ropes.md": "# Ropes\n\nHemp &lt;img src=x onerror=alert(1)> holds.\n\n```mermaid\nflowchart LR\n  zzyzx\n```\n",
    "sub/Größe.md": "# Größe\n\nUmlaute messen.\n",
    "pagefind.md": "# pagefind\n\nA note that is called as the folder of the pieces.\n",
}
PIECES = "/pagefind/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of `NOTES`."""
    folder = tmp_path_factory.mktemp("search")
    return build(copy_project(folder / "a project", NOTES), folder / "site")


@pytest.fixture
def start(made: Path, server: Server) -> str:
    """Return the address of the site of `NOTES`."""
    server.folder = made
    return ADDRESS


@pytest.fixture
def page(start: str, reader: Reader) -> Page:
    page = reader().new_page()
    page.goto(start)
    return page


def look_for(page: Page, words: str, told: str) -> Locator:
    """Type words, and wait until the dialog tells what there is."""
    page.wait_for_load_state("networkidle")
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible(timeout=PATIENCE)
    return page.locator(".md-search li")


def test_nothing_of_the_index_is_fetched_before_a_reader_searches(start: str, reader: Reader) -> None:
    page = reader().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(start, wait_until="networkidle")
    assert asked
    assert not [url for url in asked if PIECES in url or "search_index" in url or "worker" in url]
    look_for(page, "harbours", "1 matching")
    assert [url for url in asked if PIECES in url]
    assert not [url for url in asked if "search_index" in url]


def test_a_section_is_found_by_its_words_with_keys_alone(page: Page) -> None:
    found = look_for(page, "quartermaster", "1 matching")
    expect(found.locator("mark")).to_have_text(["quartermasters"])
    page.keyboard.press("ArrowDown")
    expect(found.get_by_role("link", name="Ships")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.get_by_role("link", name="Crew")).to_be_focused()
    page.evaluate("window.stayed = true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ships/#crew")
    assert page.evaluate("window.stayed"), "instant navigation was left"
    expect(page.get_by_role("heading", name="Crew")).to_be_in_viewport()
    expect(found).not_to_be_in_viewport()


def test_the_words_are_marked_on_the_page_that_was_chosen_and_on_no_other(page: Page) -> None:
    look_for(page, "hemp", "1 matching").get_by_role("link").first.click()
    expect(page.locator("article mark")).to_have_text(["Hemp"])
    assert page.url == f"{ADDRESS}ropes/"
    page.locator("nav a", has_text="Start").first.click()
    expect(page.locator("article mark")).to_have_count(0)


def test_enter_leads_to_the_first_result(page: Page) -> None:
    look_for(page, "messen", "1 matching")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Größe")).to_be_visible()


def test_escape_closes_and_keeps_the_page(page: Page) -> None:
    before = page.url
    found = look_for(page, "harbours", "1 matching")
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(".md-search__output")).to_have_attribute("inert", "")
    expect(page.locator(".md-search__input")).not_to_be_focused()
    expect(found).to_have_count(1)
    assert page.url == before


@pytest.mark.parametrize("words", ["xylophone", "zzyzx"], ids=["no note has it", "only a drawing has it"])
def test_what_is_not_found_is_told(page: Page, words: str) -> None:
    expect(look_for(page, words, "No matching")).to_have_count(0)


def test_text_of_notes_stays_text(page: Page) -> None:
    found = look_for(page, "hemp", "1 matching")
    expect(found).to_contain_text("<img src=x onerror=alert(1)>")
    expect(found.locator("img")).to_have_count(0)


def test_cleared_words_leave_nothing(page: Page) -> None:
    found = look_for(page, "harbours", "1 matching")
    page.get_by_role("button", name="Clear").click()
    expect(found).to_have_count(0)
    expect(page.locator(".md-search__input")).to_be_focused()


def test_a_phone_shows_the_dialog_whole(start: str, reader: Reader) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    page.goto(start, wait_until="networkidle")
    page.locator("label.md-header__button[for=__search]").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("harbours")
    expect(page.locator(".md-search").get_by_role("link", name="Ships")).to_be_in_viewport(timeout=PATIENCE)


def test_a_page_under_a_published_folder_is_found_where_it_stands(site: Path, address: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(f"{address}the-ops/", wait_until="networkidle")
    found = look_for(page, "trunk-based", "matching")
    hrefs = [link.get_attribute("href") for link in found.get_by_role("link").all()]
    assert "/the-ops/#2-trunk-based-development" in hrefs
    assert all(href and (site / href.partition("#")[0].strip("/")).is_dir() for href in hrefs)


def test_without_script_there_is_no_box_that_does_nothing(address: str, reader: Reader) -> None:
    page = reader(java_script_enabled=False).new_page()
    page.goto(address)
    expect(page.locator(".md-search__input")).to_be_hidden()
    expect(page.locator("label.md-header__button[for=__search]")).to_be_hidden()
