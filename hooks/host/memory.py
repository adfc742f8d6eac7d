"""Memory between the builds of a `mkdocs serve`. In: what a thing is made of. Out: the thing, made if that is new.

A page from memory is the page that would be made, since it is known by all that it is made of. Where that cannot be
told, nothing is remembered: when the settings or a template changed, and beside plugins that are not known here.
"""

import sys
import warnings
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final, TypeVar

from mkdocs.config.defaults import MkDocsConfig

from host import theme

_T = TypeVar("_T")

_KNOWN_PLUGINS: Final = frozenset({"search", "material/search", "mermaid2"})
_OURS: Final = 1
"""So many hooks `mkdocs.yml` names; another one may change a page at any time."""


class Memory:
    """What the last build made. Each build asks anew for all that it needs, and the rest is forgotten."""

    def __init__(self) -> None:
        self.is_on = False
        self._last: dict[tuple[str, str], tuple[bytes, Any]] = {}
        self._now: dict[tuple[str, str], tuple[bytes, Any]] = {}
        self._settings = b""

    def begin(self, config: MkDocsConfig, of_obsidian: object) -> None:
        """Start a build; `of_obsidian`: what Obsidian's own files say of all pages."""
        hooks: Any = config.hooks  # by the names under which they are among the plugins
        self.is_on = is_serving() and len(hooks) == _OURS and config.plugins.keys() <= {*_KNOWN_PLUGINS, *hooks}
        settings = _digest((of_obsidian, _settings(config))) if self.is_on else b""
        self._last = self._now if settings == self._settings else {}
        self._now, self._settings = {}, settings

    def made(
        self,
        kind: str,
        name: str,
        inputs: object,
        make: Callable[[], _T],
        is_still_right: Callable[[_T], bool] = lambda _: True,
    ) -> _T:
        """Give what the last build made of the same inputs, which their `repr` must tell in full, or make it."""
        if not self.is_on:
            return make()
        known_by = _digest(inputs)
        last = self._last.get((kind, name))
        is_known = last is not None and last[0] == known_by and is_still_right(last[1])
        made = self._now[kind, name] = last if last and is_known else (known_by, make())
        return made[1]

    def forget(self, kind: str, name: str) -> None:
        """Let it be made anew at the next build: it may come out otherwise."""
        self._now.pop((kind, name), None)


MEMORY: Final = Memory()


def is_serving() -> bool:
    """Ask whether this is `mkdocs serve`: no other command imports what does it."""
    return "mkdocs.commands.serve" in sys.modules


def _digest(inputs: object) -> bytes:
    return blake2b(repr(inputs).encode(), digest_size=16).digest()


def _settings(config: MkDocsConfig) -> object:
    """All that MkDocs reads from files which are no notes, but the code, with which this memory is lost."""
    with warnings.catch_warnings(action="ignore"):  # MkDocs itself has no use for it
        settings = config.user_configs  # as this build has read them: the files may say something else by now
    return settings, [(str(path), path.read_bytes()) for path in theme.own_files(config)]
