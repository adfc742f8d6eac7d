"""Definition: what a base is, by its YAML. In: a text. Out: formulas, filters and views, and what is wrong with them.

Source of the rules: Obsidian's help, "Bases syntax" and "Views". What is of another type than it should be is as if it
were not there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

import yaml

from notes.bases.formulas import read_formula
from notes.bases.scope import Formula
from notes.bases.syntax import SyntaxFault
from notes.properties_yaml import Unreadable, load

MOST_VIEWS: Final = 50
"""Of one base."""
MOST_COLUMNS: Final = 50
"""Of one view."""
_MOST_STATEMENTS: Final = 500
"""Of filters and formulas."""
_FILE_NAME: Final = "file.name"
_JUNCTIONS: Final = frozenset({"and", "or", "not"})
_WORDS: Final = 60
"""Characters of a statement that a message says."""


class ViewKind(Enum):
    """How a view shows its files."""

    TABLE = "table"
    CARDS = "cards"
    LIST = "list"
    KANBAN = "kanban"
    """Cards by the groups that they belong to."""


class Sort(NamedTuple):
    """By which property files are sorted, and whether the other way round."""

    name: str
    is_down: bool


class Statement(NamedTuple):
    """One line of a filter."""

    text: str
    holds: Formula


@dataclass(frozen=True, slots=True)
class Filter:
    """Statements, and how they count together."""

    junction: str
    """`and`, `or` or `not`: none of them holds."""
    parts: tuple["Filter | Statement", ...]


class Look(NamedTuple):
    """What cards look like, where their author chose it."""

    width: int | None
    """In pixels; as many stand side by side as there is room for."""
    ratio: float | None
    """Of their pictures, height to width."""
    is_whole: bool
    """No picture is cut."""


@dataclass(frozen=True, slots=True)
class View:
    """One view of the files."""

    kind: ViewKind
    name: str
    filters: tuple[Filter | Statement, ...]
    """All of them hold: the base's own, too."""
    columns: tuple[str, ...]
    """The whole names of the properties that are shown."""
    sorts: tuple[Sort, ...]
    group: Sort | None
    group_order: tuple[str, ...]
    """Texts of groups that come first, in this order."""
    limit: int | None
    summaries: Mapping[str, str]
    """Of columns, by name: which summary is shown."""
    image: str
    """The property that shows a picture; empty if none does."""
    look: Look
    markers: str
    """Of a list's items: `bullet`, `number` or `none`."""
    separator: str
    is_nested: bool
    """Each item of a list has its properties beneath it."""


class Fault(NamedTuple):
    """Something that cannot be read."""

    line: int
    """Of the YAML, from 0."""
    message: str
    """A clause."""


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """What a base shows; the same text is the same object."""

    views: tuple[View, ...]
    formulas: Mapping[str, Formula]
    knows_place: bool
    """Whether a formula may ask for the file on which the base stands."""
    summaries: Mapping[str, Formula]
    """Those that the author has written, by name."""
    labels: Mapping[str, str]
    """What properties are called on the page, by their whole names."""
    faults: tuple[Fault, ...]
    """What is shown without a value."""
    unknown: tuple[Fault, ...]
    """Views of types that are not known, which are shown as tables."""


@lru_cache(maxsize=1 << 10)
def read_base(text: str) -> Base | Fault:
    """What a text defines; one fault if it is no base, or if it cannot be told which files are meant.

    A template puts the same one into a thousand notes: it is read once.
    """
    loaded = load(text.encode())
    if isinstance(loaded, Unreadable):
        return Fault(text.encode()[: loaded.offset].count(b"\n"), f"it {loaded.why}")
    lines: dict[str, int] = {}
    for written, line in _scalars(loaded.node):
        lines.setdefault(written, line)
    reader = _Reader(lines)
    try:
        return reader.base(loaded.values)
    except _NotUnderstoodError as error:
        return error.fault


