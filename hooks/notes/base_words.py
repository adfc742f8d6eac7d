"""Words of bases: values as a page shows them. In: a value, and what the page knows. Out: CommonMark, on one line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from commonmark import addresses
from commonmark.marks import WANTED_TITLE
from notes import bases
from notes.anchors import named
from notes.base_markup import markup
from notes.bases import File, Html, Link, Picture, Tag, Value, World
from notes.flags import without_flags
from notes.links import anchor
from notes.names import becomes_page, key
from notes.note import displayed_target
from notes.outgoing import wanted_key
from notes.source import NotePath
from notes.tags import Tags, tag_link
from notes.vault import Vault
from notes.writing import encoded, escaped, link, relative_address

_OF_THE_WEB: Final = ("http://", "https://")
_TRUTHS: Final = {True: "☑", False: "☐"}
_COLOUR: Final = re.compile(r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
"""That a browser knows. Source of the rule: CSS Color, "the hexadecimal colour notations"."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a page needs to know to write values."""

    host: str
    """The path of its note."""
    vault: Vault
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
            return _to_web(text, text)
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
            case Picture() | Html():
                return self._drawn(value)
            case tuple():
                return ", ".join(filter(None, map(self.value, value)))
            case _:
                return _TRUTHS[value] if isinstance(value, bool) else self.text(bases.text_of(value))

    def _drawn(self, value: Picture | Html) -> str:
        return markup(value.source, self.text) if isinstance(value, Html) else self.picture(value, "")

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
            return link(label, relative_address(encoded(value.path), self.host) + anchor(self._fragment(value)))
        if value.target.startswith(_OF_THE_WEB):
            return _to_web(label, value.target)
        address = self.wanted.get(wanted_key(value.target.partition("#")[0]))
        return link(label, f'{relative_address(address, self.host)} "{WANTED_TITLE}"') if address else self.text(label)

    def _fragment(self, value: Link) -> str:
        """The id of the heading or the block that a link names; empty if it leads to the whole note."""
        note, subpath = self.vault.notes.get(NotePath(value.path)), value.target.partition("#")[2]
        return named(note, subpath) if note and subpath else ""

    def picture(self, value: Value, name: str) -> str:
        """A picture, or a piece of a colour; nothing if it is none."""
        if isinstance(value, Picture):
            return self.picture(value.of, name)
        path = value.path if isinstance(value, (File, Link)) else ""
        if path and not becomes_page(path):
            return f"![{escaped(name or path.rpartition('/')[2])}]({relative_address(encoded(path), self.host)})"
        text = value.target if isinstance(value, Link) else bases.text_of(value)
        if _COLOUR.fullmatch(text):
            return f'<span style="display: block; height: 2rem; background: {text}"></span>'
        return f"![{escaped(name)}](<{addresses.encoded(text)}>)" if text.startswith(_OF_THE_WEB) else ""


def _to_web(label: str, address: str) -> str:
    return link(label, f"<{addresses.encoded(address)}>")
