"""Changes: what a change to a folder of notes does. In: the folder, and the commit before. Out: a `Change`.

A problem is old if the folder had one of the same kind, in the same file, with the same message or on a line of the
same text before: the line may have moved. A file that git takes for renamed is the same file, and so is one that has
the same text by another name, or nearly the same before it is committed. Each flag that the change sets is told too.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Final, TypeVar

from notes.drawings import mermaid_fences, mermaid_problems
from notes.earlier import folder_at, preamble_at, settings_at, where_it_left
from notes.folder import Folder
from notes.history import changed_flags
from notes.history.git import LIKE_ENOUGH, PAGES, diff_arguments, git, local, moves_arguments, prefix
from notes.history.patches import FilePatch, Mark, read_moves, read_patch
from notes.history.since import Flags
from notes.names import is_canvas, is_note
from notes.note import file_name
from notes.pages import note_pages
from notes.problems import Kind, Problem
from notes.review import Flag
from notes.settings import Settings
from notes.site import Site, read_site
from notes.source import NotePath
from pictures import Fault, Job, mermaid_jobs

_Told = TypeVar("_Told", Problem, Flag)
_Same = Callable[[_Told], tuple[object, ...]]
_Path = TypeVar("_Path", bound=str)
_What = TypeVar("_What")
Lines = Mapping[str, frozenset[int]]
"""The numbers of the lines that a change adds, by path."""

_QUOTED: Final = re.compile("(?<=`)[^`]+(?=`)")

_MOST_PAIRS: Final = 10_000
"""Of notes that are gone and new ones, so many are compared at most."""

Mermaid = Callable[[Sequence[Job]], Mapping[str, Fault]]
"""What is wrong with some sources."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a change does to a folder of notes."""

    before: Site
    now: Site
    moves: Mapping[str, str]
    """The old and new paths of the notes and canvases that it renames."""
    problems: tuple[Problem, ...]
    """Those that it adds."""
    mended: tuple[Problem, ...]
    """Those that it takes away."""
    flags: tuple[Flag, ...]
    """Those that it sets."""
    resolved: tuple[Flag, ...]
    """Those that it takes off."""


def find_problems(folder: Folder, settings: Settings, mermaid: Mermaid) -> tuple[Site, tuple[Problem, ...]]:
    """All problems of a folder, in order."""
    site = read_site(folder.notes, folder.assets, settings, withheld=folder.withheld)
    pages = note_pages(site).values()
    of_pages = (problem for page in pages for problem in page.problems)
    notes = site.vault.notes.values()
    written = {source for note in notes for _, source in mermaid_fences(note)}
    # Those that the build asks Mermaid of, but for what we made of a drawing: that is right.
    texts = (page.markdown for page in pages) if written else ()
    jobs = [Job(job.source, draws=False) for job in mermaid_jobs(texts) if job.source in written]
    of_diagrams = mermaid_problems(notes, mermaid(jobs) if jobs else {})
    return site, tuple(sorted((*folder.problems, *site.problems, *of_pages, *of_diagrams), key=Problem.sort_key))


def read_change(docs: Path, folder: Folder, settings: Settings, mermaid: Mermaid, since: str) -> Change:
    """What the folder has more, and less, than it had where it left a commit's line."""
    commit = where_it_left(docs, since)
    folder = _with_ends_of_git(folder)
    site, now = find_problems(folder, settings, mermaid)
    settings_then, wrong_then = settings_at(docs, commit)
    preamble, of_preamble = preamble_at(docs, commit)
    settings_then = replace(settings_then, preamble=preamble)
    earlier, links = folder_at(docs, commit, settings_then, folder)
    earlier = replace(_with_ends_of_git(earlier), problems=(*wrong_then, *of_preamble, *earlier.problems))
    before, then = find_problems(earlier, settings_then, mermaid)
    top = prefix(docs)
    patch = read_patch(git(docs, *diff_arguments(commit, PAGES)))
    moves = {local(old, top): local(new, top) for old, new in read_moves(git(docs, *moves_arguments(commit))).items()}
    untold = _moves_untold(earlier, folder, {*moves, *moves.values(), *(local(file.new, top) for file in patch)})
    moves |= untold
    old = [_moved(problem, moves) for problem in then]
    old += [problem for problem in folder.problems if problem.at.path in links]
    lines = _added_lines(patch, top)
    of_notes = [file for file in patch if is_note(file.new or file.old)]
    flags_then = {NotePath(moves.get(path, path)): flags for path, flags in before.flags.items()}
    by_words = _known_by_words((*flags_then, *site.flags), frozenset(untold.values()))
    told_then, told_now = _without(flags_then, by_words), _without(site.flags, by_words)
    flags, resolved = changed_flags(docs, of_notes, told_then, told_now, frozenset(settings.labels))
    more, less = _compare_by_words(by_words, flags_then, site.flags, lines)
    added, mended = _compare_problems(now, old, lines, _names(moves))
    return Change(before, site, moves, tuple(added), tuple(mended), (*flags, *more), (*resolved, *less))


def told(change: Change) -> tuple[Problem, ...]:
    """What whoever made a change is told at its lines: the problems and the flags that it adds."""
    return tuple(sorted((*change.problems, *map(_told, change.flags)), key=Problem.sort_key))


def _compare_problems(
    now: Iterable[Problem], old: Iterable[Problem], changed: Lines, names: Mapping[str, str]
) -> tuple[Sequence[Problem], Sequence[Problem]]:
    """Those that are more than before, and those that are no more; `names` are those that notes had, and have.

    Of several alike, the ones on lines that are old are taken for old first.
    """
    left = sorted(now, key=lambda problem: problem.at.line in changed.get(problem.at.path, ()))
    for same in (_by_message, _by_line):
        left, old = _unmatched(left, old, same, same)
    left, old = _unmatched(left, old, _by_message, lambda problem: _by_message(_with_names(problem, names)))
    return left, sorted(old, key=Problem.sort_key)


