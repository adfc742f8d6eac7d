"""The cases of stage 2: a page, and the HTML that the site shows of it (see cases/commonmark/README.md)."""

import re
from html import unescape
from pathlib import Path

import pytest
from markdown import Markdown
from tests.case_files import case_files, parts
from tests.commonmark_html import markdown, tree

from commonmark.extension import CommonMark
from notes.parse import read_note
from notes.problems import Kind
from notes.source import NotePath

_BREAK = re.compile(r"<br ?/?>\n?")
COSTLY = rf"$\def\a{{\unknown {'x' * 400}}}$" + r" $\a\a\a\a\a\a\a\a\a\a$" * 30 + r" $\def\b{y}\b$"
"""Formulas of which none can be read but the first and the last, for which a page has room if each counts once."""
_PARAGRAPH_END = re.compile(r"</p>\n?")


@pytest.fixture(scope="module")
def md() -> Markdown:
    return markdown()


@pytest.mark.parametrize("path", case_files("commonmark"), ids=lambda path: path.stem)
def test_case(path: Path, md: Markdown) -> None:
    case = parts(path)
    html = md.reset().convert(case["page"])
    if "becomes" in case:
        assert tree(html) == tree(case["becomes"])
    else:  # every character is shown as text
        assert _shown(html) == case["page"]


def test_in_a_site_from_right_to_left_a_block_of_other_letters_begins_at_the_left() -> None:
    page = "Words, `code`.\n\nעברית\n\n1\n\n- עברית\n- words.\n\n> words\n"
    becomes = """<p dir="ltr">Words, <code>code</code>.</p>
<p>עברית</p>
<p>1</p>
<ul><li>עברית</li>
<li dir="ltr">words.</li>
</ul>
<blockquote dir="ltr"><p>words</p>
</blockquote>"""
    assert tree(markdown(direction="rtl").convert(page)) == tree(becomes)


def test_a_flag_comes_at_the_end_of_a_heading_without_a_permalink_too() -> None:
    html = Markdown(extensions=["toc", CommonMark()]).convert(
        '## A [r](review.md#flag-x "marks this section") *b*\n\nc'
    )
    assert html.index("<em>b</em>") < html.index('<a class="flag"') < html.index("</h2>")


def test_each_formula_that_is_shown_as_source_is_told(md: Markdown) -> None:
    pages = {path.stem: parts(path)["page"] for path in case_files("commonmark")}
    pages |= {"what is said is paid for once": COSTLY}
    shown = {name: md.reset().convert(page).count('<code class="math">') for name, page in pages.items()}
    told = {name: _told(page) for name, page in pages.items()}
    assert told == shown
    assert any(shown.values())


def _told(page: str) -> int:
    problems = read_note(NotePath("Note.md"), page.encode()).problems
    return sum(problem.kind is Kind.FORMULA for problem in problems)


def _shown(html: str) -> str:
    """Give the lines of a page that has only paragraphs; what else it has stays visible as tags."""
    text = _PARAGRAPH_END.sub("\n\n", html.replace("<p>", ""))
    return unescape(_BREAK.sub("\n", text)).strip("\n")
