"""What becomes of a Mermaid source: the values that the other modules hand on."""

from dataclasses import dataclass
from typing import TypeAlias


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
class Wrong:
    """Mermaid does not understand the source."""

    message: str
    """In Mermaid's words."""


@dataclass(frozen=True, slots=True)
class Left:
    """The build cannot draw it; the reader's browser may."""

    reason: str


Undrawn: TypeAlias = Wrong | Left
Picture: TypeAlias = Drawn | Undrawn
