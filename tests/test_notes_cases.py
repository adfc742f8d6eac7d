"""Stage 1 by its cases: links, review and what else looks at a note."""

from pathlib import Path

import pytest

import notes
from notes_cases import case_files, read_case

FEATURES = ("links", "embeds", "review", "source")


@pytest.mark.parametrize(
    "path",
    [path for feature in FEATURES for path in case_files(feature)],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_case(path: Path) -> None:
    case = read_case(path)
    site = notes.read_site(case.notes, case.assets, notes.Settings())
    pages = notes.note_pages(site)
    made = {path: page.markdown.strip("\n") for path, page in pages.items()}
    problems = (*site.problems, *(problem for page in pages.values() for problem in page.problems))
    told = tuple(notes.as_log_line(problem, "").removeprefix("/") for problem in problems)
    assert made == case.expected
    assert told == case.problems