def _names(moves: Mapping[str, str]) -> Mapping[str, str]:
    """What messages call the notes that were renamed, before and now."""
    stems = {file_name(old): file_name(new) for old, new in moves.items()}
    return {**moves, **stems}


def _with_names(problem: Problem, names: Mapping[str, str]) -> Problem:
    """The same of notes that have other names; the links to them are written anew with these."""
    message = _QUOTED.sub(lambda quoted: names.get(quoted[0], quoted[0]), problem.message)
    return replace(problem, message=message)


def _by_message(problem: Problem) -> tuple[object, ...]:
    return (problem.kind, problem.at.path, problem.message)


def _by_line(problem: Problem) -> tuple[object, ...]:
    """A message may name a note, which may have been renamed."""
    return (problem.kind, problem.at.path, problem.excerpt)


def _known_by_words(paths: Iterable[NotePath], unpatched: AbstractSet[str]) -> Sequence[NotePath]:
    """Of a canvas no line of its JSON tells which flag is new, and of notes that are `unpatched` git tells no lines."""
    return [path for path in dict.fromkeys(paths) if is_canvas(path) or path in unpatched]


def _compare_by_words(
    paths: Iterable[NotePath], then: Flags, now: Flags, changed: Lines
) -> tuple[Sequence[Flag], Sequence[Flag]]:
    """The flags of some files that are more than before, and those that are no more."""
    more: list[Flag] = []
    less: list[Flag] = []
    for path in paths:
        left = sorted(now.get(path, ()), key=lambda flag: flag.line in changed.get(flag.note.path, ()))
        old: Sequence[Flag] = then.get(path, ())
        for same in (_by_passage, _by_reason):
            left, old = _unmatched(left, old, same, same)
        more += left
        less += old
    return more, less


def _by_passage(flag: Flag) -> tuple[object, ...]:
    return (flag.label, flag.reason, flag.excerpt)


def _by_reason(flag: Flag) -> tuple[object, ...]:
    """The words that it marks may have changed."""
    return (flag.label, flag.reason)


def _unmatched(
    now: Iterable[_Told], old: Iterable[_Told], same: _Same[_Told], same_then: _Same[_Told]
) -> tuple[list[_Told], list[_Told]]:
    waiting: dict[tuple[object, ...], deque[_Told]] = defaultdict(deque)
    for each in old:
        waiting[same_then(each)].append(each)
    left = []
    for each in now:
        if found := waiting.get(same(each)):
            found.popleft()
        else:
            left.append(each)
    return left, [each for found in waiting.values() for each in found]


def _with_ends_of_git(folder: Folder) -> Folder:
    """The same with the line ends that git keeps: it may write others to disk, which are no change."""
    return replace(folder, notes={path: text.replace(b"\r\n", b"\n") for path, text in folder.notes.items()})


def _moves_untold(earlier: Folder, now: Folder, known: Container[str]) -> dict[str, str]:
    """The old and new paths of notes that git does not know by their new ones yet; `known` are those that it knows.

    Those with the same text, then the likest first, where as much is alike as git asks for.
    """
    gone = {path: text for path, text in earlier.notes.items() if path not in now.notes and path not in known}
    new = {path: text for path, text in now.notes.items() if path not in earlier.notes and path not in known}
    by_text = {text: path for path, text in gone.items()}
    moves = {by_text[text]: path for path, text in new.items() if text in by_text}
    return moves | _likest(_without(gone, moves), _without(new, moves.values()))


def _without(by_path: Mapping[_Path, _What], paths: Iterable[str]) -> Mapping[_Path, _What]:
    left_out = frozenset(paths)
    return {path: what for path, what in by_path.items() if path not in left_out}


def _likest(gone: Mapping[str, bytes], new: Mapping[str, bytes]) -> dict[str, str]:
    """Pairs of an old and a new path."""
    if len(gone) * len(new) > _MOST_PAIRS:
        return {}
    before, after = ({path: Counter(text.split(b"\n")) for path, text in texts.items()} for texts in (gone, new))
    alike = ((_likeness(before[old], after[path]), old, path) for old, path in product(before, after))
    pairs: dict[str, str] = {}
    for likeness, old, path in sorted(alike, reverse=True):
        if likeness >= LIKE_ENOUGH and old not in pairs and path not in pairs.values():
            pairs[old] = path
    return pairs


def _likeness(before: Counter[bytes], after: Counter[bytes]) -> float:
    """How much of the longer one is in both, by lines, in percent."""
    return 100 * _size(before & after) / max(_size(before), _size(after))


def _size(lines: Counter[bytes]) -> int:
    return sum((len(line) + 1) * number for line, number in lines.items())


def _moved(problem: Problem, moves: Mapping[str, str]) -> Problem:
    path = moves.get(problem.at.path, problem.at.path)
    return replace(problem, at=replace(problem.at, path=path))


def _told(flag: Flag) -> Problem:
    reason = f" ({flag.reason})" if flag.reason else ""
    return flag.note.source.problem(
        Kind.FLAG,
        flag.tag.start,
        f"a passage is marked for review: {flag.label.label}{reason}",
        "Leave it for whoever finds better words, or take the flag off.",
    )


def _added_lines(files: Iterable[FilePatch], top: str) -> Lines:
    return {local(file.new, top): frozenset(_added(file)) for file in files if file.new}


def _added(file: FilePatch) -> Iterator[int]:
    for hunk in file.hunks:
        shown = [line.mark for line in hunk.lines if line.mark.is_new]
        yield from (hunk.new + index for index, mark in enumerate(shown) if mark is Mark.ADDED)
