"""Layouts of bases: tables, cards and lists. In: a view, and what it found. Out: CommonMark."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from notes import bases
from notes.base_words import Words
from notes.bases import Base, File, Group, Link, Look, Picture, Result, Row, Tag, View, ViewKind
from notes.flags import without_flags
from notes.writing import count, escaped, notice

_GRID: Final = '<div class="grid">'
_WIDTH: Final = 200
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


def laid_out(base: Base, view: View, result: Result, words: Words) -> str:
    """All that a view shows."""
    names = [base.labels.get(name) or _label(name) for name in view.columns]
    blocks = ["\n\n".join(_of_group(view, group, names, words)) for group in result.groups]
    if not any(group.rows for group in result.groups):
        blocks = [notice("No results.")]
    elif view.kind is ViewKind.KANBAN:
        columns = (f'<div class="card">\n\n{block}\n\n</div>' for block in blocks)
        blocks = [_GRID, *columns, "</div>"]
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
    return f'<div class="grid cards"{_look(view.look)}>\n\n{_column(view, group, names, words)}\n\n</div>'


def _look(look: Look) -> str:
    """What the style sheet asks for; pictures of a shape of their own are as wide as Obsidian's cards."""
    width = look.width or (_WIDTH if look.ratio else None)
    chosen = [f"--card: {width}px"] if width else []
    chosen += [f"--ratio: {look.ratio:g}"] if look.ratio else []
    chosen += ["--fit: contain"] if look.is_whole else []
    return f' style="{"; ".join(chosen)}"' if chosen else ""


def _column(view: View, group: Group, names: Sequence[str], words: Words) -> str:
    return "\n".join(_card(view, row, names, words) for row in group.rows)


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
    ViewKind.KANBAN: _column,
}
