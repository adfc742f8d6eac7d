"""Names: when two are the same, and what a file is by its own. In: names, and paths. Out: forms to compare, answers.

Source of the rules: Obsidian's help, "Internal links", and what Obsidian was seen to do.
"""

import unicodedata
from functools import lru_cache
from typing import Final

from notes.source import BASE_ENDING, CANVAS_ENDING, NOTE_ENDINGS

LONGEST_NAME: Final = 1000
"""Characters of a name that count: to normalise a long row of accents takes as long as its square."""
TELLING: Final = "+#"
"""Signs that make another name: `C`, `C++` and `C#` are three."""
_LONGEST_ON_DISK: Final = 240
"""Bytes of a name, to which a number may come: no file system has longer ones than 255."""
_KEPT: Final = 40
"""Of a longer name so many characters from its start are shown, …"""
_KEPT_OF_END: Final = 20
"""… and so many from its end, which say what kind of file it is."""
_SPECIAL: Final = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^`{|}~/[]\\\r\n', " "))
_BLANKS: Final = str.maketrans("\u00a0\u202f", "  ")
"""At which no line may end."""


def normal(text: str) -> str:
    """Unicode's NFC, with plain blanks: a name is the same however its accents and blanks are stored.

    macOS writes a narrow blank before the AM of a screenshot's name; Obsidian reads it as any other (its plugin
    guidelines, "Use normalizePath"). A text longer than a name stays as it is.
    """
    if text.isascii() or len(text) > LONGEST_NAME:
        return text
    return unicodedata.normalize("NFC", text.translate(_BLANKS))


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """A name without regard to case and normal form; the same few thousand are asked for again and again.

    In lower case, as Obsidian compares names: case folding would take `Maße` for `Masse`.
    """
    return normal(text).lower()


def stripped(heading: str) -> str:
    """What of a heading's Markdown is its name to Obsidian: special signs are blanks (its API, `stripHeading`)."""
    return " ".join(key(heading).translate(_SPECIAL).split())


@lru_cache(maxsize=1 << 16)
def folded(name: str, kept: str = "") -> str:
    """A name without regard to blanks, dashes and punctuation too, but for the signs in `kept`.

    Vowel signs of Indic scripts and emoji are no punctuation: without them names become others.
    """
    return "".join(sign for sign in key(name) if sign.isalnum() or sign in kept or _is_meant(sign))


def _is_meant(sign: str) -> bool:
    return not sign.isascii() and unicodedata.category(sign)[0] in "MS"


def path_as_text(path: bytes) -> str:
    """A path on disk as the site has it, with U+FFFD for each byte that is no UTF-8."""
    try:
        return path.decode()
    except UnicodeDecodeError:
        return "/".join(map(_name_as_text, path.split(b"/")))


def _name_as_text(name: bytes) -> str:
    """Each U+FFFD takes three bytes, and an export writes files of these names."""
    text = name.decode("utf-8", "replace")
    shown = text.encode()
    return text if shown == name or len(shown) <= _LONGEST_ON_DISK else f"{text[:_KEPT]}…{text[-_KEPT_OF_END:]}"


def is_note(path: str) -> bool:
    """Whether a file is a note, by its ending."""
    return path.casefold().endswith(NOTE_ENDINGS)


def is_canvas(path: str) -> bool:
    """Whether a file is a canvas, by its ending."""
    return path.casefold().endswith(CANVAS_ENDING)


def is_base(path: str) -> bool:
    """Whether a file holds a base, by its ending."""
    return path.casefold().endswith(BASE_ENDING)


def becomes_page(path: str) -> bool:
    """Whether a file becomes a page of the site."""
    return is_note(path) or is_canvas(path) or is_base(path)


def without_ending(path: str) -> str:
    """A path without a note's ending."""
    stem, dot, ending = path.rpartition(".")
    return stem if dot and f".{ending.casefold()}" in NOTE_ENDINGS else path
