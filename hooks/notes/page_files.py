"""Page files: what becomes a page, by its kind. In: the path and bytes of a note, a canvas or a base. Out: `Note`."""

from maths import NO_PREAMBLE, Preamble
from notes.base_files import read_base_file
from notes.canvases import read_canvas_file
from notes.names import is_base, is_canvas
from notes.note import Note
from notes.parse import read_note
from notes.source import NotePath


def read_page(
    path: NotePath, data: bytes, flags: frozenset[str] = frozenset(), preamble: Preamble = NO_PREAMBLE
) -> Note:
    """Parse a file that becomes a page."""
    if is_canvas(path):
        return read_canvas_file(path, data, flags, preamble)
    return read_base_file(path, data, flags) if is_base(path) else read_note(path, data, flags, preamble)
