"""Obsidian's Bases: tables, cards and lists of the notes, by their properties.

In: the YAML of a base, and what is known of all files. Out: the rows that each view shows. Knows no note and no page.
"""

from notes.bases.dates import Date, read_date
from notes.bases.definition import Base, Fault, Look, View, ViewKind, read_base
from notes.bases.results import MOST_ROWS, Group, Result, Row, find
from notes.bases.scope import Budget, World
from notes.bases.values import (
    LONGEST,
    File,
    Html,
    Link,
    Picture,
    Tag,
    TooMuchError,
    Value,
    finite,
    is_empty,
    text_of,
    wiki_parts,
)

__all__ = [
    "LONGEST",
    "MOST_ROWS",
    "Base",
    "Budget",
    "Date",
    "Fault",
    "File",
    "Group",
    "Html",
    "Link",
    "Look",
    "Picture",
    "Result",
    "Row",
    "Tag",
    "TooMuchError",
    "Value",
    "View",
    "ViewKind",
    "World",
    "find",
    "finite",
    "is_empty",
    "read_base",
    "read_date",
    "text_of",
    "wiki_parts",
]
