"""What a site's owner can set, as plain values. In: what `mkdocs.yml` says. Out: settings, and what is wrong with it.

`extra.review.tags` names the tags that are flags: `TAG: {label: one or two words, description: a sentence}`.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import yaml
from pathspec import GitIgnoreSpec

from commonmark.tags import TAG
from maths import NO_PREAMBLE, Preamble
from notes.names import key
from notes.problems import Kind, Position, Problem
from notes.review import Label, Labels
from notes.source import NotePath, Source

DEFAULT_LABELS: Labels = {
    "i_dont_like_this_rewrite": Label("rewrite", "The author wants this passage in better words.")
}

SETTINGS: Final = "mkdocs.yml"
"""The file beside a folder of notes."""

_PLACE: Final = ("review", "tags")
"""Where in `extra` the tags stand."""
_UNPUBLISHED: Final = {"exclude_docs": "/templates/", "draft_docs": ""}
"""MkDocs' settings that keep files off the site, and what they do without a word. Source: its user guide."""
_PATTERNS: Final = "Write a text (`|`), each line a pattern as in a `.gitignore`."
_INHERIT: Final = "INHERIT"
_FIELDS: Final = ("label", "description")
_FORM: Final = "`TAG: {label: one or two words, description: a sentence}`"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that stage 1 knows."""

    name: str = "Notes"
    """Of the site."""
    description: str = ""
    """Of the site, one sentence."""
    labels: Labels = field(default_factory=lambda: DEFAULT_LABELS)
    """The tags that are flags."""
    repository: str = ""
    """Address of the repository's page, without a slash at its end; empty: no page names one."""
    edit: str = ""
    """Address before a note's path at which the repository's editor opens it, with a slash at its end."""
    address: str = ""
    """Where the site is published, with a slash at its end; empty if nobody said."""
    unpublished: tuple[str, ...] = ()
    """What of the folder is on no site, see `folder.published`; a build has been told before it reads the settings."""
    preamble: Preamble = NO_PREAMBLE
    """What all formulas know, see `obsidian`."""


class Wrong(NamedTuple):
    """What is wrong with a setting."""

    keys: tuple[str, ...]
    """Of the setting, from the outermost on; of an item of a list its number, from 0."""
    message: str
    way_out: str


def read_labels(extra: object) -> tuple[Labels, tuple[Wrong, ...]]:
    """The tags that are flags, by what stands under `extra`: the default where nothing does; what is wrong is told."""
    value = extra
    for at, name in enumerate(_PLACE):
        if not isinstance(value, Mapping):
            return DEFAULT_LABELS, (_no_mapping(_PLACE[:at]),)
        if value.get(name) is None:
            return DEFAULT_LABELS, ()
        value = value[name]
    if not isinstance(value, Mapping):
        return DEFAULT_LABELS, (_no_mapping(_PLACE),)
    labels: dict[str, Label] = {}
    wrong = [found for tag, shown in value.items() for found in _add(labels, tag, shown)]
    return labels or DEFAULT_LABELS, tuple(wrong)


def _no_mapping(place: Sequence[str]) -> Wrong:
    keys = ("extra", *place)
    below = " with `review:` in it" if not place else " with `tags:` in it" if place == _PLACE[:1] else f": {_FORM}"
    return Wrong(keys, f"`{'.'.join(keys)}` is not a mapping", f"Write it as a mapping{below}.")


def _add(labels: dict[str, Label], tag: object, shown: object) -> Iterator[Wrong]:
    """Add one tag; in doubt its own name is its label, so that no flag is lost."""
    name = str(tag).removeprefix("#")
    keys = ("extra", *_PLACE, str(tag))
    if not TAG.fullmatch(f"#{name}"):
        yield Wrong(keys, f"`{tag}` cannot be a tag", "Use letters, digits, `_`, `-` and `/`, and not digits alone.")
        return
    if key(name) in labels:
        yield Wrong(keys, f"`{tag}` stands here twice: upper and lower case are the same", "Delete one of them.")
        return
    fields = shown if isinstance(shown, Mapping) else {}
    label, description = (_text(fields.get(field)) for field in _FIELDS)
    labels[key(name)] = Label(label or name, description)
    if not label:
        yield Wrong(keys, f"the tag `{tag}` has no label", f"Give it one: {_FORM}.")
    for other in fields:
        if other not in _FIELDS:
            yield Wrong((*keys, str(other)), f"the tag `{tag}` has no setting `{other}`", f"Write {_FORM}.")


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def settings_problems(found: Sequence[Wrong], config: Path, docs: Path) -> Iterator[Problem]:
    """What is wrong with the settings, as problems at their lines of the file."""
    text = config.read_bytes() if found and config.is_file() else b""
    return _problems(found, _way(docs, config), text)


