"""When each page was made, and changed last. In: a folder in a repository. Out: days by path; one pass of the log.

What a merge brings in was changed by the commits that it merges.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from notes.history.git import PAGES_HERE, git
from notes.history.patches import read_author, read_path
from notes.source import NotePath

_COMMIT: Final = "\x01"
"""Starts a commit in the log; no path starts so, see `_files`."""
_LOG: Final = ("log", f"--format={_COMMIT}%at", "--name-only", "-z", "--no-renames", "--relative")


class Days(NamedTuple):
    """Each day is in UTC, as `2024-05-31`."""

    changed: str
    """Of the newest commit that touches a page, …"""
    created: str
    """… and of the oldest one that does so by this path."""


def days_of_pages(folder: Path) -> Mapping[NotePath, Days]:
    """The days of each; the whole history must be here."""
    days: dict[NotePath, Days] = {}
    for path, day in _files(read_path(git(folder, *_LOG, "HEAD", "--", *PAGES_HERE))):
        days[path] = Days(days[path].changed if path in days else day, day)
    return days


def _files(log: str) -> Iterator[tuple[NotePath, str]]:
    """Each path with the day of a commit that touches it, the newest first."""
    day = ""
    for part in log.split("\0"):
        if part.startswith(_COMMIT):
            author = read_author(b"", part[1:].encode())
            day = author.day if author else ""
        elif day and part:
            yield NotePath(part.removeprefix("\n")), day
