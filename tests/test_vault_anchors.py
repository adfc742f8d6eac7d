"""The anchors of stage 1 are those of the page: its headings and blocks, asked of pages that are really made."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commonmark_html import markdown
from tests.crawl import dead, soup, words
from tests.sites import ADDRESS, build, copy_project

import notes
from notes.anchors import find_heading
from notes.names import folded, normal, stripped
from notes.note import Heading, Note
from notes.parse import read_note

_FLAG = "#I_DONT_LIKE_THIS_REWRITE"
_PIECES = (
    *("Setup", "setup", "Setup 1", "**bold**", "*em* ", "`a  b`", "==mark==", "~~old~~", "$x^2$", "$5", "a_b_c", "\\*"),
    *("[link](https://x.y)", "[[Git]]", "[[Git|the *label*]]", "[[Git#Part]]", "[[Nope]]", "[[#Setup]]", "[ref]"),
    *("![[x.png]]", "![[x.png|300]]", "![[nope.png]]", "![[Git]]", "![alt](x.png)", "![alt](nope.png)", "![[Nope]]"),
    *("[file](nope.pdf)", "&amp;", "& ", "&copy;", "&lt;b&gt;", "<b>", "</b>", "<!-- c -->", "%%c%%", "%%", "[^1]"),
    *("😀", "日本", "Übung", "हिंदी", "\u00a0", "…", " ", "(p)", "1.", "/", "!", "^", " ^id-1", " ## ", "a@b.cd"),
    *("#tag ", "!#tag ", f" {_FLAG} ", f" {_FLAG} (why *so*) ", f"!{_FLAG} "),
)
_HEADINGS = st.builds(
    lambda level, pieces: "#" * level + " " + "".join(pieces),
    st.integers(1, 6),
    st.lists(st.sampled_from(_PIECES), max_size=5),
) | st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map(lambda pieces: "x" + "".join(pieces) + "\n===")
_BETWEEN = st.sampled_from(
    (
        *("Text.", "> # quoted Setup", "- # item Setup", "```\n# code\n```", "%%\n# hidden\n%%", "[ref]: https://r.r"),
        *("> [!note] Setup\n> # Setup", "1. a\n\n   ## Setup", f"Text {_FLAG}", "[^1]: foot"),
    )
)

_NAMES = st.sampled_from(("A", "a", "A!", "*A*", "B", "b-", "C", "c c", "C  C", "[[A|B]]"))
_NESTED = st.lists(st.builds(lambda level, name: f"{'#' * level} {name}", st.integers(1, 4), _NAMES), max_size=12)


@settings(deadline=None, max_examples=300)
@given(_NESTED, st.lists(_NAMES | st.sampled_from(("a-1", "", " ")), min_size=1, max_size=4))
def test_a_path_of_headings_names_what_the_rule_says(headings: list[str], path: list[str]) -> None:
    note = read_note(notes.NotePath("N.md"), "\n\n".join(headings).encode())
    parts = [part for part in path if part.strip()]
    assert find_heading(note, "#".join(path)) == (named(note, parts) or named(note, ["#".join(path)]))


def named(note: Note, parts: list[str]) -> Heading | None:
    """Part by part: of those under what was found so far, the ones that fit best."""
    scope, fitting = list(note.headings), list[Heading]()
    for part in parts:
        fitting = next(filter(None, ([it for it in scope if fits(note, it, part)] for fits in _FITTING)), [])
        scope = [it for heading in fitting for it in under(note, heading)]
    return fitting[0] if fitting else None


def under(note: Note, heading: Heading) -> Iterator[Heading]:
    after = (it for it in note.headings if it.start > heading.start)
    return takewhile(lambda it: it.level > heading.level, after)


def _written(note: Note, heading: Heading) -> str:
    return note.source.text[heading.start : heading.end].decode()


_FITTING: tuple[Callable[[Note, Heading, str], bool], ...] = (
    lambda _, heading, name: normal(heading.text) == " ".join(normal(name).split()),
    lambda note, heading, name: stripped(_written(note, heading)) == stripped(name) != "",
    lambda _, heading, name: folded(heading.text) == folded(name) != "",
    lambda note, heading, name: folded(_written(note, heading)) == folded(name) != "",
    lambda _, heading, name: heading.id == name,
)

# In each, the block that the id names says so.
_NAMED = (
    *("named ^ID", "named\n^ID", "named\n\n^ID", "**named** ^ID", "`named` ^ID", "[[named]] ^ID", "named %%c%% ^ID"),
    *("- a\n- named ^ID\n  - sub", "- a\n\n  named ^ID\n- c", "- named\n\n^ID", "1. named ^ID", "- [ ] named ^ID"),
    *("> named ^ID", "> named\n> ^ID", "> named\n\n^ID", "> a\n>\n> named ^ID", "> [!note] T\n> named ^ID"),
    *("| a |\n|--|\n| named ^ID |", "| named |\n|--|\n| b |\n\n^ID", "| named |\n|--|\n| b |\n^ID"),
    *("```\nnamed\n```\n\n^ID", "```\nnamed\n```\n^ID", "# named ^ID", "named[^1] ^ID\n\n[^1]: f", "named #tag ^ID"),
    *("> [!note] named\n> body\n\n^ID", f"named {_FLAG} ^ID", "line one\nnamed ^ID", "- > named ^ID"),
    *("# named ^ID ##", "| **named**^ID | b |\n|--|--|\n| c | d |", "| a | b |\n|--|--|\n| named ^ID | c |"),
    *("- named ^ID\n  <div>b</div>", "named\n\n^other\n\n^ID"),
    *("1. named\n   ```\n   code\n   ```\n   ^ID", "- a\n\t- named ^ID\n\t\t- sub", "> > named ^ID", "-\tnamed ^ID"),
)
_UNNAMED = (
    "^ID",
    "- ^ID",
    "^ID\n---",
    "text ^ID<b>",
    "a^ID b",
    "text \\^ID",
    "[[Git|x ^ID]]",
    "```\ncode ^ID\n```",
    "`^ID`",
    "$x ^ID$",
    "![[x.png|^ID]]",
    "*it ^ID*",
    "a **bold ^ID**",
    "**bold ^ID **",
    "~~a ^ID~~",
    "# ^ID",
    "| ^ID | x |\n|--|--|\n| ^ID | b |",
    "text ^ID ![](x.png)",
    "text ^ID[^1]\n\n[^1]: f",
    "[^1]: foot ^ID\n\nx[^1]",
    "a &nbsp;^ID",
    "[x]^ID",
)


def _made(text: str) -> tuple[Note, BeautifulSoup]:
    """A note as stage 1 knows it, and its page."""
    files = {"Note.md": text.encode(), "Git.md": b"# Part\n\n# Setup\n", "named.md": b"Text.\n"}
    site = notes.read_site(files, ["x.png"], notes.Settings())
    page = notes.note_pages(site)[notes.NotePath("Note.md")]
    return site.vault.notes[notes.NotePath("Note.md")], BeautifulSoup(markdown().convert(page.markdown), "html.parser")


def _headings(page: BeautifulSoup) -> list[Tag]:
    found = page.select("h1, h2, h3, h4, h5, h6")
    return [heading for heading in found if not heading.find_parent(class_="embed")]


@settings(max_examples=300, deadline=None)
@given(st.lists(_HEADINGS | _BETWEEN, max_size=7).map("\n\n".join))
def test_each_heading_has_the_anchor_that_links_to_it_use(text: str) -> None:
    note, page = _made(text)
    assert [heading.get("id") for heading in _headings(page)] == [heading.id for heading in note.headings]
    assert not [heading for heading in note.headings if len(page.select(f'[id="{heading.id}"]')) != 1]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_NAMED), min_size=1, max_size=4))
def test_each_block_has_the_id_that_links_to_it_use(blocks: list[str]) -> None:
    text = "\n\n***\n\n".join(block.replace("ID", f"id-{number}") for number, block in enumerate(blocks))
    note, page = _made(text)
    for number in range(len(blocks)):
        known = note.block_ids[f"id-{number}"]
        assert b"named" in note.source.text[known.start : known.end]
        (block,) = page.select(f'[id="{known.id}"]')
        # A block that has an id already, or is finished HTML, carries this one in an empty element.
        assert "named" in "".join(
            part.text for part in (block, *block.find_next_siblings(limit=1), block.parent) if part
        )
    assert "^" not in page.text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_UNNAMED), min_size=1, max_size=4))
def test_what_is_no_block_id_is_none_on_either_side(blocks: list[str]) -> None:
    note, page = _made("\n\n".join(block.replace("ID", f"id-{number}") for number, block in enumerate(blocks[:1])))
    assert not note.block_ids
    assert not page.select('[id^="id-"]')


_TRICKY = (
    *("**Bold** W", "`code` W", "W & Co", "W: a (b), c!", "日本 W", "Über W", "हिंदी W", "W 😀", "[W](https://x.y)"),
    *("C# W", "A/B W", 'W "quoted"', "W | bar", "1. W", "[[Other|W]]", "~~old~~ W", "==W==", "W #tag", "W ^an-id"),
    *(f"W {_FLAG} (why)", "W %%hidden%%", "W <b>b</b>", "W &copy;", "$x$ W", "W's", "W - x", "W_x_y"),
)
_STRIPPED = str.maketrans(dict.fromkeys("#|^:%[]", " "))
"""What Obsidian leaves out of a heading when it writes a link to it."""


def test_a_link_written_as_obsidian_writes_it_finds_its_heading_on_the_built_page(tmp_path: Path) -> None:
    lines = [heading.replace("W", f"word{number}") for number, heading in enumerate(_TRICKY)]
    target = "\n\nText.\n\n".join(f"## {line}" for line in lines)
    site = notes.read_site({"Target.md": target.encode()}, [], notes.Settings())
    texts = [heading.text for heading in site.vault.notes[notes.NotePath("Target.md")].headings]
    # Obsidian takes a heading's Markdown for its name; authors write what they see.
    links = [
        f"[[Target#{' '.join(name.translate(_STRIPPED).split())}|x]] word{at}"
        for at, names in enumerate(zip(texts, lines, strict=True))
        for name in names
    ]
    project = copy_project(tmp_path, {"Target.md": target, "Links.md": "\n\n".join(links), "Other.md": "Text."})
    built = build(project, tmp_path / "site")
    assert dead(built, ADDRESS) == []
    shown = soup(built / "target" / "index.html")
    for paragraph in soup(built / "links" / "index.html").select("article p")[: len(links)]:
        _, _, fragment = str(paragraph.select("a")[0]["href"]).partition("#")
        (heading,) = shown.find_all(id=unquote(fragment))
        assert words(paragraph).removeprefix("x ") in words(heading)