def _way(docs: Path, config: Path) -> str:
    try:
        return Path(os.path.relpath(config, docs)).as_posix()
    except ValueError:  # from one disk of Windows to another one there is none
        return config.as_posix()


def _problems(found: Sequence[Wrong], path: str, file: bytes) -> Iterator[Problem]:
    text = file.decode("utf-8", "replace")
    source = Source(NotePath(path), text.encode())
    for wrong in found:
        offset = len(text[: _index(text, wrong.keys)].encode())
        yield source.problem(Kind.SETTINGS, offset, wrong.message, wrong.way_out)


def _index(text: str, keys: Sequence[str]) -> int:
    """Where a setting stands; the nearest around it, if it stands in a file that this one inherits."""
    node, index = yaml.compose(text, Loader=yaml.CSafeLoader), 0
    for wanted in keys:
        at, node = next(((at, value) for name, at, value in _entries(node) if name == wanted), (None, None))
        if at is not None:
            index = at.index
    return index


def _entries(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Mark, yaml.Node]]:
    """What a mapping or a list holds: the name of each, and where it stands."""
    if isinstance(node, yaml.MappingNode):
        yield from ((name.value, name.start_mark, value) for name, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        yield from ((str(number), value.start_mark, value) for number, value in enumerate(node.value))


def read_settings(docs: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a folder of notes, from the `mkdocs.yml` beside it; what only the generator needs is left out."""
    config = docs.parent / SETTINGS
    return settings_in(config.read_bytes(), docs.parent) if config.is_file() else (Settings(), ())


def settings_in(file: bytes, folder: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The same, from what the file holds; what it inherits is read as it is now, from its `folder` on."""
    path = f"../{SETTINGS}"
    try:
        values, inherited = _read_values(file, folder)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = f"the settings are not valid YAML: {getattr(error, 'problem', None) or 'they cannot be read'}"
        at = getattr(getattr(error, "problem_mark", None), "line", 0)
        return Settings(), (Problem(Kind.SETTINGS, Position(path, at + 1, 1), message, "Correct them."),)
    labels, found = read_labels(values.get("extra") or {})
    unpublished, more = _read_unpublished(values)
    return Settings(labels=labels, unpublished=unpublished), tuple(_problems((*inherited, *found, *more), path, file))


def _read_values(file: bytes, folder: Path) -> tuple[Mapping[str, object], tuple[Wrong, ...]]:
    """What a file says, and what those say that it inherits, as MkDocs puts them together."""
    values = yaml.load(file, Loader=_TolerantLoader)  # noqa: S506  (a subclass of CSafeLoader)
    values = values if isinstance(values, Mapping) else {}
    name = values.get(_INHERIT)
    if name is None:
        return values, ()
    parent = folder / str(name)
    if not parent.is_file():
        return values, (Wrong((_INHERIT,), f"`{_INHERIT}` names `{name}`, which is not there", "Correct the name."),)
    inherited, wrong = _read_values(parent.read_bytes(), parent.parent)
    return _merged(inherited, values), wrong


def _merged(inherited: Mapping[str, object], own: Mapping[str, object]) -> Mapping[str, object]:
    """Mappings go together, all else takes the place of what is inherited."""
    return {**inherited, **{name: _merged_value(inherited.get(name), value) for name, value in own.items()}}


def _merged_value(inherited: object, own: object) -> object:
    return _merged(inherited, own) if isinstance(inherited, Mapping) and isinstance(own, Mapping) else own


def _read_unpublished(values: Mapping[str, object]) -> tuple[tuple[str, ...], tuple[Wrong, ...]]:
    texts: list[str] = []
    wrong: list[Wrong] = []
    for name, always in _UNPUBLISHED.items():
        value = values.get(name) or ""
        if isinstance(value, str) and _are_patterns(value):
            texts.append(f"{always}\n{value}")
        else:
            wrong.append(Wrong((name,), f"`{name}` holds an invalid pattern", _PATTERNS))
    return tuple(texts), tuple(wrong)


def _are_patterns(text: str) -> bool:
    try:
        GitIgnoreSpec.from_lines(text.splitlines())
    except (ValueError, re.error):  # the second for a class of characters such as `[z-a]`
        return False
    return True


class _TolerantLoader(yaml.CSafeLoader):
    """Values that only the generator can make (`!ENV`, `!!python/name`) are nothing."""


_TolerantLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)
