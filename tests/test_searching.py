"""The search's index in the built site: what may be found and what not, in pieces, or whole where none can be cut."""

import gzip
import json
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from material.plugins.search import plugin
from tests.crawl import soup
from tests.sites import MKDOCS_WITHOUT_PAGEFIND, build, copy_project

from host.search import Parser, Section
from host.searched import searched
from searching import CutError, can_cut, cut
from searching.scripts import fold

NOTE = """---
aliases: [Streams, R & B]
---
# Rivers

The mouth is wide. #I_DONT_LIKE_THIS_REWRITE (clumsy reason)

```
+-------+     +-------+
| quark |---->| gluon |
+-------+     +-------+
```

```mermaid
flowchart LR
  zzyzx["boson"] --> lepton
```

```mermaid
sequenceDiagram
  alpha->>omega: kaon
```

## Delta

Silt settles, see [[Nowhere yet]].
"""
NOISE = ("clumsy", "rewrite", "REWRITE", "quark", "gluon", "zzyzx", "boson", "lepton", "kaon", "omega", "---", "Asked")
ENTRIES = [
    {"location": "", "title": "Start", "text": "<p>First.</p>"},
    {"location": "#there", "title": "There", "text": "<p>R&amp;D</p>"},
    {"location": "gr%C3%B6%C3%9Fe/", "title": "Größe", "text": ""},
    {"location": "flat.html#%C3%BCber", "title": "<code>x</code>", "text": "<p>Words</p>"},
]


def write_index(folder: Path) -> Path:
    index = folder / "search_index.json"
    index.write_text(json.dumps({"docs": ENTRIES}), encoding="utf-8")
    return index


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


ELEMENTS = st.recursive(
    st.sampled_from(["", " ", "word"]),
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["p", "li", "ol", "pre", "sup", "b", "h2 id=a", "h3 id=b", "div", "div data-search-exclude"]),
        st.lists(inside, max_size=5),
    ),
    max_leaves=30,
)


@settings(deadline=None)
@given(ELEMENTS)
@example("<p>one</p><div data-search-exclude><p><div data-search-exclude></div></p></div>")
@example("<div data-search-exclude><p><div data-search-exclude></div></p></div>")
@example("<h2 id=a><b data-search-exclude><code><b></b></code></b></h2>")
@example("<li><ol><p></p></ol><p><p></p></p></li>")
@example("<h2 id=a></h2><div><h3 id=b></h3></div>one<div><h3 id=c></h3></div>two")
def test_the_search_finds_the_same_as_the_theme_alone(html: str) -> None:
    plugin.Section, plugin.Parser = Section.__base__, Parser.__base__
    try:
        alone = gathered(html)
    except ValueError:  # an element ends that is not open to it, which would end the build
        alone = None
    plugin.Section, plugin.Parser = Section, Parser
    ours = gathered(html)
    assert alone is None or ours == alone


