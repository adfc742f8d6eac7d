"""Canvases: whatever a file and its cards hold, each card stays in its place; an exported canvas is the file."""

import json
from pathlib import Path
from typing import Final

from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.commonmark_html import markdown
from tests.test_fuzz import EXAMPLES, TEXTS

import notes
from canvas import MOST_CARDS, MOST_EDGES
from notes.export import export
from publishing.inert import inert

LAST: Final = "the last card"
CARDS: Final = TEXTS.map(lambda text: text.replace("#I_DONT_LIKE_THIS_REWRITE", "").replace("<!-->", ""))
"""Without flags: where a canvas is embedded they go, as in a note, and what followed one begins its line.

And without a comment of which Python's HTML parser sees no end, as browsers do.
"""


def _canvas(*texts: str) -> str:
    cards = [{"id": str(at), "type": "text", "text": text, "x": at} for at, text in enumerate(texts)]
    return json.dumps({"nodes": cards, "edges": [{"fromNode": "0", "toNode": "1", "label": "to"}]})


@settings(max_examples=EXAMPLES, deadline=None)
@given(CARDS, CARDS)
@example("```\n", "</div>")
@example("</div><div>", "- ```\n  open")
@example("$$", "$$")
@example("\x85```\n", "<b>\n```")
def test_no_card_reaches_into_another(one: str, other: str) -> None:
    files = {"A.canvas": _canvas(one, other, LAST).encode(), "B.md": b"![[A.canvas]]\n\nafter\n"}
    site = notes.read_site(files, (), notes.Settings())
    pages = notes.note_pages(site)
    for page in pages.values():
        made = BeautifulSoup(inert(markdown().convert(page.markdown), lambda _: True), "html.parser")
        [plane] = made.select("div.canvas > div.pane > div.plane")
        cards = plane.find_all("div", class_="text", recursive=False)
        assert len(cards) == len(plane.find_all("div", attrs={"style": True, "role": "group"}, recursive=False)) == 3
        assert cards[-1].get_text(strip=True) == LAST
    told = [*site.problems, *(problem for page in pages.values() for problem in page.problems)]
    assert not [problem for problem in told if problem.kind.code == "our-fault"]


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(("nodes", "edges", "id", "type", "x", "fromNode", "text")), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_file_is_a_page(data: bytes) -> None:
    site = notes.read_site({"A.canvas": data}, (), notes.Settings())
    assert notes.note_pages(site)["A.canvas"].markdown


def test_a_canvas_of_too_many_cards_shows_the_first_and_says_so() -> None:
    cards = [{"id": str(at), "type": "text", "text": f"card {at}"} for at in range(MOST_CARDS + 3)]
    edges = [{"fromNode": "0", "toNode": "1"}] * (MOST_EDGES + 2)
    data = json.dumps({"nodes": cards, "edges": edges}).encode()
    site = notes.read_site({"A.canvas": data}, (), notes.Settings())
    page = notes.note_pages(site)["A.canvas"].markdown
    assert page.count('<div class="text"') == MOST_CARDS
    assert page.count("<li>") == MOST_EDGES
    assert "This canvas has 5 cards and edges more than a page can show." in page
    assert [problem.kind.code for problem in site.problems] == ["too-much"]


def test_a_canvas_whose_cards_hold_far_too_much_is_shown_as_written_and_told() -> None:
    data = _canvas(*["[[link]] " * 20] * 800)
    site = notes.read_site({"A.canvas": data.encode()}, (), notes.Settings())
    assert notes.note_pages(site)["A.canvas"].markdown == f"```\n{data}\n```\n"
    assert [problem.kind.code for problem in site.problems] == ["too-much"]


def test_names_are_short_however_many_edges_say_them() -> None:
    contents = {"link": ("url", "https://site.example/"), "group": ("label", "name "), "file": ("file", "folder ")}
    cards = [
        {"id": str(at), "type": kind, field: text + "a" * 10_000, "x": at}
        for at, (kind, (field, text)) in enumerate(contents.items())
    ]
    edges = [{"fromNode": str(at % 3), "toNode": str((at + 1) % 3)} for at in range(MOST_EDGES)]
    site = notes.read_site({"A.canvas": json.dumps({"nodes": cards, "edges": edges}).encode()}, (), notes.Settings())
    assert len(notes.note_pages(site)["A.canvas"].markdown) < MOST_EDGES * 1000


def test_what_is_too_deep_or_too_long_for_json_is_told() -> None:
    for data in (b"[" * 100_000, b'{"nodes": [' + b"9" * 5000 + b"]}"):
        site = notes.read_site({"A.canvas": data}, (), notes.Settings())
        assert [problem.kind.code for problem in site.problems] == ["canvas"]


def test_an_exported_canvas_is_the_file(tmp_path: Path) -> None:
    docs, out = tmp_path / "docs", tmp_path / "out"
    docs.mkdir()
    (docs / "Board.canvas").write_text(_canvas("One", "two"))
    (docs / "Note.md").write_text("[[Board.canvas]]\n")
    export(docs, out, notes.Settings())
    assert (out / "Board.canvas").read_bytes() == (docs / "Board.canvas").read_bytes()
    assert "[Board.canvas](Board.canvas)" in (out / "Note.md").read_text()
