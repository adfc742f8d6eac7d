"""What a base may ask of: all files of a folder with their properties. In: the vault, its links, git. Out: `World`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

import yaml

from commonmark import addresses
from notes import bases
from notes.bases import Date, File, Link, Tag, Value, World
from notes.derived import Derived
from notes.front_matter import markdown_parts, properties_node
from notes.history import History
from notes.note import Note
from notes.outgoing import Outgoing
from notes.shown import without_size
from notes.source import NotePath
from notes.vault import Ambiguous, Found, Vault

_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:[eE][-+]?\d{1,3})?")
_TRUTHS: Final = {"true": True, "false": False}
_TAGS: Final = frozenset({"tag", "tags"})


def base_world(
    vault: Vault, assets: Iterable[str], outgoing: Mapping[NotePath, Sequence[Outgoing]], history: History
) -> World:
    """All files of the folder that are on the site; `assets` are the author's own."""

    def resolve(target: str) -> str:
        return _found(vault, target, "")

    notes = [_file(note, outgoing[path], history, vault) for path, note in vault.notes.items()]
    files = {file.path: file for file in (*notes, *map(File, sorted(assets)))}
    now = Date(history.newest.time.replace(tzinfo=None), has_time=True) if history.newest else None
    return World(files, resolve, now)


def _found(vault: Vault, target: str, source: str) -> str:
    name = target.partition("#")[0]
    match vault.resolve(name, source) if name.strip() else None:
        case Found(path) | Ambiguous(path):
            return path
        case _:
            return ""


def _file(note: Note, links: Sequence[Outgoing], history: History, vault: Vault) -> File:
    days = history.days.get(note.path)
    return File(
        note.path,
        _properties(note, vault),
        tuple(map(Tag, dict.fromkeys((*note.front_matter.tags, *(tag.name for tag in note.tags))))),
        links=tuple(map(_link, sorted(links, key=_rank))),
        embeds=tuple(_link(link) for link in links if link.link.embeds),
        created=bases.read_date(days.created) if days else None,
        changed=bases.read_date(days.changed) if days else None,
        size=len((note.source.file if isinstance(note.source, Derived) else note.source).text),
    )


def _rank(link: Outgoing) -> tuple[bool, int]:
    """Obsidian has the links of the properties first, and what is embedded last."""
    return link.link.embeds, link.link.start


def _link(link: Outgoing) -> Link:
    label = without_size(link.link.label) if link.link.embeds else link.link.label
    return Link(link.link.target, label, link.path)


def _properties(note: Note, vault: Vault) -> Mapping[str, Value]:
    node = properties_node(note.source) if note.front_matter.body else None
    if node is None:
        return {}
    read = {name.value.casefold(): _value(value, note, vault) for name, value in node.value if _is_text(name)}
    return {name: _tags(value) if name in _TAGS else value for name, value in read.items()}


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def _tags(value: Value) -> Value:
    names = value if isinstance(value, tuple) else bases.text_of(value).replace(",", " ").split()
    return tuple(Tag(bases.text_of(name).removeprefix("#")) for name in names)


def _value(node: yaml.Node, note: Note, vault: Vault) -> Value:
    match node:
        case yaml.ScalarNode():
            return _scalar(node, note, vault)
        case yaml.SequenceNode():
            return tuple(_value(item, note, vault) for item in node.value[: bases.LONGEST])
        case yaml.MappingNode():
            return {name.value: _value(value, note, vault) for name, value in node.value if _is_text(name)}
        case _:
            return None


def _scalar(node: yaml.ScalarNode, note: Note, vault: Vault) -> Value:
    """A link or a date, as Obsidian writes them in quotes or without; else a text, or what YAML takes it for."""
    text = str(node.value)
    if wiki := bases.wiki_parts(text):
        return Link(*wiki, _found(vault, wiki[0], note.path))
    if markdown := markdown_parts(text):
        target, label = markdown
        name = target if addresses.scheme(target) else unquote(target)
        return Link(name, label, _found(vault, name, note.path))
    return bases.read_date(text) or (text if node.style else _plain(node, text))


def _plain(node: yaml.ScalarNode, text: str) -> Value:
    """Source of the rule: YAML 1.2, core schema."""
    if node.tag.endswith(":null"):
        return None
    if text.lower() in _TRUTHS:
        return _TRUTHS[text.lower()]
    if not _NUMBER.fullmatch(text):
        return text
    return int(text) if text.lstrip("+-").isdecimal() else bases.finite(float(text))
