"""Types, lint and format, by the programs themselves, with the settings of `pyproject.toml`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKS = {
    "types": ("mypy", "--config-file", str(ROOT / "pyproject.toml")),
    "lint": ("ruff", "check", "--config", str(ROOT / "pyproject.toml")),
    "format": ("ruff", "format", "--check", "--config", str(ROOT / "pyproject.toml")),
}
BAD = {
    "types": "def double(number) -> int:\n    return number * 2\n",
    "lint": "def double(numbers: list[int] = []) -> list[int]:\n    return numbers * 2\n",
    "format": "def double(number: int) -> int:\n  return number*2\n",
}
"""For each check, a file that it complains about."""


def _complaints(check: str, *paths: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", *CHECKS[check], *paths], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@pytest.mark.parametrize("check", CHECKS)
def test_the_project_is_clean(check: str) -> None:
    paths = [] if check == "types" else ["hooks", "tests", "dev.py"]  # mypy's settings name them
    assert _complaints(check, *paths) == ""


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_not_clean_is_told(check: str, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(BAD[check])
    assert "bad.py" in _complaints(check, str(tmp_path / "bad.py"))
