"""Mentions: where a line names a flag's tag, and what tells one flag from another as the text around it changes.

In: a note's lines, or a patch of them. Out: mentions. A line alone cannot tell whether it is code, so a mention
is not always a flag; `history` compares mentions with mentions, and only flags are ever shown.
"""

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from commonmark.tags import TAG
from notes.flags import TAG_AND_REASON
from notes.history.patches import CONTEXT, FilePatch, Hunk, Mark
from notes.names import key

Tags = frozenset[str]
"""The tags that are flags, by `key`."""

_PROPERTY = re.compile(r"[ \t]*(?:-|tags?[ \t]*:)(?=[ \t])", re.IGNORECASE)
"""How a line of the front matter starts that may name tags, without `#`."""
_TAGS = re.compile(r"[ \t]*tags?[ \t]*:", re.IGNORECASE)
"""How the line of the property starts: the names of tags may stand below it, so that what it says is no passage."""
_PROPERTIES = re.compile(r"[^\s,\[\]\"']+")
PROPERTY: Final = " (property)"
"""What the tag of a mention without `#` ends with."""
_FENCE = re.compile(rb"(?:---|\.\.\.)[ \t]*\r?")
_YAML = re.compile(rb"[ \t]*(?:-[ \t]|[^\s:]+[ \t]*:|#)")
_LAST_LINE: Final = 100
"""Of any front matter."""
_WORD = re.compile(r"\w+")
_BLANK: Final = b" \t\r>"
"""What a line without a word may have, in a quote too."""
_HEADING = re.compile(rb"[ \t>]*#{1,6}[ \t]")
_BLOCK_START = re.compile(rb"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)]|#{1,6})[ \t]|\|)")
"""How a line starts that goes on with no line above it: an item, a heading, a row of a table."""
ENOUGH: Final = 5
"""Words at either end of a passage, or before a tag, by which it is known when the others are new."""
_PASSAGE = 8
"""How many lines of a passage are kept for its excerpt."""


class Spot(NamedTuple):
    """Where in a patch."""

    hunk: int
    """Its number in the file's patch."""
    run: int
    """Number of the lines that changed without a kept line between."""
    paragraph: int
    """Number of the lines without a kept blank line between."""
    mark: Mark


_Side = Sequence[tuple[Spot, bytes]]
"""The lines of a hunk as they were before, or as they are afterwards."""
Sides = dict[tuple[str, int], tuple[_Side, _Side]]
"""Both of hunks, by path and number."""

_WHOLE_NOTE: Final = Spot(0, 0, 0, Mark.KEPT)


@dataclass(frozen=True, slots=True)
class Mention:
    """One tag in one line."""

    path: str
    line: int
    """From 1."""
    column: int
    """In characters, from 0."""
    tag: str
    """By `key`."""
    words: str
    """Of its line, without tags and reasons; empty if the tag stands alone."""
    following: str
    """Of a tag that stands alone: the words of the next line that has some."""
    before: tuple[str, ...]
    """Of the words of its line, the last few before it: a line may name a tag more than once."""
    lines: tuple[bytes, ...]
    """Its own line and some after it."""
    spot: Spot
    blob: str = ""
    """Git's id of what its file held, of one that a patch takes away; or holds now, of one that it adds to a file."""
    body: tuple[bytes, ...] = ()
    """If it is one of the note's properties for certain: those of its lines that come after them."""
    is_apart: bool = False
    """Whether a patch leaves its words what they are and takes it off, or sets it: a tag that comes or goes beside them
    is another one."""

    @property
    def text(self) -> str:
        """The words that it marks, as far as lines can tell."""
        return self.words or self.following


def patch_mentions(path: str, patch: FilePatch, tags: Tags) -> tuple[list[Mention], list[Mention], Sides]:
    """What a patch takes away, what it adds, and the hunks that do so."""
    removed: list[Mention] = []
    added: list[Mention] = []
    sides: Sides = {}
    for number, as_told in enumerate(patch.hunks):
        if any(line.mark is not Mark.KEPT and _may_mention(line.text) for line in as_told.lines):
            hunk = _with_passages(as_told, tags)
            before, after = _side(hunk, number, is_old=True), _side(hunk, number, is_old=False)
            gone, new = _changed(path, hunk.old, before, tags), _changed(path, hunk.new, after, tags)
            removed += (replace(mention, blob=patch.blob) for mention in gone)
            added += (replace(mention, blob=patch.blob and patch.new_blob) for mention in new)
            sides[path, number] = before, after
    return removed, added, sides


