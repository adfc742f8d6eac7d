"""Obsidian's own settings, which it keeps in a folder of notes. In: the folder. Out: what they say of its pages."""

import json
from pathlib import Path
from typing import Final

_SETTINGS: Final = Path(".obsidian", "app.json")
_LONGEST: Final = 1 << 20
"""Bytes; Obsidian writes some hundred."""


def shows_line_breaks(docs: Path) -> bool:
    """Whether a single line break is shown: unless "Strict line breaks" is on (Obsidian's help, "Settings", Editor).

    Settings that cannot be read say nothing, to Obsidian too.
    """
    file = docs / _SETTINGS
    try:
        settings = json.loads(_start(file)) if file.is_file() else None
    except (OSError, ValueError, RecursionError):
        return True
    return not (isinstance(settings, dict) and settings.get("strictLineBreaks") is True)


def _start(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_LONGEST)
