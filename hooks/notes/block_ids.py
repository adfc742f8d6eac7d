"""Block ids: `^id` at a block's end, or below it. In: what the reader found. Out: which block each id names.

Source of the rules: Obsidian's help, "Link to a block in a note". Stage 2 (`passages`) marks the same blocks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from commonmark.block_ids import BLOCK_ID, anchor_of
from commonmark.callouts import MARKER
from commonmark.spans import within
from notes.note import ITEM_MARKER, Block, BlockId, BlockKind, Heading, Run
from notes.reader import Reader
from notes.shown import without_comments

_LINE_END = re.compile(rb"[ \t]*(?:\r?\n|\r|\Z|\||%%|#+[ \t\r]*$)", re.MULTILINE)
"""What may stand after an id: a cell's end, a comment, a heading's closing marks; but no mark of emphasis, nor HTML."""
_NEXT_LINE = re.compile(rb"\n[ \t>]*+")
"""With the marks of quotes that it starts with: below a comment they are no words."""
_AT_END = re.compile(rb"(?<![^ \t\n])(?P<name>\^[A-Za-z0-9-]+)[ \t\r\n>]*\Z")
_BLANKS = frozenset(" \t\n")
_COMMENTS = re.compile(rb"(?:[\s>]|<!--(?:(?!-->).)*+-->)++", re.DOTALL)
"""HTML that shows nothing."""

Place = tuple[int, bool]
"""A block, and whether the title of the callout that it begins is meant."""


def block_ids(reader: Reader, headings: Sequence[Heading]) -> tuple[BlockId, ...]:
    """All ids; `headings` are those of the note."""
    return tuple(_found(reader, headings)) if b"^" in reader.source.text else ()


def id_at_end(text: bytes, start: int, end: int) -> re.Match[bytes] | None:
    """What between two byte offsets would be an id if its block ended there, with the blanks behind it.

    Looked for from its end: a block may have thousands of ids.
    """
    caret = text.rfind(b"^", start, end)
    return _AT_END.match(text, caret, end) if caret >= 0 else None


def _found(reader: Reader, headings: Sequence[Heading]) -> Iterator[BlockId]:
    last, before = _last_runs(reader.runs, _titles(reader))
    marked = {place: run for place, run in last.items() if "^" in run.text and not run.is_code and run.link < 0}
    above = _blocks_above(reader) if marked else {}
    lifted: dict[int, int] = {}
    of_headings = {heading.id: heading.start for heading in headings} if marked else {}
    text = reader.source.text
    for place, run in marked.items():
        block = run.block
        match = BLOCK_ID.search(run.text)
        if match and (match.start() or _is_edge(before.get(place), run)):
            mark = _last_shown(reader, b"^" + match["id"].encode(), run)
            is_alone = _is_alone(reader, block, mark)
            named = _named_block(reader, block, above, is_alone=is_alone)
            named = lifted.get(named, named)
            end = mark + len(match["id"]) + 1
            is_title = MARKER.fullmatch(text, reader.blocks[block].start, mark)  # the whole of a callout's first line
            if named >= 0 and not is_title and text[mark - 1 : mark] != b"\\" and _LINE_END.match(text, end):
                if is_alone and reader.blocks[block].kind is BlockKind.PARAGRAPH:
                    lifted[block] = named  # nothing is left of it that another id could name
                whole = _with_quote(reader, named, end) if is_alone else reader.blocks[named]
                is_its_own = of_headings.get(match["id"]) == whole.start
                anchor = match["id"] if is_its_own else anchor_of(match["id"], of_headings)
                yield BlockId(match["id"], anchor, whole.start, whole.end, mark, end)


def _with_quote(reader: Reader, named: int, end: int) -> Block:
    """The block above an id, which ends at a byte offset; the whole quote or callout, if nothing else follows in it.

    The first block of a callout says of which kind it is, and is nothing without it.
    """
    block, text = reader.blocks[named], reader.source.text
    quote = reader.blocks[block.parent] if block.parent >= 0 else block
    if quote.kind is not BlockKind.QUOTE:
        return block
    return block if text[end : quote.end].strip(b"> \t\r\n|") and not MARKER.match(text, block.start) else quote


def _titles(reader: Reader) -> Mapping[int, int]:
    """Where the title of each callout ends, by the paragraph that it begins: an id at its end names the callout."""
    text = reader.source.text
    return {
        at: text.find(b"\n", block.start, block.end)
        for at, block in enumerate(reader.blocks if b"[!" in text else ())
        if block.kind is BlockKind.PARAGRAPH
        and block.parent == at - 1 >= 0
        and reader.blocks[block.parent].kind is BlockKind.QUOTE
        and MARKER.match(text, block.start)
    }


def _last_runs(runs: Iterable[Run], titles: Mapping[int, int]) -> tuple[Mapping[Place, Run], Mapping[Place, Run]]:
    """For each block, and for each title, its last piece of text, and the one before that."""
    last: dict[Place, Run] = {}
    before: dict[Place, Run] = {}
    for run in runs:
        place = run.block, run.start < titles.get(run.block, 0)
        if place in last:
            before[place] = last[place]
        last[place] = run
    return last, before


def _last_shown(reader: Reader, words: bytes, run: Run) -> int:
    """The byte offset of the last such words in a piece of text, which may reach across a comment with the same."""
    at = reader.source.text.rfind(words, run.start, run.end)
    while within(reader.comments, at):
        at = reader.source.text.rfind(words, run.start, at)
    return at


def _is_edge(before: Run | None, run: Run) -> bool:
    """Whether a piece of text begins where no other text ends: the parser takes it apart at signs, and so at `]`."""
    is_text = before is not None and before.end == run.start and not before.is_code and before.link < 0
    return not is_text or before is None or before.text[-1:] in _BLANKS


def _is_alone(reader: Reader, block: int, mark: int) -> bool:
    kind, start, _, _ = reader.blocks[block]
    before = _NEXT_LINE.sub(b" ", without_comments(reader.source.text, reader.comments, start, mark).encode())
    if kind is BlockKind.HEADING:
        before = before.strip(b"#")
    return not before.strip() or (kind is BlockKind.ITEM and ITEM_MARKER.fullmatch(before) is not None)


def _blocks_above(reader: Reader) -> Mapping[int, int]:
    """For each block, the one before it in the same container, HTML comments aside; -1 for the first."""
    latest: dict[int, int] = {}
    above: dict[int, int] = {}
    for at, block in enumerate(reader.blocks):
        above[at] = latest.get(block.parent, -1)
        if block.kind is not BlockKind.HTML or not _COMMENTS.fullmatch(reader.source.text, block.start, block.end):
            latest[block.parent] = at
    return above


def _named_block(reader: Reader, block: int, above: Mapping[int, int], *, is_alone: bool) -> int:
    """The block that an id names: the one above where it stands alone, a whole item or quote at its end; else -1."""
    found, parent = reader.blocks[block], reader.blocks[block].parent
    if parent >= 0 and reader.blocks[parent].kind is BlockKind.FOOTNOTE and _is_last(reader, block):
        return -1  # the way back to its mention stands at the end
    if is_alone and found.kind in (BlockKind.ITEM, BlockKind.HEADING):
        return -1
    if is_alone and found.kind is BlockKind.PARAGRAPH:
        return -1 if above[block] >= 0 and reader.blocks[above[block]].kind is BlockKind.FOOTNOTE else above[block]
    if is_alone and found.kind is BlockKind.CELL:
        return reader.blocks[parent].parent if _is_line_below(reader, parent) else -1
    if parent >= 0 and reader.blocks[parent].kind in (BlockKind.ITEM, BlockKind.QUOTE):
        return parent
    return block


def _is_last(reader: Reader, paragraph: int) -> bool:
    following = reader.blocks[paragraph + 1 : paragraph + 2]
    return not following or following[0].parent != reader.blocks[paragraph].parent


def _is_line_below(reader: Reader, row: int) -> bool:
    """To GFM, a line right below a table is a row of one cell."""
    line = reader.source.text[reader.blocks[row].start : reader.blocks[row].end]
    return b"|" not in line and reader.blocks[row].kind is BlockKind.ROW
