r"""What the formulas of all pages know. In: a text of `\newcommand` and its like. Out: what it defines.

Source: the plugin Extended MathJax of Obsidian's, which lets MathJax read such a text before any formula.
"""

from dataclasses import dataclass, field

from maths.definitions import COMMAND, Definitions, UnreadableError
from maths.physics import PHYSICS, REQUIRED, Physics


@dataclass(frozen=True, slots=True)
class Preamble:
    """A text of definitions. Make it with `read_preamble`."""

    text: str = ""
    definitions: Definitions = field(default_factory=Definitions, repr=False, compare=False)
    """For a page to copy."""
    names: frozenset[str] = field(default=frozenset(), repr=False)
    """The commands that it gives a meaning."""
    unread: tuple[int, ...] = field(default=(), repr=False)
    """Where, in characters, a definition begins that cannot be read."""
    has_physics: bool = field(default=False, repr=False)
    """Whether formulas know the package physics."""

    def concerns(self, latex: str) -> bool:
        """Whether a formula may mean something else by it."""
        return bool(self.names) and not self.names.isdisjoint(COMMAND.findall(latex))


NO_PREAMBLE = Preamble()


def read_preamble(text: str) -> Preamble:
    """Read a text; what defines nothing in it is left out, as MathJax shows nothing of it."""
    definitions = Definitions()
    unread = tuple(definitions.learn(text))
    has_physics = REQUIRED.search(text) is not None
    of_packages = PHYSICS if has_physics else ()
    return Preamble(text, definitions, definitions.names.union(of_packages), unread, has_physics)


class WrittenOut:
    """The formulas of a page, in order, for those who do not have its preamble."""

    def __init__(self, preamble: Preamble) -> None:
        self._definitions = preamble.definitions.copy()
        self._physics = Physics(is_loaded=preamble.has_physics)

    def written(self, latex: str) -> str:
        """Write what its commands mean; one that cannot be read, or only defines something, stays."""
        try:
            meant = self._physics.expanded(self._definitions.expanded(latex))
        except UnreadableError:
            return latex
        return meant if meant.strip() else latex
