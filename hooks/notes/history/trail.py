"""Trail: the flags' tags that stand, commit by commit. In: patches, oldest first. Out: what stands, what went.

The rule: a flag is set on the day its tag was added, whoever reworded the line later, in whatever file it was then.
Within one commit, a tag that goes and one that comes are the same flag if the words beside them are the same, in
any file, or if they stand in the same paragraph. What goes without such a match is resolved.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from itertools import islice
from typing import Final, NamedTuple

from notes.history.git import local
from notes.history.mentions import Mention, Tags, patch_mentions
from notes.history.patches import Author, FilePatch, Mark

_SOME: Final = 200
"""Among how many lone tags of a file the nearest is looked for, so that no flood of them takes long."""


class Untold(Enum):
    """Why git has no day for a flag."""

    NOT_COMMITTED = "not committed yet"
    UNKNOWN = "unknown"
    """There is no git, or not the whole history."""


Since = Author | Untold
"""Who set a flag, and when."""


class Standing(NamedTuple):
    """A tag that stands."""

    mention: Mention
    since: Since


class Gone(NamedTuple):
    """A tag that was taken off."""

    mention: Mention
    since: Since
    by: Author


_File = dict[tuple[str, str], dict[str, deque[Standing]]]
"""What stands in one file: by tag and words, then by what follows."""


class Trail:
    """The tags that stand after the commits so far; each commit costs what it changes.

    `folder` is the prefix of the notes' folder in the repository.
    """

    def __init__(self, tags: Tags, folder: str = "") -> None:
        self._gone: list[Gone] = []
        self._gone_from: dict[str, list[int]] = defaultdict(list)
        self._tags = tags
        self._folder = folder
        self._files: dict[str, _File] = {}
        self._renamed: dict[str, str] = {}
        self._past: dict[tuple[str, str, str, str], Since] = {}

    def rename(self, renames: Mapping[str, str]) -> None:
        """All at once, as two files may have changed their names with each other."""
        here = {local(old, self._folder): local(new, self._folder) for old, new in renames.items()}
        moved = {new: _at(new, self._files.pop(old)) for old, new in here.items() if old in self._files}
        self._files.update(moved)
        gone = [(new, self._gone_from.pop(old)) for old, new in here.items() if old in self._gone_from]
        for new, indexes in gone:
            self._gone_from[new] += indexes
        self._renamed.update(here)

    def gone_now(self) -> Sequence[tuple[str, Gone]]:
        """The tags taken off, in order, each with what its file is called now, or was when it was deleted."""
        names = {index: path for path, indexes in self._gone_from.items() for index in indexes}
        return [(names[index], gone) for index, gone in enumerate(self._gone)]

    def apply(self, files: Iterable[FilePatch], since: Since) -> None:
        """Take what one commit removes, put what it adds."""
        pairs, gone, new = pair(*mentions_of(files, self._folder, self._tags))
        kept = [Standing(after, self.take(before) or self._past.get(_key(before), since)) for before, after in pairs]
        self._resolve(gone, since)
        for standing in (*kept, *(Standing(mention, since) for mention in new)):
            if standing.mention.spot.mark is not Mark.TAKEN:  # such a one stands since its own branch put it
                self.put(standing)

    def _resolve(self, gone: Iterable[Mention], by: Since) -> None:
        for mention in gone:
            since = self.take(mention)
            if since and isinstance(by, Author):
                self._gone_from[mention.path].append(len(self._gone))
                self._gone.append(Gone(mention, since, by))

    def put(self, standing: Standing) -> None:
        """Let a tag stand."""
        mention = standing.mention
        group = self._files.setdefault(mention.path, {}).setdefault((mention.tag, mention.words), {})
        group.setdefault(mention.following, deque()).append(standing)

    def take(self, mention: Mention) -> Since | None:
        """Take a tag away that stood where and as the mention says."""
        is_gone = _key(mention) in self._past  # another branch took it off, too
        return self.take_same(mention) or (None if is_gone else self.take_near(mention))

    def take_same(self, mention: Mention) -> Since | None:
        """Only one with the same words."""
        for path in (mention.path, self._renamed.get(mention.path)):
            group = self._files.get(path or "", {}).get((mention.tag, mention.words), {})
            if mention.following in group:
                return self._take(group, mention.following)
        return None

    def take_near(self, mention: Mention) -> Since | None:
        """The nearest that stood alone too: what follows it may have been reworded without touching the tag."""
        group = self._files.get(mention.path, {}).get((mention.tag, ""), {})
        if mention.words or not group:
            return None
        some = islice(group.items(), _SOME)
        return self._take(group, min(some, key=lambda item: abs(item[1][0].mention.line - mention.line))[0])

    def _take(self, group: dict[str, deque[Standing]], following: str) -> Since:
        standing = group[following].popleft()
        if not group[following]:
            del group[following]
        self._past[_key(standing.mention)] = standing.since
        return standing.since

    def standing(self) -> tuple[Standing, ...]:
        """All that stand now."""
        groups = (group for file in self._files.values() for group in file.values())
        return tuple(standing for group in groups for found in group.values() for standing in found)


def _at(path: str, file: _File) -> _File:
    """The same in a file of another name."""
    return {
        key: {
            following: deque(Standing(replace(mention, path=path), since) for mention, since in found)
            for following, found in group.items()
        }
        for key, group in file.items()
    }


def mentions_of(files: Iterable[FilePatch], folder: str, tags: Tags) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """What a commit takes away and what it adds, in all files."""
    removed: list[Mention] = []
    added: list[Mention] = []
    for file in files:
        gone, new = patch_mentions(local(file.new or file.old, folder), file, tags)
        removed += gone
        added += new
    return removed, added


def _key(mention: Mention) -> tuple[str, str, str, str]:
    return (mention.path, mention.tag, mention.words, mention.following)


Pairs = Sequence[tuple[Mention, Mention]]
_Same = Callable[[Mention], tuple[object, ...] | None]

_SAME: Final[Sequence[_Same]] = (
    lambda mention: (mention.path, mention.tag, mention.text),
    lambda mention: (mention.tag, mention.text) if mention.text else None,
    lambda mention: (mention.path, mention.tag, mention.spot.hunk, mention.spot.run),
    lambda mention: (mention.path, mention.tag, mention.spot.hunk, mention.spot.paragraph),
)
"""What makes a tag that goes and one that comes the same flag, the surest first."""


def pair(removed: Sequence[Mention], added: Sequence[Mention]) -> tuple[Pairs, Sequence[Mention], Sequence[Mention]]:
    """The flags that a commit only moves or rewords; then those that it takes off, and those that it sets."""
    pairs: list[tuple[Mention, Mention]] = []
    for same in _SAME:
        waiting: dict[tuple[object, ...] | None, deque[Mention]] = defaultdict(deque)
        for mention in removed:
            waiting[same(mention)].append(mention)
        left: list[Mention] = []
        for mention in added:
            key = same(mention)
            if key and waiting.get(key):
                pairs.append((waiting[key].popleft(), mention))
            else:
                left.append(mention)
        matched = {id(before) for before, _ in pairs}
        removed, added = [mention for mention in removed if id(mention) not in matched], left
    return pairs, removed, added
