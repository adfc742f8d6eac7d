"""Schemes: a page links to the web, to mail, to the telephone and to the site itself, and to nothing else.

In: a note. Out: edits that leave only the words of any other link (`javascript:`, `data:`, `file:`, `obsidian:` …), and
problems. A picture may hold its own data, unless that is SVG, which can hold a script. Raw HTML is not looked at: a
site's notes are reviewed, and CommonMark lets them write any.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from commonmark.addresses import scheme
from notes.boxes import before_words
from notes.edits import Edit
from notes.note import Link, LinkSyntax, Note, Run
from notes.problems import Kind, Problem
from notes.shown import is_refused, without_size
from notes.writing import escaped

_BRACKET = re.compile(rb"]")
_FEATURE = "schemes"


def refused(note: Note) -> Iterator[Link]:
    """The links and pictures of a note that a page must not have, in order."""
    for link in note.links:
        if link.syntax is not LinkSyntax.WIKI and is_refused(link.target, embeds=link.embeds):
            yield link


def scheme_edits(note: Note) -> Iterator[Edit]:
    """Leave the words of each refused link, and nothing that could become another link."""
    blocks = set()
    for link in refused(note):
        blocks.add(link.block)
        if link.syntax is LinkSyntax.AUTO:
            yield Edit.replacement(link.start, link.end, escaped(link.target), _FEATURE)
        elif link.embeds:
            yield _described(note, link)
        else:
            yield Edit.replacement(link.start, link.start + 1, before_words(link.label), _FEATURE)
            yield Edit.deletion(link.label_end, link.end, _FEATURE)
    if blocks:
        yield from _brackets(note, (run for run in note.runs if run.block in blocks and run.link < 0))


def _described(note: Note, link: Link) -> Edit:
    """The words that describe a picture, without its size; their markup counts for nothing, as in its place."""
    first = bisect_left(note.runs, link.start, key=lambda run: run.start)
    last = bisect_left(note.runs, link.end, first, key=lambda run: run.start)
    words = escaped(without_size("".join(run.text for run in note.runs[first:last])))
    return Edit(link.start, link.end, words.encode(), _FEATURE)


def _brackets(note: Note, runs: Iterable[Run]) -> Iterator[Edit]:
    """Brackets around a link are text, as links hold no links: they stay text when it is one no longer."""
    for run in runs:
        written = note.source.text[run.start : run.end]
        # It differs in code, and where a comment is in it.
        if written != run.text.encode() or note.source.text[run.start - 1 : run.start] == b"\\":
            continue
        for bracket in _BRACKET.finditer(written):
            yield Edit.insertion(run.start + bracket.start(), "\\", _FEATURE)


def scheme_problems(note: Note) -> Iterator[Problem]:
    """Tell each refused link, and what to write instead."""
    for link in refused(note):
        name = scheme(link.target)
        yield note.source.problem(
            Kind.SCHEME,
            link.start,
            f"the site has no links to `{name}:` addresses; only the words are shown",
            "Write `[[Note]]`." if name == "obsidian" else "Use `http:`, `https:`, `mailto:`, `tel:` or a file's name.",
        )
