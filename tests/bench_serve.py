"""What `mkdocs serve` takes after an edit, side by side with its first build of the same notes.

`python -m tests.bench_serve [COUNT ...]` (default 100 1000) prints seconds, the least of three edits, and their ratio.
"""

import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import mkdocs.commands.serve  # noqa: F401 - by it the build knows that it will be asked again
from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.generated_vault import write
from tests.sites import copy_project

EDITS: Final = 3


def main(counts: list[int]) -> None:
    """Measure and print."""
    logging.disable(logging.WARNING)
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            project = copy_project(Path(folder), {})
            write(project / "docs", count)
            first = _build(project)
            again = min(_after_an_edit(project, number) for number in range(EDITS))
        print(f"{count} notes: first build {first:.2f} s, after an edit {again:.2f} s, {again / first:.0%}")


def _after_an_edit(project: Path, number: int) -> float:
    note = min((project / "docs").rglob("*.md"))
    note.write_text(f"{note.read_text(encoding='utf-8')}\n\nWords number {number}.\n", encoding="utf-8")
    return _build(project)


def _build(project: Path) -> float:
    start = time.perf_counter()
    build(load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site")))
    return time.perf_counter() - start


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [100, 1000])
