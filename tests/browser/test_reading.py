"""What a reader needs of each page: nothing from elsewhere, all of the text, every key, any width, paper."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect
from tests.browser.chromium import PATIENCE, Reader, Server, Shown
from tests.everything import VAULT
from tests.sites import ADDRESS, build, copy_project

WIDE = f"""# Wide

```python
{"wide = " * 40}
```

| {" | ".join("heading" for _ in range(20))} |
| {" | ".join("---" for _ in range(20))} |

{"long" * 100}
"""

RIGHT_END = """element => {
    const words = new Range();
    words.selectNodeContents(element);
    return words.getBoundingClientRect().right;
}"""

WITHOUT_NAMES_OF_PICTURES = """article => {
    const copy = article.cloneNode(true);
    copy.querySelectorAll('svg > title, svg > desc').forEach(part => part.remove());
    return copy.textContent;
}"""


SCROLL_AND_FOLLOW = """link => new Promise(done => {
    scrollTo(0, 3000);
    requestAnimationFrame(() => requestAnimationFrame(() => done(link.click())));
})"""


def _late(route: Route) -> None:
    time.sleep(0.3)
    route.fallback()


def pages(site: Path) -> list[str]:
    return [page.relative_to(site).as_posix() for page in sorted(site.rglob("*.html"))]


def test_no_page_asks_another_host_or_reports_an_error(site: Path, address: str, reader: Reader) -> None:
    page = reader().new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("requestfailed", lambda request: errors.append(request.url))
    for name in pages(site):
        page.goto(address + name, wait_until="networkidle")
    assert asked
    assert not [url for url in asked if not url.startswith((address, "data:"))]
    assert not errors


LINKS_OF_SVG = """# Drawn

<svg width="90" height="20">
<linearGradient id="paint" href="#other"/><a href="end.md"><text y="15">drawn</text></a>
</svg>

