"""Every flowchart we write is accepted by Mermaid itself, and drawn with the labels that the author wrote."""

import html
import os
import re
import shutil
from pathlib import Path
from typing import Final

import mermaidx
import pytest
from playwright.sync_api import sync_playwright

_CASES: Final = sorted(Path(__file__).parent.joinpath("cases", "diagrams").glob("*.md"))
_MERMAID: Final = re.compile(r"^```mermaid\n((?:.*\n)*?)```$", re.MULTILINE)
_FLOWCHARTS: Final = {case.stem: found[1] for case in _CASES if (found := _MERMAID.search(case.read_text("utf-8")))}


@pytest.mark.parametrize("name", _FLOWCHARTS)
def test_mermaid_draws_it(name: str) -> None:
    svg = mermaidx.render(_FLOWCHARTS[name]).svg()
    assert svg.count('class="node ') == len(re.findall(r'\bn\d+\["', _FLOWCHARTS[name]))
    assert "Syntax error" not in svg


def test_mermaid_shows_the_characters_that_were_escaped() -> None:
    svg = html.unescape(mermaidx.render(_FLOWCHARTS["markup_in_labels"]).svg())
    assert '<b> & "x" #1; `y`' in svg
    assert "%%{init: 1}%% $" in svg


def test_another_mermaid_accepts_it() -> None:
    """Any release of Mermaid, such as 10: MERMAID_JS names its `mermaid.min.js`."""
    script = os.environ.get("MERMAID_JS")
    if not script:
        pytest.skip("MERMAID_JS names no other Mermaid: only the one that the site serves is tested")
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(path=script)
        for name, flowchart in _FLOWCHARTS.items():
            svg = page.evaluate("async text => (await mermaid.render('drawing', text)).svg", flowchart)
            assert "Syntax error" not in svg, name
        browser.close()
