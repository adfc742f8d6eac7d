"""Every flowchart we write is accepted by Mermaid itself, and drawn with the labels that the author wrote."""

import html
import re

import mermaidx
import pytest
from tests.flowcharts import FLOWCHARTS


@pytest.mark.parametrize("name", FLOWCHARTS)
def test_mermaid_draws_it(name: str) -> None:
    svg = mermaidx.render(FLOWCHARTS[name]).svg()
    assert svg.count('class="node ') == len(re.findall(r'\bn\d+\["', FLOWCHARTS[name]))
    assert "Syntax error" not in svg


def test_mermaid_shows_the_characters_that_were_escaped() -> None:
    svg = html.unescape(mermaidx.render(FLOWCHARTS["markup_in_labels"]).svg())
    assert '<b> & "x" #1; `y`' in svg
    assert "%%{init: 1}%% $" in svg
