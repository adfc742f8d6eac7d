"""The policy of each page: a script that somebody brought in does not run, and nothing of the site is refused.

That nothing is refused, each test with a browser asks too: see `reader`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from tests.browser import chromium
from tests.browser.chromium import PATIENCE, Reader, Shown
from tests.crawl import one

LIVE = """# Live

<script>document.title = "ran"</script>

<img src="nothing.png" onerror="document.title = 'ran'">

<a href="javascript:document.title = 'ran'" id="link">a link</a>

<script src="https://elsewhere.example/x.js"></script>

<script src="../own.js"></script>

<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">

<p style="background: url(https://elsewhere.example/x.png)">Words.</p>
"""

RUNS = "document.title = 'ran'; parent.document.title = 'ran'"
FRAMED = """# Framed

<iframe src="page.html"></iframe>

<iframe src="../folder.pdf"></iframe>

<iframe srcdoc="&lt;script src='../own.js'>&lt;/script>"></iframe>

<object data="picture.svg" type="image/svg+xml"></object>

<embed src="picture.svg">

<div>
<scr<meta>ipt src="../own.js"></script>
</div>

<script a=b"></script><script src="../own.js"></script>">

<script type="module" src="../own.js"></script>

<p id="__config" hidden>{"base": "..", "features": [], "search": "../own.js"}</p>

<pre class="mermaid">mermaid2 writes this page anew</pre>
"""
FRAMED_FILES = {
    "index.md": "[framed](framed.md)",
    "framed.md": FRAMED,
    "own.js": RUNS,
    "page.html": f"<script>{RUNS}</script><img src='https://elsewhere.example/x.png'>",
    "folder.pdf/index.html": f"<script>{RUNS}</script>",
    "picture.svg": f"<svg xmlns='http://www.w3.org/2000/svg'><script>{RUNS}</script></svg>",
}


@pytest.fixture
def victim(browser: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """Return a window, and what its browser refuses."""
    with chromium.window(browser) as context:
        refused: list[str] = []
        context.on("console", lambda told: refused.append(told.text) if chromium.POLICY in told.text else None)
        yield context, refused


def test_every_page_has_a_policy_before_what_it_governs(site: Path) -> None:
    for page in site.rglob("*.html"):
        policy = one(page, "head > meta[http-equiv=Content-Security-Policy]")
        assert "default-src 'none'" in str(policy["content"]), page
        assert "unsafe-inline" not in str(policy["content"]).partition("script-src")[2].partition(";")[0]
        assert not policy.find_all_previous(["script", "style"])
        assert one(page, "meta[charset]")
        assert page.read_bytes().index(b"charset") < 1024  # where browsers look for it


def test_what_a_note_brings_in_does_not_run(shown: Shown, victim: tuple[BrowserContext, list[str]]) -> None:
    page, refused = victim[0].new_page(), victim[1]
    failed: dict[str, str | None] = {}
    page.on("requestfailed", lambda request: failed.update({request.url: request.failure}))
    files = {"index.md": "[live](live.md)", "live.md": LIVE, "own.js": "document.title = 'ran'"}
    page.goto(f"{shown(files)}live/", wait_until="networkidle")
    page.locator("#link").click()
    page.evaluate("() => document.body.append(Object.assign(document.createElement('script'), {text: 'x = 1'}))")
    assert page.title() == "Live - The Ops"
    assert page.evaluate("typeof x") == "undefined"
    assert set(failed.values()) == {"csp"}
    assert len(refused) == 4  # scripts are none before they could be refused


def test_what_a_note_brings_in_by_a_frame_or_a_spelling_does_not_run(
    shown: Shown, victim: tuple[BrowserContext, list[str]]
) -> None:
    page = victim[0].new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{shown(FRAMED_FILES)}framed/", wait_until="networkidle")
    assert page.title() == "Framed - The Ops"
    unasked = ("own.js", "x.png", "page.html", "folder.pdf/", "picture.svg")
    assert not [address for address in asked if address.endswith(unasked)]
    expect(page.get_by_role("link", name="page.html")).to_have_count(1)
    assert page.evaluate("document.querySelector('#__config').type") == "application/json"  # the theme's own


def test_what_a_note_brings_in_does_not_run_after_instant_navigation(
    shown: Shown, victim: tuple[BrowserContext, list[str]]
) -> None:
    page = victim[0].new_page()
    page.goto(shown({"index.md": "[live](live.md)", "live.md": LIVE}))
    page.get_by_role("article").get_by_role("link", name="live", exact=True).click()
    expect(page.locator("#link")).to_be_visible(timeout=PATIENCE)
    page.locator("#link").click()
    expect(page).to_have_title("Live - The Ops")


def test_what_readers_do_is_allowed_on_every_page(site: Path, address: str, reader: Reader) -> None:
    page = reader(color_scheme="light").new_page()
    names = [path.parent.relative_to(site).as_posix() for path in sorted(site.rglob("index.html"))]
    for name in names:
        page.goto(f"{address}{name}/", wait_until="networkidle")
        page.locator("label[for=__palette_1]").click()
        page.reload(wait_until="networkidle")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.locator("label[for=__palette_0]").click()
        page.evaluate("window.stayed = true")
        page.locator(".md-header a.md-logo").click()
        page.wait_for_url(address)
        assert page.evaluate("window.stayed")
    assert len(names) > 5


def test_a_page_opened_from_the_disk_is_dressed(site: Path, reader: Reader) -> None:
    page = reader().new_page()
    page.goto((site / "the-ops" / "index.html").as_uri())
    expect(page.locator("article")).to_be_visible()
    expect(page.locator(".md-header")).to_have_css("position", "sticky")
