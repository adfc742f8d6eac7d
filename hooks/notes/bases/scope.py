"""Scope: what a formula may ask of. In: all files, and one of them. Out: values that the other modules hand on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from notes.bases.dates import Date
from notes.bases.values import File, Resolve, TooMuchError, Value


@dataclass(frozen=True)
class World:
    """All that a base may ask of."""

    files: Mapping[str, File]
    """By path."""
    resolve: Resolve
    now: Date | None
    """When the notes were changed last, which no clock tells: the same notes make the same pages."""
    known: dict[object, Sequence[File]] = field(default_factory=dict)
    """Which files fit filters that were asked for before."""
    naming: dict[str, Mapping[str, Sequence[File]]] = field(default_factory=dict)
    """For each property that was asked for: the files that name another one by it, see `narrowing`."""

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[File, ...]]:
        """The files that link to each, by its path."""
        found: dict[str, list[File]] = {}
        for file in self.files.values():
            for path in file.linked:
                found.setdefault(path, []).append(file)
        return {path: tuple(files) for path, files in found.items()}


@dataclass(slots=True)
class Budget:
    """How many steps may still be taken for a page."""

    left: int

    def spend(self, steps: int) -> None:
        """Take some. Raises TooMuchError if there are none left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError


class Scope(NamedTuple):
    """What a formula is asked of."""

    world: World
    file: File
    this: File
    """Where the base is shown."""
    formulas: Mapping[str, "Formula"]
    budget: Budget
    variables: Mapping[str, Value] = {}
    """Of the formula within a `filter(…)` and its like."""
    depth: int = 0


Formula = Callable[[Scope], Value]
"""What a formula is to a program: asked of a file, it gives a value. May raise TooMuchError."""
