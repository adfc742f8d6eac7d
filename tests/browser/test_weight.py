"""No page is heavy or moves under the reader; counted is all that loads before the reader does something."""

from pathlib import Path

import pytest
from tests.browser.chromium import Reader
from tests.browser.weights import first_view

WHOLE = 100_000
"""Bytes, compressed, of the page and all that it loads."""
SCRIPT = 40_000
SHIFT = 0.02

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_is_heavy_or_moves(site: Path, address: str, reader: Reader, viewport: dict[str, int]) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    assert "the-ops/index.html" in names
    for name in sorted(names):
        weight, shift = first_view(reader(viewport=viewport), address + name.removesuffix("index.html"))
        assert weight.kinds["Stylesheet"], "nothing was counted"
        assert weight.whole <= WHOLE, (name, weight.kinds)
        assert weight.script <= SCRIPT, (name, weight.kinds)
        assert shift <= SHIFT, name


def test_the_note_shows_its_eight_diagrams_without_a_script(site: Path) -> None:
    assert (site / "the-ops" / "index.html").read_text(encoding="utf-8").count('class="picture"') == 8
