"""Mermaid 10 in a browser. In: flowcharts. Out: the names of those that it does not accept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext

SCRIPT: Final = Path(__file__).parent / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
"""Where `npm ci --prefix tests/browser` puts it."""
_DRAW: Final = (
    "async text => { try { return (await mermaid.render('drawing', text)).svg } catch (e) { return `${e}` } }"
)


def refused(window: BrowserContext, flowcharts: Mapping[str, str]) -> list[str]:
    """The names of the flowcharts that are not drawn."""
    page = window.new_page()
    page.add_script_tag(path=SCRIPT)
    return [name for name, text in flowcharts.items() if not _is_drawn(str(page.evaluate(_DRAW, text)))]


def _is_drawn(svg: str) -> bool:
    return svg.startswith("<svg") and "Syntax error" not in svg
