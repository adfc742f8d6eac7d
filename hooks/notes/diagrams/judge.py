"""Is this a diagram at all? In: all that was read. Out: nothing, or the reading stops.

Boxes and arrows are cheap: packets, tables, menus, logs and sentences have them too. What has no box must be a chain
of names and nothing else; what has no line must be a titled box around others and nothing else.
"""

import re
from collections.abc import Sequence
from typing import Final

from notes.diagrams.areas import OUTSIDE, AreaId, Field
from notes.diagrams.boxes import Box
from notes.diagrams.edges import Link
from notes.diagrams.ends import Attached
from notes.diagrams.labels import Roles
from notes.diagrams.outcome import Kind, Stop
from notes.diagrams.texts import TextId, Texts

_NAME_LENGTH: Final = 64
_NOT_A_NAME: Final = re.compile(r"[;{}=`\"$\\|!?]|::|\w\(\)|^\w[\w ]*: |\.$|^[-*•>#+@~]|^\d+[.)]|^\W*\d[\d.,%]*\W*$|\.\w+:\d|^\.")
_MENU: Final = re.compile(r"\b(?:settings|preferences|menu|options|file|edit|view|tools|click|select|open|panel)\b", re.IGNORECASE)
_WIDGET: Final = re.compile(r"\[[ xX✓]\]|^\s*[❯●○◉☐☑]|[▁-▏█▓▒░]")


def judge(field: Field, texts: Texts, attached: Attached, links: Sequence[Link], roles: Roles) -> None:
    """Stop unless it is a diagram."""
    if not field.areas:
        _judge_chain(texts, attached, links, roles)
    elif not links:
        _judge_layout(field, texts, roles)
    else:
        _judge_boxes(field, links)


def _no_diagram(what: str, row: int = 0, column: int = 0) -> Stop:
    return Stop(what, row, column, Kind.NOT_A_DIAGRAM)


def _judge_chain(texts: Texts, attached: Attached, links: Sequence[Link], roles: Roles) -> None:
    """Names and arrows, all of them linked to each other, and nothing else."""
    if not links:
        raise _no_diagram("there is neither a box nor an arrow")
    if len(links) < 2 or roles.remarks:
        raise _no_diagram("words with arrows, but no chain of names")
    for text in roles.nodes:
        _judge_name(texts, text)
    for link in links:
        if link.source == link.target or not link.heads.is_headed:
            raise _no_diagram("an arrow in a chain leads nowhere", *link.path[0])
    for label in attached.bridges:
        if not re.fullmatch(r"[\[(].*[\])]", texts.blocks[label].label):
            raise _no_diagram("a word in a line may be a name or a label", *texts.blocks[label].start)
    if not _is_one_piece(links):
        raise _no_diagram("several short chains read like a list")


def _judge_name(texts: Texts, text: TextId) -> None:
    block = texts.blocks[text]
    for line in block.lines:
        if len(line) > _NAME_LENGTH or _NOT_A_NAME.search(line) or _MENU.search(line):
            raise _no_diagram("words with arrows, but no names", *block.start)


def _is_one_piece(links: Sequence[Link]) -> bool:
    reached = {links[0].source}
    waiting = list(links)
    while met := [link for link in waiting if link.source in reached or link.target in reached]:
        reached.update(place for link in met for place in (link.source, link.target))
        waiting = [link for link in waiting if link not in met]
    return not waiting


def _judge_layout(field: Field, texts: Texts, roles: Roles) -> None:
    """Boxes without lines: a titled box around at least two, and nothing else."""
    parents = {area.parent for area in field.areas if area.parent != OUTSIDE}
    roots = [at for at, area in enumerate(field.areas) if area.parent == OUTSIDE]
    if len(roots) != 1 or not parents or roles.remarks:
        raise _no_diagram("boxes without lines")
    for parent in parents:
        if field.areas[parent].dividers or parent not in roles.titles or len(field.children(parent)) < 2:
            raise _no_diagram("boxes in boxes, but no lines", field.areas[parent].box.top, field.areas[parent].box.left)


def _judge_boxes(field: Field, links: Sequence[Link]) -> None:
    """With lines: cells side by side must each take part, and a container has at most a title above its one room."""
    touched = {place.index for link in links for place in (link.source, link.target) if not place.is_text}
    for strip in _strips(field):
        if touched.isdisjoint(strip):
            box = field.areas[strip[0]].box
            raise Stop("cells side by side have no lines", box.top, box.left)
    for at, area in enumerate(field.areas):
        rooms = {_room(area.dividers, field.areas[child].box) for child in field.children(AreaId(at))}
        if len(rooms) > 1:
            raise Stop("a box with several rooms holds other boxes", area.box.top, area.box.left)


def _room(dividers: Sequence[int], box: Box) -> int:
    return sum(divider <= box.top for divider in dividers)


def _strips(field: Field) -> list[list[AreaId]]:
    """Areas that share an upright border, from left to right."""
    by_left = {(area.box.left, area.box.top): AreaId(at) for at, area in enumerate(field.areas)}
    strips: list[list[AreaId]] = []
    for at, area in enumerate(field.areas):
        following = by_left.get((area.box.right, area.box.top))
        if following is not None:
            joined = next((strip for strip in strips if strip[-1] == at), None)
            if joined:
                joined.append(following)
            else:
                strips.append([AreaId(at), following])
    return strips
