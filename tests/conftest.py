"""What tests share."""

from pathlib import Path

import pytest
from tests.sites import ROOT, build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of the real notes, built once."""
    return build(ROOT, tmp_path_factory.mktemp("site"))
