"""Review: which passage each flag marks. In: a note and the tags that are flags. Out: flags, and edits that dress them.

A flag inside a block marks the block; alone between blank lines the next block; right under a heading, or in one, its
section; before any heading the note, as do the tags of its front matter; and a block that ends with `:` takes the list
after it along. Never a flag: code, maths, comments, links.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from commonmark.marks import Scope
from notes.addresses import slug
from notes.anchors import section_end
from notes.boxes import has_words
from notes.edits import Edit
from notes.flags import flag_end, flags_among
from notes.names import key
from notes.note import Block, BlockKind, Note, Run, Tag, runs_between
from notes.sentences import first_words, runs_by_block
from notes.shown import shown_texts, text_between
from notes.source import NotePath
from notes.trails import Trail, Trails, heading_trails, trail_at
from notes.writing import escaped

_FEATURE = "review"
_NO_BLOCK = -1
_PROPERTY_TAG = re.compile(rb"#?(?P<name>[^\s,\[\]{}\"'#]+)")
_NEXT_LINE = re.compile(rb"[ \t]*\r?\n[ \t>]*")


@dataclass(frozen=True, slots=True)
class Label:
    """How a tag is shown."""

    label: str
    """One or two words: the pill."""
    description: str
    """What the author asks for."""


Labels = Mapping[str, Label]
"""The tags that are flags, by `key`, and how they are shown."""

FlagKey = tuple[NotePath, int]
"""A flag's note, and the byte offset of its tag."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One flagged passage."""

    note: Note
    tag: Tag
    end: int
    """Byte offset after the tag and its reason."""
    label: Label
    reason: str
    scope: Scope
    id: str
    """Of the passage's first block on the note's page; what other notes say does not change it."""
    trail: Trail
    """The headings above."""
    excerpt: str
    """The passage's first words, as text."""
    line: int
    """In the author's file, from 1."""

    @property
    def key(self) -> FlagKey:
        """What tells it from all others."""
        return (self.note.path, self.tag.start)


def find_flags(note: Note, labels: Labels) -> tuple[Flag, ...]:
    """The flags of a note, in order."""
    tags = _tags(note, labels)
    if not tags:
        return ()
    passages = _Passages.of(note, {tag.block for tag in tags})
    counts: Counter[str] = Counter()
    taken = {heading.id for heading in note.headings} | {block.anchor for block in note.block_ids.values()}
    flags = []
    for tag in tags:
        label, trail, scope = labels[key(tag.name)], passages.trail(tag.start), passages.scope(tag)
        end, reason = _reason(note, tag)
        section = trail[-1].id if trail else slug(note.title)
        flag_id = _numbered(f"{section}-{slug(label.label)}", counts, taken)
        excerpt = passages.excerpt(tag, scope)
        line = note.source.position(tag.start).line
        flags.append(Flag(note, tag, end, label, reason, scope, flag_id, trail, excerpt, line))
    return tuple(flags)


def _tags(note: Note, labels: Labels) -> tuple[Tag, ...]:
    """The tags of a note that are flags, in any case; those of the front matter first."""
    return (*_front_tags(note, labels), *flags_among(note.tags, note.source, labels))


def _front_tags(note: Note, labels: Labels) -> list[Tag]:
    """The flags among the properties, each where it stands first, with the `#` before it if any; in no block."""
    front_matter = note.front_matter
    names = {key(name.strip("/")) for name in front_matter.tags} & labels.keys()
    found: dict[str, Tag] = {}
    for place in _PROPERTY_TAG.finditer(note.source.text, front_matter.tags_start, front_matter.body) if names else ():
        name = place["name"].decode().strip("/")
        if key(name) in names:
            found.setdefault(key(name), Tag(place.start(), place.end(), name, _NO_BLOCK))
    return list(found.values())


def flag_edits(flags: Iterable[Flag], card_of: Callable[[Flag], str]) -> tuple[Edit, ...]:
    """Put a pill in the place of each tag; `card_of` gives the address of the flag's card, to which it leads."""
    ordered = (None, *flags)
    return tuple(_edit(flag, before, card_of(flag)) for before, flag in pairwise(ordered) if flag)


def _edit(flag: Flag, before: Flag | None, card: str) -> Edit:
    """`before` is the flag before it in the note: two lines of flags do not both give up the line end between them."""
    text = flag.note.source.text
    if flag.tag.block == _NO_BLOCK:
        return Edit.insertion(flag.note.front_matter.body, f"\n{_pill(flag, card)}\n\n", _FEATURE)
    pill = _pill(flag, card)
    start, end = flag.tag.start, flag.end
    after = _NEXT_LINE.match(text, end)
    block = flag.note.blocks[flag.tag.block]
    line_start = _before(text, start, b" \t>")
    if line_start and text[line_start - 1] != ord("\n"):
        return Edit.link(text, start, end, pill, _FEATURE)
    if after and block.kind is not BlockKind.HEADING and has_words(flag.note, block, end):
        return Edit.replacement(start, after.end(), f"{pill} ", _FEATURE)
    above = _before(text, line_start, b" \t\r\n")
    if line_start > block.start and (after or end >= block.end) and not (before and before.end >= above):
        return Edit.replacement(above, end, f" {pill}", _FEATURE)
    return Edit.link(text, start, end, pill, _FEATURE)


