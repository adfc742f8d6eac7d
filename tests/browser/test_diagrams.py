"""Mermaid on the page: drawn by the build, else by the reader's browser with nothing but our own site to ask."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.chromium import PATIENCE, Reader, Shown

from pictures.colours import contrast

DRAWN_BY_BUILD = ".picture svg"
DRAWN_BY_BROWSER = "div.mermaid svg"

FLOWCHART = """
```mermaid
flowchart TB
  n1["one<br/>two"] --> n2["R&amp;D #lt;b#gt; #quot;quoted#quot;"]
```
"""
SEQUENCE = """
```mermaid
sequenceDiagram
  participant one as R#amp;D #lt;b#gt;<br/>#quot;quoted#quot;
  one->>two: asks
```
"""
WRONG = """
```mermaid
flowchart TB
  n1[" --> n2
```
"""
WRONG_FOR_THE_BROWSER = SEQUENCE.replace("asks", "asks\n  end")

LONG = """
```mermaid
flowchart LR
  n1["A label that is as long as labels get"] -- "then" --> n2["Deployment"] --> n3["one<br/>two"]
```
"""
OF_OTHER_KINDS = """
```mermaid
pie title Of what
  "One" : 1
```

```mermaid
gitGraph
  commit
```

```mermaid
quadrantChart
  title In four parts
```
"""
WIDE = {
    "calls": "sequenceDiagram\n" + "".join(f"  one of many {at}->>one of many {at + 1}: asks\n" for at in range(9)),
    "years": "timeline\n" + "".join(f"  {2000 + at} : something\n" for at in range(9)),
    "plan": "gantt\n  dateFormat YYYY-MM-DD\n  section One\n    Something : 2024-01-01, 30d\n",
}
SIZE = "picture => [picture.getBoundingClientRect().width, picture.viewBox.baseVal.width]"
COLOURS = """
```mermaid
flowchart LR
  n1["of the palette"] -- "edge" --> n2["by number"] --> n3["by name"]
  subgraph box["container"]
    n4["unreadable"] --> n5["as wished"]
  end
  style n2 fill:#fcc
  style n3 fill:gold
  style n4 fill:#222,color:#333
  style n5 fill:#fff,color:#a04300
  style box fill:#000080
```
"""

# The words of each label, its colour and that beneath it, each as red, green and blue.
TEXT_AND_GROUND = """labels => labels.map(label => {
    const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
    const over = colours => {
        for (const colour of colours) {
            context.fillStyle = colour;
            context.fillRect(0, 0, 1, 1);
        }
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const style = getComputedStyle(label);
    const shape = label.closest(".node, .cluster")?.querySelector("rect");
    const container = document.querySelector(".cluster rect");
    const isInside = /unreadable|as wished/.test(label.textContent);
    const grounds = [
        getComputedStyle(document.body).backgroundColor,
        isInside ? getComputedStyle(container).fill : "#0000",
        shape ? getComputedStyle(shape).fill : "#0000",
        style.backgroundColor,
    ];
    return [label.textContent, over([...grounds, style.color]), over(grounds)];
})"""

# The colour of a text, and that of the shape or the picture behind it, which may be the page's.
OF_TEXT_AND_GROUND = """([text], shape) => {
    const picture = text.closest("svg[id]");
    const colours = element => ["fill", "backgroundColor"].map(name => getComputedStyle(element)[name]);
    const [ground] = shape ? colours(picture.querySelector(shape)) : colours(picture).slice(1);
    const behind = ground === "rgba(0, 0, 0, 0)" ? colours(document.body)[1] : ground;
    return [colours(text)[0], behind].map(colour => colour.match(/[0-9]+/g).map(Number));
}"""


def visit(page: Page, address: str, picture: str) -> None:
    page.goto(address)
    expect(page.locator(picture).first).to_be_visible(timeout=PATIENCE)


def follow(page: Page, target: str) -> None:
    """Follow a link, and make sure that Material puts the next page into this one."""
    page.evaluate("window.stayed = true")
    page.locator(f"article a[href*='{target}']").first.click()
    page.wait_for_url(f"**{target}**")
    assert page.evaluate("window.stayed")


def requests(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def library(asked: list[str]) -> list[str]:
    return [url for url in asked if "mermaid" in url]


def label_colour(page: Page, picture: str) -> object:
    script = "label => getComputedStyle(label)[label.localName === 'text' ? 'fill' : 'color']"
    return page.locator(f"{picture} :is(text, .node span)").first.evaluate(script)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("settings", [{}, {"java_script_enabled": False}], ids=["script", "no script"])
def test_all_drawings_of_the_note_are_pictures_on_a_direct_visit(
    address: str, reader: Reader, scheme: str, settings: dict[str, bool]
) -> None:
    page = reader(color_scheme=scheme, **settings).new_page()
    asked = requests(page)
    page.goto(f"{address}the-ops/", wait_until="networkidle")
    for figure in page.locator("figure.diagram").all():
        expect(figure.locator(DRAWN_BY_BUILD)).to_be_visible()
    expect(page.locator("figure.diagram")).to_have_count(8)
    assert not library(asked)


def test_all_drawings_of_the_note_are_pictures_after_instant_navigation(address: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(address)
    follow(page, "the-ops/")
    expect(page.locator(DRAWN_BY_BUILD)).to_have_count(8)
    page.go_back()
    expect(page.locator(DRAWN_BY_BUILD)).to_have_count(0)
    page.go_forward()
    expect(page.locator(DRAWN_BY_BUILD)).to_have_count(8)


@pytest.mark.parametrize(
    ("note", "picture"), [(FLOWCHART, DRAWN_BY_BUILD), (SEQUENCE, DRAWN_BY_BROWSER)], ids=["build", "browser"]
)
def test_a_switch_of_the_palette_colours_a_picture_anew_without_drawing(
    shown: Shown, reader: Reader, note: str, picture: str
) -> None:
    page = reader(color_scheme="light").new_page()
    visit(page, shown({"index.md": note}), picture)
    drawn, before = page.locator(picture).element_handle(), label_colour(page, picture)
    page.locator("label[for=__palette_1]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert label_colour(page, picture) != before
    assert drawn is not None
    assert drawn.evaluate("picture => picture.isConnected")


def test_labels_are_shown_as_they_were_written(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    visit(page, shown({"index.md": FLOWCHART + SEQUENCE}), DRAWN_BY_BROWSER)
    by_build = page.locator(f"{DRAWN_BY_BUILD} .node span").all_inner_texts()
    by_browser = page.locator(f"{DRAWN_BY_BROWSER} text.actor-box").all_text_contents()
    assert by_build == ["one\ntwo", 'R&D <b> "quoted"']
    assert set(by_browser) == {"R&D <b>", '"quoted"', "two"}


@pytest.mark.parametrize("spacing", ["normal", "0.2em"], ids=["usual", "a third wider"])
@pytest.mark.parametrize("font", ["sans-serif", "serif", "monospace"])
def test_a_label_is_not_cut_off_whatever_the_readers_font(
    shown: Shown, reader: Reader, font: str, spacing: str
) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    visit(page, shown({"index.md": LONG}), DRAWN_BY_BUILD)
    page.locator("body").evaluate("(body, font) => body.style.setProperty('--md-mermaid-font-family', font)", font)
    page.add_style_tag(content=f"foreignObject {{ letter-spacing: {spacing} }}")
    nodes = page.locator(f"{DRAWN_BY_BUILD} .node").all()
    assert nodes
    for node in nodes:
        box, text = node.locator("rect").bounding_box(), node.locator("span").bounding_box()
        assert box is not None
        assert text is not None
        assert box["x"] <= text["x"]
        assert box["y"] <= text["y"]
        assert text["x"] + text["width"] <= box["x"] + box["width"]
        assert text["y"] + text["height"] <= box["y"] + box["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_label_stands_out(shown: Shown, reader: Reader, scheme: str) -> None:
    page = reader(color_scheme=scheme).new_page()
    visit(page, shown({"index.md": COLOURS}), DRAWN_BY_BUILD)
    pairs = page.locator(f"{DRAWN_BY_BUILD} foreignObject span").evaluate_all(TEXT_AND_GROUND)
    assert len(pairs) == 7
    for name, *colours in pairs:
        assert contrast(*(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in colours)) >= 4.5, name


@pytest.mark.parametrize("note", [WRONG, WRONG_FOR_THE_BROWSER], ids=["build", "browser"])
def test_a_fence_that_is_wrong_shows_its_source_and_the_others_are_drawn(
    shown: Shown, reader: Reader, note: str
) -> None:
    page = reader().new_page()
    visit(page, shown({"index.md": note + SEQUENCE}), DRAWN_BY_BROWSER)
    source = page.locator("pre", has_text=re.compile(r"n1\[|end"))
    expect(source).to_be_visible()
    expect(page.locator("svg[aria-roledescription=error]")).to_have_count(0)


def test_the_library_is_fetched_only_for_a_page_that_needs_it(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    asked = requests(page)
    notes = {"index.md": f"[there](there.md)\n{FLOWCHART}\n{WRONG}", "there.md": SEQUENCE}
    page.goto(shown(notes), wait_until="networkidle")
    assert not library(asked)
    follow(page, "there/")
    expect(page.locator(DRAWN_BY_BROWSER)).to_have_count(1, timeout=PATIENCE)
    page.go_back()
    page.go_forward()
    expect(page.locator(DRAWN_BY_BROWSER)).to_have_count(1, timeout=PATIENCE)
    assert len(library(asked)) == 1


def test_a_heading_of_the_librarys_name_is_not_taken_for_it(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(shown({"index.md": "# Home\n\n## Mermaid\n\n[there](there.md)\n", "there.md": SEQUENCE}))
    expect(page.locator("#mermaid")).to_be_visible()
    follow(page, "there/")
    expect(page.locator(DRAWN_BY_BROWSER)).to_have_count(1, timeout=PATIENCE)


@pytest.mark.parametrize("kind", WIDE)
def test_a_wide_diagram_of_any_kind_is_shrunk_on_paper_alone(shown: Shown, reader: Reader, kind: str) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    visit(page, shown({"index.md": f"```mermaid\n{WIDE[kind]}```\n"}), DRAWN_BY_BROWSER)
    picture = page.locator(DRAWN_BY_BROWSER)
    width, drawn = picture.evaluate(SIZE)
    assert width == pytest.approx(drawn)
    assert (width > 390) == (kind != "plan")
    page.emulate_media(media="print")
    assert picture.evaluate(SIZE)[0] < 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_kinds_that_the_theme_does_not_colour_stand_out(shown: Shown, reader: Reader, scheme: str) -> None:
    page = reader(color_scheme=scheme).new_page()
    page.goto(shown({"index.md": OF_OTHER_KINDS}))
    expect(page.locator(DRAWN_BY_BROWSER)).to_have_count(3, timeout=PATIENCE)
    for picture, words in zip(page.locator(DRAWN_BY_BROWSER).all(), ("Of what", "main", "In four parts"), strict=True):
        shape = ".branchLabelBkg" if words == "main" else ""
        colours = picture.locator("text", has_text=words).evaluate_all(OF_TEXT_AND_GROUND, shape)
        assert contrast(*(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in colours)) >= 4.5, words


def test_a_page_left_to_browsers_asks_for_nothing_that_is_not_there(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    missing: list[str] = []
    page.on("response", lambda response: None if response.ok else missing.append(response.url))
    visit(page, shown({"index.md": SEQUENCE}), DRAWN_BY_BROWSER)
    page.wait_for_load_state("networkidle")
    assert not missing


def test_the_library_keeps_its_licences(site: Path) -> None:
    assert "MIT License" in (site / "assets" / "mermaid.js").read_text(encoding="utf-8")
