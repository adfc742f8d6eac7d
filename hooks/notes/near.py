"""Close names: which of many names are spelled much like one. Advice for a message, never a link.

In: names. Out: the few closest. Built once for a vault; a look-up compares only names that share letter pairs.
"""

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice

MOST = 3
"""How many close names a message offers."""
_LOOKED_AT = 2000
"""So many names are looked at, those with the rarest letter pairs first: what most names have says little of one."""
_COMPARED = 20
"""How many of the names with the most shared letter pairs are compared in full."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by their letter pairs. Make it with `names`."""

    _by_pair: dict[str, tuple[str, ...]] = field(repr=False)

    def close_to(self, name: str) -> tuple[str, ...]:
        """The closest other names, best first."""
        known = self._by_pair.keys() & _pairs(name)
        rarest_first = sorted(known, key=lambda pair: (len(self._by_pair[pair]), pair))
        others = chain.from_iterable(self._by_pair[pair] for pair in rarest_first)
        shared = Counter(islice(others, _LOOKED_AT))
        least = sorted(shared.values())[-_COMPARED:][0] if shared else 0
        promising = [other for other, count in shared.items() if count >= least]
        ranked = sorted(promising, key=lambda other: (-shared[other], abs(len(other) - len(name)), other))
        by_key = {other.casefold(): other for other in ranked[:_COMPARED] if other != name}
        return tuple(by_key[near] for near in difflib.get_close_matches(name.casefold(), by_key, n=MOST))


def names(all_names: Iterable[str]) -> Names:
    """Index names."""
    by_pair: dict[str, list[str]] = {}
    for name in sorted(set(all_names)):
        for pair in _pairs(name):
            by_pair.setdefault(pair, []).append(name)
    return Names({pair: tuple(found) for pair, found in by_pair.items()})


def _pairs(name: str) -> set[str]:
    text = f" {name.casefold()} "
    return {text[at : at + 2] for at in range(len(text) - 1)}
