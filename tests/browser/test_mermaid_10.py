"""Every flowchart we write is accepted by Mermaid 10 too; other sites may still serve it."""

import pytest
from tests.browser import mermaid_10
from tests.browser.chromium import Reader
from tests.flowcharts import FLOWCHARTS


@pytest.mark.skipif(not mermaid_10.SCRIPT.is_file(), reason="no Mermaid 10: npm ci --prefix tests/browser")
def test_mermaid_10_accepts_it(reader: Reader) -> None:
    assert FLOWCHARTS
    assert mermaid_10.refused(reader(), FLOWCHARTS) == []
