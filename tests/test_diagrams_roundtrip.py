"""The law of the round trip: a graph that another program draws is read back as it was.

Where the program is missing the tests are skipped, but not in CI.
"""

import os
from typing import Final

import pytest
from tests.easy_graphs import STYLES, drawn, is_read_back, program

_GRAPHS: Final = 150
_SHARE: Final = 0.99


@pytest.fixture(scope="module")
def perl() -> str:
    perl = program()
    if perl is None:
        complain = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        complain("libgraph-easy-perl is missing: the round trip of random graphs is NOT tested")
    return str(perl)


@pytest.mark.parametrize("style", STYLES)
def test_a_drawn_graph_is_read_back(perl: str, style: str) -> None:
    pairs = drawn(perl, style, range(_GRAPHS))
    failed = [drawing for graph, drawing in pairs if not is_read_back(graph, drawing)]
    assert len(pairs) > _GRAPHS * 0.8
    assert len(failed) <= len(pairs) * (1 - _SHARE), "\n".join(failed)
