"""What tests take from npm: where it is, and what becomes of a test when it is not there."""

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

MODULES: Final = Path(__file__).parent / "node_modules"


def need(is_there: object, untested: str) -> None:
    """Without a part that a test needs, skip it; fail where the project is checked for all and npm is there."""
    if not is_there:
        complain = pytest.fail if os.environ.get("CI") and shutil.which("npm") else pytest.skip
        complain(f"{untested}; npm ci --prefix tests/browser")