def told_apart(mentions: Sequence[Mention], others: Sequence[Mention], sides: Sides, tags: Tags) -> Iterator[Mention]:
    """The same, and whether more blocks of the other side have their words without their tag.

    Those that have one of the `others` with the same words need not be asked, nor those of which no other is left.
    """
    own, others_own = ({(mention.tag, mention.text) for mention in some} for some in (mentions, others))
    left = {tag for tag, text in others_own - own}
    more: dict[tuple[str, int, str], Counter[str]] = {}
    for mention in mentions:
        if mention.words and mention.tag in left and (mention.tag, mention.text) not in others_own:
            place = (mention.path, mention.spot.hunk, mention.tag)
            if place not in more:
                before, after = sides[place[:2]]
                here, there = (before, after) if mention.spot.mark.is_old else (after, before)
                more[place] = _bare_lines(there, mention.tag, tags) - _bare_lines(here, mention.tag, tags)
            yield replace(mention, is_apart=mention.words in more[place])
        else:
            yield mention


def _bare_lines(side: _Side, tag: str, tags: Tags) -> Counter[str]:
    """The words of each line of the blocks that do not name a tag."""
    bare: Counter[str] = Counter()
    for block in _blocks(side):
        texts = [line.decode("utf-8", "replace") for line in block]
        if all(name != tag for text in texts for _, name in _tags_in(text, tags)):
            bare.update(_words(text, tags) for text in texts if not _TAGS.match(text))
    return bare


def _blocks(side: _Side) -> Iterator[Sequence[bytes]]:
    """Its lines, those of one passage together."""
    block: list[bytes] = []
    for _, line in side:
        if not line.strip(_BLANK) or _BLOCK_START.match(line) or (block and _HEADING.match(block[0])):
            yield block
            block = []
        block.append(line)
    yield block


def note_mentions(path: str, text: bytes, tags: Tags) -> dict[int, Mention]:
    """What a whole note holds, by the tags' byte offsets."""
    lines = text.split(b"\n")
    start, found = 0, {}
    for index, line in enumerate(lines):
        passage = tuple(lines[index : index + _PASSAGE])
        mentions = tuple(_in_line(path, index + 1, passage, tags, _WHOLE_NOTE))
        done, offset, characters = 0, start, line.decode() if mentions else ""
        for mention in mentions:
            offset += len(characters[done : mention.column].encode())
            found[offset], done = mention, mention.column
        start += len(line) + 1
    return found


def lone_mentions(path: str, text: bytes, tags: Tags) -> list[Mention]:
    """What stands alone in a whole note, in order."""
    lines = tuple(_as_read(line, number) for number, line in enumerate(text.split(b"\n"), 1))
    passages = ((at + 1, lines[at : at + _PASSAGE]) for at in range(len(lines)))
    found = (it for number, passage in passages for it in _in_line(path, number, passage, tags, _WHOLE_NOTE))
    return [mention for mention in found if not mention.words]


def _with_passages(hunk: Hunk, tags: Tags) -> Hunk:
    """The same change, with each tag that stands alone beside what it marks.

    Where passages come or go that stand below such tags, git may take the tag above the next one for the one that
    changed: which of two lines alike it is makes no difference to the texts.
    """
    lines, end = list(hunk.lines), 0
    for mark, run in groupby(hunk.lines, lambda line: line.mark):
        start, end = end, end + len(tuple(run))
        last_lines = reversed(range(max(start + 1, end - start), end))  # no more of them than lines above
        starts = (at for at in last_lines if not lines[at - 1].text.strip(_BLANK))
        lone = next((at for at in starts if _is_lone(lines[at].text, tags)), end)
        above, last = lines[max(start - end + lone, 0) : start], lines[lone:end]
        is_between_kept = all(line.mark is Mark.KEPT for line in (*above, *lines[end : end + 1]))
        if is_between_kept and [line.text for line in above] == [line.text for line in last]:
            lines[start - len(last) : start] = [line._replace(mark=mark) for line in above]
            lines[lone:end] = [line._replace(mark=Mark.KEPT) for line in last]
    return replace(hunk, lines=tuple(lines))


