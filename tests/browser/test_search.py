"""The search as readers use it: fetched when it is opened, worked by keys, told to screen readers, never live HTML."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.chromium import PATIENCE, Reader, Server, Shown
from tests.sites import ADDRESS, MKDOCS_WITHOUT_PAGEFIND, build, copy_project

LONG = "Text.\n\n" * 60
NOTES = {
    "index.md": "# Start\n",
    "Ships.md": "# Ships\n\nAll about harbours.\n\n## Crew\n\nThe quartermasters count ropes, the cook does not.\n",
    "Ropes.md": "# Ropes\n\nHemp &lt;img src=x onerror=alert(1)> holds.\n\n```mermaid\nflowchart LR\n  zzyzx\n```\n",
    "Holds.md": "# Holds\n\n> [!note]- Folded\n> > [!note]- Within\n> > Barrels.\n\n> [!note]- Others\n> Sails.\n",
    "Signals.md": "# Signals\n\nA 👩‍✈️ lights a 🎆, and the crew sees it.\n",
    "sub/Größe.md": "# Größe\n\nUmlaute messen.\n",
    "Keels.md": f"# Keels\n\nOf oak.\n\n{LONG}## Timber\n\nSeasoned.\n\n{LONG}",
    "Œuvres.md": "# Œuvres\n\nL’école du port—voiles et mâts.\n",
    "pagefind.md": "# pagefind\n\nA note that is called as the folder of the pieces.\n",
    "search.md": "# search\n\nA note that is called as the folder of the theme's index.\n",
    "数据.md": "# 数据管道\n\n数据管道的质量很重要。\n\n## 部署\n\n先测试，再用 Kubernetes 发布。\n",
    "道路.md": "# 道路\n\n根据数字管理。\n",
    "設計.md": "# 設計\n\nデータベースの正規化が大切です。\n",
    "标点.md": "# 标点\n\n测验（CI）通过，“很好”。\n\nb\n",
    "ไทย.md": "# ภาษา\n\nไม่มีช่องว่างระหว่างคำ\n",
    "قواعد.md": "# قواعد\n\nتخزين البيانات مهم جدا.\n",
    "журавли.md": "# Птицы\n\nЖуравли летят на юг.\n",
    "관리.md": "# 관리\n\n데이터베이스를 다룬다.\n",
}
PIECES = "/pagefind/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def start(shown: Shown) -> str:
    """Return the address of the site of `NOTES`."""
    return shown(NOTES)


@pytest.fixture
def page(start: str, reader: Reader) -> Page:
    page = reader().new_page()
    page.goto(start)
    return page


def look_for(page: Page, words: str, told: str) -> Locator:
    """Type words, and wait until the dialog tells what there is."""
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(words)
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


def test_the_words_are_marked_where_the_reader_is_already(page: Page) -> None:
    page.goto(f"{ADDRESS}ships/")
    look_for(page, "quartermaster", "1 matching").get_by_role("link", name="Crew").click()
    expect(page.locator("article mark")).to_have_text(["quartermasters"])
    assert page.url == f"{ADDRESS}ships/#crew"
    page.wait_for_timeout(300)  # in which Material closes the dialog once more
    look_for(page, "ropes", "2 matching").get_by_role("link", name="Crew").click()
    expect(page.locator("article mark")).to_have_text(["ropes"])


@pytest.mark.parametrize(("words", "name"), [("oak", "Keels"), ("seasoned", "Timber")])
def test_a_reader_who_has_gone_on_is_led_to_the_same_place_again(page: Page, words: str, name: str) -> None:
    page.goto(f"{ADDRESS}keels/")
    for _ in range(2):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        look_for(page, words, "1 matching").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name)).to_be_in_viewport()
        page.wait_for_timeout(300)  # in which Material closes the dialog once more


@pytest.mark.parametrize("sign", ["👩‍✈️", "🎆"])
def test_a_picture_among_the_letters_is_marked_and_nothing_else(page: Page, sign: str) -> None:
    page.goto(f"{ADDRESS}signals/")
    look_for(page, sign, "1 matching").get_by_role("link").click()
    expect(page.locator("article mark")).to_have_text([sign])


def test_what_is_folded_away_is_shown_where_it_has_the_words(page: Page) -> None:
    look_for(page, "barrels", "1 matching").get_by_role("link").first.click()
    expect(page.locator("article mark")).to_be_in_viewport()
    expect(page.locator("article").get_by_text("Sails.")).to_be_hidden()


def test_where_no_word_was_found_none_is_marked(page: Page) -> None:
    page.goto(f"{ADDRESS}ships/")
    words = page.locator("article p").first.inner_html()
    page.evaluate("import('/assets/search/marks.js').then(({mark}) => mark([]))")
    assert page.locator("article p").first.inner_html() == words


def test_the_words_go_with_the_reader_into_another_window(page: Page) -> None:
    found = look_for(page, "hemp", "1 matching").get_by_role("link").first
    assert found.get_attribute("href") == "/ropes/"
    with page.context.expect_page() as opened:
        found.click(modifiers=["Control"])
    expect(opened.value.locator("article mark")).to_have_text(["Hemp"], timeout=PATIENCE)
    assert opened.value.url == f"{ADDRESS}ropes/"
    expect(page.locator("#__search")).to_be_checked()


def test_marks_spoil_no_drawing(page: Page) -> None:
    page.goto(f"{ADDRESS}ropes/?h=zzyzx&h=holds")
    expect(page.locator("article mark")).to_have_text(["holds"])
    expect(page.locator("article .picture")).to_contain_text("zzyzx")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("数据", "数据"),
        ("管道", "数据"),
        ("数据管道", "数据"),
        ("质量", "数据"),
        ("kubernetes发布", "数据"),
        ("データ", "設計"),
        ("ropes　cook", "ships"),
        ("école", "œuvres"),
        ("l'école", "œuvres"),
        ("voiles", "œuvres"),
        ("が大切", "設計"),
        ("ช่องว่าง", "ไทย"),
        ("البيانات", "قواعد"),
        ("журавли", "журавли"),
        ("Летят", "журавли"),
        ("데이터베이스", "관리"),
    ],
)
def test_notes_in_every_script_are_found_by_their_words(page: Page, words: str, path: str) -> None:
    found = look_for(page, words, "1 matching")
    assert found.get_by_role("link").first.get_attribute("href") == f"/{path}/"


def test_a_site_in_chinese_finds_the_notes_that_have_all_of_a_word(
    tmp_path: Path, reader: Reader, server: Server
) -> None:
    notes = {"甲.md": "知识的管理，知识与知识。管理。\n", "乙.md": "个人知识管理。\n"}
    project = copy_project(tmp_path / "a project", notes)
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  font: false", "  font: false\n  language: zh"))
    server.folder = build(project, tmp_path / "site")
    page = reader().new_page()
    page.goto(ADDRESS)
    found = look_for(page, "知识管理", "1 个")
    assert found.get_by_role("link").first.get_attribute("href") == "/乙/"


def test_what_is_shown_of_a_note_is_what_its_author_wrote(page: Page) -> None:
    found = look_for(page, "质量", "1 matching")
    expect(found.locator(".found__title")).to_have_text("数据管道")
    expect(found.locator(".found__excerpt")).to_have_text("数据管道的质量很重要。")
    expect(found.locator("mark")).to_have_text(["质量"])
    page.keyboard.press("Enter")
    expect(page.locator("article mark")).to_have_text(["质量"])


def test_signs_between_words_stay_as_they_are(page: Page) -> None:
    found = look_for(page, "voiles", "1 matching")
    expect(found.locator(".found__excerpt")).to_have_text("L’école du port—voiles et mâts.")
    page.keyboard.press("Enter")
    expect(page.locator("article mark")).to_have_text(["port", "voiles"])


def test_signs_of_scripts_without_blanks_have_none_beside_them(page: Page) -> None:
    found = look_for(page, "通过", "1 matching")
    expect(found.locator(".found__excerpt")).to_have_text("测验（CI）通过，“很好”。b.")


@pytest.mark.parametrize("name", ["pagefind", "search"])
def test_notes_called_as_the_folders_of_the_search_are_found(page: Page, name: str) -> None:
    look_for(page, name, "matching").locator(f"a[href='/{name}/']").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_an_index_that_does_not_arrive_is_told_and_asked_for_again(page: Page) -> None:
    page.route(f"**{PIECES}**", lambda route: route.abort())
    look_for(page, "harbours", "could not be loaded")
    page.unroute(f"**{PIECES}**")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("status")).to_have_text("1 matching document", timeout=PATIENCE)


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


@pytest.mark.parametrize(
    "words",
    ["xylophone", "zzyzx", "banana", "通过 banana", "好多"],
    ids=["no note has it", "only a drawing has it", "notes have its letter", "and another word", "its first sign"],
)
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
    page = reader(viewport=PHONE, has_touch=True).new_page()
    page.goto(f"{start}ships/", wait_until="networkidle")
    page.locator("label.md-header__button[for=__search]").tap()
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator("body")).to_have_attribute("data-md-scrolllock", "")  # Material's, somewhat later
    page.keyboard.type("quartermasters")
    page.locator(".md-search").get_by_role("link", name="Crew").tap()
    page.wait_for_timeout(300)  # in which Material would scroll back
    expect(page.get_by_role("heading", name="Crew")).to_be_in_viewport()
    expect(page.locator(".md-search__input")).not_to_be_in_viewport()


def test_keys_open_the_dialog_on_a_narrow_screen_and_lead_back(start: str, reader: Reader) -> None:
    page = reader(viewport=PHONE).new_page()
    page.goto(start, wait_until="networkidle")
    button = page.get_by_role("button", name="Search", exact=True)
    expect(button).to_have_css("color", "rgb(255, 255, 255)")  # as its neighbours
    button.focus()
    page.keyboard.press("Space")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_site_below_a_folder_of_its_host_finds_its_own_pages(tmp_path: Path, reader: Reader, server: Server) -> None:
    server.folder = tmp_path / "host"
    address = f"{ADDRESS}below/it/"
    build(copy_project(tmp_path / "a project", NOTES), server.folder / "below" / "it", address=address)
    page = reader().new_page()
    page.goto(f"{address}sub/größe/")
    look_for(page, "quartermaster", "1 matching").get_by_role("link", name="Crew").click()
    page.wait_for_url(f"{address}ships/#crew")


def test_without_pagefind_the_themes_search_works(tmp_path: Path, reader: Reader, server: Server) -> None:
    project = copy_project(tmp_path / "a project", NOTES)
    server.folder = build(project, tmp_path / "site", mkdocs=MKDOCS_WITHOUT_PAGEFIND)
    page = reader().new_page()
    page.goto(ADDRESS, wait_until="networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.type("quartermasters")
    expect(page.locator(".md-search a[href$='#crew']")).to_be_visible(timeout=PATIENCE)


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
