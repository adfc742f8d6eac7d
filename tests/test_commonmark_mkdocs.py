"""What MkDocs reads of a page must be there: its title, contents, ids, and links to judge."""

import logging

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from tests.commonmark_html import site_config


def _render(**texts: str) -> dict[str, Page]:
    """Render pages that know of each other, as MkDocs does."""
    config = site_config()
    files = Files([File.generated(config, f"{name}.md", content=text) for name, text in texts.items()])
    pages = {name: _page(files, f"{name}.md", text, config) for name, text in texts.items()}
    for page in pages.values():
        page.render(config, files)
    for page in pages.values():
        page.validate_anchor_links(files=files, log_level=logging.WARNING)
    return pages


def _page(files: Files, path: str, text: str, config: MkDocsConfig) -> Page:
    file = files.get_file_from_path(path)
    assert file is not None
    page = Page(None, file, config)
    page.markdown = text
    return page


def test_the_sole_first_heading_is_the_title() -> None:
    page = _render(a='# *The* `Title` [r](review.md#flag-x "marks this section")\n\ntext', review="x")["a"]
    assert page.title == "The Title"


def test_a_comment_before_the_title_hides_nothing() -> None:
    assert _render(a="<!-- x -->\n# Title\n\ntext")["a"].title == "Title"


def test_a_page_without_a_sole_title_is_named_by_its_file() -> None:
    assert _render(a="# One\n\nx\n\n# Two\n\ny")["a"].title == "A"


def test_the_contents_have_our_ids_and_no_flags() -> None:
    text = '# T\n\n## ==A== `b` [r](review.md#flag-x "marks this section")\n\nx\n\n### A b\n\ny'
    (title,) = _render(a=text, review="x")["a"].toc.items
    (section,) = title.children
    assert (section.title, section.id) == ("A b", "a-b")
    assert [child.id for child in section.children] == ["a-b-1"]


def test_the_contents_name_a_heading_by_what_is_seen_of_it() -> None:
    pictures = "## ![A *map* & more](x.png) [![two](y.png)](z.md)\n\nx\n\n## ![](x.png)\n\nx\n\n## b ![c](x.png)\n\nx"
    wanted = '## A (not written yet) **[wish](wanted.md#wanted-wish "not written yet")** `<d>` \\= ==m== ^id'
    page = _render(a=f"{pictures}\n\n{wanted}", wanted="x")["a"]
    names = [section.title for section in page.toc]
    assert names == ["A map &amp; more two", "", "b", "A (not written yet) wish &lt;d&gt; = m"]
    assert "data-toc-label" not in (page.content or "")


def test_links_to_notes_become_addresses() -> None:
    page = _render(a="[b](b.md#bee) ![p](b.md)\n\n[e](http://x.y/?a=1&copy=2)", b="## Bee\n\nx")["a"]
    assert 'href="../b/#bee"' in (page.content or "")
    assert 'href="http://x.y/?a=1&amp;copy=2"' in (page.content or "")


def test_a_player_has_the_address_that_the_picture_would_have() -> None:
    config = site_config()
    files = Files(
        [File.generated(config, "d/a.md", content="x"), File.generated(config, "d/My film.mp4", content=b"x")]
    )
    page = _page(files, "d/a.md", "![f](<My film.mp4>)", config)
    page.render(config, files)
    assert 'src="../My%20film.mp4"' in (page.content or "")


@pytest.mark.parametrize(
    "text",
    [
        "[x](b.md#bee)",
        "[x](b.md#ü-日本)",
        "[x](b.md#%C3%BC-%E6%97%A5%E6%9C%AC)",
        "[x](b.md#block)",
        "[x](b.md#raw)",
        "[x](b.md#named)",
        "[x](b.md#also)",
        "[x](b.md#fnref:1)",
        "[x](#own)\n\n## Own\n\nx",
        "a <![x [[y",
    ],
)
def test_a_link_that_leads_somewhere_is_left_alone(text: str, caplog: pytest.LogCaptureFixture) -> None:
    other = (
        "## Bee\n\n## Ü 日本\n\nx ^block\n\n<div id=raw>\n</div>\n\n"
        "z <a name='named' id=also></a> f[^1]\n\n[^1]: F\n\na <![x"
    )
    _render(a=text, b=other)
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x](nope.md)", "'a.md' contains a link 'nope.md'"),
        ("![x](nope.png)", "'a.md' contains a link 'nope.png'"),
        ("[x](b.md#nope)", "'a.md' contains a link 'b.md#nope'"),
        ("[x](#nope)", "'a.md' contains a link '#nope'"),
        ("- > | [x](b.md#nope) |\n  > |-|", "'a.md' contains a link 'b.md#nope'"),
    ],
)
def test_a_dead_link_is_told(text: str, told: str, caplog: pytest.LogCaptureFixture) -> None:
    _render(a=text, b="## Bee\n\nx")
    (message,) = caplog.messages
    assert told in message
