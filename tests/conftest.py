"""What tests share: the site of the real notes, built once, and sites of notes that a test makes up."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MKDOCS = (sys.executable, "-m", "mkdocs")
QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # Material's notice is no warning of ours


def build(project: Path, site: Path) -> Path:
    """Build a project as its users do; a warning fails, and pytest shows it."""
    subprocess.run(
        [*MKDOCS, "build", "--strict", "--quiet", "--site-dir", str(site)], cwd=project, env=QUIET, check=True
    )
    return site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of the real notes."""
    return build(ROOT, tmp_path_factory.mktemp("site"))


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Return a function that makes a copy of the project around notes of its own."""

    def copy(notes: Mapping[str, str]) -> Path:
        folder = tmp_path / "a project"
        for part in ("hooks", "overrides"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", folder)
        for name, text in notes.items():
            note = folder / "docs" / name
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(text, encoding="utf-8")
        return folder

    return copy
