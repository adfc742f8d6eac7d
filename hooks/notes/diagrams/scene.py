"""All that was read of a drawing, for the stages that look at the whole. Made in `reading`, once."""

from dataclasses import dataclass

from notes.diagrams.areas import Field
from notes.diagrams.edges import Link
from notes.diagrams.ends import Attached
from notes.diagrams.grid import Grid
from notes.diagrams.labels import Roles
from notes.diagrams.lines import Lines
from notes.diagrams.texts import Texts


@dataclass(frozen=True, slots=True)
class Scene:
    """What each stage found."""

    grid: Grid
    field: Field
    lines: Lines
    texts: Texts
    attached: Attached
    links: tuple[Link, ...]
    roles: Roles
