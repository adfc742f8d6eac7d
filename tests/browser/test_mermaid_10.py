"""Every flowchart we write is accepted by Mermaid 10 too; other sites may still serve it."""

from pathlib import Path
from typing import Final

import pytest
from tests.browser.chromium import Reader
from tests.flowcharts import FLOWCHARTS

_MERMAID: Final = Path(__file__).parent / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"


@pytest.mark.skipif(not _MERMAID.is_file(), reason="no Mermaid 10: npm ci --prefix tests/browser")
def test_mermaid_10_accepts_it(reader: Reader) -> None:
    assert FLOWCHARTS
    page = reader().new_page()
    page.add_script_tag(path=_MERMAID)
    for name, flowchart in FLOWCHARTS.items():
        svg = page.evaluate("async text => (await mermaid.render('drawing', text)).svg", flowchart)
        assert "Syntax error" not in svg, name
