"""Block ids: `^id` at a block's end, or below it. In: what the reader found. Out: which block each id names.

Source of the rules: Obsidian's help, "Link to a block in a note". Stage 2 (`passages`) marks the same blocks.
"""

from collections.abc import Iterable, Iterator, Mapping

from commonmark import dialect
from notes.note import ITEM_MARKER, Block, BlockId, BlockKind
from notes.reader import Reader


def block_ids(reader: Reader) -> dict[str, BlockId]:
    """All ids, by their casefolded form."""
    if b"^" not in reader.source.text:
        return {}
    return {found.id.casefold(): found for found in reversed(list(_found(reader)))}  # of two, a page has the first


def _found(reader: Reader) -> Iterator[BlockId]:
    last = {run.block: run for run in reader.runs}
    marked = {block: run for block, run in last.items() if "^" in run.text and not run.is_code and run.link < 0}
    above = _blocks_above(reader.blocks) if marked else {}
    text = reader.source.text
    for block, run in marked.items():
        if match := dialect.BLOCK_ID.search(run.text):
            mark = text.rfind(b"^" + match["id"].encode(), run.start, run.end)
            named = _named_block(reader, block, above, is_alone=_is_alone(reader, block, mark))
            end = mark + len(match["id"]) + 1
            if named >= 0 and text[mark - 1 : mark] != b"\\" and not _is_before_html(reader, block, end):
                whole = reader.blocks[named]
                yield BlockId(match["id"], whole.start, whole.end, mark, end)


def _is_alone(reader: Reader, block: int, mark: int) -> bool:
    before = reader.source.text[reader.blocks[block].start : mark]
    return not before or (reader.blocks[block].kind is BlockKind.ITEM and ITEM_MARKER.fullmatch(before) is not None)


def _is_before_html(reader: Reader, block: int, offset: int) -> bool:
    """A tag at the end of a block makes what stands before it text."""
    return reader.source.text[offset : reader.blocks[block].end].lstrip().startswith(b"<")


def _blocks_above(blocks: Iterable[Block]) -> Mapping[int, int]:
    """For each block, the one before it in the same container; -1 for the first."""
    latest: dict[int, int] = {}
    above: dict[int, int] = {}
    for at, block in enumerate(blocks):
        above[at] = latest.get(block.parent, -1)
        latest[block.parent] = at
    return above


def _named_block(reader: Reader, block: int, above: Mapping[int, int], *, is_alone: bool) -> int:
    """The block that an id names: the one above where it stands alone, a whole item or quote at its end; else -1."""
    found, parent = reader.blocks[block], reader.blocks[block].parent
    if is_alone and found.kind in (BlockKind.ITEM, BlockKind.HEADING):
        return -1
    if is_alone and found.kind is BlockKind.PARAGRAPH:
        return -1 if above[block] >= 0 and reader.blocks[above[block]].kind is BlockKind.FOOTNOTE else above[block]
    if is_alone and found.kind is BlockKind.CELL:
        return reader.blocks[parent].parent if _is_line_below(reader, parent) else -1
    if parent >= 0 and reader.blocks[parent].kind in (BlockKind.ITEM, BlockKind.QUOTE):
        return parent
    return block


def _is_line_below(reader: Reader, row: int) -> bool:
    """To GFM, a line right below a table is a row of one cell."""
    line = reader.source.text[reader.blocks[row].start : reader.blocks[row].end]
    return b"|" not in line and reader.blocks[row].kind is BlockKind.ROW
