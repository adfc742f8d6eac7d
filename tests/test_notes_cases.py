"""Stage 1 by its cases: links, review and what else looks at a note."""

from pathlib import Path

import pytest

import notes
from notes_cases import case_files, read_case

FEATURES = ("links", "review", "source")


@pytest.mark.parametrize(
    "path",
    [path for feature in FEATURES for path in case_files(feature)],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_case(path: Path) -> None:
    case = read_case(path)
    site = notes.read_site(case.notes, case.assets, notes.Settings())
    made = {name: notes.note_page(site, notes.NotePath(name)).markdown.strip("\n") for name in case.notes}
    told = tuple(notes.as_log_line(problem, "").removeprefix("/") for problem in site.problems)
    assert made == case.expected
    assert told == case.problems
