"""A block says the same whatever stands beside it, though a feature is looked for only where a note may have it."""

from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.commonmark_html import markdown

import notes

_INLINE = (
    *("word", "**bold**", "**x: **", "*a [[B]] b*", "==hi==", "~~s~~", "~t~", "`c`", "`[[B]]`", "x_y_z", "“q”", "\\*"),
    *("[[B]]", "[[B|]]", "[[B#H|x *y*]]", "[[C]]", "[[Nope]]", "\\[[B]]", "[l](B.md)", '[l](<B.md#H> "t")', "[[B#^i]]"),
    *(
        "![[a.png|50]]",
        "![p](a.png)",
        "[![[a.png]]](B.md)",
        "$x^2$",
        "$5",
        "$10",
        "$$y$$",
        "#tag",
        "#日本",
        "**「强」**字",
    ),
    *(
        "https://a.example/c_d_e",
        "a@b.example",
        "<b>x</b>",
        "<u>[[B]]</u>",
        "<br>",
        "&amp;",
        "1 < 2",
        "a|b",
        "a %%c%% b",
    ),
)
_WORDS = st.lists(st.sampled_from(_INLINE), min_size=1, max_size=6).map(" ".join)
_SHAPES = (
    "{}",
    "- {}\n- x",
    "1. x\n   - [ ] {}",
    "> {}",
    "> [!note]- {}\n> x",
    "```\n{}\n```",
    "x\n{}",
    "    {}",
    "{} ^id",
)
_BLOCK = st.builds(str.format, st.sampled_from(_SHAPES), _WORDS)
_BESIDE = st.sampled_from(
    (
        *("a %%c%% b", "%%\nx\n\ny\n%%", "$5-$10 x", "$x$", "$$\nz\n$$", "word ^zz\n$$q$$", "https://a.example/_c_ x"),
        *("| a |\n|---|\n| b |", "|a|b|\n|-|-|-|\n|c|d|", "**「强」**字", "~x~", "==x==", "#x", "**bold **", "[[Q]]"),
        *("<div>x</div>", "<!-- c -->", '<a href="#H">x</a>', "> [!tip]\n> x", "![[D]]", "x^[y]", "[r]: B.md", "\ttab"),
        *("`", "$", "<", "[[", "**", "==", "***"),
    )
)


def _said(text: str) -> tuple[list[str], list[str]]:
    """The words and elements of a note's page, and how the notes that it leads to quote it."""
    files = {"A.md": text.encode(), "B.md": b"## H\n\nb ^i\n", "C.md": b"c\n", "D.md": b"d\n"}
    pages = notes.note_pages(notes.read_site(files, ["a.png"], notes.Settings()))
    page, *others = (BeautifulSoup(markdown().convert(pages[path].markdown), "html.parser") for path in sorted(files))
    for foot in page.select("aside, .footnote, .md-tags"):
        foot.decompose()
    content = [part for part in map(str, page.contents) if part.strip()]
    return content, [str(quote) for other in others for quote in other.select("blockquote")]


@settings(deadline=None)
@given(_BLOCK, _BESIDE)
@example("See [[B|]].", "a %%c%% b")
def test_a_block_says_the_same_beside_any_other(block: str, beside: str) -> None:
    content, quotes = _said(f"{block}\n\nx")
    content_above, quotes_above = _said(f"{block}\n\nx\n\n{beside}")
    assert content_above[: len(content)] == content
    assert [quote for quote in quotes_above if quote in quotes] == quotes
    content, quotes = _said(f"x\n\n{block}")
    content_below, quotes_below = _said(f"{beside}\n\nx\n\n{block}")
    assert content_below[-len(content) :] == content
    assert [quote for quote in quotes_below if quote in quotes] == quotes
