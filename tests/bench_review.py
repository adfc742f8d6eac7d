"""What review costs: the check of a folder, a history, and a flood of flags.

`PYTHONPATH=hooks python -m tests.bench_review` prints CPU seconds, each the least of three: of the check of this
project's notes and of 1,000 made-up ones, start included; of a history of 2,000 commits, of one note and of 500, git
included; and of all that stage 1 does with 2,500, 5,000 and 10,000 flags in one note, with how much a doubling costs
(2 is linear).
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from tests.generated_vault import write
from tests.repositories import Repository, new_repository
from tests.sites import ROOT

from notes import Settings, generated_files, generated_pages, note_pages, read_history, read_site

FLAG = "#I_DONT_LIKE_THIS_REWRITE"
COMMITS = 2000
NOTES = (1, 500)
FLOODS = (2500, 5000, 10000)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, docs in (("this project's notes", ROOT / "docs"), ("1,000 notes", write(Path(folder, "docs"), 1000))):
            print(f"check of {name}: {_least(partial(_check, docs)):.2f} s")
        for count in NOTES:
            repository = _history(Path(folder, f"history of {count}"), count)
            spent = _least(partial(read_history, repository.docs, Settings().labels))
            print(f"history of {COMMITS} commits, {count} notes: {spent:.2f} s")
    costs = [_least(partial(_flood, count)) for count in FLOODS]
    for count, cost in zip(FLOODS, costs, strict=True):
        print(f"{count} flags: {cost:.2f} s")
    print("a doubling:", ", ".join(f"{large / small:.2f}" for small, large in pairwise(costs)))


def _least(work: Callable[[], object]) -> float:
    return min(_cpu(work) for _ in range(3))


def _cpu(work: Callable[[], object]) -> float:
    gc.collect()
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def _check(docs: Path) -> None:
    subprocess.run([sys.executable, "-m", "notes", "check", docs], cwd=ROOT / "hooks", capture_output=True, check=False)


def _history(folder: Path, notes: int) -> Repository:
    """Notes in turn, of which each commit changes a line, each tenth of them a flag."""
    repository = new_repository(folder)
    texts = [[f"Line {number}." for number in range(200)] for _ in range(notes)]
    stream = []
    start = int(time.mktime((2024, 1, 1, 0, 0, 0, 0, 0, 0)))
    for number in range(COMMITS):
        lines = texts[number % notes]
        lines[number % len(lines)] = f"Line {number}.{f' {FLAG}' if number % 10 == 0 else ''}"
        text = "\n\n".join(lines)
        stream.append(
            f"commit refs/heads/main\ncommitter A <a@notes.example> {start + number * 60} +0000\ndata 0\n"
            f"M 100644 inline docs/note{number % notes}.md\ndata {len(text)}\n{text}\n"
        )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input="".join(stream).encode(), check=True)
    repository.git("reset", "--quiet", "--hard")
    return repository


def _flood(count: int) -> None:
    text = "".join(f"## Part {number}\n\nWords {number}. {FLAG} (why {number})\n\n" for number in range(count))
    site = read_site({"Note.md": text.encode()}, [], Settings())
    note_pages(site)
    generated_pages(site)
    generated_files(site)


if __name__ == "__main__":
    main()