[end](end.md)
"""


def test_a_reader_gets_to_a_page_with_links_in_svg_and_on_from_there(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(shown({"index.md": "# Home\n\n[drawn](drawn.md)", "drawn.md": LINKS_OF_SVG, "end.md": "# End"}))
    page.evaluate("window.stayed = true")
    for name, heading in (("drawn", "Drawn"), ("end", "End")):
        page.get_by_role("article").get_by_role("link", name=name, exact=True).last.click()
        expect(page.locator("h1")).to_have_text(re.compile(heading))
    assert page.evaluate("window.stayed")
    page.go_back()
    page.locator("svg a").click()
    expect(page.locator("h1")).to_have_text(re.compile("End"))


@pytest.mark.parametrize(("link", "place"), [("Long", "h1#long"), ("Long > Part", "h2#part")])
def test_a_link_that_is_followed_while_the_page_scrolls_leads_where_it_should(
    shown: Shown, reader: Reader, link: str, place: str
) -> None:
    long = "Text.\n\n" * 200
    page = reader().new_page()
    page.goto(shown({"index.md": f"[[Long]] [[Long#Part]]\n\n{long}", "Long.md": f"# Long\n\n{long}## Part\n\n{long}"}))
    page.wait_for_load_state("networkidle")
    page.route("**/long/", _late)
    page.locator("article").get_by_role("link", name=link, exact=True).evaluate(SCROLL_AND_FOLLOW)
    expect(page.locator(place)).to_be_in_viewport(timeout=PATIENCE)
    page.go_back()
    expect(page).to_have_url(ADDRESS)
    page.wait_for_function("scrollY === 3000")


def test_without_script_the_article_is_whole(address: str, reader: Reader) -> None:
    page = reader(java_script_enabled=False).new_page()
    page.goto(f"{address}the-ops/")
    article = page.locator("article")
    written = article.evaluate(WITHOUT_NAMES_OF_PICTURES)
    shown = article.evaluate("article => article.innerText")
    assert "".join(shown.split()) == "".join(written.split())


@pytest.mark.parametrize("key", ["s", "f", "/", "n", "p", ".", ","])
def test_no_single_key_takes_the_reader_elsewhere(address: str, reader: Reader, key: str) -> None:
    page = reader().new_page()
    page.goto(f"{address}the-ops/", wait_until="networkidle")
    before = page.url
    page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url == before
    expect(page.locator("[data-md-component=search-query]")).not_to_be_focused()


def test_letters_can_be_typed_into_the_search(address: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(address, wait_until="networkidle")
    page.locator("[data-md-component=search-query]").click()
    page.keyboard.type("spring")
    expect(page.locator("[data-md-component=search-query]")).to_have_value("spring")


def test_the_first_key_leads_past_the_navigation(address: str, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(f"{address}the-ops/", wait_until="networkidle")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    expect(page.locator(".md-skip")).to_have_css("opacity", "1")


def test_the_first_key_leads_past_the_navigation_of_a_note_without_headings(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(f"{shown({'index.md': '# Home', 'note.md': 'Words.'})}note/", wait_until="networkidle")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1:target")).to_have_text("note")


def test_no_page_is_wider_than_a_phone(site: Path, address: str, reader: Reader) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    for name in pages(site):
        page.goto(address + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name


@pytest.mark.parametrize(("width", "size"), [(390, "125%"), (320, "125%"), (390, "250%"), (1440, "250%")])
def test_a_note_with_everything_is_no_wider_than_the_window(
    shown: Shown, reader: Reader, width: int, size: str
) -> None:
    page = reader(viewport={"width": width, "height": 844}).new_page()
    page.goto(f"{shown(VAULT)}everything/", wait_until="domcontentloaded")
    page.add_style_tag(content=f"html {{ font-size: {size} !important }}")  # Material's own is 125%
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for formula in (page.locator("math").first, page.locator("math", has_text="y" * 80)):
        expect(formula).to_have_attribute("tabindex", "0")


def test_a_player_is_no_wider_than_what_it_stands_in(shown: Shown, reader: Reader) -> None:
    page = reader(viewport={"width": 320, "height": 844}).new_page()
    players = "> [!tip]\n> - ![[sound.mp3]]\n>\n> ![[paper.pdf|600x300]]\n\n<embed src='paper.pdf' width='600'>\n"
    # a browser may take minutes to start its viewer of PDF, and the page counts as loaded only then
    page.goto(shown({"index.md": players, "sound.mp3": "", "paper.pdf": ""}), wait_until="domcontentloaded")
    for player in ("audio", "object", "embed"):
        assert page.locator(player).evaluate("player => player.offsetWidth <= player.parentNode.clientWidth"), player
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_scrolls_on_a_phone_can_be_reached(shown: Shown, reader: Reader) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    page.goto(shown({"index.md": WIDE}))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("pre > code")).to_have_attribute("tabindex", "0")
    expect(page.locator(".md-typeset__scrollwrap")).to_have_attribute("tabindex", "0")


def test_a_note_from_right_to_left_begins_at_the_right(shown: Shown, reader: Reader) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    row = "שלום רב | " * 20
    address = shown({"index.md": "", "שלום.md": f"{row}\n{'-|' * 20}\n{row}\n"})
    page.goto(f"{address}שלום/", wait_until="networkidle")
    for first in ("h1", "th"):
        assert 320 < page.locator(f"article {first}").first.evaluate(RIGHT_END) < 390, first


SQUARE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


SIDES = """block => ["", "::before", "::after"].map(part => {
    const style = getComputedStyle(block, part || null);
    const names = ["margin", "padding", "border"].flatMap(name => [`${name}-SIDE`, `${name}-SIDE-width`]);
    const at = side => [...names, "SIDE"].map(name => style.getPropertyValue(name.replace("SIDE", side))).join();
    return [at("left"), at("right"), style.textAlign];
})"""


def test_a_wide_table_begins_where_it_reads_from_in_any_surroundings(shown: Shown, reader: Reader) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    row = "> | " + "words | " * 20
    page.goto(shown({"index.md": f"> שלום\n>\n{row}\n> |{'-|' * 20}\n{row}\n"}), wait_until="networkidle")
    first = page.locator("th").first.bounding_box()
    assert first is not None
    assert 0 < first["x"] < 100


@pytest.mark.parametrize("language", ["en", "he"])
def test_what_reads_from_right_to_left_is_the_mirror_of_what_does_not(
    tmp_path: Path, server: Server, reader: Reader, language: str
) -> None:
    blocks = "- W\n\n> W\n\n> [!tip] W\n> W\n\n> [!tip]- W\n> W\n\n- [ ] W\n\n| W |\n|---|\n| W |\n\n# W\n\n"
    text = "".join(blocks.replace("W", word) for word in ("Words", "מילים"))
    project = copy_project(tmp_path / "project", {"index.md": text})
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  font: false", f"  font: false\n  language: {language}"))
    server.folder = build(project, tmp_path / "site")
    page = reader().new_page()
    page.goto(ADDRESS, wait_until="networkidle")
    for kind in ("ul", "li", "blockquote", ".admonition-title", "summary", ".task-list-indicator", "th", "td"):
        sides = [block.evaluate(SIDES) for block in page.locator(f"article {kind}").all()]
        half = len(sides) // 2
        mirrored = [[[left, right, align] for right, left, align in block] for block in sides[half:]]
        assert sides[:half] == mirrored, kind


ENDS = """name => {
    const place = at => {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
    };
    const text = [...name.childNodes].find(node => node.data?.trim());
    const start = text.data.search(/\\S/);
    return [place(start), place(text.data.trimEnd().length - 1)];
}"""
"""Where the first sign of a name stands, and its last."""


def test_a_name_in_a_list_reads_as_its_letters_do(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    properties = '---\ntags: ["עברית"]\nup: "[[מילים!]]"\n---\n'
    page.goto(shown({"index.md": f"{properties}W\n\n## שלום!\n\nW\n\n## Words!\n\nW\n", "מילים!.md": "W\n"}))
    for link in (".properties a", ".md-tags a"):
        first, last = page.locator(link).evaluate(ENDS)
        assert first > last, link
    for name in ("שלום!", "Words!", "מילים!"):
        first, last = page.locator(".md-nav .md-ellipsis:visible", has_text=name).evaluate(ENDS)
        assert (first < last) == name.isascii(), name


def test_a_canvas_begins_at_the_left_in_any_site_and_its_cards_read_as_the_site(shown: Shown, reader: Reader) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{shown(VAULT)}board.canvas/")
    page.evaluate("document.body.dir = 'rtl'")
    plane, pane = (page.locator(f"article .{name}").bounding_box() for name in ("plane", "pane"))
    assert plane is not None
    assert pane is not None
    assert plane["width"] > pane["width"]
    assert plane["x"] == pytest.approx(pane["x"], abs=2)
    expect(page.locator(".plane > .text").first).to_have_css("direction", "rtl")


def test_a_picture_has_the_size_that_its_author_gives_and_its_shape_on_a_phone(shown: Shown, reader: Reader) -> None:
    page = reader(viewport={"width": 390, "height": 844}).new_page()
    sized = f'![a|200x50]({SQUARE}) ![b|100]({SQUARE}) ![c|1000x500]({SQUARE}) <img src="{SQUARE}" height="40" alt="d">'
    page.goto(shown({"index.md": sized}))
    pictures = page.locator("article img").all()
    sizes = [(box["width"], box["height"]) for picture in pictures if (box := picture.bounding_box())]
    width = page.locator("article p").evaluate("p => p.clientWidth")
    assert sizes == [(200, 50), (100, 100), (width, width / 2), (40, 40)]


def test_a_list_is_numbered_alike_however_deep(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(shown({"index.md": "".join(f"{'   ' * depth}1. One\n" for depth in range(6))}))
    assert page.locator("article ol").count() == 6
    for numbered in page.locator("article ol").all():
        expect(numbered).to_have_css("list-style-type", "decimal")


def test_what_a_formula_strikes_out_is_struck_out(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(shown({"index.md": r"$\cancel{x} \bcancel{y} \xcancel{\boxed{z}} \enclose{horizontalstrike}{w}$"}))
    count = "element => getComputedStyle(element).backgroundImage.split('gradient').length - 1"
    assert [element.evaluate(count) for element in page.locator("menclose").all()] == [1, 1, 2, 0, 1]


COVERS = """---
cover: "[[a.svg]]"
---
```base
filters: file.name == "index"
views: [{type: cards, image: cover}]
```