WITHIN_A_LINE = st.recursive(
    st.sampled_from(
        [
            *(" ", "word", "x &lt; y", "1 > 0", "<br>", '<a class="flag" data-search-exclude="" href="x">flag</a>'),
            '<span class="visually-hidden" data-search-exclude="">hidden</span>',
        ]
    ),
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(
            [
                *("a href='/x'", "b title='a > b'", 'a href="<p>"', "i", "em", "math", "mi", 'span class="k"', "label"),
                *(
                    'small data-search-exclude=""',
                    'mark class="x" data-search-exclude',
                    'a class="headerlink" href="#a"',
                ),
                *("code", "sub", 'em class="linenodiv"', "style", "ul", "main", "mark-up", "div data-search-exclude"),
            ]
        ),
        st.lists(inside, max_size=4),
    ),
    max_leaves=20,
)
BLOCKS = st.lists(
    st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(
            [
                *("p", "h2 id=a", "li", "figure", 'figure class="diagram" data-search-exclude', "aside"),
                'aside class="backlinks" aria-label="Backlinks" data-search-exclude',
            ]
        ),
        st.lists(WITHIN_A_LINE, max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(BLOCKS.map(lambda blocks: f"<p></p>{''.join(blocks)}"))
def test_the_search_finds_the_same_words_in_what_is_left_of_a_page(html: str) -> None:
    shown = html.replace("<br>", "<br> ").replace("</div>", "</div> ")
    assert words_of(searched(html)) == words_of(shown)


def test_of_tags_within_a_line_only_the_words_are_left() -> None:
    page = (
        '<h2 id="a">A <em>b</em><a class="headerlink" href="#a" title="x">&para;</a></h2><p><a href="b"><b>c</b></a>'
        '<span class="visually-hidden" data-search-exclude=""> (d)</span> <math><mi>e</mi></math> <code>f</code></p>'
    )
    assert searched(page) == '<h2 id="a">A b</h2><p>c e <code>f</code></p>'
    hidden = "<p><span data-search-exclude><b>a</b></span></p>"
    assert searched(hidden) == hidden


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>one<br>two<br />three</p>", "one two three"),
        ("<table><tr><th>one</th><td>two</td><td>three</td></tr></table>", "one two three"),
        ("<dl><dt>one</dt><dd>two</dd></dl><div>three</div>four", "one two three four"),
        ("<details><summary>one</summary>two</details>", "one two"),
        ('<div class="highlight"><span class="filename">one.py</span><pre><code>two</code></pre></div>', "one.py two"),
        ('<p>one<sup id="fnref2:1"><a class="footnote-ref" href="#fn:1">1</a></sup> x<sup>2</sup></p>', "one x2"),
        ("<div>one</div><!-- of a <b --><div>two</div><!--><div>three</div>", "one two three"),
        ('<li id="fn:1"><p>one <a class="footnote-backref" href="#fnref:1" title="Back">↩</a></p></li>', "one"),
    ],
)
def test_each_word_of_a_page_is_a_word_of_the_index(html: str, words: str) -> None:
    plugin.Section, plugin.Parser = Section, Parser
    ((_, text, _),) = gathered(searched(html))
    assert "".join(piece for piece in text if not piece.startswith("<")).split() == words.split()


def words_of(html: str) -> list[tuple[list[str], list[str], str | None]]:
    plugin.Section, plugin.Parser = Section, Parser
    return [("".join(title).split(), "".join(text).split(), anchor) for title, text, anchor in gathered(html)]


def gathered(html: str) -> list[tuple[list[str], list[str], str | None]]:
    parser = plugin.Parser()
    parser.feed(html)
    parser.close()
    return [(list(section.title), list(section.text), section.id) for section in parser.data]


def fragments(pieces: Path) -> dict[Path, dict[str, Any]]:
    """Read what Pagefind keeps of each page, by its file: JSON behind a word of its own."""
    texts = {file: gzip.decompress(file.read_bytes()).decode() for file in (pieces / "fragment").iterdir()}
    return {file: json.loads(text[text.index("{") :]) for file, text in texts.items()}


@pytest.fixture(scope="module")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rivers")
    return build(copy_project(folder / "project", {"Rivers.md": NOTE}), folder / "site")


def test_words_of_notes_are_in_the_index_and_nothing_else(rivers: Path) -> None:
    texts = {page["url"]: page["content"] for page in fragments(rivers / "pagefind").values()}
    assert set(texts) == {"/rivers/", "/wanted/"}
    assert texts["/rivers/"] == "Rivers. Streams, R & B. The mouth is wide. Delta. Silt settles, see Nowhere yet."
    assert "Nowhere yet" in texts["/wanted/"]
    assert "Silt" not in texts["/wanted/"]


def test_the_whole_index_holds_no_more(rivers: Path) -> None:
    index = json.loads((rivers / "search" / "search_index.json").read_text(encoding="utf-8"))
    texts = " ".join(entry["title"] + entry["text"] for entry in index["docs"])
    assert "The mouth is wide." in texts
    for noise in NOISE:
        assert noise not in texts


def test_sections_are_found_where_they_stand(rivers: Path) -> None:
    (note,) = (page for page in fragments(rivers / "pagefind").values() if page["url"] == "/rivers/")
    assert [(anchor["id"], anchor["text"]) for anchor in note["anchors"]] == [("delta", "Delta")]
    assert note["meta"]["title"] == "Rivers"


