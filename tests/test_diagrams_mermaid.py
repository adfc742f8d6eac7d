"""Every flowchart we write is accepted by Mermaid itself, and drawn with the labels that the author wrote."""

import html
import re
from collections.abc import Mapping

import pytest
from tests.flowcharts import FLOWCHARTS
from tests.sites import ROOT

from pictures import KEPT, Drawn, Job, Picture, draw_all


@pytest.fixture(scope="module")
def pictures() -> Mapping[str, Picture]:
    """Return the picture of each flowchart, by its source."""
    drawn = draw_all([Job(source.rstrip(), draws=True) for source in FLOWCHARTS.values()], ROOT / KEPT)
    return {job.source: picture for job, picture in drawn.items()}


@pytest.mark.parametrize("source", FLOWCHARTS.values(), ids=FLOWCHARTS)
def test_mermaid_draws_it(source: str, pictures: Mapping[str, Picture]) -> None:
    picture = pictures[source.rstrip()]
    assert isinstance(picture, Drawn), picture
    assert picture.svg.count('class="node ') == len(re.findall(r'\bn\d+\["', source))


def test_mermaid_shows_the_characters_that_were_escaped(pictures: Mapping[str, Picture]) -> None:
    picture = pictures[FLOWCHARTS["markup_in_labels"].rstrip()]
    assert isinstance(picture, Drawn)
    shown = html.unescape(picture.svg)
    assert '<b> & "x" #1; `y`' in shown
    assert "%%{init: 1}%% $" in shown
