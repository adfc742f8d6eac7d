"""History: since when and by whom each flag is set, and which were resolved. In: a repository. Out: a `History`.

No `git blame`, which names whoever changed the line last: one pass of the log follows each tag (see `course`).
Only `read_history` and `changed_flags` ask git; a folder without git, or a shallow clone, has a history of unknowns.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Final

from notes.history.changed import last_changed
from notes.history.course import Change, Course, Gone, mentions_of
from notes.history.git import (
    GitError,
    blobs,
    diff_arguments,
    git,
    log_arguments,
    parents_arguments,
    paths,
    prefix,
    renames_arguments,
    sizes,
)
from notes.history.mentions import PROPERTY, Mention, Tags, note_mentions
from notes.history.pairs import pair
from notes.history.patches import HEADER, Author, FilePatch, read_author, read_log, read_patch, read_renames
from notes.history.standing import Since, Standing, Standings, Untold, in_order
from notes.parse import read_note
from notes.review import Flag, FlagKey, Label, Labels, find_flags
from notes.source import NotePath

_LONGEST = 2000
"""Characters of a line on either side of a tag that its excerpt is made of."""

_MOST_READ: Final = 8 << 20
"""Bytes of notes, as they were before a flag was taken off, that are looked at; of the newest, if there are more."""
_HIDE: Final = tuple(map(re.compile, (rb"`{3,}", rb"~{3,}", rb"%%", rb"\$\$", rb"<!--|-->")))
"""What starts and ends code, comments and maths of several lines."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A flag that was taken off."""

    path: NotePath
    """Of the note, as it is called now; it may be gone, or not be published."""
    label: Label
    reason: str
    excerpt: str
    """The passage's first words at the time."""
    since: Since
    by: Author


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of a folder's flags. Make it with `read_history`."""

    commit: str = ""
    """Id of the newest commit; empty if there is none."""
    newest: Author | None = None
    """Who made it, and when."""
    is_whole: bool = False
    """Whether all of the history is here."""
    tracked: frozenset[str] = frozenset()
    """Paths below the folder that git knows."""
    standing: tuple[Standing, ...] = ()
    resolved: tuple[Resolved, ...] = ()
    """The newest first."""
    changed: Mapping[NotePath, str] = field(default_factory=dict)
    """The day on which each note was changed last."""


NO_HISTORY: Final = History()
"""Of a folder without git."""

Flags = Mapping[NotePath, Sequence[Flag]]


def read_history(folder: Path, labels: Labels) -> History:
    """Ask git about a folder of notes."""
    try:
        return _read_history(folder, labels)
    except GitError:
        return NO_HISTORY


def _read_history(folder: Path, labels: Labels) -> History:
    is_whole = git(folder, "rev-parse", "--is-shallow-repository").strip() == b"false"
    try:
        commit = git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip().decode()
    except GitError:
        return History(is_whole=is_whole)
    name, _, seconds = git(folder, "log", "-1", "--no-patch", "--format=%aN%x00%at").strip().rpartition(b"\0")
    newest = read_author(name, seconds)
    if not is_whole:
        return History(commit, newest)
    course, committed, now = _follow(folder, frozenset(labels))
    resolved = tuple(_resolved(folder, course.gone_from(committed), labels))
    changed = last_changed(folder)
    return History(commit, newest, is_whole, tracked(folder), tuple(now), resolved[::-1], changed)


def _follow(folder: Path, tags: Tags) -> tuple[Course, Standings, Standings]:
    """What stood in the newest commit, and what stands now that some is not committed yet."""
    top = prefix(folder)
    commits = tuple(read_log(git(folder, *log_arguments(_pattern(tags), HEADER))))
    changes = {commit.id: mentions_of(commit.files, top, tags) for commit in commits}
    uncommitted = mentions_of(read_patch(git(folder, *diff_arguments("HEAD"))), top, tags)
    all_removed = (mention for removed, _ in (*changes.values(), uncommitted) for mention in removed)
    lone = [mention.blob for mention in all_removed if mention.blob and not mention.words]
    course = Course(tags, top, _notes_then(folder, reversed(lone)))
    now = _walk(folder, course, changes, {commit.id: commit.author or Untold.UNKNOWN for commit in commits})
    committed = now.copy()
    course.follow(now, uncommitted, Untold.NOT_COMMITTED)
    return course, committed, now


