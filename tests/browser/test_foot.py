"""What stands around the author's words: previews of links, and the foot of a page."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.chromium import PATIENCE, Reader, Shown
from tests.browser.test_accessibility import axe, violations

__all__ = ["axe"]

NOTES = {
    "here.md": "# Here\n\nA word[^1] of it.\n\n[^1]: It means `much`.\n\n"
    "See [[there]], [[there#Far below]], [[there#^here|a passage]], [[nowhere]] and [elsewhere](https://elsewhere.example).\n\n"
    '<a href="there.md#100%">odd</a> [[there#Überblick]] [paper](paper.pdf "Of 1970")\n\n'
    "## Part\n\nWords to select.\n\n### Inner `part`\n\nMore.\n\n## Of [[nowhere]]\n\nLast.\n",
    "paper.pdf": "",
    "there.md": "# There\n\nFirst words of it.\n\n"
    + "Text.\n\n" * 30
    + "## Far below\n\nDeep words.\n\nA passage with an id. ^here\n\n## Überblick\n\nWords on all.\n",
}


def preview(page: Page) -> Locator:
    return page.locator(".md-tooltip2")


@pytest.fixture
def page(shown: Shown, reader: Reader) -> Page:
    page = reader(color_scheme="dark").new_page()
    page.goto(f"{shown(NOTES)}here/", wait_until="networkidle")
    return page


@pytest.mark.parametrize(
    ("at", "name", "words"),
    [
        (0, "there", "First words"),
        (1, "there > Far below", "Deep words"),
        (2, "a passage", "A passage with an id"),
        (4, "there > Überblick", "Words on all"),
    ],
    ids=["note", "section", "passage", "section in another language"],
)
def test_a_link_shows_what_it_leads_to(page: Page, axe: str, at: int, name: str, words: str) -> None:
    page.locator("article a[data-preview]").nth(at).hover()
    shown = page.get_by_role("dialog", name=f"Preview: {name}")
    expect(shown).to_contain_text(words, timeout=PATIENCE)
    expect(shown.get_by_text("Linked from")).to_be_hidden()
    expect(shown).to_have_css("opacity", "1")
    expect(shown.get_by_role("heading")).to_have_count(0 if name == "a passage" else 1)
    assert not violations(page, axe)


def test_the_number_of_a_footnote_shows_it(page: Page, axe: str) -> None:
    page.locator(".footnote-ref").hover()
    shown = page.get_by_role("dialog", name="Preview: 1")
    expect(shown).to_contain_text("It means much.")
    expect(shown.locator(".footnote-backref")).to_be_hidden()
    expect(shown).to_have_css("opacity", "1")
    assert not violations(page, axe)


def test_a_preview_comes_with_the_focus_and_goes_with_escape(page: Page) -> None:
    link = page.locator("article a[data-preview]").first
    link.focus()
    expect(preview(page)).to_contain_text("First words", timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(preview(page)).to_have_count(0)
    expect(link).to_be_focused()


def test_only_links_between_notes_are_previewed(page: Page) -> None:
    expect(page.locator("a[data-preview]")).to_have_count(5)
    expect(page.get_by_role("link", name="paper")).to_have_attribute("title", "Of 1970")


def fields(page: Page) -> dict[str, str]:
    """What the form for problems will hold."""
    link = page.get_by_role("link", name="Report a problem")
    with page.expect_request("**/report.js") as asked:
        link.dispatch_event("pointerover")
    asked.value.response()
    expect(link).to_have_attribute("data-form", re.compile("issues/new"))
    address = urlsplit(link.get_attribute("href") or "")
    assert address.netloc + address.path == "forge.example/author/notes/issues/new"
    return {name: values[0] for name, values in parse_qs(address.query).items()}


def test_a_report_names_the_note_and_the_section_that_a_link_led_to(page: Page) -> None:
    assert fields(page) == {
        "template": "problem.yml",
        "title": "Problem on: Here",
        "page": "here.md",
        "section": "Here",
    }
    page.evaluate("location.hash = 'inner-part'")
    page.reload()
    expect(page.get_by_role("heading", name="Inner")).to_be_in_viewport()
    assert fields(page)["section"] == "Inner part"


def test_a_report_quotes_what_is_selected(page: Page) -> None:
    page.get_by_text("Words to select.").select_text()
    assert fields(page) | {"title": ""} == {
        "template": "problem.yml",
        "title": "",
        "page": "here.md",
        "section": "Part",
        "problem": "> Words to select.",
    }


def test_each_line_of_what_is_selected_is_quoted(page: Page) -> None:
    first, last = (page.get_by_text(words, exact=True).element_handle() for words in ("Words to select.", "More."))
    page.evaluate("([first, last]) => getSelection().setBaseAndExtent(first, 0, last, 1)", [first, last])
    words = [line.rstrip() for line in fields(page)["problem"].splitlines()]
    assert words == ["> Words to select.", ">", "> Inner part", "> More."]


@pytest.mark.parametrize(("part", "section"), [("of-nowhere", "Of nowhere"), ("100%", "Here")])
def test_a_report_names_a_section_by_what_is_seen_of_it(page: Page, part: str, section: str) -> None:
    page.evaluate("part => { location.hash = part }", part)
    page.reload(wait_until="networkidle")
    assert fields(page)["section"] == section
