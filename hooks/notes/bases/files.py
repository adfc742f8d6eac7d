"""Files of formulas: their parts, and the functions that need to know them all. In: a scope, values. Out: a value.

Source of the rules: Obsidian's help, "Bases syntax" (file properties) and "Functions" (global, file, link).
"""

import html
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from zlib import crc32

from notes.bases import functions, operators
from notes.bases.dates import Date, read_date, relative
from notes.bases.scope import Scope
from notes.bases.values import File, Html, Link, Picture, Value, number_of, place, text_of, wiki_parts
from notes.names import key


def file_field(scope: Scope, file: File, name: str) -> Value:
    """A part of a file by its name; one that no file has is a property."""
    field = FILE_FIELDS.get(name)
    return field(scope, file) if field else file.properties.get(name.casefold())


FILE_FIELDS: Final[Mapping[str, Callable[[Scope, File], Value]]] = {
    "file": lambda _, file: file,
    "name": lambda _, file: file.name,
    "fullname": lambda _, file: file.path.rpartition("/")[2],
    "basename": lambda _, file: file.path.rpartition("/")[2].rpartition(".")[0],
    "path": lambda _, file: file.path,
    "folder": lambda _, file: file.path.rpartition("/")[0] or "/",
    "ext": lambda _, file: file.path.rpartition("/")[2].rpartition(".")[2],
    "size": lambda _, file: file.size,
    "ctime": lambda _, file: file.created,
    "mtime": lambda _, file: file.changed,
    "tags": lambda _, file: file.tags,
    "links": lambda _, file: file.links,
    "embeds": lambda _, file: file.embeds,
    "properties": lambda _, file: file.properties,
    "backlinks": lambda scope, file: tuple(
        Link(other.name, "", other.path) for other in scope.world.backlinks.get(file.path, ())
    ),
}


def as_file(scope: Scope, value: Value) -> File | None:
    """The file that a value is, or that a link leads to."""
    if isinstance(value, Link):
        return scope.world.files.get(value.path)
    return value if isinstance(value, File) else None


def _link(scope: Scope, target: Value, label: Value = None, *_: Value) -> Link | None:
    if isinstance(target, Link):
        return replace(target, label=text_of(label) or target.label)
    if isinstance(target, File):
        return Link(target.name, text_of(label), target.path)
    written, named = wiki_parts(text_of(target)) or (text_of(target), "")
    if not written:
        return None
    return Link(written, text_of(label) or named, scope.world.resolve(written))


def _file(scope: Scope, target: Value, *_: Value) -> Value:
    return as_file(scope, target if isinstance(target, File) else _link(scope, target))


def _date(_: Scope, value: Value, *__: Value) -> Value:
    return value if isinstance(value, Date) else read_date(text_of(value))


def _random(scope: Scope, *_: Value) -> float:
    """One number for each file: the same notes make the same pages."""
    return crc32(scope.file.path.encode()) / (1 << 32)


def _today(scope: Scope, *_: Value) -> Value:
    return scope.world.now and scope.world.now.day_alone()


GLOBAL: Final[Mapping[str, Callable[..., Value]]] = {
    "date": _date,
    "duration": lambda _, value, *__: operators.duration_of(value) if isinstance(value, str) else value,
    "escapeHTML": lambda _, text, *__: html.escape(text_of(text)),
    "file": _file,
    "html": lambda _, text, *__: Html(text_of(text)),
    "icon": lambda *_: None,
    "image": lambda scope, value, *_: Picture(_file(scope, value) or value),
    "link": _link,
    "list": lambda _, value, *__: value if isinstance(value, tuple) else () if value is None else (value,),
    "max": lambda _, *values: functions.extreme(values, 1),
    "min": lambda _, *values: functions.extreme(values, -1),
    "now": lambda scope, *_: scope.world.now,
    "number": lambda _, value, *__: number_of(value),
    "random": _random,
    "today": _today,
}


def _has_link(scope: Scope, value: Value, other: Value = None, *_: Value) -> Value:
    file = as_file(scope, value)
    link = other if isinstance(other, File | Link) else _link(scope, other, None)
    return file is not None and link is not None and place(link) in file.linked


def _has_tag(scope: Scope, value: Value, *names: Value) -> Value:
    file = as_file(scope, value)
    return file is not None and any(key(text_of(name).removeprefix("#")) in file.tag_keys for name in names)


def _in_folder(scope: Scope, value: Value, folder: Value = None, *_: Value) -> Value:
    file, name = as_file(scope, value), text_of(folder).strip("/")
    return file is not None and (not name or file.path.startswith(f"{name}/"))


def _has_property(scope: Scope, value: Value, name: Value = None, *_: Value) -> Value:
    file = as_file(scope, value)
    return file is not None and text_of(name).casefold() in file.properties


def _relative(scope: Scope, value: Value, *_: Value) -> Value:
    now = scope.world.now
    return relative(value, now) if isinstance(value, Date) and now else None


OF_FILES: Final[Mapping[str, Callable[..., Value]]] = {
    "asFile": lambda scope, value, *_: as_file(scope, value),
    "asLink": lambda scope, value, label=None, *_: _link(scope, value, label),
    "hasLink": _has_link,
    "hasProperty": _has_property,
    "hasTag": _has_tag,
    "inFolder": _in_folder,
    "linksTo": _has_link,
    "relative": _relative,
}
"""What needs to know the files, or the day."""
