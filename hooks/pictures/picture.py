"""What Mermaid is asked and what becomes of a source: the values that the other modules hand on."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Job(NamedTuple):
    """What Mermaid is asked."""

    source: str
    """Without blanks at its end."""
    draws: bool
    """Draw it; else only read it, which tells whether it is right."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The build drew it."""

    svg: str
    """For the body of a page, coloured by the site's style sheet; its ids begin with `id`."""
    id: str
    """Made from the source, so that two different pictures on a page never share an id."""

    def again(self, count: int) -> str:
        """The same picture further down the same page, where its ids are taken."""
        return self.svg.replace(self.id, f"{self.id}-{count}")


@dataclass(frozen=True, slots=True)
class Left:
    """The build does not draw it; the reader's browser will."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Mermaid does not understand the source."""

    message: str
    """In Mermaid's words."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It took too long, or Mermaid failed; the reader's browser may do better."""

    reason: str


Fault: TypeAlias = Wrong | GivenUp
"""What the author is told."""

Picture: TypeAlias = Drawn | Left | Fault