def _pill(flag: Flag, card: str) -> str:
    return f'[{escaped(flag.label.label)}]({card} "{flag.scope}")'


def _before(text: bytes, end: int, characters: bytes) -> int:
    """Where a run of these characters that ends at a place starts; a flag's line may be long."""
    start = end
    while start and text[start - 1] in characters:
        start -= 1
    return start


def _reason(note: Note, tag: Tag) -> tuple[int, str]:
    """Where a flag with its reason ends, and the reason as text."""
    end = tag.end if tag.block == _NO_BLOCK else flag_end(note.source, tag)
    if end == tag.end:
        return end, ""
    own = note.runs[bisect_right(note.runs, tag.start, key=lambda run: run.start) - 1]
    words = "".join(text_between(note, run, tag.end, end) for run in (own, *runs_between(note, tag.end, end)))
    return end, " ".join(words.strip()[1:-1].split())


@dataclass(frozen=True, slots=True)
class _Passages:
    """What decides a flag's passage, gathered once for a note."""

    note: Note
    runs: Mapping[int, Sequence[Run]]
    following: Mapping[int, Block]
    """The next block of the same parent."""
    trails: Trails
    words: dict[int, str] = field(default_factory=dict)
    """What blocks say without their flags, kept for the next flag of the block."""
    excerpts: dict[tuple[int, int], str] = field(default_factory=dict)
    """Kept likewise, by the passage's byte range."""

    @classmethod
    def of(cls, note: Note, flagged: Container[int]) -> "_Passages":
        """`flagged` holds the blocks with flags."""
        return cls(note, runs_by_block(note, flagged), _following(note.blocks), heading_trails(note.headings))

    def scope(self, tag: Tag) -> Scope:
        if tag.block == _NO_BLOCK:
            return Scope.NOTE
        block = self.note.blocks[tag.block]
        if block.kind is BlockKind.HEADING:
            return Scope.SECTION
        if tag.block not in self.words:
            self.words[tag.block] = self._own_text(tag.block)
        words = self.words[tag.block]
        following = self.following.get(tag.block)
        if block.kind is BlockKind.PARAGRAPH and not words:
            return self._scope_of_lone(block, following)
        if following and following.kind is BlockKind.LIST and words.endswith((":", "\uff1a")):
            return Scope.BLOCK_AND_LIST
        return Scope.BLOCK

    def _scope_of_lone(self, block: Block, following: Block | None) -> Scope:
        trail = self.trail(block.start)
        if not trail:
            return Scope.NOTE
        if not self.note.source.text[trail[-1].end : block.start].strip():
            return Scope.SECTION
        if following:
            return Scope.NEXT_BLOCK
        return Scope.SECTION if block.parent < 0 else Scope.BLOCK

    def _own_text(self, block: int) -> str:
        """The words of a block without its flags and their reasons."""
        return "".join(shown_texts(self.note, self.runs.get(block, ()))).strip()

    def trail(self, offset: int) -> Trail:
        """The headings above a byte offset."""
        return trail_at(self.note, self.trails, offset)

    def excerpt(self, tag: Tag, scope: Scope) -> str:
        """The first words of the passage that a flag marks."""
        extent = self._extent(tag, scope)
        if extent not in self.excerpts:
            self.excerpts[extent] = first_words(self.note, *extent)
        return self.excerpts[extent]

    def _extent(self, tag: Tag, scope: Scope) -> tuple[int, int]:
        """The byte range of that passage."""
        if scope is Scope.NOTE:
            return self.note.front_matter.body, self.note.end
        block = self.note.blocks[tag.block]
        following = self.following.get(tag.block)
        if scope is Scope.SECTION:
            heading = self.trail(tag.start)[-1]
            start = block.start if block.kind is BlockKind.HEADING else heading.end
            return start, section_end(self.note, heading)
        if scope in (Scope.NEXT_BLOCK, Scope.BLOCK_AND_LIST) and following:
            return block.start, following.end
        return block.start, block.end


def _following(blocks: Sequence[Block]) -> Mapping[int, Block]:
    following: dict[int, Block] = {}
    last_child: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if block.parent in last_child:
            following[last_child[block.parent]] = block
        last_child[block.parent] = index
    return following


def _numbered(stem: str, counts: Counter[str], taken: set[str]) -> str:
    while True:
        counts[stem] += 1
        flag_id = f"{stem}-{counts[stem]}"
        if flag_id not in taken:
            taken.add(flag_id)
            return flag_id
