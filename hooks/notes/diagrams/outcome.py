"""What a reading ends with: `Read` or `Declined`. Nothing in between: a drawing half understood stays as drawn."""

from dataclasses import dataclass
from enum import Enum

from notes.diagrams.graph import Graph


class Kind(Enum):
    """Why a drawing stays as it is."""

    NOT_A_DIAGRAM = "no diagram"
    """It draws no graph: a table, a tree, a log, prose. No one needs to hear of it."""
    KEPT = "kept by its author"
    """The fence's language asks for it."""
    UNCERTAIN = "uncertain"
    """It looks like a diagram, and not all of it was understood."""
    TOO_LARGE = "too large"
    """It is larger than anyone reads on a page."""


@dataclass(frozen=True, slots=True)
class Read:
    """A drawing whose every character was understood."""

    graph: Graph
    remarks: tuple[str, ...]
    """Titles and notes that stand beside the graph, in the order of reading."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A drawing that stays as its author made it."""

    kind: Kind
    reason: str
    """A short clause for the author."""
    line: int
    """Of the first thing not understood, 1-based, in the drawing."""
    column: int
    """Its character in that line, 1-based."""

    @property
    def is_diagram(self) -> bool:
        """Whether a reader would call it a diagram, so that the author should hear the reason."""
        return self.kind is Kind.UNCERTAIN


class Stop(Exception):  # noqa: N818 - it is no error: a drawing may be anything
    """Ends a reading from any depth. Caught in `reading`, where the cell becomes the author's line and column."""

    def __init__(self, reason: str, row: int = 0, column: int = 0, kind: Kind = Kind.UNCERTAIN) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row
        self.column = column
        self.kind = kind


def no_diagram(reason: str, row: int = 0, column: int = 0) -> Stop:
    """What ends the reading of something that draws no graph."""
    return Stop(reason, row, column, Kind.NOT_A_DIAGRAM)