def _walk(folder: Path, course: Course, changes: Mapping[str, Change], since: Mapping[str, Since]) -> Standings:
    """Through all commits; `changes` and `since` are by the ids of those that change a tag."""
    renames = read_renames(git(folder, *renames_arguments("%x01%H"))) if changes else {}
    lines = [line.split() for line in git(folder, *parents_arguments()).decode().splitlines()]
    asked = Counter(parent for _, *parents in lines for parent in parents)
    standings: dict[str, Standings] = {}
    now = Standings()
    for commit, *parents in lines:
        now, *merged = [standings[parent] for parent in parents] or [Standings()]
        asked.subtract(parents)
        if parents and asked[parents[0]]:
            now = now.copy()  # another commit follows that one, too
        for parent in parents:
            if not asked[parent]:
                standings.pop(parent, None)
        course.follow(
            now, changes.get(commit, ((), ())), since.get(commit, Untold.UNKNOWN), renames.get(commit, {}), merged
        )
        standings[commit] = now
    return now


def _pattern(tags: Iterable[str]) -> str:
    """A POSIX regular expression that finds at least these tags; what is no plain letter matches anything."""
    names = "|".join(re.sub(r"[^A-Za-z0-9_/-]+", ".+", tag) for tag in sorted(tags))
    return rf"""(#|^[[:blank:]]*-[[:blank:]]+["']?|^tags?[[:blank:]]*:.*)({names})"""


def tracked(folder: Path) -> frozenset[str]:
    """The paths below a folder that git knows."""
    return frozenset(paths(git(folder, "ls-files", "-z")))


def _resolved(folder: Path, all_gone: Iterable[tuple[str, Gone]], labels: Labels) -> Iterator[Resolved]:
    """Those of the folder that were flags, not words in code."""
    gone = [(path, it) for path, it in all_gone if not it.mention.path.startswith("/")]
    blobs_wanted = [it.mention.blob for _, it in reversed(gone) if it.mention.blob]
    past = _Past(_notes_then(folder, blobs_wanted), labels)
    for path, (mention, since, by, _) in gone:
        flag = _flag_then(mention, labels)
        if flag and not past.hides(mention):
            yield Resolved(NotePath(path), flag.label, flag.reason, flag.excerpt, since, by)


def _notes_then(folder: Path, blobs_wanted: Iterable[str]) -> Mapping[str, bytes]:
    """What notes held, by git's ids of it, as far as `_MOST_READ` goes."""
    wanted = tuple(dict.fromkeys(blobs_wanted))
    totals = accumulate(sizes(folder, wanted))
    few = [blob for blob, total in zip(wanted, totals, strict=True) if total <= _MOST_READ]
    return dict(zip(few, blobs(folder, few), strict=True))


class _Past:
    """Notes as they were before flags were taken off, by git's ids of them; each is looked at once."""

    def __init__(self, texts: Mapping[str, bytes], labels: Labels) -> None:
        self._texts = texts
        self._labels = labels
        self._marks: dict[str, Sequence[Sequence[int]]] = {}
        self._shown: dict[str, AbstractSet[tuple[int, int]]] = {}

    def hides(self, mention: Mention) -> bool:
        """Whether it stood in code, a comment or maths of several lines, which its own lines do not tell."""
        text = self._texts.get(mention.blob, b"")
        if mention.blob not in self._marks:
            self._marks[mention.blob] = [_lines_with(marks, text) for marks in _HIDE]
        if not any(bisect_left(lines, mention.line) % 2 for lines in self._marks[mention.blob]):
            return False  # as nearly always, so that the note need not be read
        if mention.blob not in self._shown:
            self._shown[mention.blob] = _shown(mention.path, text, self._labels)
        return (mention.line, mention.column) not in self._shown[mention.blob]


def _lines_with(marks: re.Pattern[bytes], text: bytes) -> Sequence[int]:
    """The number of the line of each mark."""
    return [number for number, line in enumerate(text.split(b"\n"), 1) for _ in marks.finditer(line)]


