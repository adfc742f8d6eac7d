"""Course: what becomes of the flags, commit by commit. In: patches, oldest first. Out: what stands, what went.

The rule: a flag is set on the day its tag was added, whoever reworded the line later, in whatever file it was then.
Within one commit, a tag that goes and one that comes may be the same flag (see `pairs`). What goes without such a
match is resolved. Each branch has flags of its own; what a merge has more than its first parent is, if it can, a flag
of another one, set and resolved there.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from notes.history.git import local
from notes.history.mentions import Mention, Sides, Tags, lone_mentions, patch_mentions, told_apart
from notes.history.pairs import pair
from notes.history.patches import Author, FilePatch
from notes.history.standing import Since, Standing, Standings, recognize


class Gone(NamedTuple):
    """A tag that was taken off."""

    mention: Mention
    since: Since
    by: Author
    flag: int


Change = tuple[Sequence[Mention], Sequence[Mention]]
"""What a commit takes away, and what it adds."""


class Course:
    """What becomes of the flags from commit to commit; each costs what it changes.

    `folder` is the prefix of the notes' folder in the repository; `texts` are those of notes that were to lose a tag
    that stood alone, or had got one, by git's ids of them.
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
        self._refresh(now, [mention for mention in removed if now.is_unsure(mention)])
        brought = _brought(added, now, merged)
        pairs, gone, new = pair(removed, [mention for mention in added if id(mention) not in brought])
        kept = [self._kept(now.take(old), mention, since) for old, mention in pairs]
        own = {standing.flag for standing in brought.values()}
        self._resolve([(mention, now.take(mention)) for mention in gone], since, own)
        beside = [mention for mention in added if now.stands_alone(mention)]
        for standing in (*kept, *brought.values(), *(self._kept(None, mention, since) for mention in new)):
            now.put(standing)
        self._refresh(now, beside)  # their lines would be those of another day, which tell no order

    def _refresh(self, now: Standings, mentions: Iterable[Mention]) -> None:
        """Let what stands alone in the files of some be as these say."""
        for path, blob in {mention.path: mention.blob for mention in mentions}.items():
            if blob in self._texts:
                now.refresh(path, lone_mentions(path, self._texts[blob], self._tags))

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
        as_there = branch.copy()
        recognize(added, found, as_there.take_same)
        recognize(added, found, as_there.take_alike)
        if len(found) < len(added):
            stood = {standing.flag for standing in before}
            its_own = Standings(standing for standing in branch if standing.flag not in stood)
            recognize(added, found, its_own.take_near)
            recognize(added, found, _by_words(branch))
    return found


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
    sides: Sides = {}
    for file in files:
        gone, new, hunks = patch_mentions(local(file.new or file.old, folder), file, tags)
        removed += gone
        added += new
        sides.update(hunks)
    return tuple(told_apart(removed, added, sides, tags)), tuple(told_apart(added, removed, sides, tags))
