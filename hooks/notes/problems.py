"""What can be wrong with a note, and how it is told: where, what, and the way out.

In: the facts of one finding. Out: one line for a log, one for a workflow's annotation, a block for a terminal.
A feature makes a `Problem`; only this file words a position.

The kinds, by family:

    the file       NOT_UTF8, NUL, FRONT_MATTER, CANVAS, BASE, LEAVES_FOLDER, UNREADABLE
    addresses      SAME_ADDRESS
    links          AMBIGUOUS, NO_HEADING, NO_FILE, HTML, NOT_PUBLISHED, GUESSED, SCHEME
    embeds         NOT_SHOWN, CYCLE, TOO_MANY
    our own        SETTINGS, FAULT
    the text       UNCLOSED_FENCE, UNCLOSED_COMMENT, SPACED_EMPHASIS, FORMULA, NOT_SEARCHED, TOO_MUCH
    diagrams       DRAWING, MERMAID, MANY_DIAGRAMS
    review         FLAG, told only of a change; HISTORY
"""

import posixpath
from dataclasses import dataclass
from enum import Enum

from notes.diagrams.grid import cell_count

EXCERPT = 100
"""So many characters of the author's line are quoted,"""
EXCERPT_BEFORE = 50
"""and of those so many before the place."""


class Severity(Enum):
    """How loud a problem is."""

    WARNING = "warning"
    """Readers see something else than the author meant; fails `--strict`."""
    NOTICE = "notice"
    """The page is right; the author may want to know."""


class Kind(Enum):
    """Every problem that there is: its code and its severity."""

    NOT_UTF8 = ("not-utf8", Severity.WARNING)
    NUL = ("nul", Severity.WARNING)
    FRONT_MATTER = ("front-matter", Severity.WARNING)
    CANVAS = ("canvas", Severity.WARNING)
    BASE = ("base", Severity.WARNING)
    LEAVES_FOLDER = ("leaves-folder", Severity.WARNING)
    UNREADABLE = ("unreadable", Severity.WARNING)
    SAME_ADDRESS = ("same-address", Severity.WARNING)
    AMBIGUOUS = ("ambiguous-link", Severity.WARNING)
    NO_HEADING = ("no-heading", Severity.WARNING)
    NO_FILE = ("no-file", Severity.WARNING)
    HTML = ("html-link", Severity.NOTICE)
    NOT_PUBLISHED = ("not-published", Severity.NOTICE)
    GUESSED = ("guessed-link", Severity.NOTICE)
    SCHEME = ("scheme", Severity.NOTICE)
    NOT_SHOWN = ("embed-not-shown", Severity.NOTICE)
    SETTINGS = ("settings", Severity.WARNING)
    FAULT = ("our-fault", Severity.WARNING)
    CYCLE = ("embed-cycle", Severity.WARNING)
    TOO_MANY = ("embed-limit", Severity.WARNING)
    UNCLOSED_FENCE = ("unclosed-fence", Severity.WARNING)
    UNCLOSED_COMMENT = ("unclosed-comment", Severity.WARNING)
    SPACED_EMPHASIS = ("spaced-emphasis", Severity.NOTICE)
    FORMULA = ("formula", Severity.NOTICE)
    NOT_SEARCHED = ("not-searched", Severity.NOTICE)
    TOO_MUCH = ("too-much", Severity.NOTICE)
    DRAWING = ("drawing", Severity.NOTICE)
    MERMAID = ("mermaid", Severity.WARNING)
    MANY_DIAGRAMS = ("many-diagrams", Severity.NOTICE)
    FLAG = ("flag", Severity.NOTICE)
    HISTORY = ("history", Severity.NOTICE)

    def __init__(self, code: str, severity: Severity) -> None:
        self.code = code
        self.severity = severity


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in an author's file as an editor shows it."""

    path: str
    """From the folder of notes, with `/`."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, as data."""

    kind: Kind
    at: Position
    message: str
    """What is wrong: one clause, no full stop."""
    way_out: str
    """What the author can do: one sentence in the imperative."""
    excerpt: str = ""
    """The author's line around the place."""

    @property
    def severity(self) -> Severity:
        """How loud it is, by its kind."""
        return self.kind.severity

    def sort_key(self) -> tuple[Position, str, str]:
        """The order in which problems are told: by place, then by text."""
        return (self.at, self.kind.code, self.message)


def one_line(text: str) -> str:
    """Untrusted text for a line of output: control characters become blanks, so that no line can be forged."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else " " for character in text)


def _without_mark(text: str) -> str:
    """One line without `##[`, which a workflow's runner takes for a command wherever it stands."""
    return one_line(text).replace("##[", "## [")


def _disarmed(text: str) -> str:
    """The same, also without `::`, which the runner takes for one at the start of a line."""
    return _without_mark(text).replace("::", ": :")


def as_log_lines(text: str) -> str:
    """What another program logs and may quote a note in: no further line can pass for one of its own."""
    first, *more = map(_disarmed, text.split("\n"))
    return "\n".join((first, *(line if line.startswith(" ") else f"  {line}" for line in more)))


def as_log_line(problem: Problem, folder: str) -> str:
    """`folder/path:line:column: message. Way out.` for a build's log."""
    return _disarmed(f"{_place(problem, folder)}: {problem.message}. {problem.way_out}")


def as_text(problem: Problem, folder: str) -> str:
    """The finding for a terminal: place and code, the author's line with a caret, the way out."""
    lines = [_without_mark(f"{_place(problem, folder)}: {problem.kind.code}: {problem.message}")]
    if problem.excerpt:
        number, excerpt = str(problem.at.line), problem.excerpt
        before = _without_mark(excerpt[: min(problem.at.column - 1, EXCERPT_BEFORE)])
        lines += [f"  {number} | {_without_mark(excerpt)}", f"  {' ' * len(number)} | {' ' * cell_count(before)}^"]
    lines.append(f"  help: {_without_mark(problem.way_out)}")
    return "\n".join(lines)


def as_annotation(problem: Problem, folder: str) -> str:
    """A GitHub workflow command; every part is escaped, since notes are untrusted.

    Source: GitHub's documentation, "Workflow commands for GitHub Actions".
    """
    at = problem.at
    place = f"file={_property(_file(problem, folder))},line={at.line},col={at.column}"
    title = _property(problem.kind.code)
    text = _data(_disarmed(f"{problem.message}. {problem.way_out}"))
    return f"::{problem.severity.value} {place},title={title}::{text}"


def as_record(problem: Problem, folder: str) -> dict[str, str | int]:
    """The finding for a program (`check --format json`)."""
    at = problem.at
    return {
        "file": _file(problem, folder),
        "line": at.line,
        "column": at.column,
        "code": problem.kind.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "help": problem.way_out,
    }


def _place(problem: Problem, folder: str) -> str:
    return f"{_file(problem, folder)}:{problem.at.line}:{problem.at.column}"


def _file(problem: Problem, folder: str) -> str:
    """The settings lie outside of the folder."""
    return posixpath.normpath(f"{folder}/{problem.at.path}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The runner takes `##[` for a command wherever it stands."""
    return _data(text).replace(":", "%3A").replace(",", "%2C").replace("##[", "## [")
