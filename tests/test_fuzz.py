"""Any folder of notes goes all the way: stage 1, stage 2, the search's reader, export, the diagram reader.

A minute in continuous integration; `FUZZ=20000 python3 dev.py test tests/test_fuzz.py` looks longer. What it finds
becomes a case in `cases/`.
"""

import os
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser
from tests.commonmark_html import markdown

import notes
from notes import diagrams
from notes.plain import plain

EXAMPLES: Final = int(os.environ.get("FUZZ", "150"))

_SIGNS: Final = (
    *("# ", "## ", "> ", "- ", "1. ", "- [x] ", "    ", "\n", "\n\n", "\n\n\n", "\t", "\r\n", "```\n", "~~~\n"),
    *("---\n", "title: ", "tags: [", "aliases:\n- ", "]\n", "publish: false\n", "&a ", "*a", "<<: ", "!!int ", "? "),
    *("[[", "]]", "![[", "A", "B", "|", "#", "^id", "#A", "#^id", "[", "](", ")", "![", "javascript:", "irc:", "data:"),
    *("<b>", "</b>", "<p>", "</p>", "<h2 id=a>", "</h2>", "<li>", "</li>", "<ul>", "<object>", "</object>", "<code>"),
    *("<div data-search-exclude>", "</div>", "<!--", "-->", "<script>", "<style>", "<a name=x>", "<?", "<!["),
    *("CDATA[", "<br>"),
    *("**", "_", "`", "``", "==", "~~", "$", "$$", "%%", "\n%%\n", "[^1]", "[^1]: ", "\\", "&amp;", "&#0;", "[x]: y\n"),
    *("#I_DONT_LIKE_THIS_REWRITE", " (why)", "#tag", "> [!note]- ", "|a|b|\n|-|-|\n", "+--+\n|a |\n+--+\n", "-->", "│"),
    *("a ", "word ", "é", "日", "\u202e", "\u2028", "\x00", "\x02", "\x85", "\ufeff", "😀", "http://a.b", "@", "::"),
    "##[",
)
TEXTS: Final = st.lists(st.sampled_from(_SIGNS), max_size=50).map("".join)
_LINES: Final = (*"+-|<>^v/\\ ab\n─│┌┐└┘▶▼→", "+--+", "| a |", "-->", "\n")
_DRAWINGS: Final = st.lists(st.sampled_from(_LINES), max_size=120).map("".join)
_BYTES: Final = TEXTS.map(str.encode) | st.binary(max_size=60) | TEXTS.map(lambda text: text.encode("utf-16"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(_BYTES, _BYTES)
def test_any_two_notes_go_all_the_way(one: bytes, other: bytes) -> None:
    site = notes.read_site({"A.md": one, "b/B.md": other}, ["a.png"], notes.Settings())
    pages = [*notes.note_pages(site).values(), *notes.generated_pages(site)]
    assert notes.generated_files(site)
    for page in pages:
        reader = Parser()
        reader.feed(markdown().convert(page.markdown))
        reader.close()
        plain(notes.NotePath(page.path), page.markdown)
    told = [*site.problems, *(problem for page in pages for problem in page.problems)]
    assert all("\n" not in notes.as_log_line(problem, "docs") for problem in told)
    assert not [problem for problem in told if problem.kind.code == "our-fault"]


@settings(max_examples=EXAMPLES, deadline=None)
@given(_DRAWINGS)
def test_any_drawing_is_read_or_declined(drawing: str) -> None:
    reading = diagrams.read(drawing)
    assert diagrams.mermaid(reading) if isinstance(reading, diagrams.Read) else reading.reason
