"""Lint: what in a note's text readers see otherwise than its author means. In: what the reader found. Out: problems.

What is wrong with a link, a property or a drawing is told by the feature that reads it.
"""

import re
from collections.abc import Iterator
from typing import Final

from commonmark.addresses import LED_TO, scheme
from commonmark.events import Kind as EventKind
from commonmark.events import grows
from commonmark.spans import within
from maths import Preamble, addresses, unread
from maths import address as led_to
from notes.problems import Kind, Problem
from notes.reader import Reader

_COMMENT_MARK: Final = re.compile(rb"%%")
_OPEN_COMMENT: Final = re.compile(rb"[ >]*%%[^%\n]*$", re.MULTILINE)
"""A line that begins a comment to Obsidian: it starts with a `%%`, of which the line has no other."""
_PARAMETER: Final = re.compile(r"#[1-9]")
"""Of a macro: an address stands there where it is used."""


def lint(reader: Reader, preamble: Preamble) -> Iterator[Problem]:
    """All problems of a note's text, kind by kind; `preamble`: what its formulas know."""
    yield from _unclosed_fences(reader)
    yield from _unclosed_comments(reader)
    yield from _spaced_bold(reader)
    yield from _tables_as_text(reader)
    yield from _unread_formulas(reader, preamble)
    yield from _unlinked_formulas(reader)


def _unclosed_fences(reader: Reader) -> Iterator[Problem]:
    for fence in reader.fences:
        if not fence.closed:
            yield reader.source.problem(
                Kind.UNCLOSED_FENCE,
                fence.start,
                "this code block is not closed; everything to its end is shown as code",
                "Close it with a line of the same marks.",
            )


def _unclosed_comments(reader: Reader) -> Iterator[Problem]:
    """Obsidian hides more than a pair: from a `%%` that begins a line to the next one, wherever that is, or the end."""
    text = reader.source.text
    is_open = False
    for run in reader.runs if b"%%" in text else ():
        for mark in () if run.is_code else _COMMENT_MARK.finditer(text, run.start, run.end):
            if within(reader.comments, mark.start()):
                continue
            is_open = not is_open and _OPEN_COMMENT.match(text, text.rfind(b"\n", 0, mark.start()) + 1) is not None
            if is_open:
                yield reader.source.problem(
                    Kind.UNCLOSED_COMMENT,
                    mark.start(),
                    "no line of `%%` ends this comment; Obsidian hides what follows, the page shows it",
                    "Put `%%` on a line of its own where the comment begins, and where it ends.",
                )


def _spaced_bold(reader: Reader) -> Iterator[Problem]:
    for start, _ in reader.spaced_bold:
        yield reader.source.problem(
            Kind.SPACED_EMPHASIS,
            start,
            "a blank inside `**…**`: CommonMark shows the asterisks; the paragraph is shown bold",
            "Delete the blank next to the asterisks.",
        )


def _tables_as_text(reader: Reader) -> Iterator[Problem]:
    if grows(reader.source.text[reader.body :]):
        yield reader.source.problem(
            Kind.TOO_MUCH,
            reader.body,
            "a table would have far more cells than are written; the note's tables are shown as text",
            "Give the table's head as many cells as its rows have.",
        )


def _unread_formulas(reader: Reader, preamble: Preamble) -> Iterator[Problem]:
    written = [(event.data, event.kind is EventKind.DISPLAY_MATH) for event in reader.formulas]
    for place, why in unread(written, preamble):
        yield reader.source.problem(
            Kind.FORMULA,
            reader.formulas[place].start,
            f"this formula cannot be typeset{f' ({why})' if why else ''}; readers see its source",
            "Correct it, or write it in other commands.",
        )


def _unlinked_formulas(reader: Reader) -> Iterator[Problem]:
    for event in reader.formulas if rb"\href" in reader.source.text else ():
        for address in addresses(event.data):
            is_followed = scheme(address) in LED_TO and address == led_to(event.data)
            if not is_followed and not _PARAMETER.search(address):
                yield reader.source.problem(
                    Kind.SCHEME,
                    event.start,
                    f"no link leads from within this formula to `{address}`; only the words are shown",
                    "Write `[$…$](address)`, with `http:`, `https:`, `mailto:` or `tel:`.",
                )
