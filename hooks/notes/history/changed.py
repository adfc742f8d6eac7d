"""When each page was made, and changed last. In: a folder in a repository. Out: days by path; one pass of the log.

What a merge brings in was changed by the commits that it merges; what is then as in none of them, it changed itself.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from notes.history.git import PAGES_HERE, git, local, prefix
from notes.history.patches import read_author
from notes.names import path_as_text
from notes.source import NotePath

_COMMIT: Final = "/"
"""Starts a commit in the log, as no path does."""
_ORDER: Final = "--date-order"
"""Without it, a clock that was wrong puts a commit below those that it follows."""
_LOG: Final = ("log", f"--format={_COMMIT}%at", _ORDER, "--diff-merges=combined", "--name-only", "-z", "--no-renames")


class Days(NamedTuple):
    """Each day is in UTC, as `2024-05-31`."""

    changed: str
    """Of the newest commit that touches a page, …"""
    created: str
    """… and of the oldest one that does so by this path."""


def days_of_pages(folder: Path) -> Mapping[NotePath, Days]:
    """The days of each; the whole history must be here."""
    days: dict[NotePath, Days] = {}
    top = prefix(folder)  # of merges, git tells no paths that are relative to the folder
    for file, day in _files(git(folder, *_LOG, "HEAD", "--", *PAGES_HERE)):
        path = NotePath(local(file, top))
        days[path] = Days(days[path].changed if path in days else day, day)
    return days


def _files(log: bytes) -> Iterator[tuple[str, str]]:
    """Each path with the day of a commit that touches it, the newest first."""
    for commit in (b"\0" + log).split(b"\0" + _COMMIT.encode())[1:]:
        seconds, _, paths = commit.partition(b"\0")
        if author := read_author(b"", seconds):
            named = filter(None, paths.removeprefix(b"\n").split(b"\0"))
            yield from ((path_as_text(path), author.day) for path in named)