def _shown(path: str, text: bytes, labels: Labels) -> AbstractSet[tuple[int, int]]:
    """The line and the column of each flag."""
    note = read_note(NotePath(path), text, frozenset(labels))
    places = note_mentions(path, note.source.text, frozenset(labels))
    shown = (places.get(flag.tag.start) for flag in find_flags(note, labels))
    return {(mention.line, mention.column) for mention in shown if mention}


def _flag_then(mention: Mention, labels: Labels) -> Flag | None:
    """The flag that a mention was, read from its lines alone; these are moved out of any list first."""
    if mention.body:
        properties = f"---\ntags: [{mention.tag.removesuffix(PROPERTY)}]\n---\n".encode()
        note = read_note(NotePath(mention.path), properties + b"\n".join(mention.body), frozenset(labels))
        return next(iter(find_flags(note, labels)), None)
    line = mention.lines[0].decode("utf-8", "replace")
    first = max(len(line) - len(line.lstrip()), mention.column - _LONGEST)
    text = "\n".join((line[first : mention.column + _LONGEST], *_rest(mention)))
    note = read_note(NotePath(mention.path), text.encode(), frozenset(labels))
    start = len(line[first : mention.column].encode())
    return next((flag for flag in find_flags(note, labels) if flag.tag.start == start), None)


def _rest(mention: Mention) -> Iterator[str]:
    """The further lines of the passage: to the first blank one after its words."""
    has_words = bool(mention.words)
    for line in mention.lines[1:]:
        text = line.decode("utf-8", "replace").strip()
        if has_words and not text:
            return
        has_words = has_words or bool(text)
        yield text[:_LONGEST]


def find_since(history: History, flags: Flags, tags: Tags) -> Mapping[FlagKey, Since]:
    """Since when each flag is set; all that a history without gaps does not know is not committed yet."""
    mentions = {
        (path, offset): mention
        for path, found in flags.items()
        if found
        for offset, mention in note_mentions(path, found[0].note.source.text, tags).items()
    }
    standing = Standings(history.standing)
    since: dict[FlagKey, Since] = {}
    _match(mentions, since, standing.take_same)
    _match(mentions, since, in_order(standing))
    untold = {path: _untold(history, path) for path, found in flags.items() if found}
    keys = (flag.key for found in flags.values() for flag in found)
    return {key: since.get(key, untold[key[0]]) for key in keys}


def _match(
    mentions: Mapping[FlagKey, Mention], since: dict[FlagKey, Since], find: Callable[[Mention], Standing | None]
) -> None:
    for key, mention in mentions.items():
        if key not in since and (found := find(mention)):
            since[key] = found.since


def _untold(history: History, path: NotePath) -> Untold:
    """Of a folder with a repository of its own, git tells only that it is there."""
    known = path in history.tracked or any(str(folder) in history.tracked for folder in PurePosixPath(path).parents)
    return Untold.UNKNOWN if known or not history.is_whole else Untold.NOT_COMMITTED


def changed_flags(
    folder: Path, patch: Iterable[FilePatch], before: Flags, now: Flags, tags: Tags
) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """The flags that the files on disk have more than a commit, and those that they have no more.

    `patch` is what they change of it, `before` are its flags, by the paths that the notes have now.
    """
    _, gone, new = pair(*mentions_of(patch, prefix(folder), tags))
    unknown = now.keys() - tracked(folder)
    return tuple(_flags_at(now, new, tags, unknown)), tuple(_flags_at(before, gone, tags, frozenset()))


def _flags_at(flags: Flags, mentions: Iterable[Mention], tags: Tags, all_of: AbstractSet[NotePath]) -> Iterator[Flag]:
    """The flags that the mentions name, and all of some notes."""
    places = {(mention.path, mention.line, mention.column) for mention in mentions}
    for path, found in flags.items():
        here = note_mentions(path, found[0].note.source.text, tags) if found else {}
        for flag in found:
            mention = here.get(flag.tag.start)
            if path in all_of or (mention and (path, mention.line, mention.column) in places):
                yield flag
