"""Mermaid on the page: drawn by the reader's browser, with nothing but our own site to ask."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.chromium import PATIENCE, Reader, Shown

PICTURES = "div.mermaid svg"
LABEL = "div.mermaid .nodeLabel"

FENCE = """
```mermaid
flowchart TB
  n1["one<br/>two"] --> n2["R&amp;D #lt;b#gt; #quot;quoted#quot;"]
```
"""
WRONG = """
```mermaid
flowchart TB
  n1[" --> n2
```
"""


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(PICTURES).first).to_be_visible(timeout=PATIENCE)


def label_colour(page: Page) -> object:
    return page.locator(LABEL).first.evaluate("label => getComputedStyle(label).color")


def follow(page: Page, target: str) -> None:
    """Follow a link, and make sure that Material puts the next page into this one."""
    page.evaluate("window.stayed = true")
    page.locator(f"article a[href*='{target}']").first.click()
    page.wait_for_url(f"**{target}**")
    assert page.evaluate("window.stayed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_drawings_of_the_note_are_pictures_on_a_direct_visit(address: str, reader: Reader, scheme: str) -> None:
    page = reader(color_scheme=scheme).new_page()
    page.goto(f"{address}the-ops/")
    expect(page.locator(PICTURES)).to_have_count(8, timeout=PATIENCE)
    expect(page.locator(".diagram details[open]")).to_have_count(0)


def test_all_drawings_of_the_note_are_pictures_after_instant_navigation(address: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(address)
    follow(page, "the-ops/")
    expect(page.locator(PICTURES)).to_have_count(8, timeout=PATIENCE)
    page.go_back()
    expect(page.locator(PICTURES)).to_have_count(0)
    page.go_forward()
    expect(page.locator(PICTURES)).to_have_count(8, timeout=PATIENCE)


def test_a_switch_of_the_palette_colours_pictures_anew_without_drawing(shown: Shown, reader: Reader) -> None:
    page = reader(color_scheme="light").new_page()
    visit(page, shown({"index.md": FENCE}))
    picture, before = page.locator(PICTURES).element_handle(), label_colour(page)
    page.locator("label[for=__palette_1]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert label_colour(page) != before
    assert picture is not None
    assert picture.evaluate("picture => picture.isConnected")


def test_labels_are_shown_as_they_were_written(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    visit(page, shown({"index.md": FENCE}))
    assert page.locator(LABEL).all_inner_texts() == ["one\ntwo", 'R&D <b> "quoted"']


def test_a_fence_that_is_wrong_shows_its_source_and_the_others_are_drawn(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    visit(page, shown({"index.md": WRONG + FENCE}))
    expect(page.locator("pre.mermaid")).to_have_text(re.compile(r'n1\[" --> n2'))
    expect(page.locator("pre.mermaid")).to_be_visible()
    expect(page.locator("svg[aria-roledescription=error]")).to_have_count(0)


def test_the_library_is_fetched_only_for_a_page_with_a_diagram(shown: Shown, reader: Reader) -> None:
    notes = {"index.md": "[there](there.md)", "there.md": FENCE}
    page = reader().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shown(notes), wait_until="networkidle")
    assert not [url for url in asked if "mermaid" in url]
    follow(page, "there/")
    expect(page.locator(PICTURES)).to_have_count(1, timeout=PATIENCE)
    assert len([url for url in asked if "mermaid" in url]) == 1


def test_the_library_keeps_its_licences(site: Path) -> None:
    assert "MIT License" in (site / "assets" / "mermaid.js").read_text(encoding="utf-8")
