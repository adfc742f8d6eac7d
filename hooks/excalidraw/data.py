"""Data: how a note holds a drawing. In: its text, in bytes. Out: where the data starts, its words, its picture.

Obsidian shows the drawing in place of such a note, and never the data. Source of the form: the plugin's notes, old
and new ones; it names their parts by headings.
"""

import re
from functools import lru_cache
from typing import Final

from excalidraw.lz_string import NotCompressedError, decompress
from excalidraw.scene import SceneError, read_scene
from excalidraw.svg import svg

_MOST: Final = 4 << 20
"""Characters of a drawing's JSON; as Python's objects it takes twenty times as much memory."""
_START: Final = re.compile(
    rb"(?:^(?:#\s+)?%%\s+)?"
    rb"(?P<heading>^(?:#[ \t]+(?:Excalidraw Data|Text Elements)[ \t]*\r?$|##?[ \t]+Drawing[ \t]*\r?\n\s*(?:```|\{)))",
    re.MULTILINE,
)
"""The plugin ends what its user writes with an empty heading, and hides its data by opening a comment."""
_DRAWING: Final = re.compile(rb"^##?[ \t]+Drawing[ \t]*\r?\n", re.MULTILINE)
_SCENE: Final = re.compile(rb"```compressed-json[ \t]*\r?\n(?P<compressed>[^`]+)|(?P<json>\{.*)", re.DOTALL)
_WORDS: Final = re.compile(
    rb"^##?[ \t]+Text Elements[ \t]*\r?\n(?P<words>.*?)(?=^%%|^##?[ \t]+(?:Element Links|Embedded Files|Drawing)\b|\Z)",
    re.MULTILINE | re.DOTALL,
)
_ID: Final = re.compile(r"[ \t]\^[\w-]{8}[ \t]*\r?$", re.MULTILINE)
_LINK: Final = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
_COMMENT: Final = b"%%"
_BANNER: Final = re.compile("\\s*==⚠[^\n]*(?:\n|$)".encode())
"""What the plugin tells those who see the text."""


def data_start(text: bytes, body: int) -> int | None:
    """Byte offset at which the data starts in a note's text after `body`; None if there is none."""
    found = _START.search(text, body)
    if found is None:
        return None
    is_comment_open = text.count(_COMMENT, body, found.start()) % 2
    return found.start("heading" if is_comment_open else 0)


def after_banner(text: bytes, body: int) -> int:
    """Byte offset at which the author's own text starts."""
    banner = _BANNER.match(text, body)
    return banner.end() if banner else body


def scene_start(text: bytes, start: int) -> int:
    """Byte offset at which the words and links of the data end, and the drawing itself starts."""
    found = _DRAWING.search(text, start)
    return found.start() if found else len(text)


def words(text: bytes, start: int) -> str:
    """What is written in the drawing, a line for each line."""
    found = _WORDS.search(text, start)
    return _LINK.sub(r"\1", _ID.sub("", found["words"].decode())).strip() if found else ""


@lru_cache(maxsize=256)
def draw(data: bytes) -> str:
    """Give the SVG of a note's data; raises SceneError. Under `serve` the same drawings are asked for again."""
    found = _SCENE.search(data, scene_start(data, 0))
    if found is None:
        raise SceneError("its data is missing")  # noqa: EM101, TRY003 - a part of a sentence
    text = (found["compressed"] or found["json"]).decode()
    if len(text) > _MOST:
        raise SceneError(f"its data is longer than {_MOST >> 20} MiB")  # noqa: EM102, TRY003 - as above
    if found["compressed"]:
        try:
            text = decompress(text, _MOST)
        except NotCompressedError as error:
            raise SceneError("its data is damaged") from error  # noqa: EM101, TRY003 - as above
    return svg(read_scene(text))
