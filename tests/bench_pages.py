"""What a page costs its reader, side by side with plain Material on the same notes in one run.

`PYTHONPATH=hooks python -m tests.bench_pages [TIMES]` (default 3) builds the author's notes with this project, with
plain Material as they are, and with plain Material after `notes export`, so that the browser draws the drawings with
the same Mermaid. It prints what the first view of the note weighs, compressed, by kind; and on a slow phone (a quarter
of this CPU, 1.6 Mbit/s, 150 ms) the seconds until the first text, the largest element and the last drawing, the least
of all times. Then a note among 1,000 made-up ones, and what the first search costs there.
"""

import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

import dev
from playwright.sync_api import Browser
from tests.browser import chromium
from tests.browser.weights import SHIFTS, Weight, wait_until_quiet, weigh
from tests.generated_vault import write
from tests.sites import ADDRESS, MKDOCS, ROOT, build, copy_project

from pictures import LIBRARY

PLAIN: Final = """\
site_name: Plain
site_url: {address}
theme:
  name: material
  font: false
  features: [navigation.instant, navigation.prune, navigation.indexes, content.code.copy]
plugins: [search]
markdown_extensions:
  - toc: {{permalink: true}}
  - tables
  - pymdownx.highlight
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
extra_javascript: [{scripts}]
docs_dir: {docs}
site_dir: {site}
"""
PHONE: Final = {"width": 390, "height": 844}
SLOW_4G: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
SLOWER_CPU: Final = 4
DRAWINGS: Final = 8
"""In the note."""
_PATIENCE: Final = 120_000
"""Milliseconds."""

# What the browser draws is in a shadow root, which the tests' windows open; its host comes with the drawing.
_DRAWN: Final = ".picture svg, div.mermaid"
_TIMES: Final = """
window.first = window.largest = window.drawn = 0;
const keep = (name, type) => new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (entry.name !== "first-paint") window[name] = entry.startTime;
}).observe({ type, buffered: true });
keep("first", "paint");
keep("largest", "largest-contentful-paint");
const arrivals = new MutationObserver(() => {
  if (document.querySelectorAll("%s").length < %d) return;
  arrivals.disconnect();
  requestAnimationFrame(() => { window.drawn = performance.now(); });
});
arrivals.observe(document, { childList: true, subtree: true });
"""


def main(times: int) -> None:
    """Measure and print."""
    program = dev.find_browser() or sys.exit("no browser: set CHROMIUM to one")
    with tempfile.TemporaryDirectory() as folder, chromium.serving() as server:
        few = _sites(Path(folder, "few"), ROOT / "docs", "the-ops/", "The%20Ops/")
        many = _sites(
            Path(folder, "many"), write(Path(folder, "notes"), 1000), "part-1/release-1/", "part%201/Release%201/"
        )
        with chromium.launched(program, server) as browser:
            for title, places in (("The note, with its drawings", few), ("One of 1,000 notes", many)):
                print(title)
                for place in places:
                    _print(place.name, [_view(browser, server, place) for _ in range(times)])
            print(f"The first search among 1,000 notes: {_search(browser, server, many[0]):.1f} KB more")


class Place(NamedTuple):
    """A built site, and a page of it."""

    name: str
    site: Path
    address: str


def _sites(folder: Path, docs: Path, ours: str, theirs: str) -> tuple[Place, ...]:
    project = copy_project(folder / "project", {})
    shutil.copytree(docs, project / "docs")
    exported = folder / "exported"
    export = [sys.executable, "-m", "notes", "export", str(docs), str(exported)]
    subprocess.run(export, env={"PYTHONPATH": str(ROOT / "hooks")}, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(LIBRARY, exported / "mermaid.js")
    with contextlib.redirect_stderr(io.StringIO()):  # wanted notes are not what is measured
        site = build(project, folder / "ours")
    return (
        Place("this project", site, ours),
        Place("plain Material", _plain(folder, docs, "plain", ""), theirs),
        Place("plain Material that draws", _plain(folder, exported, "drawing", "mermaid.js"), theirs),
    )


def _plain(folder: Path, docs: Path, name: str, scripts: str) -> Path:
    site, config = folder / name, folder / f"{name}.yml"
    config.write_text(PLAIN.format(address=ADDRESS, docs=docs, site=site, scripts=scripts), encoding="utf-8")
    command = [*MKDOCS, "build", "--quiet", "--config-file", str(config)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return site


class View(NamedTuple):
    """What one view costs: bytes by kind, and on a slow phone seconds."""

    weight: Weight
    shift: float
    first_text: float
    largest: float
    drawn: float


def _view(browser: Browser, server: chromium.Server, place: Place) -> View:
    server.folder = place.site
    server.sent.clear()
    with chromium.window(browser, viewport=PHONE) as window:
        page = window.new_page()
        session = window.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
        page.add_init_script(SHIFTS + _TIMES % (_DRAWN, DRAWINGS))
        page.goto(ADDRESS + place.address, wait_until="networkidle", timeout=_PATIENCE)
        if page.locator("pre.mermaid, " + _DRAWN).count():
            page.wait_for_function("window.drawn > 0", timeout=_PATIENCE)
        wait_until_quiet(page, server)
        return View(weigh(server), *page.evaluate("[shifts, first / 1000, largest / 1000, drawn / 1000]"))


def _search(browser: Browser, server: chromium.Server, place: Place) -> float:
    """KB that come when a reader opens the search and types a word."""
    server.folder = place.site
    with chromium.window(browser) as window:
        page = window.new_page()
        page.goto(ADDRESS + place.address, wait_until="networkidle")
        wait_until_quiet(page, server)
        server.sent.clear()
        page.keyboard.press("Control+k")
        page.keyboard.type("pipeline")
        page.wait_for_selector(".md-search li a", timeout=_PATIENCE)
        wait_until_quiet(page, server)
        return weigh(server).whole / 1000


def _print(name: str, views: list[View]) -> None:
    weight = views[0].weight
    kinds = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sorted(weight.kinds.items()) if size)
    first, largest = min(view.first_text for view in views), min(view.largest for view in views)
    drawn = min(max(view.first_text, view.drawn) for view in views)  # its frame comes to the eye with the first text
    said = f", all drawn {drawn:.1f} s" if all(view.drawn for view in views) else ", nothing drawn"
    print(f"  {name}: {weight.whole / 1000:.1f} KB ({kinds}), layout shift {views[0].shift:.3f}")
    print(f"    first text {first:.1f} s, largest {largest:.1f} s{said}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
