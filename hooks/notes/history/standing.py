"""Standing: the flags' tags that stand at one commit. In: tags as patches mention them. Out: since when each stands."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from itertools import islice
from typing import Final, NamedTuple

from notes.history.mentions import Mention
from notes.history.patches import Author

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


_Beside = tuple[str, tuple[str, ...]]
"""What tells tags with the same words from each other: what follows one, or stands before it."""

_File = dict[tuple[str, str], dict[_Beside, deque[Standing]]]
"""What stands in one file: by tag and words, then by what is beside it."""


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
        group.setdefault(_beside(mention), deque()).append(standing)

    def take(self, mention: Mention) -> Standing | None:
        """Take a tag away that stood where and as the mention says."""
        return self.take_same(mention) or self.take_alike(mention) or self.take_near(mention)

    def take_same(self, mention: Mention) -> Standing | None:
        """Only one with the same words, at the same place among them."""
        beside = _beside(mention)
        return self._take(mention, beside) if beside in self._group(mention) else None

    def take_alike(self, mention: Mention) -> Standing | None:
        """The nearest with the same words."""
        return self._take_nearest(mention) if mention.words else None

    def take_near(self, mention: Mention) -> Standing | None:
        """The nearest that stood alone too: what follows it may have been reworded without touching the tag."""
        return None if mention.words else self._take_nearest(mention)

    def _take_nearest(self, mention: Mention) -> Standing | None:
        some = islice(self._group(mention).items(), _SOME)
        near = min(some, key=lambda item: abs(item[1][0].mention.line - mention.line), default=None)
        return self._take(mention, near[0]) if near else None

    def is_unsure(self, mention: Mention) -> bool:
        """Whether it is one of several that stand alone, and what follows it is new."""
        group = {} if mention.words else self._group(mention)
        return len(group) > 1 and _beside(mention) not in group

    def stands_alone(self, mention: Mention) -> bool:
        """Whether it stands alone, and another one in its file."""
        return not mention.words and bool(self._group(mention))

    def refresh(self, path: str, lone: Sequence[Mention]) -> None:
        """Let those that stand alone in a file be as the file says: no patch tells what changed beside a tag."""
        file = self._file(path)
        before = [one for (_, words), group in file.items() if not words for found in group.values() for one in found]
        known: dict[int, Standing] = {}
        left = Standings(before)
        recognize(lone, known, left.take_same)
        recognize(lone, known, in_order(left))
        for key in [key for key in file if not key[1]]:
            del file[key]
        flags = {standing.flag for standing in known.values()}
        for standing in (*known.values(), *(one for one in before if one.flag not in flags)):
            self.put(standing)

    def _group(self, mention: Mention) -> Mapping[_Beside, deque[Standing]]:
        return self._files.get(mention.path, {}).get((mention.tag, mention.words), {})

    def _take(self, mention: Mention, beside: _Beside) -> Standing:
        group = self._file(mention.path)[mention.tag, mention.words]
        standing = group[beside].popleft()
        if not group[beside]:
            del group[beside]
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


def _beside(mention: Mention) -> _Beside:
    return mention.following, mention.before


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


def recognize(
    mentions: Iterable[Mention], found: dict[int, Standing], find: Callable[[Mention], Standing | None]
) -> None:
    """Find a tag that stands for each mention that has none yet; `found` holds them by the `id` of their mention."""
    for mention in mentions:
        if id(mention) not in found and (standing := find(mention)):
            found[id(mention)] = standing._replace(mention=mention)


def _at(path: str, file: _File) -> _File:
    """The same in a file of another name."""
    return {
        key: {
            beside: deque(one._replace(mention=replace(one.mention, path=path)) for one in found)
            for beside, found in group.items()
        }
        for key, group in file.items()
    }
