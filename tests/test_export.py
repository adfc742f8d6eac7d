"""The exported folder is plain CommonMark: another reader sees the same outline, and every link is alive."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.case_files import case_files
from tests.commonmark_html import markdown
from tests.notes_cases import read_case
from tests.sites import ROOT

from notes.__main__ import main
from notes.plain import plain
from notes.source import NotePath

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ADDED = re.compile(r'<(?:/?figure|/?details|div class="embed"|/div><!-- embed|/?aside|div class="md-tags")')

DIALECT = """---
title: "The: first"
aliases: [One]
---
# Start

See [[Two#Part]], [[Two#^block]], [[Nowhere]] and ==this==. %%hidden%% #tag

> [!warning]- Mind *this*
> Text.

> [!tip] A ==bright== ![[pic.png|5]]
> Text.

![[Two#Part]] ![[pic.png|100]]

![[pic.png|a picture|30x20]]
*Caption* ![[film.mp4|300]] ![[paper.pdf#page=2]]

Some words #I_DONT_LIKE_THIS_REWRITE.
"""
SECOND = "## Part\n\nA block. ^block\n\n> [!note]\n> Plain.\n"


def body(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return text.split("---\n", 2)[2] if text.startswith("---\n") else text


def outline(text: str) -> list[str]:
    """The blocks of an author's text; what the site adds is left out."""
    found: list[str] = []
    for token in MARKDOWN.parse(text):
        if token.type == "html_block" and ADDED.match(token.content):
            if "backlinks" in token.content:
                break
        elif not (token.type == "fence" and token.info == "mermaid") and token.type != "inline":
            found.append(f"{token.type} {token.tag}")
    return found


def links(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        for name in ("href", "src"):
            if token.attrs.get(name):
                yield str(token.attrs[name])
        yield from links(token.children or [])


def anchors(path: Path) -> set[str]:
    """Ids as GitHub gives them to headings, and those written in HTML."""
    text = body(path)
    tokens = MARKDOWN.parse(text)
    titles = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "heading_open"]
    found: set[str] = set(re.findall(r'id="([^"]+)"', text))
    for title in titles:
        kinds = ("text", "code_inline", "softbreak", "hardbreak")
        words = "".join(part.content or " " for part in title.children or [] if part.type in kinds)
        slug = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
        found.add(next(name for name in (slug, *(f"{slug}-{n}" for n in range(1, 99))) if name not in found))
    return found


def dead_links(folder: Path) -> list[str]:
    dead = []
    for page in sorted(folder.rglob("*.md")):
        text = body(page).replace("[^", "\\[^")  # CommonMark has no footnotes
        for address in links(MARKDOWN.parse(text)):
            parts = urlsplit(address)
            target = page.parent / unquote(parts.path) if parts.path else page
            if parts.scheme or parts.netloc:
                continue
            fragment = unquote(parts.fragment) if target.suffix == ".md" else ""
            if not target.exists() or (fragment and fragment not in anchors(target)):
                dead.append(f"{page.name}: {address}")
    return dead


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "out"
    assert main(["export", str(ROOT / "docs"), str(out)]) == 0
    return out


def test_the_outline_is_the_author_s(exported: Path) -> None:
    for note in sorted((ROOT / "docs").rglob("*.md")):
        written = exported / note.relative_to(ROOT / "docs")
        assert outline(body(written)) == outline(body(note))


def test_every_link_is_alive(exported: Path) -> None:
    assert dead_links(exported) == []


def test_every_link_of_all_cases_is_alive(tmp_path: Path) -> None:
    for feature in ("links", "embeds", "backlinks", "tags"):
        for file in case_files(feature):
            case = read_case(file)
            texts = {**case.notes, **dict.fromkeys(case.assets, b"")}
            for path, data in texts.items():
                target = tmp_path / "docs" / feature / file.stem / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    assert main(["export", str(tmp_path / "docs"), str(tmp_path / "out")]) == 0
    assert dead_links(tmp_path / "out") == []


def test_a_dead_link_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("[x](B.md) [y](#nope)\n", encoding="utf-8")
    assert dead_links(tmp_path) == ["A.md: B.md", "A.md: #nope"]


def test_an_address_keeps_its_equals_signs() -> None:
    text = "==see https://x.org/a== https://x.org/?q=a==b and https://x.org/?q=a==c"
    marked = "<mark>see https://x.org/a</mark> https://x.org/?q=a==b and https://x.org/?q=a==c"
    assert plain(NotePath("One.md"), text) == marked


def test_the_dialect_is_written_out(tmp_path: Path) -> None:
    docs, out = tmp_path / "docs", tmp_path / "out"
    docs.mkdir()
    (docs / "One.md").write_text(DIALECT, encoding="utf-8")
    (docs / "Two.md").write_text(SECOND, encoding="utf-8")
    for name in ("pic.png", "film.mp4", "paper.pdf"):
        (docs / name).write_bytes(b"\x89PNG")
    assert main(["export", str(docs), str(out)]) == 0
    assert dead_links(out) == []
    text = body(out / "One.md")
    for gone in ("[[", "%%", "[!", "==", "#I_DONT"):
        assert gone not in text
    assert "<mark>this</mark>" in text
    assert "> **Mind *this***" in text
    shown = BeautifulSoup(MARKDOWN.render(text), "html.parser")
    sizes = [(image["width"], image.get("height")) for image in shown.select("img")]
    assert sizes == [("5", None), ("100", None), ("30", "20")]
    for there in ("blockquote mark", "p > em", 'video[src="film.mp4"][width="300"]', 'object[data="paper.pdf#page=2"]'):
        assert shown.select_one(there), there
    assert 'A block. <a id="block"></a>' in body(out / "Two.md")
    assert (out / "pic.png").read_bytes() == (docs / "pic.png").read_bytes()


def test_a_link_to_a_block_of_the_name_of_a_heading_finds_the_block(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "A.md").write_text("## Part\n\n[[#^part]]\n\nA block. ^part\n", encoding="utf-8")
    assert main(["export", str(tmp_path / "docs"), str(tmp_path / "out")]) == 0
    assert '](#part~block)\n\nA block. <a id="part~block"></a>\n' in body(tmp_path / "out" / "A.md")


def test_a_folder_of_notes_is_never_written(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("Text.\n", encoding="utf-8")
    assert main(["export", str(tmp_path), str(tmp_path / "out")]) == 2
    assert main(["export", str(tmp_path / "nothing"), str(tmp_path / "out")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["A.md"]


def test_nothing_is_written_among_other_files(tmp_path: Path) -> None:
    for name in ("docs/A.md", "out/Mine.md", "file"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert main(["export", str(tmp_path / "docs"), str(tmp_path / "out")]) == 2
    assert main(["export", str(tmp_path / "docs"), str(tmp_path / "file")]) == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Mine.md"]


def test_a_file_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / os.fsdecode(b"\xff.png")).write_bytes(b"picture")
    assert main(["export", str(docs), str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "\ufffd.png").read_bytes() == b"picture"


def test_a_name_that_is_no_text_may_be_long(tmp_path: Path) -> None:
    docs, out = tmp_path / "docs", tmp_path / "out"
    folder = docs / os.fsdecode(b"\xff" * 99)
    folder.mkdir(parents=True)
    for name in (b"\xfe" * 99, b"\xff" * 99):
        (folder / os.fsdecode(name + b".md")).write_text("Text.\n", encoding="utf-8")
    assert main(["export", str(docs), str(out)]) == 0
    start, end = "\ufffd" * 40, "\ufffd" * 17
    names = {note.name for note in (out / f"{start}…{end}\ufffd\ufffd\ufffd").iterdir()}
    assert names == {f"{start}…{end}.md", f"{start}…{end}-2.md"}


def test_a_folder_may_have_the_name_of_a_page_of_the_site(tmp_path: Path) -> None:
    docs, out = tmp_path / "docs", tmp_path / "out"
    for name in ("index.md/A.md", "wanted.md/B.md"):
        (docs / name).parent.mkdir(parents=True)
        (docs / name).write_text("[[Nope]]\n", encoding="utf-8")
    assert main(["export", str(docs), str(out)]) == 0
    pages = {path.relative_to(out).as_posix() for path in out.rglob("*.md") if path.is_file()}
    assert {"index.md/A.md", "wanted.md/B.md", "site/index.md", "site/wanted.md"} <= pages
    assert "](../site/wanted.md#" in body(out / "index.md" / "A.md")


def test_a_folder_may_be_the_one_that_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = tmp_path / "my notes"
    docs.mkdir()
    (docs / "A.md").write_text("Text.\n", encoding="utf-8")
    (docs / "Secret.md").write_text("[x](Nope.md)\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("exclude_docs: Secret.md\n", encoding="utf-8")
    monkeypatch.chdir(docs)
    assert main(["check", "."]) == 0
    assert main(["export", ".", "../out"]) == 0
    assert not (tmp_path / "out" / "Secret.md").exists()
    assert body(tmp_path / "out" / "index.md").startswith("# my notes\n")


@pytest.mark.parametrize("wrong", ["a: b: c\n", "draft_docs: '!'\n"])
def test_nothing_is_exported_where_the_settings_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "Secret.md").touch()
    (tmp_path / "mkdocs.yml").write_text(f"exclude_docs: Secret.md\n{wrong}", encoding="utf-8")
    assert main(["export", str(tmp_path / "docs"), str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}/mkdocs.yml:")
    assert not (tmp_path / "out").exists()


def test_a_single_line_break_is_one() -> None:
    text = "One\ntwo %%a%%\nthree  \nfour\\\nfive\n\n> - six\n>   seven\n\n$$\nx\n$$\n\n```\ncode\ncode\n```\n"
    page = plain(NotePath("Note.md"), text)
    assert page == (
        "One  \ntwo   \nthree  \nfour\\\nfive\n\n> - six  \n>   seven\n\n$$\nx\n$$\n\n```\ncode\ncode\n```\n"
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("a == b and c == d", "a == b and c == d"),
        ("a ==b and c== d", "a <mark>b and c</mark> d"),
        ("==a ==b== c==", "<mark>a ==b</mark> c=="),
        ("\\==a== ==b==", "\\==a== <mark>b</mark>"),
        ("==a **b== c** d==", "<mark>a **b== c** d</mark>"),
        ("**==a** b==", "**==a** b=="),
        ("![==a==](b.png) ==c==", "![==a==](b.png) <mark>c</mark>"),
        ("==a\n\nb==", "==a\n\nb=="),
        ("    ==a==", "    ==a=="),
        ("==a==\n\n\\", "<mark>a</mark>\n\n\\"),
    ],
)
def test_highlights_are_those_of_the_page(text: str, marked: str) -> None:
    assert plain(NotePath("A.md"), text) == marked
    element = BeautifulSoup(markdown().convert(text), "html.parser").mark
    assert (element is not None) == ("<mark>" in marked)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "**重点（注）**的，*斜。*的，~~删。~~的 **好**",
            "<strong>重点（注）</strong>的，<em>斜。</em>的，<del>删。</del>的 **好**",
        ),
        ("***粗（b）***的", "<em><strong>粗（b）</strong></em>的"),
        ("**是。**然后**否**", "<strong>是。</strong>然后<strong>否</strong>"),
        ("`**项目：**`内容 **好** 的", "`**项目：**`内容 **好** 的"),
        ("**全部。 **\n\n**是。**的", "**全部。 **\n\n<strong>是。</strong>的"),
    ],
)
def test_emphasis_beside_chinese_is_that_of_the_page(text: str, marked: str) -> None:
    assert plain(NotePath("A.md"), text) == marked
    pages = (markdown().convert(text), markdown(obsidian=False).convert(marked))
    own, exported = (BeautifulSoup(page, "html.parser").find_all(["strong", "em", "del"]) for page in pages)
    assert [element.get_text() for element in exported] == [element.get_text() for element in own][-len(exported) :]


def test_a_footnote_in_a_sentence_is_defined_beneath_its_block() -> None:
    text = (
        "# Title^[Of *it*.]\nWords^[one\nand ^[no other]].\n\n> - quoted^[over\n>   lines]\n> - more\n\nNo \\^[note].\n"
    )
    page = plain(NotePath("Note.md"), text)
    assert page == (
        "# Title[^inline-1]\n\n[^inline-1]: Of *it*.\n\nWords[^inline-2].\n\n[^inline-2]: one and ^[no other]\n\n"
        "> - quoted[^inline-3]\n> - more\n\n[^inline-3]: over lines\n\nNo \\^[note].\n"
    )
    shown = BeautifulSoup(markdown(obsidian=False).convert(page), "html.parser")
    assert [note.get_text().split("\u00a0")[0] for note in shown.select(".footnote li")] == [
        "Of it.",
        "one and ^[no other]",
        "over lines",
    ]


def test_the_label_of_a_footnote_is_no_other_s() -> None:
    page = plain(NotePath("Note.md"), "Mine^[a] and[^inline-1].\n\n[^inline-1]: b\n")
    assert page == "Mine[^inline-inline-1] and[^inline-1].\n\n[^inline-inline-1]: a\n\n[^inline-1]: b\n"


def test_nothing_is_written_in_the_marker_of_a_callout() -> None:
    page = plain(NotePath("Note.md"), "> [!quote|==a== %%b%%] Title ==c==\n> Text.\n")
    assert page == "> **Title <mark>c</mark>**  \n> Text.\n"


def test_a_comment_is_no_part_of_the_title_of_a_callout() -> None:
    page = plain(NotePath("Note.md"), "> [!quote] Title %%a%%%%b%%\n> Text.\n\n> [!tip] %%a\n> b%%\n> Text.\n")
    assert page == "> **Title**     \n> Text.\n\n> **Tip**    \n> Text.\n"


@pytest.mark.parametrize("words", ["- a", " # a", "    a", "<hr> a", "```", "%%d%% 1. a"])
def test_words_behind_a_comment_begin_no_block(words: str) -> None:
    text = plain(NotePath("A.md"), f"%%c%%{words}\n\n> %%c%%{words}\n")
    paragraph = ["paragraph_open p", "paragraph_close p"]
    assert outline(text) == [*paragraph, "blockquote_open blockquote", *paragraph, "blockquote_close blockquote"]


def test_a_callout_without_a_title_is_titled_by_its_kind() -> None:
    assert plain(NotePath("Note.md"), "> [!see-also]\n> Text.\n") == "> **See also**  \n> Text.\n"


def test_what_a_comment_hides_is_no_callout() -> None:
    assert plain(NotePath("Note.md"), "> %%\n> [!note]\n> %%\n> [!tip]\n") == "> \n> **Tip**  \n"


def test_of_two_blocks_with_one_id_the_first_has_the_anchor() -> None:
    page = plain(NotePath("A.md"), "One ^id\n\nTwo ^ID\n")
    assert page == 'One <a id="id"></a>\n\nTwo \n'


def test_what_a_rule_starts_is_no_front_matter() -> None:
    assert plain(NotePath("A.md"), "---\na: b ^c\n---\n") == '---\na: b <a id="c"></a>\n---\n'


def test_a_bar_in_the_words_of_a_picture_with_a_size_parts_no_cell() -> None:
    row = "| ![one\\|other\\|300](x.png) |"
    shown = '| <span><img src="x.png" alt="one&#124;other" width="300"></span> |'
    assert plain(NotePath("A.md"), f"| a |\n|---|\n{row}\n").splitlines()[-1] == shown


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        ("| a |", "| a | |"),
        ("| |", "| | |"),
        ("||", "|| |"),
        ("a |", "a | |"),
        ("| a", "| a | |"),
        ("> | a |", "> | a | |"),
    ],
)
def test_a_short_head_of_a_table_is_as_long_as_its_rows(head: str, whole: str) -> None:
    rows = "> |---|---|\n> | b | c |\n" if head.startswith(">") else "|---|---|\n| b | c |\n"
    assert plain(NotePath("A.md"), f"{head}\n{rows}") == f"{whole}\n{rows}"
    assert plain(NotePath("A.md"), f"```\n{head}\n{rows}```\n") == f"```\n{head}\n{rows}```\n"


def test_what_obsidian_lets_no_line_underline_is_no_heading() -> None:
    page = "> [!info] Sources\n> -\n\n- > > [!note]\n  > > ---\n\n$$\na\n$$\n---\nText\n"
    parted = "> **Sources**  \n>\n> -\n\n- > > **Note**  \n  > >\n  > > ---\n\n$$\na\n$$\n\n---\nText\n"
    assert plain(NotePath("Note.md"), page) == parted
