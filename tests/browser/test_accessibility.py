"""No rule of axe-core is broken, on any page, in any scheme, at any width, nor inside a diagram."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.chromium import PATIENCE, Reader, Shown
from tests.browser.npm import MODULES, need
from tests.everything import VAULT

AXE = MODULES / "axe-core" / "axe.min.js"
SCHEMES = ("light", "dark")
WIDTHS = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="session")
def axe() -> str:
    need(AXE.exists(), "NO AXE: accessibility was not tested")
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    return [f"{rule['id']}: {node['html'][:100]}" for rule in found for node in rule["nodes"]]


@pytest.fixture(params=[(scheme, width) for scheme in SCHEMES for width in WIDTHS], ids=" on a ".join)
def page(reader: Reader, request: pytest.FixtureRequest) -> Page:
    scheme, width = request.param
    return reader(color_scheme=scheme, viewport=WIDTHS[width]).new_page()


def test_every_page_is_accessible(site: Path, address: str, page: Page, axe: str) -> None:
    for found in sorted(site.rglob("*.html")):
        name = found.relative_to(site).as_posix()
        page.goto(address + name, wait_until="networkidle")
        assert not violations(page, axe), name


def test_what_the_search_finds_is_accessible(address: str, page: Page, axe: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.type("pipelines")
    expect(page.locator(".md-search li").first).to_be_visible(timeout=PATIENCE)
    assert not violations(page, axe)


def test_a_note_with_everything_is_accessible(shown: Shown, page: Page, axe: str) -> None:
    page.goto(f"{shown(VAULT)}everything/", wait_until="networkidle")
    expect(page.locator("div.mermaid svg")).to_be_visible(timeout=PATIENCE)
    assert not violations(page, axe)


def test_a_canvas_is_accessible(shown: Shown, page: Page, axe: str) -> None:
    page.goto(f"{shown(VAULT)}board.canvas/", wait_until="networkidle")
    assert not violations(page, axe)
    page.get_by_label("Show the whole canvas").check()
    assert not violations(page, axe)


@pytest.mark.parametrize("place", ["folder/inner/note/", "drawingexcalidraw/", "all.base/"])
def test_a_note_in_folders_with_pages_a_drawing_and_a_base_are_accessible(
    shown: Shown, page: Page, axe: str, place: str
) -> None:
    page.goto(f"{shown(VAULT)}{place}", wait_until="networkidle")
    assert not violations(page, axe)


def test_a_note_with_everything_can_be_read_on_paper(shown: Shown, page: Page, axe: str) -> None:
    page.goto(f"{shown(VAULT)}everything/", wait_until="networkidle")
    page.emulate_media(media="print")
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map(({finished}) => finished))"
    )  # colours fade into each other
    assert not [found for found in violations(page, axe) if found.startswith("color-contrast: ")]
