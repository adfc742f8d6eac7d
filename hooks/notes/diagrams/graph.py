"""What a drawing says: nodes, containers and edges. The end of the reading, the start of the writing."""

from dataclasses import dataclass
from enum import Enum
from typing import NewType

Id = NewType("Id", str)
"""Of a node or a container: `n1`, `c1` …, in the order in which the drawing shows them."""


class Heads(Enum):
    """Where an edge has its heads."""

    TARGET = "->"
    BOTH = "<->"
    NONE = "--"

    @property
    def is_headed(self) -> bool:
        """Whether it leads anywhere."""
        return self is not Heads.NONE


class Direction(Enum):
    """Where most edges of a drawing lead."""

    DOWN = "TB"
    UP = "BT"
    RIGHT = "LR"
    LEFT = "RL"


@dataclass(frozen=True, slots=True)
class Node:
    """A box without boxes in it, or the text at a line's end."""

    id: Id
    label: str
    """Lines are joined by a newline."""


@dataclass(frozen=True, slots=True)
class Container:
    """A box around others."""

    id: Id
    label: str
    children: tuple[Id, ...]
    """Nodes and containers, in the order of reading."""
    direction: Direction
    """How they lie: to the right of each other, or below."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one node or container to another."""

    source: Id
    target: Id
    heads: Heads
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """All of it."""

    nodes: tuple[Node, ...]
    containers: tuple[Container, ...]
    edges: tuple[Edge, ...]
    direction: Direction
