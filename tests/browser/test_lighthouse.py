"""Lighthouse finds nothing to mend in accessibility, best practices and what search engines need.

Its score for speed is noise where other programs run beside it: `python -m tests.bench_lighthouse` prints it.
"""

from collections.abc import Iterator

import pytest
from tests.browser import lighthouse
from tests.browser.chromium import serving
from tests.browser.npm import need
from tests.sites import ROOT, build


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the site of the real notes: this machine's, which counts as safe without a certificate."""
    need(lighthouse.can_run(), "NO LIGHTHOUSE: no page was audited")
    with serving() as server:
        address = f"http://localhost:{server.server_port}/"
        server.folder = build(ROOT, tmp_path_factory.mktemp("published"), address=address)
        yield address


@pytest.mark.parametrize("page", ["", "the-ops/", "review/"], ids=["home", "note", "review"])
def test_it_has_nothing_to_mend(published: str, page: str) -> None:
    scores, lost = lighthouse.audit(published + page)
    assert not lost
    assert {name: score for name, score in scores.items() if name != "performance"} == {
        "accessibility": 100,
        "best-practices": 100,
        "seo": 100,
    }