def _is_lone(line: bytes, tags: Tags) -> bool:
    return any(not mention.words for mention in _in_line("", 1, (line,), tags, _WHOLE_NOTE))


def _side(hunk: Hunk, number: int, *, is_old: bool) -> _Side:
    """The hunk as it was before, or as it is afterwards."""
    run, paragraph, side = 0, 0, []
    for mark, text in hunk.lines:
        run += mark is Mark.KEPT
        paragraph += mark is Mark.KEPT and not text.strip()
        if mark.is_old if is_old else mark.is_new:
            side.append((Spot(number, run, paragraph, mark), text))
    return side


def _changed(path: str, first: int, side: _Side, tags: Tags) -> Iterator[Mention]:
    texts = tuple(_as_read(text, first + index) for index, (_, text) in enumerate(side))
    for index, (spot, _) in enumerate(side):
        if spot.mark is not Mark.KEPT:
            for mention in _in_line(path, first + index, texts[index : index + _PASSAGE], tags, spot):
                is_property = mention.tag.endswith(PROPERTY)
                yield replace(mention, body=_body(texts, index, first)) if is_property else mention


def _as_read(line: bytes, number: int) -> bytes:
    """A line as `source` reads it, so that its offsets are those of the note."""
    return (line.removeprefix(BOM_UTF8) if number == 1 else line).replace(b"\0", "\ufffd".encode())


def _body(lines: Sequence[bytes], at: int, first: int) -> tuple[bytes, ...]:
    """What follows the front matter, if one of a hunk's lines is in it for certain: if the hunk shows where it ends."""
    if first + at > _LAST_LINE or (first == 1 and not _FENCE.fullmatch(lines[0])):
        return ()
    for end in range(at + 1, len(lines)):
        if _FENCE.fullmatch(lines[end]):
            return (b"", *lines[end + 1 :])
        if not _YAML.match(lines[end]):
            break
    return ()


def _in_line(path: str, number: int, lines: tuple[bytes, ...], tags: Tags, spot: Spot) -> Iterator[Mention]:
    """What the first of the lines mentions."""
    if not _may_mention(lines[0]):
        return
    text = lines[0].decode("utf-8", "replace")
    if found := _tags_in(text, tags):
        words = _words(text, tags)
        following = "" if words else _first_words(lines[1 : 1 + CONTEXT], tags)
        before: tuple[str, ...] = ()
        for (start, _), (column, tag) in pairwise(((0, ""), *found)):
            before = (*before, *_words(text[start:column], tags).split())[-ENOUGH:]
            yield Mention(path, number, column, tag, words, following, before, lines, spot)


def _tags_in(text: str, tags: Tags) -> Sequence[tuple[int, str]]:
    """The columns and names of those that a line names, be it of the text or of the properties."""
    found = [(match.start(), tag) for match in TAG.finditer(text) if (tag := _flag(match["name"], tags))]
    return found or list(_properties(text, tags))


def _may_mention(line: bytes) -> bool:
    return b"#" in line or line.lstrip()[:1] in (b"-", b"t", b"T")


def _properties(text: str, tags: Tags) -> Iterator[tuple[int, str]]:
    """What a line of the front matter names; elsewhere it may be an item of a list, so that no flag is taken for it."""
    if start := _PROPERTY.match(text):
        for match in _PROPERTIES.finditer(text, start.end()):
            if (tag := key(match[0])) in tags:
                yield match.start(), f"{tag}{PROPERTY}"


def _flag(name: str, tags: Tags) -> str:
    """The flag that a name is, else nothing; an underscore at its end may close emphasis."""
    tag = key(name)
    return next((form for form in (tag, tag.rstrip("_")) if form in tags), "")


def _words(text: str, tags: Tags) -> str:
    """Markup, case and punctuation do not count: a passage may become an item, or a quote."""
    bare = TAG_AND_REASON.sub(lambda match: "" if _flag(match["name"], tags) else match[0], text)
    return " ".join(_WORD.findall(bare.casefold()))


def _first_words(lines: Sequence[bytes], tags: Tags) -> str:
    return next(filter(None, (_words(line.decode("utf-8", "replace"), tags) for line in lines)), "")
