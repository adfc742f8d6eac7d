"""Reader: turns the parser's events into a note's parts, in one pass. In: a note's text. Out: lists of parts.

What the parts mean together, such as which block an id names, is said in `outline`, `block_ids` and `parse`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from commonmark import dialect
from commonmark.events import BREAKS, FORMULAS, LINKS, LITERALS, Event, Kind
from commonmark.events import Link as WrittenLink
from commonmark.spans import LONGEST_CHARACTER, Span, character_before, within
from commonmark.tags import TAG
from notes.flags import flag_end, flags_among
from notes.names import key
from notes.note import Block, BlockKind, Fence, Footnote, Link, LinkSyntax, Run, Tag
from notes.source import Source

LONGEST_TARGET = 1000
"""Characters; a longer `[[…]]` is text, as no file system has such names."""

_NOT_IN_TARGET = re.compile(r"\[\[|[\n\r]")
_LINE_BREAK = re.compile(r"<br[\s/>]", re.IGNORECASE)
_EMPHASIS = {"Emphasis": 1, "Strong": 2}
"""How many characters open it."""
_BLANK_OR_MARK = re.compile(rb"(?:[\s\[\]]|\xc2\xa0|\xe3\x80\x80|==|%%)\Z")
"""What a tag may follow within text: a blank, also a wide or a hard one, or a mark that is text to the parser."""
_COLLAPSED = "[]"
"""Ends a link by reference that says no other name; to the parser it is no part of it."""
_BLOCKS = {kind.value: kind for kind in BlockKind}
_new = tuple.__new__
"""Of what a note has hundreds of, no record is made by a function of Python."""


@dataclass(slots=True)
class _Open:
    """A link whose end has not come yet."""

    start: int
    written: WrittenLink
    embeds: bool
    label_end: int = -1


@dataclass(slots=True)
class Reader:
    """A note's parts, filled by `read`."""

    source: Source
    body: int
    """Byte offset of the text after the front matter."""
    flags: frozenset[str]
    """Tags that are flags, by `key`."""
    end: int | None = None
    """Byte offset after the text; None for the file's end."""
    events: Sequence[Event] = ()
    outlined: list[Event] = field(default_factory=list)
    """Those that an outline is made of: the headings, the blocks at the top, and raw HTML."""
    flagged: list[Span] = field(default_factory=list)
    """Flags with their reasons."""
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    formulas: list[Event] = field(default_factory=list)
    html: list[Span] = field(default_factory=list)
    """Pieces of HTML, each as long as it goes on, but for those in the labels of links."""
    headings: list[int] = field(default_factory=list)
    """Indexes of their blocks."""
    linked: bool = False
    """A heading has a link in it."""
    spaced_bold: Sequence[Span] = ()
    comments: Sequence[Span] = ()
    addresses: Sequence[Span] = ()
    _block: int = -1
    """Index of the innermost block that is open."""
    _emphasis: int = -1
    """Byte offset after the mark that opened emphasis last: what stands before it is no part of a word."""
    _open: list[_Open] = field(default_factory=list)
    _code: list[str] | None = None
    _info: str | None = None
    _in_heading: bool = False

    def read(self) -> None:
        """Fill the lists."""
        # Line ends in place of the front matter say nothing, and keep all offsets those of the file.
        text = b"\n" * self.body + self.source.text[self.body : self.end]
        reading = dialect.read(text.decode(), wiki_links=True)
        self.spaced_bold, self.events, self.comments = reading.spaced_bold, reading.events, reading.comments
        self.addresses = reading.addresses
        self._take(reading.events)

    def _take(self, events: Sequence[Event]) -> None:
        # A vault has millions of events: the most frequent are asked for first, and handled here.
        text_kind, start_kind, blocks = Kind.TEXT, Kind.START, _BLOCKS
        runs, new = self.runs, _new
        for event in events:
            kind, tag, data, start, end = event
            if kind is text_kind:
                if self._open or self._code is not None:
                    self._text_inside(data, start, end)
                else:
                    runs.append(new(Run, (start, end, data, self._block, False, -1)))
                    if "#" in data:
                        self._find_tags(start, end)
            elif tag not in blocks:
                self._inline(event)
            elif kind is start_kind:
                self._start_block(event)
            else:
                self._end_block(event)
            if self._in_heading:
                self.outlined.append(event)

    def _start_block(self, event: Event) -> None:
        _, tag, data, start, end = event
        kind, parent = _BLOCKS[tag], self._block
        self._block = len(self.blocks)
        self.blocks.append(_new(Block, (kind, start, end, parent)))
        if kind is BlockKind.HEADING:
            self.headings.append(self._block)
            self._in_heading = True
        elif parent < 0:
            self.outlined.append(event)
        if kind is BlockKind.CODE:
            self._code, self._info = [], data
        elif kind is BlockKind.FOOTNOTE:
            colon = self.source.text.find(b"]:", start)
            self.footnotes.append(Footnote(start, colon + 1, data, self._block))

    def _end_block(self, event: Event) -> None:
        self._block = self.blocks[self._block].parent
        if self._in_heading:
            self.outlined.append(event)
            self._in_heading = False
        elif self._block < 0:
            self.outlined.append(event)
        if self._code is not None:
            self._end_code(self._code, event.start, event.end)

    def _end_code(self, code: list[str], start: int, end: int) -> None:
        if self._info is not None:
            content = "".join(code)
            closed = _is_closed(self.source.text[start:end], content)
            self.fences.append(Fence(start, end, self._info, content, closed))
        self._code = self._info = None

    def _inline(self, event: Event) -> None:
        kind, tag, data, start, end = event
        if tag in _EMPHASIS:
            if kind is Kind.START:
                self._emphasis = start + _EMPHASIS[tag]
        elif tag in LINKS:
            if kind is Kind.START:
                self.linked = self.linked or self._in_heading
                self._open.append(_Open(start, data, tag == "Image"))
            else:
                self._end_link(end)
        elif kind in LITERALS:
            if kind in FORMULAS:
                self.formulas.append(event)
            self._run(data, start, end, is_code=True)
        elif kind in BREAKS:
            self._run(" ", start, end, is_code=False)
        else:
            self._other(event)

    def _end_link(self, end: int) -> None:
        link = self._open.pop()
        if link.written.kind == "Collapsed":
            end += len(_COLLAPSED)
        if self._open:
            self._open[-1].label_end = end
        self._close(link, end)

    def _text_inside(self, text: str, start: int, end: int) -> None:
        """Text of a block of code, or of a link."""
        if self._code is not None:
            self._code.append(text)
        else:
            self._run(text, start, end, is_code=False)

    def _find_tags(self, start: int, end: int) -> None:
        places = _tags(self.source.text, start, end, is_after_mark=start == self._emphasis)
        found = [Tag(*place, self._block) for place in places if self._is_tag(place[0], place[2])]
        self.tags += found
        for tag in flags_among(found, self.source, self.flags, self.flagged[-1][1] if self.flagged else 0):
            self.flagged.append((tag.start, flag_end(self.source, tag)))

    def _other(self, event: Event) -> None:
        kind, _, data, start, end = event
        if kind is Kind.RULE:
            self.blocks.append(Block(BlockKind.RULE, start, end, self._block))
        elif kind is Kind.FOOTNOTE_REFERENCE:
            self.footnotes.append(Footnote(start, end, data, -1))
        elif kind is Kind.HTML:
            self.outlined.append(event)
            self._html(start, end)
        elif kind is Kind.INLINE_HTML:
            if _LINE_BREAK.match(data):
                self._run(" ", start, end, is_code=False)
            if self._open:
                self._open[-1].label_end = end
            else:
                self._html(start, end)

    def _html(self, start: int, end: int) -> None:
        if self.html and self.html[-1][1] == start:
            start, _ = self.html.pop()
        self.html.append((start, end))

    def _run(self, text: str, start: int, end: int, *, is_code: bool) -> None:
        link = -1
        if self._open:
            self._open[-1].label_end = end
            link = len(self.links)
        self.runs.append(_new(Run, (start, end, text, self._block, is_code, link)))

    def _is_tag(self, offset: int, name: str) -> bool:
        """Whether it is neither in a comment, as a piece of text may reach across one, nor in an address, nor text.

        A flag right after an address or a sign is one: nothing else has its name, and it must not be on the page.
        """
        if within(self.comments, offset):
            return False
        return key(name) in self.flags or (not within(self.addresses, offset) and self._is_apart(offset))

    def _is_apart(self, offset: int) -> bool:
        """Whether a blank or a mark stands before it, or nothing: to Obsidian, a `#` after any other sign is text."""
        *before, run = self.runs[-2:]
        is_after_text = any(text.end == offset and not text.is_code and text.text != " " for text in before)
        if offset == run.start and not is_after_text:
            return True
        return _BLANK_OR_MARK.search(self.source.text, max(0, offset - LONGEST_CHARACTER), offset) is not None

    def _close(self, link: _Open, end: int) -> None:
        if self._open and any(outer.embeds for outer in self._open):
            return  # the description of a picture is words only
        found = self._markdown(link, end) if isinstance(link.written.kind, str) else self._wiki(link, end)
        if found is None:
            self._unlink()
        else:
            self.links.append(found)

    def _unlink(self) -> None:
        """What looked like a link is text: its runs belong to no link."""
        for index in range(len(self.runs) - 1, -1, -1):
            if self.runs[index].link != len(self.links):
                break
            self.runs[index] = self.runs[index]._replace(link=-1)

    def _wiki(self, link: _Open, end: int) -> Link | None:
        written = self.source.text[link.start : end].decode()
        return wiki_link(written, link.start, end, embeds=link.embeds, block=self._block)

    def _markdown(self, link: _Open, end: int) -> Link | None:
        written = link.written
        if written.kind == "Email":
            return None
        if written.kind == "Autolink":
            return Link(link.start, end, LinkSyntax.AUTO, link.embeds, written.destination, "", end, "", self._block)
        opening = link.start + (2 if link.embeds else 1)
        label_end = self.source.text.find(b"]", max(opening, link.label_end), end)
        label = self.source.text[opening:label_end].decode()
        return Link(
            link.start,
            end,
            LinkSyntax.MARKDOWN,
            link.embeds,
            written.destination,
            label,
            label_end,
            written.title,
            self._block,
        )


