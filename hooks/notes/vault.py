"""Vault: all notes of a folder, indexed once. In: notes and the paths of other files. Out: what a link leads to.

Source of the rules: Obsidian's help, "Internal links" and "Aliases", and what Obsidian was seen to do.
"""

import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from notes.addresses import INDEX_NAMES
from notes.note import Note
from notes.source import NotePath

NOTE_ENDINGS = (".md", ".markdown")
"""What MkDocs makes pages of and Obsidian, or its users, call a note."""


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one file is meant."""

    path: str
    guessed: bool = False
    """Found only by leaving blanks, dashes and punctuation out of account."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several files bear the name; `path` is the one Obsidian would open."""

    path: str
    candidates: tuple[str, ...]
    """All of them, the chosen one first."""


@dataclass(frozen=True, slots=True)
class Missing:
    """No file bears the name: the note is not written yet."""

    name: str


Resolution = Found | Ambiguous | Missing


@dataclass(frozen=True, slots=True)
class Vault:
    """The notes and other files of one folder. Make it with `index`."""

    notes: Mapping[NotePath, Note]
    """By path, in order."""
    assets: frozenset[str]
    """Paths of the files that are no notes."""
    _names: Mapping[str, Sequence[str]] = field(repr=False)
    _aliases: Mapping[str, Sequence[str]] = field(repr=False)
    _folded: Mapping[str, Sequence[str]] = field(repr=False)
    _folders: Mapping[str, Sequence[str]] = field(repr=False)

    def resolve(self, target: str, source: str) -> Resolution:
        """What `target` (without a `#…` part) in the note at path `source` leads to."""
        wanted = normal(target.strip())
        if relative := _relative(wanted, source):
            return self._at(relative) or Missing(target)
        rooted = wanted.startswith("/")
        wanted = wanted.strip("/")
        if rooted and (found := self._at(wanted)):
            return found
        return (
            self._by_name(wanted, source)
            or self._by_alias(wanted)
            or self._by_folder(wanted, source)
            or self._by_folding(wanted, source)
            or Missing(target)
        )

    def named(self, target: str, source: str) -> Resolution | None:
        """What bears exactly this name or path, any case; neither alias nor guess."""
        return self._by_name(normal(target.strip()).strip("/"), source)

    def _at(self, path: str) -> Found | None:
        """The file at exactly this path, any case if need be."""
        candidates = [other for other in self._named(path) if key(_bare(other)) == key(_bare(path))]
        exact = [other for other in candidates if _bare(normal(other)) == _bare(path)]
        best = sorted(exact or candidates)
        return Found(best[0]) if best else None

    def _named(self, target: str) -> Sequence[str]:
        """Files whose last part of the path is the target's, without regard to case."""
        return self._names.get(key(_name(target)), ())

    def _by_name(self, target: str, source: str) -> Resolution | None:
        bare = _bare(target)
        named = self._named(target)
        if len(named) == 1 and "/" not in target:
            return Found(named[0])
        loose = [path for path in named if _ends_with(key(_bare(path)), key(bare))]
        exact = [path for path in loose if _ends_with(_bare(normal(path)), bare)]
        return _nearest(exact or loose, bare, source)

    def _by_alias(self, target: str) -> Resolution | None:
        bearers = sorted(self._aliases.get(key(target), ()))
        if len(bearers) > 1:
            return Ambiguous(bearers[0], tuple(bearers))
        return Found(bearers[0]) if bearers else None

    def _by_folder(self, target: str, source: str) -> Resolution | None:
        """A folder's name means its page, `index.md` or `README.md`."""
        named = self._folders.get(key(target.rpartition("/")[2]), ())
        pages = [path for path in named if _ends_with(key(posixpath.dirname(path)), key(target))]
        return _nearest(pages, target, source)

    def _by_folding(self, target: str, source: str) -> Resolution | None:
        folder, _, name = _bare(target).rpartition("/")
        found = [path for path in self._folded.get(folded(name), ()) if _in_folder(path, folder)]
        if len(found) != 1 or found[0] == source:
            return None
        return Found(found[0], guessed=True)


def index(notes: Iterable[Note], assets: Iterable[str]) -> Vault:
    """Build the index; the order of reading makes no difference."""
    by_path = {note.path: note for note in sorted(notes, key=lambda note: note.path)}
    other = frozenset(assets)
    aliases: dict[str, list[str]] = {}
    for path, note in by_path.items():
        for alias in dict.fromkeys(key(alias) for alias in note.front_matter.aliases):
            aliases.setdefault(alias, []).append(path)
    return Vault(
        notes=by_path,
        assets=other,
        _names=_group((*by_path, *sorted(other)), lambda path: key(_name(path))),
        _aliases=aliases,
        _folded=_group(by_path, lambda path: folded(_name(path))),
        _folders=_group(filter(_is_folder_page, by_path), lambda path: key(path.split("/")[-2])),
    )


def normal(text: str) -> str:
    """Unicode's NFC: a name is the same however its accents are stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def key(text: str) -> str:
    """A name without regard to case and normal form."""
    return normal(text).casefold()


def folded(name: str) -> str:
    """A name without regard to blanks, dashes and punctuation too."""
    return "".join(character for character in key(name) if character.isalnum())


def is_note(path: str) -> bool:
    """Whether a file is a note, by its ending."""
    return path.casefold().endswith(NOTE_ENDINGS)


def _bare(path: str) -> str:
    """A path without a note's ending."""
    stem, dot, ending = path.rpartition(".")
    return stem if dot and f".{ending.casefold()}" in NOTE_ENDINGS else path


def _ends_with(path: str, suffix: str) -> bool:
    return path == suffix or path.endswith("/" + suffix)


def _name(path: str) -> str:
    """The last part of a path, without a note's ending."""
    return _bare(path.rpartition("/")[2])


def _is_folder_page(path: str) -> bool:
    return "/" in path and _name(path).casefold() in INDEX_NAMES


def _in_folder(path: str, folder: str) -> bool:
    return not folder or _ends_with(key(path.rpartition("/")[0]), key(folder))


def _relative(target: str, source: str) -> str:
    """The path that `./x` or `../x` means, from the root; empty for any other target or one that leaves it."""
    if not target.startswith(("./", "../")):
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    return "" if path.startswith("..") else path


def _nearest(paths: Sequence[str], target: str, source: str) -> Resolution | None:
    """Obsidian's choice: the exact path, then the same folder, then the shortest path, then the alphabet."""
    if not paths:
        return None
    home = posixpath.dirname(source)

    def rank(path: str) -> tuple[bool, bool, int, int, str]:
        return (
            key(_bare(path)) != key(target),
            posixpath.dirname(path) != home,
            path.count("/"),
            len(path),
            path,
        )

    ordered = sorted(paths, key=rank)
    settled = "/" in target and key(_bare(ordered[0])) == key(target)
    if len(ordered) == 1 or settled:
        return Found(ordered[0])
    return Ambiguous(ordered[0], tuple(ordered))


def _group(paths: Iterable[str], name: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(name(path), []).append(path)
    return groups
