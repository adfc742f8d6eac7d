"""Views of bases: the tables, cards and lists that stand in their place. In: a note, all files. Out: edits, problems.

In Obsidian one view is seen at a time. Here the first one is, and the others are folded beneath it; on the page of a
base's own file each has a heading.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Final

from commonmark import addresses
from commonmark.marks import WANTED_TITLE
from commonmark.spans import Span, within
from notes import bases
from notes.base_files import LANGUAGE
from notes.bases import Base, Fault, File, Group, Link, Picture, Row, Tag, Value, View, ViewKind, World
from notes.boxes import lead
from notes.edits import Edit
from notes.flags import without_flags
from notes.names import becomes_page, is_base, key
from notes.note import Fence, Note, displayed_target
from notes.outgoing import wanted_key
from notes.problems import Kind, Problem
from notes.tags import Tags, tag_link
from notes.writing import count, encoded, escaped, link, notice, relative_address

MOST_BASES: Final = 100
"""So many of one note are shown."""
_FEATURE: Final = "bases"
_TOO_MUCH: Final = "this base asks for more than a page can show"
_START: Final = '<div class="base" data-search-exclude>'
_OF_THE_WEB: Final = ("http://", "https://")
_TRUTHS: Final = {True: "☑", False: "☐"}
_NO_GROUP: Final = "None"
_NAMES: Final = frozenset({"file.name", "file.basename", "file.fullname"})
_FILE_LABELS: Final = {
    "name": "Name",
    "basename": "Name",
    "path": "Path",
    "folder": "Folder",
    "ext": "Kind",
    "size": "Size",
    "ctime": "Created",
    "mtime": "Changed",
    "tags": "Tags",
    "links": "Links",
    "embeds": "Embeds",
    "backlinks": "Linked from",
    "file": "File",
    "properties": "Properties",
}


@dataclass(frozen=True, slots=True)
class PlacedBase:
    """A code block that holds a base."""

    note: Note
    fence: Fence
    base: Base | Fault

    def offset(self, line: int) -> int:
        """Where a line of its YAML, from 0, starts in the note; in bytes."""
        text, at = self.note.source.text, self.fence.start
        for _ in range(line + 1):
            at = text.find(b"\n", at) + 1
        return at + len(text[at:]) - len(text[at:].lstrip(b" \t>"))


@dataclass(frozen=True, slots=True)
class Words:
    """What a page needs to know to write values."""

    host: str
    """The path of its note."""
    world: World
    wanted: Mapping[str, str]
    """The address of the entry of each name that is not written yet."""
    tags: Tags
    tags_page: str
    """The address of the page of tags, as seen from the host."""
    flags: frozenset[str]

    def text(self, text: str) -> str:
        """Plain text; no page shows a flag."""
        if text.startswith(_OF_THE_WEB) and " " not in text:
            return f"[{escaped(text)}](<{addresses.encoded(text)}>)"
        return escaped(without_flags(text, self.flags))

    def value(self, value: Value) -> str:
        """A value as CommonMark, on one line."""
        match value:
            case File():
                return self.file(value, value.name)
            case Link():
                return self.link(value)
            case Tag(name):
                return self.tag(name)
            case Picture(of):
                return self.picture(of, "")
            case tuple():
                return ", ".join(filter(None, map(self.value, value)))
            case _:
                return _TRUTHS[value] if isinstance(value, bool) else self.text(bases.text_of(value))

    def tag(self, name: str) -> str:
        """A tag by its name, without `#`."""
        entry = self.tags.get(key(name.strip("/")))
        return tag_link(name, entry, self.tags_page) if entry else self.text(f"#{name}")

    def file(self, file: File, label: str) -> str:
        """A link to a file."""
        return link(label, relative_address(encoded(file.path), self.host))

    def link(self, value: Link) -> str:
        """A link among the properties, or of a formula."""
        label = value.label or displayed_target(value.target)
        if value.path in self.world.files:
            return self.file(self.world.files[value.path], label)
        if value.target.startswith(_OF_THE_WEB):
            return f"[{escaped(label)}](<{addresses.encoded(value.target)}>)"
        address = self.wanted.get(wanted_key(value.target.partition("#")[0]))
        return link(label, f'{relative_address(address, self.host)} "{WANTED_TITLE}"') if address else self.text(label)

    def picture(self, value: Value, name: str) -> str:
        """A picture; nothing if it is none."""
        if isinstance(value, Picture):
            return self.picture(value.of, name)
        path = value.path if isinstance(value, (File, Link)) else ""
        if path and not becomes_page(path):
            return f"![{escaped(name or path.rpartition('/')[2])}]({relative_address(encoded(path), self.host)})"
        text = value.target if isinstance(value, Link) else bases.text_of(value)
        return f"![{escaped(name)}](<{addresses.encoded(text)}>)" if text.startswith(_OF_THE_WEB) else ""


def find_bases(note: Note) -> tuple[PlacedBase, ...]:
    """The bases of a note; of those that are too many, the first ones."""
    found = [fence for fence in note.fences if fence.closed and fence.info.split()[:1] == [LANGUAGE]]
    return tuple(PlacedBase(note, fence, bases.read_base(fence.content)) for fence in found[:MOST_BASES])


def base_problems(placed: Iterable[PlacedBase]) -> Iterator[Problem]:
    """What is wrong with some bases, whatever files there are."""
    for one in placed:
        source = one.note.source
        if isinstance(one.base, Fault):
            message = f"this base is shown as written: {one.base.message}"
            yield source.problem(Kind.BASE, one.offset(one.base.line), message, "Correct it.")
            continue
        for line, message in one.base.faults:
            way_out = "Correct it; until then the base is shown without it."
            yield source.problem(Kind.BASE, one.offset(line), message, way_out)
        for line, message in one.base.unknown:
            yield source.problem(Kind.NOT_SHOWN, one.offset(line), f"{message}; it is a table", "Choose another one.")


def base_edits(
    placed: Sequence[PlacedBase], ranges: Sequence[Span], this: str, words: Words, budget: bases.Budget
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """The views that stand in some ranges of a note; `this` is the path of the file on which they are shown."""
    edits: list[Edit] = []
    problems: list[Problem] = []
    for one in placed:
        if isinstance(one.base, Base):
            show = partial(_shown, one.base, this, words, budget)
            write = _in_file if is_base(one.note.path) else _in_note
            try:
                edits += tuple(write(one, one.base.views, ranges, show))  # all of them, or none
            except (bases.TooMuchError, RecursionError):  # lists within lists, or formulas that ask for each other
                problems.append(_too_much(one))
                edits += write(one, one.base.views, ranges, None)
    return tuple(edits), tuple(problems)


def _too_much(one: PlacedBase) -> Problem:
    message = f"{_TOO_MUCH}; it is shown as written"
    return one.note.source.problem(
        Kind.TOO_MUCH, one.fence.start, message, "Filter for fewer files, or divide the note."
    )


_Show = Callable[[View], str]


def _in_note(one: PlacedBase, views: Sequence[View], ranges: Sequence[Span], show: _Show | None) -> Iterator[Edit]:
    """In the place of the code block; without `show` it stays."""
    if show is None or not within(ranges, one.fence.start):
        return
    first, *others = views
    folded = [
        f"<details>\n<summary>{html.escape(_title(view))}</summary>\n\n{show(view)}\n\n</details>" for view in others
    ]
    text = "\n\n".join((_START, show(first), *folded, "</div>"))
    prefix = lead(one.note.source.text, one.fence.start)
    yield Edit.replacement(one.fence.start, _end(one), f"{text}\n".replace("\n", f"\n{prefix}"), _FEATURE)


def _title(view: View) -> str:
    return view.name or view.kind.value.title()


def _in_file(one: PlacedBase, views: Sequence[View], ranges: Sequence[Span], show: _Show | None) -> Iterator[Edit]:
    """Beneath the heading of each view, if it has a name; else beneath what is before it."""
    if show:
        yield Edit.deletion(one.fence.start, _end(one), _FEATURE)
    headings, places = iter(one.note.headings), [_end(one)]
    for view in views:
        places.append(next(headings).end if view.name else places[-1])
    placed = zip(places[1:], views, strict=True)
    seen = ((place, view) for place, view in placed if any(start <= place <= end for start, end in ranges))
    for place, there in groupby(seen, key=itemgetter(0)):
        texts = (show(view) if show else notice(f"{_TOO_MUCH.capitalize()}.") for _, view in there)
        yield Edit.insertion(place, "".join(f"\n{_START}\n\n{text}\n\n</div>\n" for text in texts), _FEATURE)


def _end(one: PlacedBase) -> int:
    """The byte offset after the block's last marks."""
    return one.fence.start + len(one.note.source.text[one.fence.start : one.fence.end].rstrip(b"\r\n"))


