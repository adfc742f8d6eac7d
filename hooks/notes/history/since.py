"""History: since when and by whom each flag is set, and which were resolved. In: a repository. Out: a `History`.

No `git blame`, which names whoever changed the line last: one pass of the log follows each tag (see `course`).
Nothing but `read_history`, `find_reflog` and `changed_flags` asks git; a folder without git, or a shallow clone, has a
history of unknowns.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import chain
from os import fsdecode
from pathlib import Path, PurePosixPath
from typing import Final

from notes.history.changed import Days, days_of_pages
from notes.history.course import Change, Course, mentions_of
from notes.history.git import (
    GitError,
    diff_arguments,
    git,
    log_arguments,
    notes_then,
    parents_arguments,
    paths,
    prefix,
    renames_arguments,
)
from notes.history.mentions import Mention, Tags, note_mentions
from notes.history.pairs import pair
from notes.history.patches import HEADER, Author, FilePatch, read_log, read_patch, read_renames
from notes.history.resolved import Resolved, resolved
from notes.history.standing import Since, Standing, Standings, Untold, in_order
from notes.names import is_note
from notes.problems import Kind, Position, Problem
from notes.review import Flag, FlagKey, Labels
from notes.source import NotePath


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
    """Paths below the folder that git knows, those of other repositories among them."""
    standing: tuple[Standing, ...] = ()
    resolved: tuple[Resolved, ...] = ()
    """The newest first."""
    days: Mapping[NotePath, Days] = field(default_factory=dict)
    """When each page was made, and changed last."""
    problems: tuple[Problem, ...] = ()
    """Why less of it is known than there is."""


_UNBORN: Final = "does not have any commits yet"
"""What git says of a branch before its first commit; of one that it cannot read, it says something else."""

_PLAIN: Final = re.compile("[A-Za-z0-9_/-]+")
_ANY: Final = "#|^[[:blank:]]*-|^tags?"
"""Finds every line that may name a tag."""

_NOT_KNOWN: Final = "? "
"""What `ls-files -t` writes before a path that git does not know; before others stands as much."""

NO_HISTORY: Final = History()
"""Of a folder without git."""

Flags = Mapping[NotePath, Sequence[Flag]]


def read_history(folder: Path, labels: Labels) -> History:
    """Ask git about a folder of notes."""
    try:
        return _read_history(folder, labels)
    except GitError as error:
        return _lacking(NO_HISTORY, str(error)) if _is_in_repository(folder) else NO_HISTORY


def _read_history(folder: Path, labels: Labels) -> History:
    is_whole = git(folder, "rev-parse", "--is-shallow-repository").strip() == b"false"
    try:
        newest = next(read_log(git(folder, "log", "-1", "--no-patch", f"--format={HEADER}")))
    except GitError as error:
        if _UNBORN in str(error):
            return History(is_whole=is_whole)
        raise
    known = History(newest.id, newest.author)
    if not is_whole:
        return _lacking(known, "this clone has only the newest commits; `git fetch --unshallow` brings the others")
    try:
        return _with_past(known, folder, labels)
    except GitError as error:  # a partial clone lacks what it is asked for here
        return _lacking(known, str(error))


def _is_in_repository(folder: Path) -> bool:
    """Whether it is meant to be, though git may not say so."""
    here = folder.resolve()
    return any((above / ".git").exists() for above in (here, *here.parents))


def find_reflog(folder: Path) -> Path | None:
    """Find the file to which git adds a line when another commit becomes the newest one; None if it keeps none."""
    try:
        path = fsdecode(git(folder, "rev-parse", "--git-path", "logs/HEAD").removesuffix(b"\n"))
    except GitError:
        return None
    file = (folder / path).resolve()
    return file if file.is_file() else None


def _lacking(known: History, why: str) -> History:
    """The same, and why there is no more of it."""
    message = f"since when passages are flagged, and when pages were changed, is not known: {' '.join(why.split())}"
    problem = Problem(Kind.HISTORY, Position(".", 1, 1), message, "Mend that, if the site is to tell.")
    return replace(known, problems=(problem,))


def _with_past(known: History, folder: Path, labels: Labels) -> History:
    """What came before the newest commit, too."""
    course, committed, now = _follow(folder, frozenset(labels))
    gone = tuple(resolved(folder, course.gone_from(committed), labels))
    return replace(
        known,
        is_whole=True,
        tracked=tracked(folder),
        standing=tuple(now),
        resolved=gone[::-1],
        days=days_of_pages(folder),
    )


def _follow(folder: Path, tags: Tags) -> tuple[Course, Standings, Standings]:
    """What stood in the newest commit, and what stands now that some is not committed yet."""
    top = prefix(folder)
    commits = tuple(read_log(git(folder, *log_arguments(_pattern(tags), HEADER))))
    changes = {commit.id: mentions_of(commit.files, top, tags) for commit in commits}
    uncommitted = mentions_of(read_patch(git(folder, *diff_arguments("HEAD"))), top, tags)
    told = chain(*(chain(*change) for change in changes.values()), uncommitted[0])
    lone = [mention.blob for mention in told if mention.blob and not mention.words]
    course = Course(tags, top, notes_then(folder, reversed(lone)))
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
    """A POSIX regular expression that finds at least the lines that name a tag, by its longest part of plain letters.

    No sign around it is asked for, and no text in between: in a line of a megabyte, git would look for either from
    each of its words to its end.
    """
    # In lower case, `İ` is two signs, of which the first is a plain letter.
    parts = (_PLAIN.findall(tag.replace("i\u0307", " ")) for tag in sorted(tags))
    return "|".join(max(found, key=len, default=_ANY) for found in parts)


def tracked(folder: Path) -> frozenset[str]:
    """The paths below a folder that git knows; of another repository within, known to this one or not, its folder."""
    entries = paths(git(folder, "ls-files", "-z", "-t", "--cached", "--others"))
    return frozenset(
        entry[len(_NOT_KNOWN) :].rstrip("/")
        for entry in entries
        if not entry.startswith(_NOT_KNOWN) or entry.endswith("/")
    )


def find_since(history: History, flags: Flags, tags: Tags) -> Mapping[FlagKey, Since]:
    """Since when each flag is set; all that a history without gaps does not know is not committed yet."""
    mentions = {
        (path, offset): mention
        for path, found in flags.items()
        if found and history.standing
        for offset, mention in note_mentions(path, found[0].note.source.text, tags).items()
    }
    standing = Standings(history.standing)
    since: dict[FlagKey, Since] = {}
    _match(mentions, since, standing.take_same)
    _match(mentions, since, standing.take_alike)
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
    """Of a canvas, and of a folder with a repository of its own, git tells only that it is there."""
    known = path in history.tracked or any(str(folder) in history.tracked for folder in PurePosixPath(path).parents)
    return Untold.UNKNOWN if known or not history.is_whole else Untold.NOT_COMMITTED


def changed_flags(
    folder: Path, patch: Iterable[FilePatch], before: Flags, now: Flags, tags: Tags
) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """The flags that the files on disk have more than a commit, and those that they have no more.

    `patch` is what they change of it, `before` are its flags, by the paths that the notes have now. Those of canvases
    are left out.
    """
    _, gone, new = pair(*mentions_of(patch, prefix(folder), tags))
    others = map(NotePath, paths(git(folder, "ls-files", "-z", "--others", "--exclude-standard")))
    unknown = frozenset(path for path in others if is_note(path))
    return tuple(_flags_at(now, new, tags, unknown - before.keys())), tuple(_flags_at(before, gone, tags, frozenset()))


def _flags_at(flags: Flags, mentions: Iterable[Mention], tags: Tags, all_of: AbstractSet[NotePath]) -> Iterator[Flag]:
    """The flags that the mentions name, and all of some notes."""
    places = {(mention.path, mention.line, mention.column) for mention in mentions}
    for path, found in flags.items():
        here = note_mentions(path, found[0].note.source.text, tags) if found else {}
        for flag in found:
            mention = here.get(flag.tag.start)
            if path in all_of or (mention and (path, mention.line, mention.column) in places):
                yield flag
