"""The cases of stage 2: a page, and the HTML that the site shows of it (see cases/commonmark/README.md)."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from markdown import Markdown
from tests.commonmark_html import markdown, tree

from notes.parse import read_note
from notes.problems import Kind
from notes.source import NotePath

CASES = Path(__file__).parent / "cases" / "commonmark"
_PART = re.compile(r"^=== (page|becomes)\n", re.MULTILINE)
_BREAK = re.compile(r"<br ?/?>\n?")
_PARAGRAPH_END = re.compile(r"</p>\n?")


@dataclass(frozen=True, slots=True)
class Case:
    """One file."""

    page: str
    becomes: str | None
    """None: every character is shown as text."""


def _case_files() -> list[Path]:
    found = sorted(path for path in CASES.glob("*.md") if path.name != "README.md")
    assert found, f"no cases in {CASES}"
    return found


def _read(path: Path) -> Case:
    _, *parts = _PART.split(path.read_text(encoding="utf-8"))
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    return Case(texts["page"].strip("\n"), texts.get("becomes"))


@pytest.fixture(scope="module")
def md() -> Markdown:
    return markdown()


@pytest.mark.parametrize("path", _case_files(), ids=lambda path: path.stem)
def test_case(path: Path, md: Markdown) -> None:
    case = _read(path)
    html = md.reset().convert(case.page)
    if case.becomes is None:
        assert _shown(html) == case.page
    else:
        assert tree(html) == tree(case.becomes)


def test_each_formula_that_is_shown_as_source_is_told(md: Markdown) -> None:
    shown: dict[str, int] = {}
    told: dict[str, int] = {}
    for path in _case_files():
        page = _read(path).page
        shown[path.stem] = md.reset().convert(page).count('<code class="math">')
        problems = read_note(NotePath("Note.md"), page.encode()).problems
        told[path.stem] = sum(problem.kind is Kind.FORMULA for problem in problems)
    assert told == shown
    assert any(shown.values())


def _shown(html: str) -> str:
    """Give the lines of a page that has only paragraphs; what else it has stays visible as tags."""
    text = _PARAGRAPH_END.sub("\n\n", html.replace("<p>", ""))
    return unescape(_BREAK.sub("\n", text)).strip("\n")
