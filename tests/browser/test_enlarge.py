"""A diagram that opens large: by mouse, finger or keys, and back to where it was; without script it scrolls."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.chromium import PATIENCE, Reader, Shown

WIDE = "\n".join(
    f'  n{at}["Station number {at}"] -- "goes to" --> n{at + 1}["Station number {at + 1}"]' for at in range(9)
)
FLOWCHART = f"```mermaid\nflowchart LR\n  accTitle: All stations\n{WIDE}\n```\n"
SEQUENCE = "```mermaid\nsequenceDiagram\n  one->>two: asks\n```\n"
DRAWING = "```\n+-----+     +-----+\n| one |---->| two |\n+-----+     +-----+\n```\n"
NOTES = {"index.md": f"# Here\n\n{FLOWCHART}\n{DRAWING}\n{SEQUENCE}\n", "other.md": f"# Other\n\n{FLOWCHART}"}

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def arrive(page: Page, address: str) -> Locator:
    page.goto(address)
    expect(page.locator("div.mermaid svg")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".tool--enlarge")).to_have_count(3)
    return page.get_by_role("dialog")


def open_dialogs(page: Page) -> Locator:
    return page.locator("dialog[open]")


@pytest.mark.parametrize("at", range(3), ids=["flowchart", "drawing", "drawn by the browser"])
def test_it_opens_larger_and_goes_back_without_a_trace(shown: Shown, reader: Reader, at: int) -> None:
    page = reader(viewport={"width": 1200, "height": 800}).new_page()
    arrive(page, shown(NOTES))
    drawing = page.locator(".picture > :first-child").nth(at)
    drawing.scroll_into_view_if_needed()
    before, height = drawing.bounding_box(), page.evaluate("document.body.scrollHeight")
    drawing.hover()
    page.locator(".tool--enlarge").nth(at).click()
    inside = open_dialogs(page).locator(".large__view > *")
    large = inside.bounding_box()
    assert large is not None
    assert before is not None
    assert large["width"] * large["height"] > before["width"] * before["height"]
    assert page.evaluate("document.body.scrollHeight") == height
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert drawing.bounding_box() == before
    assert page.evaluate("document.body.scrollHeight") == height


def test_keys_alone_open_scroll_and_close_it(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    arrive(page, shown(NOTES))
    button = page.get_by_role("button", name="Enlarge the diagram: All stations")
    button.focus()
    expect(button).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    view = page.get_by_role("dialog", name="All stations").locator(".large__view")
    expect(view).to_be_focused()
    page.keyboard.press("ArrowRight")
    view.evaluate("async view => { while (view.scrollLeft === 0) await new Promise(requestAnimationFrame); }")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_finger_opens_it_and_it_can_be_made_larger_and_smaller(shown: Shown, reader: Reader) -> None:
    page = reader(**PHONE).new_page()
    arrive(page, shown(NOTES))
    page.locator(".tool--enlarge").nth(1).tap()
    drawing = open_dialogs(page).locator(".scroller")
    widths = [drawing.bounding_box()]
    for name in ("Larger", "Smaller", "Smaller"):
        page.get_by_role("button", name=name).tap()
        widths.append(drawing.bounding_box())
    first, larger, same, smaller = (box["width"] for box in widths if box)
    assert smaller < first < larger
    assert abs(same - first) < 1
    page.get_by_role("button", name="Close").tap()
    expect(open_dialogs(page)).to_have_count(0)


def test_it_is_gone_when_the_reader_leaves_the_page(shown: Shown, reader: Reader) -> None:
    page = reader(**PHONE).new_page()
    arrive(page, f"{shown(NOTES)}#here")
    page.evaluate("document.querySelector('a[href*=\"other\"]').click()")
    expect(page.get_by_role("heading", name="Other")).to_be_visible()
    page.locator(".tool--enlarge").tap()
    expect(open_dialogs(page)).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("heading", name="Here")).to_be_visible()
    expect(open_dialogs(page)).to_have_count(0)


def test_without_script_it_scrolls_where_it_is(shown: Shown, reader: Reader) -> None:
    page = reader(java_script_enabled=False, **PHONE).new_page()
    page.goto(shown(NOTES))
    scroller = page.locator(".scroller").first
    expect(scroller.locator("svg")).to_be_visible()
    expect(scroller).to_have_css("overflow-x", "auto")
    assert scroller.evaluate("scroller => scroller.scrollWidth > 2 * scroller.clientWidth")
