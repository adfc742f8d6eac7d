"""Git, asked and never told. In: a folder and a command that only reads. Out: what git prints, as bytes.

Nothing of the user's or the repository's settings may change what is printed, run a program or ask someone.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

from notes.history.patches import CONTEXT
from notes.names import path_as_text
from notes.source import BASE_ENDING, CANVAS_ENDING, NOTE_ENDINGS

_LONGEST: Final = 120
"""Seconds; a command that takes longer counts as failed."""

_MOST_READ: Final = 8 << 20
"""Bytes of notes, as they were before a flag was taken off, that are looked at; of the newest, if there are more."""

_SETTINGS: Final = {
    "advice.graftFileDeprecated": "false",  # it would be given of an empty file, too
    "core.fsmonitor": "false",  # it names a program to run
    "core.quotepath": "off",
    "diff.indentHeuristic": "true",  # of alike lines one after the other, it says which are new
    "diff.orderFile": "/dev/null",  # git knows this name on Windows too; it fails where there is no such file
    "diff.relative": "false",
    "diff.suppressBlankEmpty": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "mailmap.blob": "",
    "mailmap.file": "",
}

_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks
    "GIT_GRAFT_FILE": "/dev/null",  # what one clone alone takes for the history
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

LIKE_ENOUGH: Final = 30
"""Percent of a renamed note that is still the same. It may be short: less than git's half of it may be."""

_RENAMES: Final = f"--find-renames={LIKE_ENOUGH}%"

_PATCH: Final = (
    *("--patch", f"--unified={CONTEXT}", "--inter-hunk-context=0", "--text", "--full-index", _RENAMES, "-l1000"),
    *("--src-prefix=a/", "--dst-prefix=b/", "--diff-algorithm=myers"),
    *("--no-color", "--no-ext-diff", "--no-textconv"),
)

_PAGE_ENDINGS: Final = (*NOTE_ENDINGS, CANVAS_ENDING, BASE_ENDING)


def _having(endings: Sequence[str], where: str = "") -> tuple[str, ...]:
    """Pathspecs of all files with an ending, by a `*` that stands for folders too.

    Git asks for each file of each commit which of them it is, the last one first: that is the one that most files have.
    """
    return tuple(f":({where}icase)*{ending}" for ending in reversed(endings))


NOTES: Final = _having(NOTE_ENDINGS, "top,")
"""Every note of the repository: one may have come into the folder from elsewhere."""
PAGES: Final = _having(_PAGE_ENDINGS, "top,")
"""And every base and canvas, of which no line tells the flags: JSON writes the line ends of a card within one."""
PAGES_HERE: Final = _having(_PAGE_ENDINGS)
"""Those of the folder that git is asked in."""


