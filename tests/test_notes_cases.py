"""Stage 1 by its cases: links, review and what else looks at a note."""

from pathlib import Path

import pytest
from tests.case_files import case_files
from tests.notes_cases import read_case

import notes

FEATURES = (
    *("links", "embeds", "backlinks", "tags", "review", "schemes", "drawings", "source", "html", "titles"),
    *("scenes", "canvases", "bases"),
)
FOOT = '\n<aside class="backlinks"'


@pytest.mark.parametrize(
    "case_file",
    [path for feature in FEATURES for path in case_files(feature)],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_case(case_file: Path) -> None:
    case = read_case(case_file)
    site = notes.read_site(case.notes, case.assets, notes.Settings())
    pages = notes.note_pages(site)
    keeps_foot = case_file.parent.name == "backlinks"
    made = {path: _text(page.markdown, keeps_foot=keeps_foot) for path, page in pages.items()}
    problems = (*site.problems, *(problem for page in pages.values() for problem in page.problems))
    told = tuple(notes.as_log_line(problem, "").removeprefix("/") for problem in problems)
    assert made == case.expected
    assert told == case.problems


def _text(markdown: str, *, keeps_foot: bool) -> str:
    """Who links to a note is the business of `backlinks/`; the other cases look at the author's text."""
    return (markdown if keeps_foot else markdown.partition(FOOT)[0]).strip("\n")
