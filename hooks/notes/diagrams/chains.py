"""Chains of names without boxes, `A -> B -> C`. A stricter reading: code, prose and menu paths have arrows too.

In: texts and links of a drawing without boxes. Out: the links, with a name that comes twice in a row taken for one
node, as in a cycle; or the reading stops.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from notes.diagrams.edges import Link
from notes.diagrams.ends import Attached, Place
from notes.diagrams.glyphs import ACROSS, ALONG
from notes.diagrams.labels import Roles
from notes.diagrams.outcome import no_diagram
from notes.diagrams.texts import TextId, Texts

_NAME_LENGTH: Final = 64
_NOT_A_NAME: Final = re.compile(r"[;{}=`\"$\\|!?]|::|\w\(\)|^\w[\w ]*: |\.$|^[-*•>#+@~]|^\d+[.)]|^\W*\d[\d.,%]*\W*$|\.\w+:\d|^\.|://|^v?\d[\w.]*$")
_MENU: Final = re.compile(r"(?:settings|preferences|menu|options|file|edit|view|tools|help|start|control panel|about|general|advanced)|(?:click|select|go to) .*", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"[\[(].*[\])]")
_TYPE: Final = re.compile(r"(?:String|Str|Int|Integer|Bool|Boolean|Float|Double|Char|Unit|IO|Maybe|Any|void|string|number|[iu]\d+|[a-z])")


def same_names(texts: Texts, links: Sequence[Link]) -> tuple[Link, ...]:
    """The links of a drawing without boxes, in which equal names of one row are one."""
    first: dict[tuple[int, str], Place] = {}
    same: dict[Place, Place] = {}
    for at, text in enumerate(texts.blocks):
        place = Place(is_text=True, index=at)
        same[place] = first.setdefault((text.start.row, text.label), place)
    return tuple(replace(link, source=same[link.source], target=same[link.target]) for link in links)


def judge_chain(texts: Texts, attached: Attached, links: Sequence[Link], roles: Roles) -> None:
    """Names and arrows, all of them linked to each other, and nothing else."""
    if not links:
        raise no_diagram("there is neither a box nor an arrow")
    if len(links) < 2 or roles.remarks:
        raise no_diagram("words with arrows, but no chain of names")
    for text in roles.nodes:
        _judge_name(texts, text)
    for link in links:
        if link.source == link.target or not link.heads.is_headed:
            raise no_diagram("an arrow in a chain leads nowhere", *link.path[0])
    is_bracketed = all(_BRACKETED.fullmatch(texts.blocks[text].label) for text in roles.nodes)
    for label in attached.bridges:
        if not is_bracketed and not _BRACKETED.fullmatch(texts.blocks[label].label):
            raise no_diagram("a word in a line may be a name or a label", *texts.blocks[label].start)
    _judge_turns(texts, links)
    if not _is_one_piece(links):
        raise no_diagram("several short chains read like a list")


def _judge_name(texts: Texts, text: TextId) -> None:
    block = texts.blocks[text]
    for line in block.lines:
        if len(line) > _NAME_LENGTH or _NOT_A_NAME.search(line) or _MENU.fullmatch(line) or _TYPE.fullmatch(line):
            raise no_diagram("words with arrows, but no names", *block.start)


def _is_one_piece(links: Sequence[Link]) -> bool:
    reached = {links[0].source}
    waiting = list(links)
    while met := [link for link in waiting if link.source in reached or link.target in reached]:
        reached.update(place for link in met for place in (link.source, link.target))
        waiting = [link for link in waiting if link not in met]
    return not waiting


def _judge_turns(texts: Texts, links: Sequence[Link]) -> None:
    """Where a chain turns into the next row, it must meet that row's first name, or it may mean to."""
    entered = {link.target for link in links if link.side & ACROSS}
    for link in links:
        if link.side & ALONG and link.target in entered:
            raise no_diagram("a chain turns into the middle of another", *link.path[0])
