"""What a page weighs, and whether it moves, until the reader does something. In: an address. Out: figures."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page

_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifts += value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(slots=True)
class Weight:
    """Bytes that came over the line, headers included."""

    kinds: Counter[str] = field(default_factory=Counter)
    """By the browser's names of kinds: Document, Script, Stylesheet and so on."""
    requests: dict[str, str] = field(default_factory=dict)
    """The kind of each, by the browser's number."""

    @property
    def whole(self) -> int:
        """All kinds."""
        return sum(self.kinds.values())

    @property
    def script(self) -> int:
        """Scripts, those of workers that start by themselves too."""
        return self.kinds["Script"]


def watch(page: Page) -> tuple[CDPSession, Weight]:
    """Count what a page is about to load; the session can slow it down."""
    session = page.context.new_cdp_session(page)
    weight = Weight()

    def arrived(event: dict[str, Any]) -> None:
        kind = "Script" if event["response"]["url"].endswith(".js") else event["type"]
        weight.requests[event["requestId"]] = kind

    def finished(event: dict[str, Any]) -> None:
        weight.kinds[weight.requests.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    session.on("Network.responseReceived", arrived)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    page.add_init_script(_SHIFTS)
    return session, weight


def first_view(window: BrowserContext, address: str) -> tuple[Weight, float]:
    """Open a page in a window without cache: its weight, and how much its layout shifted (the sum, a strict CLS)."""
    page = window.new_page()
    _, weight = watch(page)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(200)
    shifts = float(page.evaluate("window.shifts"))
    page.close()
    return weight, shifts
