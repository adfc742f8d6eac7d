"""Trail: the flags' tags that stand, commit by commit. In: patches, oldest first. Out: what stands, what went.

The rule: a flag is set on the day its tag was added, whoever reworded the line later, in whatever file it was then.
Within one commit, a tag that goes and one that comes are the same flag if the words beside them are the same, or start
or end with the same few, in any file, or if they stand in the same paragraph. What goes without such a match is
resolved. Each branch has flags of its own; what a merge has more than its first parent is, if it can, a flag of
another one, set and resolved there.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from enum import Enum
from itertools import count, islice
from types import MappingProxyType
from typing import Final, NamedTuple

from notes.history.git import local
from notes.history.mentions import Mention, Tags, lone_mentions, patch_mentions
from notes.history.patches import Author, FilePatch

_ENOUGH: Final = 5
"""Words at either end of a passage by which it is known when it is reworded where it is moved to."""

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
    flag: int
    """Its number among all that ever stood, the same in every branch."""


class Gone(NamedTuple):
    """A tag that was taken off."""

    mention: Mention
    since: Since
    by: Author
    flag: int


Change = tuple[Sequence[Mention], Sequence[Mention]]
"""What a commit takes away, and what it adds."""

_File = dict[tuple[str, str], dict[str, deque[Standing]]]
"""What stands in one file: by tag and words, then by what follows."""


class Standings:
    """The tags that stand at one commit."""

    def __init__(self, standing: Iterable[Standing] = ()) -> None:
        self._files: dict[str, _File] = {}
        self._own: set[str] = set()
        """The files that no copy shares."""
        for one in standing:
            self.put(one)

    def copy(self) -> "Standings":
        """The same, for the price of what is changed in it."""
        copied = Standings()
        copied._files = dict(self._files)
        self._own.clear()
        return copied

    def rename(self, renames: Mapping[str, str]) -> None:
        """All at once, as two files may have changed their names with each other."""
        moved = {new: _at(new, self._files.pop(old)) for old, new in renames.items() if old in self._files}
        self._files.update(moved)
        self._own = (self._own - renames.keys()) | moved.keys()

    def put(self, standing: Standing) -> None:
        """Let a tag stand."""
        mention = standing.mention
        group = self._file(mention.path).setdefault((mention.tag, mention.words), {})
        group.setdefault(mention.following, deque()).append(standing)

    def take(self, mention: Mention) -> Standing | None:
        """Take a tag away that stood where and as the mention says."""
        return self.take_same(mention) or self.take_near(mention)

    def take_same(self, mention: Mention) -> Standing | None:
        """Only one with the same words."""
        is_there = mention.following in self._group(mention)
        return self._take(mention, mention.following) if is_there else None

    def take_near(self, mention: Mention) -> Standing | None:
        """The nearest that stood alone too: what follows it may have been reworded without touching the tag."""
        group = {} if mention.words else self._group(mention)
        some = islice(group.items(), _SOME)
        near = min(some, key=lambda item: abs(item[1][0].mention.line - mention.line), default=None)
        return self._take(mention, near[0]) if near else None

    def is_unsure(self, mention: Mention) -> bool:
        """Whether it is one of several that stand alone, and what follows it is new."""
        group = {} if mention.words else self._group(mention)
        return len(group) > 1 and mention.following not in group

    def refresh(self, path: str, lone: Sequence[Mention]) -> None:
        """Let those that stand alone in a file be as the file says: no patch tells what changed beside a tag."""
        file = self._file(path)
        before = [one for (_, words), group in file.items() if not words for found in group.values() for one in found]
        known: dict[int, Standing] = {}
        left = Standings(before)
        _recognize(lone, known, left.take_same)
        _recognize(lone, known, in_order(left))
        for key in [key for key in file if not key[1]]:
            del file[key]
        flags = {standing.flag for standing in known.values()}
        for standing in (*known.values(), *(one for one in before if one.flag not in flags)):
            self.put(standing)

    def _group(self, mention: Mention) -> Mapping[str, deque[Standing]]:
        return self._files.get(mention.path, {}).get((mention.tag, mention.words), {})

    def _take(self, mention: Mention, following: str) -> Standing:
        group = self._file(mention.path)[mention.tag, mention.words]
        standing = group[following].popleft()
        if not group[following]:
            del group[following]
        return standing

    def _file(self, path: str) -> _File:
        """One that may be changed."""
        if path not in self._own:
            self._own.add(path)
            shared = self._files.get(path, {}).items()
            self._files[path] = {key: {words: deque(found) for words, found in group.items()} for key, group in shared}
        return self._files[path]

    def __iter__(self) -> Iterator[Standing]:
        """All of them."""
        groups = (group for file in self._files.values() for group in file.values())
        return (standing for group in groups for found in group.values() for standing in found)


def in_order(standings: Iterable[Standing]) -> Callable[[Mention], Standing | None]:
    """Of those that stand alone in a file, the first that is left: what follows was reworded, and the lines moved."""
    left: dict[tuple[str, str], deque[Standing]] = defaultdict(deque)
    for standing in sorted(standings, key=lambda standing: standing.mention.line):
        if not standing.mention.words:
            left[standing.mention.path, standing.mention.tag].append(standing)

    def find(mention: Mention) -> Standing | None:
        found = None if mention.words else left.get((mention.path, mention.tag))
        return found.popleft() if found else None

    return find


def _at(path: str, file: _File) -> _File:
    """The same in a file of another name."""
    return {
        key: {
            following: deque(one._replace(mention=replace(one.mention, path=path)) for one in found)
            for following, found in group.items()
        }
        for key, group in file.items()
    }


class Trail:
    """What becomes of the flags from commit to commit; each costs what it changes.

    `folder` is the prefix of the notes' folder in the repository; `texts` are those of notes that have lost a tag that
    stood alone, by git's ids of them.
    """

    def __init__(self, tags: Tags, folder: str = "", texts: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._tags = tags
        self._folder = folder
        self._texts = texts
        self._flags = count(1)
        self._gone: list[Gone] = []
        self._gone_from: dict[str, list[int]] = defaultdict(list)

    def follow(
        self,
        now: Standings,
        change: Change,
        since: Since,
        renames: Mapping[str, str] = MappingProxyType({}),
        merged: Sequence[Standings] = (),
    ) -> None:
        """Make what stands after a commit of what stands at the first of its parents.

        Its change and its renames are those from that one; `merged` is what stands at the others.
        """
        here = {local(old, self._folder): local(new, self._folder) for old, new in renames.items()}
        self._rename_gone(here)
        now.rename(here)
        removed, added = change
        unsure = {mention.path: self._texts.get(mention.blob) for mention in removed if now.is_unsure(mention)}
        for path, text in unsure.items():
            if text is not None:
                now.refresh(path, lone_mentions(path, text, self._tags))
        brought = _brought(added, now, merged)
        pairs, gone, new = pair(removed, [mention for mention in added if id(mention) not in brought])
        kept = [self._kept(now.take(old), mention, since) for old, mention in pairs]
        own = {standing.flag for standing in brought.values()}
        self._resolve([(mention, now.take(mention)) for mention in gone], since, own)
        for standing in (*kept, *brought.values(), *(self._kept(None, mention, since) for mention in new)):
            now.put(standing)

    def _kept(self, before: Standing | None, mention: Mention, since: Since) -> Standing:
        return before._replace(mention=mention) if before else Standing(mention, since, next(self._flags))

    def _resolve(self, gone: Iterable[tuple[Mention, Standing | None]], by: Since, brought: AbstractSet[int]) -> None:
        """`brought` are the flags that a merge has from another branch, where they were reworded."""
        for mention, stood in gone:
            if stood and stood.flag not in brought and isinstance(by, Author):
                self._gone_from[mention.path].append(len(self._gone))
                self._gone.append(Gone(mention, stood.since, by, stood.flag))

    def _rename_gone(self, renames: Mapping[str, str]) -> None:
        gone = [(new, self._gone_from.pop(old)) for old, new in renames.items() if old in self._gone_from]
        for new, indexes in gone:
            self._gone_from[new] += indexes

    def gone_from(self, now: Iterable[Standing]) -> Sequence[tuple[str, Gone]]:
        """The flags taken off that do not stand, in order, each with what its file is called now, or was at last.

        A merge may keep what one of its branches took off; what both took off, the first of them did.
        """
        paths = {index: path for path, indexes in self._gone_from.items() for index in indexes}
        names = {gone.flag: paths[index] for index, gone in enumerate(self._gone)}  # a merge knows the newest
        stands = {standing.flag for standing in now}
        first = {gone.flag: gone for gone in reversed(self._gone) if gone.flag not in stands}
        return [(names[gone.flag], gone) for gone in self._gone if first.get(gone.flag) is gone]


def _brought(added: Sequence[Mention], before: Standings, merged: Iterable[Standings]) -> dict[int, Standing]:
    """Those of the tags that a merge adds to one branch that others had, by the `id` of their mention."""
    found: dict[int, Standing] = {}
    for branch in merged:
        _recognize(added, found, branch.copy().take_same)
        if len(found) < len(added):
            stood = {standing.flag for standing in before}
            its_own = Standings(standing for standing in branch if standing.flag not in stood)
            _recognize(added, found, its_own.take_near)
            _recognize(added, found, _by_words(branch))
    return found


def _recognize(
    mentions: Iterable[Mention], found: dict[int, Standing], find: Callable[[Mention], Standing | None]
) -> None:
    for mention in mentions:
        if id(mention) not in found and (standing := find(mention)):
            found[id(mention)] = standing._replace(mention=mention)


def _by_words(standings: Iterable[Standing]) -> Callable[[Mention], Standing | None]:
    """Looks in all files: one branch may have renamed what another one changed."""
    left: dict[tuple[str, str], deque[Standing]] = defaultdict(deque)
    for standing in standings:
        if standing.mention.text:
            left[standing.mention.tag, standing.mention.text].append(standing)

    def find(mention: Mention) -> Standing | None:
        found = left.get((mention.tag, mention.text))
        return found.popleft() if found else None

    return find


def mentions_of(files: Iterable[FilePatch], folder: str, tags: Tags) -> Change:
    """What a commit takes away and what it adds, in all files."""
    removed: list[Mention] = []
    added: list[Mention] = []
    for file in files:
        gone, new = patch_mentions(local(file.new or file.old, folder), file, tags)
        removed += gone
        added += new
    return removed, added


def _some_words(mention: Mention, words: Sequence[str]) -> tuple[object, ...] | None:
    return (mention.tag, *words) if len(words) == _ENOUGH else None


Pairs = Sequence[tuple[Mention, Mention]]
_Same = Callable[[Mention], tuple[object, ...] | None]

_SAME: Final[Sequence[_Same]] = (
    lambda mention: (mention.path, mention.tag, mention.text),
    lambda mention: (mention.tag, mention.text) if mention.text else None,
    lambda mention: _some_words(mention, mention.text.split()[:_ENOUGH]),
    lambda mention: _some_words(mention, mention.text.split()[-_ENOUGH:]),
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