def test_the_same_index_gives_the_same_pieces(tmp_path: Path) -> None:
    index = write_index(tmp_path)
    cut(index, "en", tmp_path / "one")
    cut(index, "en", tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    entry = json.loads((tmp_path / "one" / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert entry["languages"]["en"]["page_count"] == 3


def test_pages_are_numbered_as_in_the_index(tmp_path: Path) -> None:
    """Whatever the order of files on the disk."""
    names = [f"{number * 7 % 40}/" for number in range(40)]
    index = tmp_path / "index.json"
    index.write_text(json.dumps({"docs": [{"location": name, "title": name, "text": ""} for name in names]}))
    cut(index, "en", tmp_path / "pieces")
    (meta,) = (gzip.decompress(file.read_bytes()) for file in (tmp_path / "pieces").glob("*.pf_meta"))
    places = {meta.index(file.stem.encode()): page["url"] for file, page in fragments(tmp_path / "pieces").items()}
    assert [places[place] for place in sorted(places)] == [f"/{name}" for name in names]


def test_nothing_is_written_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stopped build leaves elsewhere, nothing takes away."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    index = write_index(tmp_path)
    cut(index, "en", tmp_path / "pieces")
    assert {path.name for path in tmp_path.iterdir()} == {index.name, "pieces"}


@pytest.mark.parametrize("language", ["zh", "pt-BR", "ar", "tlh"])
def test_a_site_may_have_any_language(tmp_path: Path, language: str) -> None:
    cut(write_index(tmp_path), language, tmp_path / "pieces")
    assert {page["url"] for page in fragments(tmp_path / "pieces").values()} == {"/", "/größe/", "/flat.html"}


def test_what_stands_there_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "pieces" / "index.html"
    page.parent.mkdir()
    page.write_text("a note", encoding="utf-8")
    cut(write_index(tmp_path), "en", page.parent)
    assert page.read_text(encoding="utf-8") == "a note"
    assert (page.parent / "pagefind.js").is_file()


def test_pagefinds_own_dialogs_are_not_published(rivers: Path) -> None:
    assert (rivers / "pagefind" / "pagefind.js").is_file()
    assert not [path.name for path in (rivers / "pagefind").iterdir() if "ui" in path.name or "highlight" in path.name]


@pytest.mark.parametrize(
    "failure", [FileNotFoundError(), PermissionError(), subprocess.CalledProcessError(1, "", stderr=b"")]
)
def test_a_program_that_does_not_run_cuts_nothing(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    assert can_cut()
    monkeypatch.setattr(subprocess, "run", fail)
    assert not can_cut()


REFUSAL = b64encode(json.dumps({"payload": {"type": "Error", "message": "no room left"}}).encode()).decode()


@pytest.mark.parametrize("failure", ["echo no room left >&2; exit 1", f"printf {REFUSAL},; cat >/dev/null"])
def test_a_program_that_fails_is_told_in_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{failure}\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: program)
    with pytest.raises(CutError, match=r"^no room left$"):
        cut(write_index(tmp_path), "en", tmp_path / "pieces")
    program.unlink()
    with pytest.raises(CutError, match="No such file"):
        cut(write_index(tmp_path), "en", tmp_path / "pieces")


def test_where_nothing_can_be_cut_the_search_is_the_themes(tmp_path: Path, rivers: Path) -> None:
    project = copy_project(tmp_path / "project", {"A.md": "Text.\n"})
    site = build(project, tmp_path / "site", mkdocs=MKDOCS_WITHOUT_PAGEFIND)
    theirs, ours = soup(site / "index.html"), soup(rivers / "index.html")
    assert theirs.select("form[name=search]")
    assert not ours.select("form[name=search]")
    assert not (site / "pagefind").exists()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain <b>words</b>, R&amp;D", "plain <b>words</b>, R&amp;D"),
        ("Größe, журавли, البيانات, 데이터", "Größe, журавли, البيانات, 데이터"),
        ("数据管道", " 数据 据管 管道 道 "),
        ("用Git做", " 用 Git 做 "),
        ("质量，重要。", " 质量 量 ， 重要 要 。 "),
        ("データ", " デー ータ タ "),
        ("か\u3099く", " か\u3099く く "),
        ("ช่อง", " ช่อ อง ง "),
        ("a\u0e31b", "a \u0e31 b"),
        ("l’eau – a—b…», <b>“c”</b> 1²½ d→", "l’\u2060'eau – a—\u2060'b…», <b>“c”</b> 1²½ d→"),
        ("सच।झूठ سؤال،جواب", "सच।\u2060'झूठ سؤال،\u2060'جواب"),
    ],
)
def test_letters_without_blanks_are_folded_in_pairs_and_words_parted(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_search_that_is_switched_off_leaves_nothing_on_the_site(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", {"Note.md": NOTE})
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  - search\n", "  - search:\n      enabled: false\n"), encoding="utf-8")
    site = build(project, tmp_path / "site")
    assert not soup(site / "note" / "index.html").select(".md-search")
    assert not (site / "pagefind").exists()
    assert not list(site.rglob("search_index.json"))
