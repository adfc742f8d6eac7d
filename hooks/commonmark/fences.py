"""In: the info string and the text of a fence. Out: HTML by superfences' custom fences or pymdown's highlighting."""

import re
from functools import cache
from itertools import chain
from typing import Any, Final

from markdown import Markdown
from pygments.lexers import find_lexer_class_by_name  # has no types
from pygments.util import ClassNotFound  # has no types
from pymdownx.superfences import SuperFencesCodeExtension

from .time_limit import TimeLimitError, time_limit

MOST_COLOURED: Final = 100_000
"""What the code of one page may cost, see `_cost`: to colour a million characters takes ten seconds and more. Further
code is shown plain."""
_DEAR: Final = 10_000
"""A block of so many characters costs twice as much as its characters: for much that is left open, such as `/*` on
each line, Pygments takes the square of a block's length."""
_LONGEST_TIME: Final = 2.0
"""Seconds for one block: of some languages a few hundred characters can take for ever."""

_LONGEST: Final = 1_000
"""Characters of a line, and of blank lines in a row: Pygments takes the square of more for Makefiles, C and others."""
_BLANKS: Final = re.compile(r"\s{2,}")
_MOST_WORDS: Final = 200
"""Words in a row, over lines too, without a sign that ends a statement: more may be the head of a function, of which
Pygments takes the cube in C#, the square in Java."""
_WORDS: Final = re.compile(r"[\w\s.@$<>\[\]?]+")

# As superfences reads it: a language, then `title="…"`, `hl_lines="…"`, `linenums="…"`, perhaps in braces.
_INFO: Final = re.compile(r"\s*(?:\{\s*\.?)?(?P<language>[\w#.+-]*)(?P<options>.*)", re.DOTALL)
# A key is tried from the start of its word alone, so that no long word is tried from each of its letters.
_OPTION = re.compile(
    r"(?<![A-Za-z0-9_-])[0-9_-]*(?P<key>[A-Za-z][A-Za-z0-9_-]*+)\s*+=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)"
)

# The name of superfences' own entry, for code.
_DEFAULT: Final = "superfences"

# With one of these set, code without a language is more than text.
_FOR_PLAIN_CODE = ("linenums", "guess_lang", "auto_title", "default_lang")


class Fences:
    """Superfences as it is configured, asked for one fence of a page at a time."""

    def __init__(self, md: Markdown) -> None:
        self._md = md
        self._entries: list[dict[str, Any]] = []
        settings: dict[str, Any] = {}
        for extension in md.registeredExtensions:
            if isinstance(extension, SuperFencesCodeExtension):
                self._entries = list(reversed(extension.superfences))
            elif hasattr(extension, "get_pymdownx_highlight_settings"):
                settings = settings or extension.get_pymdownx_highlight_settings()
        self._plain_is_text = not any(settings.get(name) for name in _FOR_PLAIN_CODE)
        self._left = MOST_COLOURED

    def html(self, info: str, source: str) -> str | None:
        """Give the HTML of a fence, or None if it is code with nothing to highlight, or too much of it."""
        match = _INFO.fullmatch(info)
        language = match["language"] if match else ""
        options = {m["key"]: m["value"] for m in _OPTION.finditer(match["options"])} if match else {}
        entry = next((entry for entry in self._entries if entry["test"](language)), None)
        if entry is None or (entry["name"] == _DEFAULT and self._stays_plain(language, options, source)):
            return None
        return self._format(entry, language, options, source)

    def _stays_plain(self, language: str, options: dict[str, str], source: str) -> bool:
        if not options and self._is_text(language):
            return True
        cost = _cost(source)
        is_too_much = cost > self._left or _is_too_long(source)
        self._left -= 0 if is_too_much else cost
        return is_too_much

    def _is_text(self, language: str) -> bool:
        return self._plain_is_text and (not language or not _is_known(language))

    def _format(self, entry: dict[str, Any], language: str, inputs: dict[str, str], source: str) -> str | None:
        """Let superfences write it; where its formatter fails, the author's text stays code."""
        options: dict[str, Any] = {}
        attributes: dict[str, Any] = {}
        kept = {"classes": [], "id_value": "", "attrs": {}}
        reader: Any = self._md.preprocessors["fenced_code_block"]
        reader.line_count = source.count("\n")  # what `hl_lines` may name; set where superfences reads a fence
        try:
            if not entry["validator"](language, inputs, options, attributes, self._md):
                return None
            with time_limit(_LONGEST_TIME):
                formatted = entry["formatter"](src=source, language=language, options=options, md=self._md, **kept)
        except TimeLimitError:
            self._left = 0
            return None
        except Exception:  # noqa: BLE001 - a fence of any extension; no note may end the build
            return None
        return str(formatted)


def _cost(source: str) -> int:
    return len(source) + len(source) ** 2 // _DEAR


def _is_too_long(source: str) -> bool:
    """Ask whether a line of code, a row of blanks, or one of words is longer than anyone reads."""
    if len(source) <= _MOST_WORDS:
        return False
    parts = chain(source.split("\n"), _BLANKS.findall(source))
    return max(map(len, parts)) > _LONGEST or any(len(row.split()) > _MOST_WORDS for row in _WORDS.findall(source))


@cache
def _is_known(language: str) -> bool:
    try:
        find_lexer_class_by_name(language)
    except ClassNotFound:
        return False
    return True
