"""Files of bases: a base as a note, so that all that is done for notes is done for it. In: path and bytes. Out: `Note`.

Its text is one code block with the author's YAML, as authors write bases into notes, and a heading for each view, so
that `[[Base.base#View]]` leads to one; `base_views` puts the views beneath them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Final

from notes.bases import Base, Fault, read_base
from notes.derived import derived
from notes.front_matter import FrontMatter
from notes.note import Note, file_name
from notes.parse import read_text
from notes.source import NotePath, Source, read_source
from notes.writing import escaped

LANGUAGE: Final = "base"
"""Of a code block that holds one."""
_MARKS: Final = re.compile(r"`{3,}")


def read_base_file(path: NotePath, data: bytes, flags: frozenset[str]) -> Note:
    """Parse a file that holds a base."""
    source, problems = read_source(path, data)
    note = read_text(derived(source, _pieces(source)), FrontMatter(title=file_name(path)), problems, flags)
    if note.is_as_written:  # its author has written the file, not what was made of it
        return replace(note, source=source)
    return replace(note, headings=tuple(heading._replace(is_empty=False) for heading in note.headings))


def _pieces(source: Source) -> Iterator[tuple[str, int]]:
    """The whole text, each piece with the byte offset in the file that it comes from."""
    text = source.text.decode()
    marks = max((*_MARKS.findall(text), "``"), key=len) + "`"
    lines = text.splitlines(keepends=True)
    yield f"{marks}{LANGUAGE}\n", 0
    yield from zip(lines, accumulate((len(line.encode()) for line in lines), initial=0), strict=False)
    yield ("" if text.endswith("\n") else "\n") + f"{marks}\n", 0
    match read_base(text):
        case Base(views):
            yield from ((f"\n## {escaped(view.name)}\n", 0) for view in views if view.name)
        case Fault():
            pass
