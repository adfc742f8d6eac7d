"""What a page weighs, and whether it moves, until the reader does something. In: an address. Out: figures."""

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from playwright.sync_api import BrowserContext, Page
from tests.browser.chromium import Server

SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifts += value;
}).observe({ type: "layout-shift", buffered: true });
"""
"""The sum of all shifts of the layout; what is known as CLS is the worst run of them."""

_QUIET = 700
"""Milliseconds in which nothing may be asked for any more."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Compressed bytes, without headers."""

    kinds: Counter[str]
    """By the ending of the file: `html`, `js`, `css` and so on."""

    @property
    def whole(self) -> int:
        """All kinds."""
        return sum(self.kinds.values())


def weigh(server: Server) -> Weight:
    """Give what the server has sent since its count was set anew."""
    kinds: Counter[str] = Counter()
    for path, size in server.sent.items():
        kinds[PurePosixPath(path).suffix.removeprefix(".") or "html"] += size
    return Weight(kinds)


def wait_until_quiet(page: Page, server: Server) -> None:
    """Wait until page and workers ask for nothing more."""
    before = -1
    while before != sum(server.sent.values()):
        before = sum(server.sent.values())
        page.wait_for_timeout(_QUIET)


def first_view(server: Server, window: BrowserContext, address: str) -> tuple[Weight, float]:
    """Open a page in a window without cache: its weight, and how much its layout shifted."""
    server.sent.clear()
    page = window.new_page()
    page.add_init_script(SHIFTS)
    page.goto(address, wait_until="networkidle")
    wait_until_quiet(page, server)
    shifts = float(page.evaluate("window.shifts"))
    page.close()
    return weigh(server), shifts