def wiki_link(written: str, start: int, end: int, *, embeds: bool, block: int) -> Link | None:
    """The link that `[[…]]` or `![[…]]` is, from one byte offset to another; nothing if it is text, as in Obsidian."""
    target, bar, label = written[3 if embeds else 2 : -2].partition("|")
    target = (target.removesuffix("\\") if bar else target).strip()
    if not _is_wiki_target(target):
        return None
    return Link(start, end, LinkSyntax.WIKI, embeds, target, label.strip(), end, "", block)


def _tags(text: bytes, start: int, end: int, *, is_after_mark: bool) -> Iterator[tuple[int, int, str]]:
    """Tags in one piece of text; the character before it decides whether one starts there, but no mark of emphasis."""
    before = "" if is_after_mark else character_before(text, start)
    piece = before + text[start:end].decode("utf-8", "ignore")
    done = len(before)
    for match in TAG.finditer(piece, done):
        start += len(piece[done : match.start()].encode())
        end, done = start + len(match[0].encode()), match.end()
        yield start, end, match["name"]
        start = end


def _is_wiki_target(target: str) -> bool:
    """Whether `[[target]]` is a link at all; otherwise it stays text, as in Obsidian."""
    return 0 < len(target) <= LONGEST_TARGET and not _NOT_IN_TARGET.search(target)


def _is_closed(text: bytes, content: str) -> bool:
    """Whether a fence's last line is no code; an open one may end with a line that a quote or an item begins."""
    _, line_end, last = text.rpartition(b"\n")
    return bool(line_end and last.strip(b" \t\r>")) and content[-1:] in ("", "\n")
