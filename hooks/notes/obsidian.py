"""What Obsidian and its plugins keep in a folder of notes for all pages. In: the folder. Out: what it says of them."""

import json
import posixpath
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from maths import NO_PREAMBLE, Preamble
from maths import read_preamble as read_definitions
from notes.problems import Kind, Position, Problem
from notes.source import NotePath, read_source

Read = Callable[[str], bytes]
"""Gives the start of a file by its path below the folder; raises OSError if it cannot be read."""

_SETTINGS: Final = ".obsidian/app.json"
_MATHS: Final = ".obsidian/plugins/obsidian-latex/data.json"
"""Settings of the plugin Extended MathJax, of which `preamblePath` is the only one."""
_PREAMBLE: Final = "preamble.sty"
_LONGEST: Final = 1 << 20
"""Bytes of settings; Obsidian writes some hundred."""
_LONGEST_PREAMBLE: Final = 100_000
"""Bytes, of which each page has a copy; people write some thousand."""


def shows_line_breaks(docs: Path) -> bool:
    """Whether a single line break is shown: unless "Strict line breaks" is on (Obsidian's help, "Settings", Editor).

    Settings that cannot be read say nothing, to Obsidian too.
    """
    return _settings(partial(_start, docs), _SETTINGS).get("strictLineBreaks") is not True


def read_preamble(docs: Path) -> tuple[Preamble, tuple[Problem, ...]]:
    """What the plugin Extended MathJax lets all formulas know, and what is wrong with it.

    Source: its README, and its settings: `preamble.sty` at the top of the folder, or another file. It says how formulas
    are shown, so that it counts also where the settings of the site keep it off the site, or it is hidden.
    """
    path = preamble_path(partial(_start, docs))
    try:
        return preamble_of(path, _start(docs, path, _LONGEST_PREAMBLE + 1, is_shown=True))
    except FileNotFoundError:
        return NO_PREAMBLE, ()
    except OSError as error:
        message = f"no formula knows the commands of this file: {error.strerror or error}"
        return NO_PREAMBLE, (Problem(Kind.UNREADABLE, Position(path, 1, 1), message, "Put a copy in its place."),)


def preamble_path(read: Read) -> str:
    """Where the text is that all formulas know, below the folder."""
    path = _settings(read, _MATHS).get("preamblePath")
    return posixpath.normpath(path.lstrip("/")) if isinstance(path, str) else _PREAMBLE


def preamble_of(path: str, data: bytes) -> tuple[Preamble, tuple[Problem, ...]]:
    """What a file lets all formulas know, and what is wrong with it."""
    if len(data) > _LONGEST_PREAMBLE:
        message = f"this holds more than {_LONGEST_PREAMBLE:,} bytes; no formula knows its commands"
        return NO_PREAMBLE, (Problem(Kind.TOO_MUCH, Position(path, 1, 1), message, "Leave out what no note uses."),)
    source, problems = read_source(NotePath(path), data)
    text = source.text.decode()
    preamble = read_definitions(text)
    unread = (
        source.problem(
            Kind.FORMULA,
            len(text[:start].encode()),
            "this definition cannot be read, or has no end; no formula knows it",
            "Correct it, or write it in other commands.",
        )
        for start in preamble.unread
    )
    return preamble, (*problems, *unread)


def _settings(read: Read, path: str) -> Mapping[str, object]:
    try:
        settings = json.loads(read(path))
    except (OSError, ValueError, RecursionError):
        return {}
    return settings if isinstance(settings, dict) else {}


def _start(docs: Path, path: str, longest: int = _LONGEST, *, is_shown: bool = False) -> bytes:
    """The start of a file; what readers are shown of it may not come from elsewhere."""
    file = docs / path
    if not file.is_file():
        raise FileNotFoundError(path)
    if is_shown and not file.resolve().is_relative_to(docs.resolve()):
        message = "it leads out of the folder of notes"
        raise OSError(message)
    with file.open("rb") as opened:
        return opened.read(longest)