def _shown(base: Base, this: str, words: Words, budget: bases.Budget, view: View) -> str:
    """A view as CommonMark."""
    result = bases.find(base, view, words.world, words.world.files[this], budget)
    names = [base.labels.get(name) or _label(name) for name in view.columns]
    blocks = [block for group in result.groups for block in _of_group(view, group, names, words)]
    if not any(group.rows for group in result.groups):
        blocks = [notice("No results.")]
    if result.left_out:
        blocks.append(notice(f"{count(result.left_out, 'more is', 'more are')} not shown."))
    return "\n\n".join(blocks)


def _label(name: str) -> str:
    """What a property is called, if its author gives no name."""
    kind, _, rest = name.partition(".")
    return _FILE_LABELS.get(rest, rest) if kind == "file" else rest


def _of_group(view: View, group: Group, names: Sequence[str], words: Words) -> Iterator[str]:
    if view.group:
        yield f"**{words.value(group.value) or _NO_GROUP}**"
    if group.rows:
        yield _WRITTEN[view.kind](view, group, names, words)


def _table(view: View, group: Group, names: Sequence[str], words: Words) -> str:
    lines = [[escaped(name) for name in names], ["---"] * len(names)]
    lines += [_values(view, row, words) for row in group.rows]
    if group.summaries:
        lines.append([_summary(group, at, words) for at in range(len(view.columns))])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _summary(group: Group, column: int, words: Words) -> str:
    if column not in group.summaries:
        return ""
    name, value = group.summaries[column]
    return f"{escaped(name)}: **{words.value(value)}**" if not bases.is_empty(value) else ""