```base
filters: file.name == "index"
views: [{type: cards, image: cover, cardSize: 160, imageAspectRatio: 1.5, imageFit: contain}]
```
"""


def test_covers_have_the_shape_that_their_base_asks_for(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(shown({"index.md": COVERS, "a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 6"/>'}))
    plain, chosen = page.locator(".base .cards img").all()
    expect(plain).to_have_css("object-fit", "cover")
    expect(plain).to_have_css("height", "180px")
    expect(chosen).to_have_css("object-fit", "contain")
    width, height = chosen.evaluate("cover => [cover.offsetWidth, cover.offsetHeight]")
    assert width < plain.evaluate("cover => cover.offsetWidth")
    assert height / width == pytest.approx(1.5, abs=0.02)


def test_links_in_titles_have_their_colour_where_it_is_dark(shown: Shown, reader: Reader) -> None:
    page = reader(color_scheme="dark").new_page()
    titles = "".join(f"> [!question]{fold} Of [[index]] and a [[wish]]\n\n" for fold in ("", "-"))
    page.goto(shown({"index.md": titles}))
    links = page.locator("article :is(.admonition-title, summary) a").all()
    assert len(links) == 4
    for link in links:  # axe cannot tell, for the icon
        expect(link).to_have_css("color", link.evaluate("link => getComputedStyle(link.parentElement).color"))


def test_what_is_copied_of_a_passage_is_what_is_seen(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    page.goto(shown({"index.md": "# Here\n\nFirst.\n\n## Part\n\nSee [[nowhere]]. #I_DONT_LIKE_THIS_REWRITE\n"}))
    page.locator("article").select_text()
    copied = page.evaluate("getSelection().toString()")
    assert copied.startswith("Here\nFirst.\n\nPart\nSee nowhere. rewrite\n")


def test_paper_is_white_and_without_pills(address: str, reader: Reader) -> None:
    page = reader(color_scheme="dark").new_page()
    page.goto(f"{address}the-ops/")
    page.emulate_media(media="print")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("article p").first).to_have_css("color", "rgb(0, 0, 0)")
    for pill in page.locator(".flag").all():
        expect(pill).to_be_hidden()


def test_paper_holds_all_columns_and_what_is_folded(shown: Shown, reader: Reader) -> None:
    page = reader(viewport={"width": 718, "height": 1000}, java_script_enabled=False).new_page()
    page.goto(shown({"index.md": f"{WIDE}\n> [!tip]- Folded\n> Words within.\n"}))
    page.emulate_media(media="print")
    assert page.locator("th").last.evaluate("cell => cell.getBoundingClientRect().right") <= 718
    assert page.get_by_text("Words within.").evaluate("words => words.getBoundingClientRect().height") > 0
    assert page.get_by_text("Words within.").evaluate("words => words.checkVisibility({contentVisibilityAuto: true})")


def test_nothing_moves_for_a_reader_who_wants_no_motion(shown: Shown, reader: Reader) -> None:
    page = reader(reduced_motion="reduce").new_page()
    page.goto(f"{shown(VAULT)}everything/", wait_until="networkidle")
    page.locator("label[for=__palette_1]").click()
    assert page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_are_seen_in_the_readers_own_colours(shown: Shown, reader: Reader, scheme: str) -> None:
    page = reader(forced_colors="active", color_scheme=scheme).new_page()
    page.goto(f"{shown(VAULT)}everything/", wait_until="domcontentloaded")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for icon in (".task-list-indicator", ".admonition-title", ".tool--enlarge"):
        colour = page.locator(icon).first.evaluate("icon => getComputedStyle(icon, '::before').backgroundColor")
        assert colour != ground, icon
    expect(page.locator("article .flag").first).to_have_css("border-style", "solid")


MARK_OF_TASK = """mark => {
    const {maskImage, backgroundColor} = getComputedStyle(mark, "::before");
    return [maskImage, backgroundColor];
}"""


def test_what_a_link_has_led_to_is_shown_for_a_moment_or_without_motion_for_good(shown: Shown, reader: Reader) -> None:
    address = shown({"index.md": "[[#^two]]\n\n- one\n- two ^two\n"})
    page = reader().new_page()
    page.goto(address, wait_until="networkidle")
    page.get_by_role("link", name="^two").click()
    item = page.locator("#two")
    assert item.evaluate("item => item.getAnimations().map(one => one.animationName)") == ["arrive"]
    expect(item).to_have_css("outline-color", "rgba(0, 0, 0, 0)", timeout=PATIENCE)
    still = reader(reduced_motion="reduce").new_page()
    still.goto(f"{address}#two")
    assert not still.locator("#two").evaluate("item => item.getAnimations()")
    expect(still.locator("#two")).to_have_css("outline-color", "rgb(61, 90, 254)")


@pytest.mark.parametrize("colours", ["none", "active"])
def test_a_task_that_is_open_has_another_mark_than_one_that_is_done(shown: Shown, reader: Reader, colours: str) -> None:
    page = reader(forced_colors=colours).new_page()
    page.goto(shown({"index.md": "- [ ] open\n- [x] done\n"}))
    (shape, colour), (other_shape, other_colour) = (
        mark.evaluate(MARK_OF_TASK) for mark in page.locator(".task-list-indicator").all()
    )
    assert shape != other_shape
    assert colour != other_colour


STOP = """() => {
    const at = document.activeElement;
    const labels = [...(at.labels ?? []), at.nextElementSibling].filter(one => one?.matches("label:not([hidden])"));
    const shown = at.matches("input[type=checkbox], input[type=radio]") ? labels[0] ?? at : at;
    const style = getComputedStyle(shown);
    const hasCaret = at.matches("input[type=text]");
    const isSeen = hasCaret || (parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none");
    const isThere = shown.getBoundingClientRect().width > 0 && style.opacity !== "0";
    return [at === document.body ? "" : at.outerHTML.slice(0, 120), isSeen && isThere];
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_each_stop_of_the_tab_key_is_seen(shown: Shown, reader: Reader, width: int) -> None:
    page = reader(viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(f"{shown(VAULT)}everything/", wait_until="networkidle")
    page.locator(".md-skip").focus()  # the browser's viewer of a PDF may have taken the focus
    stops: list[str] = []
    while len(stops) < 200:
        page.keyboard.press("Tab")
        name, is_seen = page.evaluate(STOP)
        if not name:
            break
        stops.append(name)
        assert is_seen or name.startswith(("<object", "<audio", "<video")), name  # the browser shows it inside
    assert len(stops) > 50


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_shifts_while_a_page_comes_in(shown: Shown, reader: Reader, width: int) -> None:
    page = reader(viewport={"width": width, "height": 844}).new_page()
    page.goto(f"{shown(VAULT)}everything/", wait_until="networkidle")
    page.locator(".tool--enlarge").last.wait_for(state="attached")
    shift = page.evaluate("""() => new Promise(resolve => {
        new PerformanceObserver(list => resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
            .observe({type: "layout-shift", buffered: true});
        setTimeout(() => resolve(0), 500);
    })""")
    assert shift <= 0.02


def test_a_drawing_of_excalidraw_is_seen_on_its_page_and_where_it_is_embedded(shown: Shown, reader: Reader) -> None:
    page = reader().new_page()
    for place in ("drawingexcalidraw/", "everything/"):
        page.goto(f"{shown(VAULT)}{place}", wait_until="networkidle")
        picture = page.get_by_alt_text("Drawing.excalidraw")
        assert picture.evaluate("image => image.complete && image.naturalWidth") == 140
