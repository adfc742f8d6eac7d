"""Ranges: a long list of names, divided so that nobody scrolls through it. In: names in order. Out: labelled parts."""

import math
from collections.abc import Sequence
from itertools import pairwise

MOST = 60
"""A list of so many names is still read as one."""
_FEWEST = 20
"""Names in a part, about; fewer would be no help."""
_LONGEST = 24
"""Characters of a name in a label."""


def ranges(names: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """Parts of about equal size: each with its first and last name (`Ada – Bert`), and where it starts and ends.

    A list that is short enough is no parts at all. There are about as many parts as names in a part.
    """
    if len(names) <= MOST:
        return ()
    count = math.ceil(len(names) / max(_FEWEST, math.isqrt(len(names))))
    bounds = [len(names) * part // count for part in range(count + 1)]
    return tuple((f"{_short(names[start])} – {_short(names[end - 1])}", start, end) for start, end in pairwise(bounds))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
