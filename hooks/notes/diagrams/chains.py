"""Chains of names without boxes, `A -> B -> C`. A stricter reading: code, prose and menu paths have arrows too.

In: texts and links of a drawing without boxes. Out: the links, with a name that comes twice in a row taken for one
node, as in a cycle; or the reading stops.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from notes.diagrams.edges import Link
from notes.diagrams.ends import Place
from notes.diagrams.glyphs import ACROSS, ALONG
from notes.diagrams.grid import Cell
from notes.diagrams.outcome import Reason, Stop
from notes.diagrams.scene import Scene
from notes.diagrams.texts import Text, Texts

_NAME_LENGTH: Final = 64
_NOT_A_NAME: Final = re.compile(
    r"[;{}=`\"$\\|!?]|::|\w\(\)|^\w[\w ]*(?<!\d): |\.$|^[-*•>#+@~]|^\d+[.)]|^\W*\d[\d.,%]*\W*$|\.\w+:\d|^\.|://|^v?\d[\w.]*$"
)
_NO_STEP: Final = re.compile(r"[;{}=`$\\|]|::|\w\(\)|^[-*•>#+@~]|\.\w+:\d|://")
"""What no step of a chain that leads down can be; a drawn stem says more than an arrow in a row."""
_MENU: Final = re.compile(
    r"(?:settings|preferences|menu|options|file|edit|view|tools|help|control panel|about|general|advanced)"
    r"|(?:click|select|go to) .*",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(r"[\[(].*[\])]")
_LABEL: Final = re.compile(rf"{_BRACKETED.pattern}|(?:yes|no|y|n|true|false|ok|success|failure|error)", re.IGNORECASE)
_CALL: Final = re.compile(r"[a-z][\w.]*\([^()]+\)")
_TYPE: Final = re.compile(
    r"(?:String|Str|Int|Integer|Bool|Boolean|Float|Double|Char|Unit|IO|Maybe|Any|void|string|number|[iu]\d+|[a-z])"
)


def same_names(texts: Texts, links: Sequence[Link]) -> tuple[Link, ...]:
    """The links of a drawing without boxes, in which equal names of one row are one."""
    first: dict[tuple[int, str], Place] = {}
    same: dict[Place, Place] = {}
    for at, text in enumerate(texts.blocks):
        place = Place(is_text=True, index=at)
        same[place] = first.setdefault((text.start.row, text.label), place)
    return tuple(replace(link, source=same[link.source], target=same[link.target]) for link in links)


def judge_chain(scene: Scene) -> None:
    """Names and arrows, all of them linked to each other, and nothing else."""
    if not scene.links:
        raise Stop(Reason.NO_ARROW)
    if len(scene.links) == 1 or scene.roles.remarks:
        raise Stop(Reason.NO_CHAIN)
    leads_down = all(link.side & ALONG and len(link.path) > 1 for link in scene.links)
    for text in sorted(scene.roles.nodes):
        _judge_name(scene.texts.blocks[text], _NO_STEP if leads_down else _NOT_A_NAME)
        if not leads_down and any(map(_MENU.fullmatch, scene.texts.blocks[text].lines)):
            raise Stop(Reason.NO_NAMES, *scene.texts.blocks[text].start)
    if all(_CALL.fullmatch(scene.texts.blocks[text].label) for text in scene.roles.nodes):
        raise Stop(Reason.NO_NAMES)
    _judge_pointers(scene.links)
    _judge_arrows(scene.links, is_clear=_are_bracketed(scene))
    _judge_labels(scene)
    if not _is_one_piece(scene.links) and not _are_bracketed(scene):
        raise Stop(Reason.LIST)


def _judge_labels(scene: Scene) -> None:
    """A word in a line is a label only where brackets tell names from labels, or blanks around all names do.

    But an answer is one anywhere, and what is in brackets like a name is none beside a line.
    """
    blocks, bridges = scene.texts.blocks, scene.attached.bridges
    labels = [blocks[text] for of in scene.roles.labels.values() for text in of if text not in bridges]
    doubtful = [block for block in labels if block.label.startswith("[")]
    if not _are_bracketed(scene):
        is_spaced = not any(_touches_line(scene, blocks[text]) for text in scene.roles.nodes)
        words = [blocks[text] for text in bridges if not _LABEL.fullmatch(blocks[text].label)]
        doubtful += [block for block in words if not (is_spaced and _touches_line(scene, block))]
    if doubtful:
        raise Stop(Reason.NAME_OR_LABEL, *doubtful[0].start)


def _are_bracketed(scene: Scene) -> bool:
    return all(_BRACKETED.fullmatch(scene.texts.blocks[text].label) for text in scene.roles.nodes)


def _touches_line(scene: Scene, block: Text) -> bool:
    beside = ((Cell(piece.row, piece.start - 1), Cell(piece.row, piece.stop)) for piece in block.pieces)
    return any(cell in scene.lines for pair in beside for cell in pair)


def _judge_name(block: Text, not_a_name: re.Pattern[str]) -> None:
    for line in block.lines:
        if len(line) > _NAME_LENGTH or not_a_name.search(line) or _TYPE.fullmatch(line):
            raise Stop(Reason.NO_NAMES, *block.start)
    if block.label.count("(") != block.label.count(")"):
        raise Stop(Reason.NO_NAMES, *block.start)


def _is_one_piece(links: Sequence[Link]) -> bool:
    reached = {links[0].source}
    waiting = list(links)
    while met := [link for link in waiting if link.source in reached or link.target in reached]:
        reached.update(place for link in met for place in (link.source, link.target))
        waiting = [link for link in waiting if link not in met]
    return not waiting


def _judge_pointers(links: Sequence[Link]) -> None:
    """Arrows to several rows of one text point out its lines, which are things of their own."""
    rows: dict[Place, int] = {}
    for link in links:
        for place, side, end in (link.target, link.side, link.path[-1]), (link.source, link.out, link.path[0]):
            if side & ACROSS and rows.setdefault(place, end.row) != end.row:
                raise Stop(Reason.POINTERS, *end)


def _judge_arrows(links: Sequence[Link], *, is_clear: bool) -> None:
    """Each arrow leads on; and one straight into another row must meet that row's first name, or it may mean to."""
    entered = {link.target for link in links if link.side & ACROSS}
    for link in links:
        if link.source == link.target or not link.heads.is_headed:
            raise Stop(Reason.CHAIN_ENDS, *link.path[0])
        if not is_clear and link.side & ALONG and link.out & ALONG and link.target in entered:
            raise Stop(Reason.CHAIN_TURNS, *link.path[0])