def _list(view: View, group: Group, names: Sequence[str], words: Words) -> str:
    items = [_item(view, row, names, words) for row in group.rows]
    if view.markers == "none":
        return "\\\n".join(items)
    marks = [f"{at}." if view.markers == "number" else "-" for at in range(1, len(items) + 1)]
    return "\n".join(_marked(mark, item) for mark, item in zip(marks, items, strict=True))


def _marked(mark: str, text: str) -> str:
    """A list's item."""
    return f"{mark} {text}".replace("\n", f"\n{' ' * (len(mark) + 1)}")


def _item(view: View, row: Row, names: Sequence[str], words: Words) -> str:
    first, *others = _with_link(view, row, words)
    if not view.is_nested or view.markers == "none":
        return _separator(view.separator).join(filter(None, (first, *others)))
    nested = (f"\n- {escaped(name)}: {text}" for name, text in zip(names[1:], others, strict=True) if text)
    return first + "".join(nested)


def _separator(written: str) -> str:
    """Plain text with the blanks around it."""
    return f"{' ' * written.startswith(' ')}{escaped(written)}{' ' * written.endswith(' ')}"


def _cards(view: View, group: Group, names: Sequence[str], words: Words) -> str:
    cards = "\n".join(_card(view, row, names, words) for row in group.rows)
    return f'<div class="grid cards">\n\n{cards}\n\n</div>'


def _card(view: View, row: Row, names: Sequence[str], words: Words) -> str:
    first, *others = _with_link(view, row, words)
    picture = words.picture(row.image, row.file.name) if view.image else ""
    lines = [f"{escaped(name)}: {text}" for name, text in zip(names[1:], others, strict=True) if text]
    blocks = (picture, first and f"**{first}**", "\\\n".join(lines))
    return _marked("-", "\n\n".join(filter(None, blocks)))


def _values(view: View, row: Row, words: Words) -> list[str]:
    """The values of a row; a file's name leads to it."""
    return [
        words.file(row.file, bases.text_of(value)) if name in _NAMES else words.value(value)
        for name, value in zip(view.columns, row.values, strict=True)
    ]


def _with_link(view: View, row: Row, words: Words) -> Sequence[str]:
    """The values of a row, of which the first leads to the file if no other does: in Obsidian the whole row does."""
    shown, first = _values(view, row, words), row.values[0]
    leads_on = isinstance(first, File | Link | Tag | Picture | tuple) and not bases.is_empty(first)
    if _NAMES.isdisjoint(view.columns) and not leads_on:
        shown[0] = words.file(row.file, without_flags(bases.text_of(first), words.flags) or row.file.name)
    return shown


_WRITTEN: Final[Mapping[ViewKind, Callable[[View, Group, Sequence[str], Words], str]]] = {
    ViewKind.TABLE: _table,
    ViewKind.LIST: _list,
    ViewKind.CARDS: _cards,
    ViewKind.KANBAN: _cards,
}
