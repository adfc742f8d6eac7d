"""The stages in order. In: a drawing and its fence's language. Out: `Read` or `Declined`."""

from dataclasses import dataclass
from typing import Final

from notes.diagrams.account import check
from notes.diagrams.areas import Field, arrange
from notes.diagrams.assemble import assemble
from notes.diagrams.boxes import find_boxes
from notes.diagrams.chains import same_names
from notes.diagrams.edges import find_links
from notes.diagrams.ends import attach
from notes.diagrams.grid import Cell, Grid, lay_out
from notes.diagrams.judge import judge
from notes.diagrams.labels import find_roles
from notes.diagrams.lines import find_lines
from notes.diagrams.outcome import Declined, Kind, Read, Stop
from notes.diagrams.texts import find_texts
from notes.diagrams.wires import weave


def read_grid(grid: Grid) -> Read:
    field = arrange(grid, find_boxes(grid))
    lines = find_lines(grid, field)
    texts = find_texts(grid, field, lines)
    web = weave(grid, field, lines)
    attached = attach(grid, field, lines, texts, web)
    links = find_links(attached)
    if not field.areas:
        links = same_names(texts, links)
    roles = find_roles(field, lines, texts, attached, links)
    judge(grid, field, texts, attached, links, roles)
    check(grid, field, lines, texts)
    return assemble(grid, field, texts, links, roles)


def read(drawing: str, info: str = "") -> Read | Declined:
    grid = lay_out(drawing)
    try:
        return read_grid(grid)
    except Stop as stop:
        return Declined(stop.kind, stop.reason, *grid.place(Cell(stop.row, stop.column)))