def _scalars(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """All texts of the YAML with their lines."""
    match node:
        case yaml.ScalarNode():
            yield node.value, node.start_mark.line
        case yaml.CollectionNode():
            for inner in node.value:
                for part in inner if isinstance(inner, tuple) else (inner,):
                    yield from _scalars(part)


class _NotUnderstoodError(Exception):
    """A statement that cannot be read."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass
class _Reader:
    """Reads one base, and gathers what is wrong."""

    lines: Mapping[str, int]
    """Where each text first stands."""
    faults: list[Fault] = field(default_factory=list)
    unknown: list[Fault] = field(default_factory=list)
    statements: int = 0

    def base(self, values: Mapping[str, object]) -> Base:
        """All of it."""
        common = self._filters(values.get("filters"))
        formulas = self._formulas(values.get("formulas"))
        summaries = self._formulas(values.get("summaries"))
        written = [view for view in _listed(values.get("views")) if isinstance(view, dict)]
        if len(written) > MOST_VIEWS:
            self.faults.append(self._fault(f"only the first {MOST_VIEWS} views of a base are shown", "views"))
        views = tuple(self._view(view, common) for view in (written or [{}])[:MOST_VIEWS])
        labels = ((whole_name(name), _text(of.get("displayName"))) for name, of in _maps(values.get("properties")))
        shown = {name: label for name, label in labels if label}
        knows_place = any(asks_for_place(_raw(text)) for _, text in _items(values.get("formulas")))
        return Base(views, formulas, knows_place, summaries, shown, tuple(self.faults), tuple(self.unknown))

    def _view(self, written: Mapping[str, object], common: tuple[Filter | Statement, ...]) -> View:
        group = written.get("groupBy")
        columns = [whole_name(name) for name in map(_text, _listed(written.get("order"))) if name]
        return View(
            kind=self._kind(_text(written.get("type"))),
            name=_text(written.get("name")),
            filters=(*common, *self._filters(written.get("filters"))),
            columns=tuple(dict.fromkeys(columns[:MOST_COLUMNS])) or (_FILE_NAME,),
            sorts=tuple(_sorts(written.get("sort"))),
            group=next(_sorts(group if isinstance(group, dict) else {"property": group}), None),
            group_order=tuple(map(_text, _listed(written.get("groupOrder")))),
            limit=_number(written.get("limit")),
            summaries={whole_name(name): _text(which) for name, which in _items(written.get("summaries"))},
            image=whole_name(image) if (image := _text(written.get("image"))) else "",
            look=Look(
                width=_number(written.get("cardSize")),
                ratio=_ratio(written.get("imageAspectRatio")),
                is_whole=_text(written.get("imageFit")) == "contain",
            ),
            markers=_text(written.get("markers")) or "bullet",
            separator=_raw(written.get("separator")) or ", ",
            is_nested=_text(written.get("indentProperties")).lower() == "true",
        )

    def _kind(self, written: str) -> ViewKind:
        try:
            return ViewKind(written or "table")
        except ValueError:
            self.unknown.append(self._fault(f"no view of the type `{_shortened(written)}` is known here", written))
            return ViewKind.TABLE

    def _filters(self, written: object) -> tuple[Filter | Statement, ...]:
        """A filter, if there is one. Raises _NotUnderstoodError: without it, files would be seen that are not meant."""
        found = self._filter(written)
        return (found,) if found else ()

    def _filter(self, written: object) -> Filter | Statement | None:
        if isinstance(written, str):
            return Statement(written, self._formula(written)) if written.strip() else None
        if isinstance(written, list):
            return self._junction("and", written)
        items = dict(_items(written))
        if items and _JUNCTIONS.isdisjoint(items):
            name = next(iter(items))
            message = f"`{_shortened(name)}:` is not understood: a filter with a colon needs quotes around it"
            raise _NotUnderstoodError(self._fault(message, name))
        junctions = [self._junction(name, _listed(parts)) for name, parts in items.items() if name in _JUNCTIONS]
        return Filter("and", tuple(filter(None, junctions))) if any(junctions) else None

    def _junction(self, name: str, parts: Sequence[object]) -> Filter | None:
        found = tuple(part for part in map(self._filter, parts) if part)
        return Filter(name, found) if found else None

    def _formulas(self, written: object) -> dict[str, Formula]:
        """By name; what cannot be read is told, and shown as empty."""
        found: dict[str, Formula] = {}
        for name, text in _items(written):
            if not text:  # a formula that was only named so far
                continue
            if not isinstance(text, str):
                self.faults.append(self._fault(f"the formula `{_shortened(name)}` needs quotes around it", name))
                continue
            try:
                found[name] = self._formula(text)
            except _NotUnderstoodError as error:
                self.faults.append(error.fault)
        return found

    def _formula(self, text: str) -> Formula:
        """What a text asks. Raises _NotUnderstoodError."""
        self.statements += 1
        if self.statements > _MOST_STATEMENTS:
            raise _NotUnderstoodError(self._fault(f"it has more than {_MOST_STATEMENTS} filters and formulas", text))
        try:
            return read_formula(text)
        except SyntaxFault as error:
            fault = self._fault(f"`{_shortened(text)}` is not understood: {error}", text)
            raise _NotUnderstoodError(fault) from error

    def _fault(self, message: str, text: str) -> Fault:
        return Fault(self.lines.get(text, 0), message)


def asks_for_place(text: str) -> bool:
    """Whether a formula may ask for the file on which the base stands."""
    return "this" in text


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WORDS else f"{line[:_WORDS]}…"


def whole_name(name: str) -> str:
    """A property's name with its kind: `price` is `note.price`."""
    kind = name.partition(".")[0]
    return name if kind in {"note", "file", "formula"} and "." in name else f"note.{name}"


def _sorts(written: object) -> Iterator[Sort]:
    for sort in _listed(written):
        if isinstance(sort, dict) and (name := _text(sort.get("property") or sort.get("column"))):
            yield Sort(whole_name(name), _text(sort.get("direction")).upper() == "DESC")


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _items(value: object) -> Iterator[tuple[str, object]]:
    yield from ((str(name), inner) for name, inner in value.items()) if isinstance(value, dict) else ()


def _maps(value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    return ((name, inner) for name, inner in _items(value) if isinstance(inner, dict))


def _raw(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text(value: object) -> str:
    return " ".join(_raw(value).split())


_NUMBER: Final = re.compile(r"\d{1,9}")


def _number(value: object) -> int | None:
    found = _NUMBER.fullmatch(_text(value))
    return int(found[0]) if found else None


_RATIO: Final = re.compile(r"\d?\.\d{1,6}|\d(?:\.\d{0,6})?")


def _ratio(value: object) -> float | None:
    found = _RATIO.fullmatch(_text(value))
    return (float(found[0]) or None) if found else None
