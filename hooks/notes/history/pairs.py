"""Pairs: which tags that one commit takes away and adds are the same flag. In: mentions. Out: pairs, and the rest.

They are the same if the words beside them are the same, in any file; or, unless the words of one stay without it, if
these start or end with the same few, or have them before the tag, or if they stand in the same paragraph.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Final

from notes.history.mentions import ENOUGH, PROPERTY, Mention

_NEXT: Final = 2
"""Words before a tag by which it is known among those of lines that follow each other."""

Pairs = Sequence[tuple[Mention, Mention]]
"""Tags before and after."""

_Same = Callable[[Mention], tuple[object, ...] | None]


def _unless_apart(same: _Same) -> _Same:
    return lambda mention: None if mention.is_apart else same(mention)


def _some_words(mention: Mention, words: Sequence[str]) -> tuple[object, ...] | None:
    return (mention.tag, *words) if len(words) == ENOUGH else None


def _run(mention: Mention) -> tuple[object, ...]:
    return (mention.path, mention.tag, mention.spot.hunk, mention.spot.run)


_SAME_WORDS: Final[Sequence[_Same]] = (
    lambda mention: (mention.path, mention.tag, mention.text, mention.before),
    lambda mention: (mention.path, mention.tag, mention.text),
    lambda mention: (mention.tag, mention.text) if mention.text else None,
)
_REWORDED: Final[Sequence[_Same]] = (
    lambda mention: _some_words(mention, mention.before),
    lambda mention: (*_run(mention), mention.before[-_NEXT:]) if len(mention.before) >= _NEXT else None,
    lambda mention: _some_words(mention, mention.text.split()[:ENOUGH]),
    lambda mention: _some_words(mention, mention.text.split()[-ENOUGH:]),
    _run,
    lambda mention: (mention.path, mention.tag, mention.spot.hunk, mention.spot.paragraph),
    lambda mention: (mention.path, mention.tag.removesuffix(PROPERTY), mention.spot.hunk, mention.spot.run),
)
_SAME: Final = (*_SAME_WORDS, *(_unless_apart(same) for same in _REWORDED))
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
