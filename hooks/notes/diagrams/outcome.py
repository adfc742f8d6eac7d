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


class Reason(Enum):
    """Everything that ends a reading: what it makes of the drawing, and a clause for its author."""

    TREE = Kind.NOT_A_DIAGRAM, "a tree"
    CHART = Kind.NOT_A_DIAGRAM, "a chart"
    OUTPUT = Kind.NOT_A_DIAGRAM, "a program's output"
    NOTHING_DRAWN = Kind.NOT_A_DIAGRAM, "nothing is drawn"
    NO_WORD = Kind.NOT_A_DIAGRAM, "nothing has a name"
    TABLE = Kind.NOT_A_DIAGRAM, "a table"
    NO_ARROW = Kind.NOT_A_DIAGRAM, "there is neither a box nor an arrow"
    NO_CHAIN = Kind.NOT_A_DIAGRAM, "words with arrows, but no chain of names"
    CHAIN_ENDS = Kind.NOT_A_DIAGRAM, "an arrow in a chain leads nowhere"
    NAME_OR_LABEL = Kind.NOT_A_DIAGRAM, "a word in a line may be a name or a label"
    LIST = Kind.NOT_A_DIAGRAM, "several short chains read like a list"
    NO_NAMES = Kind.NOT_A_DIAGRAM, "words with arrows, but no names"
    CHAIN_TURNS = Kind.NOT_A_DIAGRAM, "a chain turns into the middle of another"
    ANNOTATED_STACK = Kind.NOT_A_DIAGRAM, "a layout with remarks"
    NO_LINES = Kind.NOT_A_DIAGRAM, "boxes without lines"
    NO_LAYOUT = Kind.NOT_A_DIAGRAM, "boxes in boxes, but no lines"
    MOCK_UP = Kind.NOT_A_DIAGRAM, "a mock-up"
    POINTERS = Kind.NOT_A_DIAGRAM, "arrows only point something out"
    TOO_LARGE = Kind.TOO_LARGE, "it is too large to read on a page"
    TOO_MANY_CORNERS = Kind.TOO_LARGE, "it has too many corners to follow"
    LINE = Kind.UNCERTAIN, "a line is not understood"
    LONE_HEAD = Kind.UNCERTAIN, "a head stands alone"
    MARK = Kind.UNCERTAIN, "a mark is not understood"
    LINE_IN_BOX = Kind.UNCERTAIN, "a line in a box is not understood"
    EMPTY_BOX = Kind.UNCERTAIN, "a box holds no word"
    OPEN_JOINT = Kind.UNCERTAIN, "a joint in a border leads nowhere"
    JOINS_NOTHING = Kind.UNCERTAIN, "a line joins nothing"
    NO_SOURCE = Kind.UNCERTAIN, "arrows have no source"
    LEADS_BACK = Kind.UNCERTAIN, "a line leads back to where it starts"
    NO_STEM = Kind.UNCERTAIN, "lines without heads meet, and none of them is the stem"
    MANY_WAYS = Kind.UNCERTAIN, "lines meet in more than one way"
    MIXED_TEETH = Kind.UNCERTAIN, "some of the lines that end side by side have heads, and some have none"
    ARROW_ON_LINE = Kind.UNCERTAIN, "an arrow ends on another line, as in a sequence diagram"
    LINE_ON_LINE = Kind.UNCERTAIN, "a line ends at another"
    FROM_WITHIN = Kind.UNCERTAIN, "a line ends at a border from within"
    FROM_CORNER = Kind.UNCERTAIN, "a line runs on from the corner of a box"
    POINTS_AT_NOTHING = Kind.UNCERTAIN, "an arrow points at nothing"
    ENDS_AT_NOTHING = Kind.UNCERTAIN, "a line ends at nothing"
    BARE_CELLS = Kind.UNCERTAIN, "cells side by side have no lines"
    ROOMS = Kind.UNCERTAIN, "a box with several rooms holds other boxes"
    WALLED_TEXT = Kind.UNCERTAIN, "a text stands between two lines as in a box"
    MANY_AT_CONTAINER = Kind.UNCERTAIN, "several lines end at the border of a container"
    LEFT_OUT = Kind.UNCERTAIN, "a box has no line, though a name beside it has one"
    LEGEND = Kind.UNCERTAIN, "an arrow between words beside the boxes may be a legend"
    TITLE_OR_LABEL = Kind.UNCERTAIN, "words beside a line may be its label or the title of a box"
    REMARK_OR_NAME = Kind.UNCERTAIN, "words with an arrow may be a remark or a name"

    @property
    def kind(self) -> Kind:
        """What the drawing is taken for."""
        return self.value[0]

    @property
    def clause(self) -> str:
        """The words for its author."""
        return self.value[1]


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
        return self.kind in {Kind.UNCERTAIN, Kind.TOO_LARGE}


class Stop(Exception):  # noqa: N818 - it is no error: a drawing may be anything
    """Ends a reading from any depth. Caught in `reading`, where the cell becomes the author's line and column."""

    def __init__(self, reason: Reason, row: int = 0, column: int = 0) -> None:
        super().__init__(reason.clause)
        self.reason = reason
        self.row = row
        self.column = column
