"""Drawings of Excalidraw by their cases, how they are compressed, and what holds for each, whatever is in it."""

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.case_files import case_files, parts
from tests.test_fuzz import EXAMPLES, TEXTS

import notes
from excalidraw import SceneError, draw, words
from excalidraw.lz_string import NotCompressedError, decompress
from excalidraw.scene import MOST_ELEMENTS, MOST_PICTURED, MOST_POINTS

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NAMES = (
    *("type", "x", "y", "width", "height", "angle", "strokeColor", "backgroundColor", "fillStyle", "strokeWidth"),
    *("strokeStyle", "opacity", "roundness", "points", "startArrowhead", "endArrowhead", "text", "fontSize"),
    *("fontFamily", "textAlign", "lineHeight", "containerId", "fileId", "name", "id", "elbowed", "isDeleted"),
)
TYPES = ("rectangle", "diamond", "ellipse", "line", "arrow", "freedraw", "text", "image", "frame", "iframe")
HEADS = ("arrow", "dot", "bar", "triangle_outline", "diamond", "crowfoot_many", "cardinality_zero_or_one")
VALUES = st.recursive(
    st.sampled_from(HEADS) | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
ELEMENTS = st.builds(
    lambda values, kind: {**values, "type": kind},
    st.dictionaries(st.sampled_from(NAMES), VALUES),
    st.sampled_from(TYPES),
)


def data(scene: str, kind: str = "json") -> bytes:
    return f"# Excalidraw Data\n## Text Elements\n%%\n## Drawing\n```{kind}\n{scene}\n```\n%%\n".encode(
        errors="surrogatepass"
    )


def compress(text: str) -> str:
    """The same form by the plainest way there: the longest phrase that is known, a bit at a time."""
    units = text.encode("utf-16-le", "surrogatepass")
    plain = "".join(chr(int.from_bytes(units[at : at + 2], "little")) for at in range(0, len(units), 2))
    codes: dict[str, int] = {}
    bits: list[int] = []
    known, at, last = 3, 0, ""

    def put(value: int, size: int) -> None:
        bits.extend(value >> place & 1 for place in range(size))

    while at < len(plain):
        phrase = plain[at]
        if phrase in codes:
            while at + len(phrase) < len(plain) and plain[at : at + len(phrase) + 1] in codes:
                phrase = plain[at : at + len(phrase) + 1]
            put(codes[phrase], known.bit_length())
        else:
            is_long = ord(phrase) > 0xFF
            put(int(is_long), known.bit_length())
            put(ord(phrase), 16 if is_long else 8)
            codes[phrase] = known
            known += 1
        if last:
            codes.setdefault(last + phrase[0], known)
            known += 1
        last, at = phrase, at + len(phrase)
    put(2, known.bit_length())
    bits += [0] * (-len(bits) % 6)
    return "".join(BASE64[int("".join(map(str, bits[at : at + 6])), 2)] for at in range(0, len(bits), 6))


@pytest.mark.parametrize("case", case_files("excalidraw"), ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    expected = parts(case)
    try:
        made = {"picture": draw(data(expected["drawing"])).strip()}
    except SceneError as error:
        made = {"not drawn": str(error)}
    assert {"drawing": expected["drawing"], **made} == expected


def test_what_the_plugin_compressed_is_read() -> None:
    """The start of a drawing that it made, up to where the text was cut off."""
    start = (
        "N4KAkARALgngDgUwgLgAQQQDwMYEMA2AlgCYBOuA7hADTgQBuCpAzoQPYB2KqATLZMzYBXUtiRoIACyhQ4zZAHoFAc0JRJQgEYA6"
        "bGwC2CgF7N6hbEcK4OCtptbErHALRY8RMpWdx8Q1TdIEfARcZgRmBShcZQUebQBGABZtAGYaOiCEfQQOKGZuAG1wMFAwMogSbgg"
    )
    text = '{\n\t"type": "excalidraw",\n\t"version": 2,\n\t"source": "https://github.com/zsviczian/obsidian-excalidraw'
    assert compress(text)[:100] == start[:100]


@given(st.text(alphabet=st.sampled_from('ab{}":, \n1日😀'), max_size=300))
def test_what_was_compressed_is_read_again(text: str) -> None:
    assert decompress(compress(text), 1000) == text


@given(st.text(alphabet=BASE64 + "=\n ", max_size=100) | st.text(max_size=20))
def test_what_was_not_compressed_is_refused_or_short(text: str) -> None:
    with suppress(NotCompressedError):
        assert len(decompress(text, 50)) <= 50


def test_a_text_that_grows_without_end_is_refused() -> None:
    """Each phrase can be one longer than the one before."""
    with pytest.raises(NotCompressedError):
        decompress(compress("a" * 100_000), 99_999)


def test_compressed_or_not_a_drawing_is_the_same() -> None:
    scene = json.dumps({"elements": [{"type": "ellipse", "width": 20, "height": 10}]})
    assert draw(data(compress(scene), "compressed-json")) == draw(data(scene))


def test_the_first_drawings_of_the_plugin_had_no_fence() -> None:
    scene = '{"elements": [{"type": "ellipse", "width": 20, "height": 10}]}'
    for end in ("", "\n%%", "%%\n"):
        assert draw(f"# Text Elements\n# Drawing\n{scene}{end}".encode()) == draw(data(scene))


def test_lines_end_as_anywhere() -> None:
    text = b"# Excalidraw Data\n\n## Text Elements\nOne ^aaaaaaaa\n\nTwo ^bbbbbbbb\n\n%%\n## Drawing\n"
    assert words(text.replace(b"\n", b"\r\n"), 0).split() == words(text, 0).split() == ["One", "Two"]


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS, TEXTS)
@example("%%", "![[A]]")
def test_whatever_stands_beside_a_drawing_it_has_a_page_without_its_data(beside: str, written: str) -> None:
    scene = '{"elements": [{"type": "ellipse", "width": 5, "height": 5}]}'
    drawn = f"# Excalidraw Data\n## Text Elements\n{written}\n%%\n## Drawing\n```json\n{scene}\n```\n%%\n"
    text = f"---\nexcalidraw-plugin: parsed\n---\n{beside}\n\n{drawn}"
    site = notes.read_site({"A.md": text.encode(errors="surrogatepass")}, (), notes.Settings())
    page = notes.note_pages(site)["A.md"]
    assert '"type": "ellipse"' not in page.markdown
    assert not [problem for problem in (*site.problems, *page.problems) if problem.kind.code == "our-fault"]


@pytest.mark.parametrize("ending", ["md", "MD", "markdown"])
def test_a_drawing_is_shown_whatever_the_ending_of_its_note(ending: str) -> None:
    text = b"---\nexcalidraw-plugin: parsed\n---\n" + data('{"elements": [{"type": "ellipse"}]}')
    site = notes.read_site({f"A.{ending}": text}, (), notes.Settings())
    assert "[![A](A.svg)](A.svg)" in notes.note_pages(site)[notes.NotePath(f"A.{ending}")].markdown


@given(st.lists(ELEMENTS, max_size=4))
def test_whatever_a_drawing_holds_its_picture_is_inert_xml(elements: list[dict[str, Any]]) -> None:
    try:
        picture = draw(data(json.dumps({"elements": elements})))
    except SceneError:
        return
    picture.encode()
    root = fromstring(picture)  # noqa: S314 - our own
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "g", "rect", "polygon", "ellipse", "circle", "path", "text", "tspan", "image"}
    values = [value for element in root.iter() for name, value in element.attrib.items() if name != "points"]
    assert not [value for value in values if re.search(r"url|:|nan|inf", value, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("elements", "reason"),
    [
        ([{"type": "ellipse"}] * (MOST_ELEMENTS + 1), "it has more than 10,000 elements"),
        ([{"type": "line", "points": [[0, 0]] * (MOST_POINTS + 1)}], "its lines have more than 300,000 points"),
        ([{"type": "text", "text": "a" * 100_001}], "its texts have more than 100,000 characters"),
    ],
)
def test_more_than_anyone_draws_is_not_drawn(elements: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(SceneError, match=reason):
        draw(data(json.dumps({"elements": elements})))


def test_a_picture_takes_room_as_often_as_it_is_drawn() -> None:
    files = {"a": {"dataURL": "data:image/png;base64," + "A" * (MOST_PICTURED // 10)}}
    images = [{"type": "image", "fileId": "a"}] * 9
    assert draw(data(json.dumps({"elements": images, "files": files}))).count("<image") == 9
    with pytest.raises(SceneError, match="its pictures take more than 8 MiB"):
        draw(data(json.dumps({"elements": images * 2, "files": files})))