class GitError(Exception):
    """There is no git, no repository, or not what was asked for."""


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run one command that reads; `given` is its standard input."""
    program = shutil.which("git")
    if program is None:
        message = "git is not installed on this machine"
        raise GitError(message)
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [program, "--no-pager", *settings, *arguments]
    try:
        ran = subprocess.run(  # noqa: S603  (a list, no shell; callers put no text of notes where an option may stand)
            command, cwd=folder, env=_environment(), input=given, capture_output=True, check=True, timeout=_LONGEST
        )
    except subprocess.CalledProcessError as error:
        raise GitError(_why(error.stderr.decode("utf-8", "replace"))) from error
    except subprocess.TimeoutExpired as error:
        message = f"`git {arguments[0]}` did not end within {_LONGEST} seconds"
        raise GitError(message) from error
    except OSError as error:
        raise GitError(str(error)) from error
    return ran.stdout


def _why(told: str) -> str:
    """What git says is wrong, without what it says besides; and the way out, where it knows none."""
    lines = [line for line in told.splitlines() if not line.startswith(("hint: ", "warning: "))]
    if "promisor" in told:
        lines.append("(this is a clone of a part; `git fetch --refetch --no-filter` brings the whole)")
    return "\n".join(lines).strip()


_OLDEST_FIRST: Final = ("--topo-order", "--reverse")
_EACH: Final = ("--full-history", "--sparse", "--diff-merges=first-parent")
"""Git would leave out what a merge passes over; what the merge changes is what it changes of its first parent."""


def log_arguments(pattern: str, header: str) -> tuple[str, ...]:
    """Every commit whose changed lines match a pattern, oldest first."""
    order = (*_OLDEST_FIRST, *_EACH, f"--format={header}")
    return ("log", *order, *_PATCH, "--regexp-ignore-case", f"-G{pattern}", "HEAD", "--", *NOTES)


def diff_arguments(commit: str, files: Sequence[str] = NOTES) -> tuple[str, ...]:
    """What the files on disk change since a commit; files that git does not know are not among them."""
    return ("diff", *_PATCH, "--end-of-options", commit, "--", *files)


def moves_arguments(commit: str) -> tuple[str, ...]:
    """The notes and canvases that were renamed since a commit."""
    options = (_RENAMES, "-l1000", "--diff-filter=R", "--name-status", "-z")
    return ("diff", *options, "--end-of-options", commit, "--", *PAGES)


def renames_arguments(header: str) -> tuple[str, ...]:
    """Every commit that renames a note."""
    order = (*_OLDEST_FIRST, *_EACH, f"--format={header}")
    return ("log", *order, _RENAMES, "-l1000", "--diff-filter=R", "--name-status", "-z", "HEAD", "--", *NOTES)


def parents_arguments() -> tuple[str, ...]:
    """Every commit, oldest first: its id, and those of its parents."""
    return ("rev-list", *_OLDEST_FIRST, "--parents", "HEAD")


def prefix(folder: Path) -> str:
    """The folder as seen from the top of its repository, with a slash at its end; empty at the top."""
    return path_as_text(git(folder, "rev-parse", "--show-prefix").removesuffix(b"\n"))


def paths(output: bytes) -> tuple[str, ...]:
    """Paths that git ends with NUL."""
    return tuple(path_as_text(path) for path in output.split(b"\0") if path)


def _sizes(folder: Path, ids: Sequence[str]) -> Sequence[int]:
    """How many bytes files hold, by git's ids of what they hold."""
    listing = git(folder, "cat-file", "--batch-check", given=_lines(ids)) if ids else b""
    return [_size(head) for head in listing.splitlines()]


def blobs(folder: Path, ids: Sequence[str]) -> Iterator[bytes]:
    """What files hold, by git's ids of it: of each, git prints a line that ends with its size, then its bytes."""
    batch = git(folder, "cat-file", "--batch", given=_lines(ids)) if ids else b""
    at = 0
    while at < len(batch):
        head = batch.index(b"\n", at)
        size = _size(batch[at:head])
        yield batch[head + 1 : head + 1 + size]
        at = head + 1 + size + 1


def _size(head: bytes) -> int:
    """What a line that tells of an object ends with, unless the object is damaged or gone."""
    name, *_, size = head.decode().split()
    if size.isdecimal():
        return int(size)
    message = f"the repository is damaged, {name} is {size}; `git fsck` tells more, and another clone may be whole"
    raise GitError(message)


def notes_then(folder: Path, blobs_wanted: Iterable[str]) -> Mapping[str, bytes]:
    """What notes held, by git's ids of it, as far as `_MOST_READ` goes."""
    wanted = tuple(dict.fromkeys(blobs_wanted))
    totals = accumulate(_sizes(folder, wanted))
    few = [blob for blob, total in zip(wanted, totals, strict=True) if total <= _MOST_READ]
    return dict(zip(few, blobs(folder, few), strict=True))


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in ids).encode()


def _environment() -> dict[str, str]:
    """The user's, without what points git elsewhere."""
    return {**{name: value for name, value in os.environ.items() if _is_kept(name)}, **_ENVIRONMENT}


def _is_kept(name: str) -> bool:
    """What says how the repository is found stays: it points nowhere by itself."""
    return not name.startswith("GIT_") or name.startswith(("GIT_CONFIG_", "GIT_CEILING_", "GIT_DISCOVERY_"))


def local(path: str, folder: str) -> str:
    """A path as seen from the folder; one outside of it starts with a slash, as no path below it does."""
    return path.removeprefix(folder) if path.startswith(folder) else f"/{path}"
