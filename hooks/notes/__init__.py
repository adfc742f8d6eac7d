"""Stage 1: the author's notes, read and never written, become CommonMark for any generator."""

from notes.drawings import mermaid_problems
from notes.folder import Folder, legible, paths_in, sort_out
from notes.foot import foot
from notes.history import History, find_reflog, read_history
from notes.names import becomes_page
from notes.note import Note
from notes.obsidian import read_preamble, shows_line_breaks
from notes.order import by_name
from notes.page_files import read_page
from notes.pages import Page, generated_files, generated_pages, not_searched, note_pages
from notes.problems import Kind, Problem, Severity, as_log_line, as_log_lines
from notes.ranges import ranges
from notes.review import Label
from notes.settings import Settings, Wrong, read_labels, settings_problems
from notes.site import Site, read_site
from notes.source import NotePath

__all__ = [
    "Folder",
    "History",
    "Kind",
    "Label",
    "Note",
    "NotePath",
    "Page",
    "Problem",
    "Settings",
    "Severity",
    "Site",
    "Wrong",
    "as_log_line",
    "as_log_lines",
    "becomes_page",
    "by_name",
    "find_reflog",
    "foot",
    "generated_files",
    "generated_pages",
    "legible",
    "mermaid_problems",
    "not_searched",
    "note_pages",
    "paths_in",
    "ranges",
    "read_history",
    "read_labels",
    "read_page",
    "read_preamble",
    "read_site",
    "settings_problems",
    "shows_line_breaks",
    "sort_out",
]
