"""Boxes: embedded text as an element on lines of its own. In: the text, and where it stands. Out: CommonMark.

A line in a list or a quote starts with blanks and `>`: those of its old place go, those of its new one come.
"""

import html
import re
from bisect import bisect_left
from textwrap import indent

from commonmark import marks
from commonmark.spans import around
from notes.block_ids import id_at_end
from notes.edits import Edit
from notes.note import ITEM_MARKER, Block, BlockKind, Link, Note, next_words

_TAB = 4
"""Columns."""
BLANK = "&#32;"
"""Written so, it begins a line of words, whatever follows."""
_FAR = 1000
"""Bytes of the next line that are looked at."""
_NOT_QUOTE = re.compile(r"[^>\s]")
# The blank after it is a part of the mark: without one, the first blank of what follows would be.
_BARE_QUOTE = re.compile(r">(?=[^>\s]|\Z)")
_BLOCK_START = re.compile(
    rb"(?P<number>\d{1,9})(?=[.)](?:\s|\Z))"
    rb"|(?:#{1,6}|[-+*])(?:\s|\Z)|>|`{3}|~{3}|(?:[-*_][ \t]*){3,}(?:\r?\n|\Z)"
    rb"|(?P<inline><|\[[^\[\]\r\n]+\]:)"
)
"""What would be no words at a line's start."""
_NO_WORDS = re.compile(r"[#>|<]|`{3}|~{3}|\$\$|(?:[-+*]|\d{1,9}[.)])\s|([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_BAR = re.compile(r"(?<!\\)\|")
_BLANKS = re.compile(rb"\s*")
_BLANK_LINES = re.compile(r"\A(?:[ \t\r]*\n)+")
_TASK = re.compile(rb"\[[ xX]\]\s*\Z")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_EMPHASIS = re.compile(rb"[*_~=]+\Z")
_LINE_END = re.compile(rb"[ \t]*\r?(?:\n|\Z)")
_HARD_BREAK = re.compile(rb"(?<!\\)(?:\\\\)*+(?P<mark>\\\r?\n[ \t>]*)\Z")
_WIDEST = 200
"""Bytes of a line's start that are looked at."""


def boxed(note: Note, written: Link, target: Note, text: str, done: int) -> Edit:
    """The edit that puts an element with embedded text in the place of an embed.

    `done` is the byte offset at which the edit of the embed before it ends.
    """
    source, block = note.source.text, note.blocks[written.block]
    start, end = _with_emphasis(source, written, done)
    start = max(done, _before_hard_break(source, start))
    content_start = _content_start(note, block)
    words = source[max(done, content_start) : start]
    before = _before(source[content_start:start].strip())
    if no_id := id_at_end(words, 0, len(words)):  # the embed follows it in its block, which ends before that now
        start -= len(no_id[0])
        before = f"\\{no_id['name'].decode()}{before}"
    each = _lead_of_container(note, block, content_start)
    if has_words(note, block, end):
        end, after = _rest_of_block(note, end)
    else:
        after = "\n" if _goes_on(source, end, each) else ""
    opening = f'{marks.EMBED_START} data-source="{html.escape(target.path)}">'
    content = without_blank_lines(text.rstrip())  # blanks before the first words may make them code
    content = _without_tabs(content) if each else content
    box = f"{before}{opening}\n\n{content}\n\n{marks.EMBED_END}{after}"
    return Edit.replacement(start, end, box.replace("\n", f"\n{each}"), "embeds")


def stands_too_deep(note: Note, written: Link) -> bool:
    """Whether an embed stands further in than anyone writes: each line of its element would begin as far in."""
    start = _content_start(note, note.blocks[written.block])
    return start - note.source.text.rfind(b"\n", 0, start) > _WIDEST


def without_blank_lines(text: str) -> str:
    """A text without those at its start."""
    return _BLANK_LINES.sub("", text)


def in_cell(target: Note, text: str, source: str) -> str:
    """Embedded words with a link to their note, for a table's cell; empty if they are no words of one line."""
    item = ITEM_MARKER.match(text.encode())
    words = text[item.end() if item else 0 :].strip()
    if not words or "\n" in words or _NO_WORDS.match(words) or text.startswith(" " * _TAB):
        return ""
    opening = f'<span class="embed" data-source="{html.escape(target.path)}">'
    return opening + _BAR.sub(r"\\|", f"{words} {source}") + "</span>"


def has_words(note: Note, block: Block, start: int) -> bool:
    """Whether a block's words go on at a byte offset; an item without blank lines holds other blocks too."""
    following = bisect_left(note.blocks, start, key=lambda other: other.start)
    end = min([block.end, *(other.start for other in note.blocks[following : following + 1])])
    return bool(note.source.text[next_words(note.source.text, start, end) : end].strip())


def begins_block(source: bytes, at: int) -> bool:
    """Whether what stands at a byte offset would be no words at a line's start."""
    return _BLOCK_START.match(source, at) is not None


def before_words(words: str) -> str:
    """What parts words from a line's start that would be none there."""
    return BLANK if begins_block(words.encode(), 0) else ""


def _before(text: bytes) -> str:
    """What parts the box from the words before it; a task's box alone would be no start of an item."""
    return "<!-- -->\n\n" if _TASK.match(text) else "\n\n" if text else ""


def _with_emphasis(source: bytes, written: Link, done: int) -> tuple[int, int]:
    """The embed with the asterisks around it: no text is left that they could emphasize.

    Those that end the emphasis of the embed before it are gone with that.
    """
    before = _EMPHASIS.search(source, max(done, written.start - _TAB), written.start)
    signs = before[0] if before else b""
    if signs and source.startswith(signs[::-1], written.end):
        return written.start - len(signs), written.end + len(signs)
    return written.start, written.end


def _before_hard_break(source: bytes, start: int) -> int:
    """Where the words before an embed end, if a backslash breaks their line: it would be seen at a block's end."""
    line_break = _HARD_BREAK.search(source, max(0, start - _WIDEST), start)
    return line_break.start("mark") if line_break else start


def _rest_of_block(note: Note, end: int) -> tuple[int, str]:
    """Where the words after an embed go on, and what parts them: at a line's start they must stay words."""
    source = note.source.text
    at = next_words(source, end, len(source))
    start = _BLOCK_START.match(source, at)
    if start is None:
        return _first_kept(note, end, at), "\n\n"
    if start["inline"]:
        return at, f"\n\n{BLANK}"  # HTML, a link or a footnote within words: none of it may be escaped
    number = start["number"] or b""
    return at + len(number), f"\n\n{number.decode()}\\"


def _first_kept(note: Note, end: int, at: int) -> int:
    """From where on the blanks between an embed and words are left to the edit for these: more may make them code.

    A flag takes the blank before it along, one alone on a line the line's end, and so does a comment.
    """
    source = note.source.text
    flag = around(note.flagged, at)
    is_below = b"\n" in source[end:at]
    if is_below and (source.startswith(b"%%", at) or (flag and _LINE_END.match(source, flag[1]))):
        return end
    return max(end, at - 1) if flag else at


def _goes_on(source: bytes, end: int, lead: str) -> bool:
    """Whether a line follows in the same container: right below the element it would be read as HTML."""
    _, _, rest = source[end : end + _FAR].partition(b"\n")
    line = rest.partition(b"\n")[0].decode("utf-8", "ignore").rstrip()
    indent = len(line.expandtabs(_TAB)) - len(line.lstrip().expandtabs(_TAB))
    is_blank = not line.strip(" \t>") and line.count(">") <= lead.count(">")
    return not is_blank and (not lead.isspace() or indent >= len(lead))


def _without_tabs(text: str) -> str:
    """How far a tab goes depends on where it stands: moved in, it would be too short. In code it is the author's."""
    lines = text.split("\n")
    fence = ""
    for at, line in enumerate(lines):
        match = _FENCE.match(line)
        if not fence:
            blanks = line[: len(line) - len(line.lstrip(" \t"))]
            lines[at] = blanks.expandtabs(_TAB) + line[len(blanks) :]
            fence = match[1] if match else ""
        elif match and match[1].startswith(fence) and not line[match.end() :].strip():
            fence = ""
    return "\n".join(lines)


def lead(source: bytes, offset: int) -> str:
    """What a line in the same container as a byte offset starts with: blanks, and the `>` of quotes."""
    written = source[source.rfind(b"\n", 0, offset) + 1 : offset].decode()
    return _NOT_QUOTE.sub(" ", _BARE_QUOTE.sub("> ", written.expandtabs(_TAB)))


def _content_start(note: Note, block: Block) -> int:
    """Where the words of a block start: a task's box is a part of them."""
    start = max(block.start, _item_start(note, block))
    task = _TASK.search(note.source.text, max(0, start - _TAB), start)
    return task.start() if task else start


def _lead_of_container(note: Note, block: Block, content_start: int) -> str:
    """What lines start with around a block, which may stand further in by itself: code would move in with it."""
    if block.parent < 0:
        return ""
    source = note.source.text
    return min(lead(source, content_start), lead(source, _item_start(note, block)), key=len)


def _item_start(note: Note, block: Block) -> int:
    """Where what the item around a block holds starts; where it is in none, the block itself."""
    item = note.blocks[block.parent] if block.kind is BlockKind.PARAGRAPH and block.parent >= 0 else block
    marker = ITEM_MARKER.match(note.source.text, item.start) if item.kind is BlockKind.ITEM else None
    return marker.end() if marker else block.start


def moved_out(text: str, note: Note, start: int) -> str:
    """The text of a block that starts at a byte offset, without what starts its lines in its container."""
    first = _BLANKS.match(note.source.text, start)
    outer = lead(note.source.text, first.end() if first else start)
    if not outer:
        return text
    quotes, _, blanks = outer.rpartition(">")
    pattern = re.compile(r"[ \t]*>" * (quotes.count(">") + 1) if ">" in outer else "")
    first_line, *lines = text.lstrip().split("\n")
    moved = "\n".join((first_line, *(_without(line, pattern, len(blanks)) for line in lines)))
    return indent(moved, " " * _TAB) if _is_indented_code(note, start) else moved


def _is_indented_code(note: Note, start: int) -> bool:
    at = bisect_left(note.blocks, start, key=lambda block: block.start)
    is_code = any(block.start == start and block.kind is BlockKind.CODE for block in note.blocks[at : at + 1])
    return is_code and all(fence.start != start for fence in note.fences)


def _without(line: str, quotes: re.Pattern[str], columns: int) -> str:
    """A line without the marks of its quotes and so many columns of blanks; one that has less is a lazy one."""
    match = quotes.match(line)
    at, column = (match.end(), 0) if match else (0, columns)
    while column < columns and line[at : at + 1] in (" ", "\t"):
        column += _TAB - column % _TAB if line[at] == "\t" else 1
        at += 1
    return " " * (column - columns) + line[at:]
