"""Sites to test. In: notes. Out: a copy of the project around them, or the folder of their built site."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
MKDOCS: Final = (sys.executable, "-m", "mkdocs")
_HIDE: Final = "import sys; sys.modules['pagefind_bin'] = None; from mkdocs.__main__ import cli; cli()"
MKDOCS_WITHOUT_PAGEFIND: Final = (sys.executable, "-c", _HIDE)
"""As on a machine for which it is not published."""
ADDRESS: Final = "http://notes.example/"
"""Where the sites say that they are published; Material's instant navigation goes by it."""
PUBLISHED: Final = {
    **os.environ,
    "SITE_URL": ADDRESS,
    "REPO_URL": "https://forge.example/author/notes",
    "NO_MKDOCS_2_WARNING": "1",  # Material's notice is no warning of ours
}
"""What the workflow that publishes the site sets."""

WITHOUT_PRIVILEGES: Final = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Else root may read, enter and change all folders."""


def copy_project(folder: Path, notes: Mapping[str, str]) -> Path:
    """Put the project into a folder, with these notes in place of the author's."""
    for part in ("hooks", "overrides"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (ROOT / ".cache").mkdir(exist_ok=True)
    (folder / ".cache").symlink_to(ROOT / ".cache")  # pictures are kept by content: each is drawn once, not once a test
    for name, text in notes.items():
        note = folder / "docs" / name
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(text, encoding="utf-8")
    return folder


def build(project: Path, site: Path, *, mkdocs: Sequence[str] = MKDOCS, address: str = ADDRESS) -> Path:
    """Build a project as its users do; a warning is an error, which pytest shows."""
    command = [*mkdocs, "build", "--strict", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=project, env={**PUBLISHED, "SITE_URL": address}, check=True)
    return site
