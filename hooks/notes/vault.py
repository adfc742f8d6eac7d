"""Vault: all notes of a folder, indexed once. In: notes and the paths of other files. Out: what a link leads to.

Source of the rules: Obsidian's help, "Internal links" and "Aliases", and what Obsidian was seen to do.
"""

import operator
import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from notes.addresses import INDEX_NAMES
from notes.names import TELLING, folded, is_note, key, normal, without_ending
from notes.note import Note
from notes.source import NotePath

_RELATIVE = ("./", "../")


class Found(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Withheld:
    """A note bears the name, but its author does not publish it."""

    name: str


Resolution = Found | Ambiguous | Missing | Withheld


@dataclass(frozen=True, slots=True)
class Vault:
    """The notes and other files of one folder. Make it with `index`."""

    notes: Mapping[NotePath, Note]
    """By path, in order."""
    assets: frozenset[str]
    """Paths of the files that are no notes."""
    withheld: frozenset[str]
    """Paths of the notes, and of other files, that are not published."""
    _names: Mapping[str, tuple[str, ...]] = field(repr=False)
    _with_folders: Mapping[str, tuple[str, ...]] = field(repr=False)
    """Where several files bear a name: by it and the folder they are in."""
    _aliases: Mapping[str, Sequence[str]] = field(repr=False)
    _folded: Mapping[str, Sequence[str]] = field(repr=False)
    _folders: Mapping[str, Sequence[str]] = field(repr=False)
    _withheld: Mapping[str, tuple[str, ...]] = field(repr=False)

    def resolve(self, target: str, source: str) -> Resolution:
        """What `target` (without a `#…` part) in the note at path `source` leads to."""
        wanted = target.strip()
        if found := self.named(wanted, source):
            return found
        if self._is_withheld(wanted, source):
            return Withheld(target)
        if wanted.startswith(_RELATIVE):
            return self._by_place(wanted, source) or Missing(target)
        wanted = wanted.strip("/")
        return (
            self._by_alias(wanted)
            or self._by_folder(wanted, source)
            or self._by_folding(wanted, source)
            or Missing(target)
        )

    def named(self, target: str, source: str) -> Resolution | None:
        """What bears exactly this name or path, any case; neither alias nor guess.

        The end of a path is enough. Of `./x`, `../x` and `/x` the whole path is tried first, as Obsidian does.
        """
        wanted = target.strip()
        is_relative = wanted.startswith(_RELATIVE)
        bare = _joined(wanted, source) if is_relative else wanted.strip("/")
        is_whole = is_relative or wanted.startswith("/")
        return (is_whole and self._chosen(bare, source, operator.eq)) or self._chosen(bare, source, _ends_with)

    def settling_name(self, path: str) -> str:
        """What to write in `[[…]]`, in whatever note, so that only this file is meant."""
        bare = without_ending(path)
        name = bare if "/" in bare else f"/{bare}"
        is_settled = self.resolve(name, "") == Found(path)
        return name if is_settled else name + path.removeprefix(bare)

    def _chosen(self, target: str, source: str, fits: Callable[[str, str], bool]) -> Resolution | None:
        named = self._names.get(key(_name(target)), ())
        if len(named) == 1 and "/" not in target and fits is _ends_with and is_note(named[0]):
            return Found(named[0])
        if len(named) > 1 and "/" in target:
            named = self._with_folders.get(key(_with_folder(target)), ())
        return _nearest(_bearers(target, named, fits), target, source) if named else None

    def _is_withheld(self, target: str, source: str) -> bool:
        named = self._withheld.get(key(_name(target)), ()) if self._withheld else ()
        path = _joined(target, source) if target.startswith(_RELATIVE) else target.strip("/")
        return any(_bearers(path, named, _ends_with))

    def _by_alias(self, target: str) -> Resolution | None:
        bearers = self._aliases.get(key(target), ())
        if len(bearers) > 1:
            return Ambiguous(bearers[0], tuple(bearers))
        return Found(bearers[0]) if bearers else None

    def _by_folder(self, target: str, source: str) -> Resolution | None:
        """A folder's name means its page, `index.md` or `README.md`."""
        pages = self._folders.get(key(target.rpartition("/")[2]), ())
        return _nearest(_pages_of(target, pages), target, source) if pages else None

    def _by_place(self, target: str, source: str) -> Resolution | None:
        """`./x` and `../x` may be folders too; the one in that place is meant, and no other."""
        folder = _joined(target, source)
        pages = (self._chosen(posixpath.join(folder, page), source, operator.eq) for page in INDEX_NAMES)
        return next((page for page in pages if page), None)

    def _by_folding(self, target: str, source: str) -> Resolution | None:
        folder, _, name = without_ending(target).rpartition("/")
        sound = folded(name, TELLING)
        found = [path for path in self._folded.get(sound, ()) if _in_folder(path, folder)] if sound else ()
        if len(found) != 1 or found[0] == source:
            return None
        return Found(found[0], guessed=True)


def index(notes: Iterable[Note], assets: Iterable[str], withheld: Collection[str] = ()) -> Vault:
    """Build the index; the order of reading makes no difference. Of files in `withheld` only the paths are known."""
    by_path = {note.path: note for note in sorted(notes, key=lambda note: note.path)}
    other = frozenset(assets)
    aliases: dict[str, list[str]] = {}
    for path, note in by_path.items():
        for alias in dict.fromkeys(key(alias) for alias in note.front_matter.aliases):
            aliases.setdefault(alias, []).append(path)
    names = _group((*by_path, *sorted(other)), lambda path: key(_name(path)))
    shared = (path for paths in names.values() if len(paths) > 1 for path in paths)
    return Vault(
        notes=by_path,
        assets=other,
        withheld=frozenset(withheld),
        _names=names,
        _with_folders=_group(shared, lambda path: key(_with_folder(path))),
        _aliases=aliases,
        _folded=_group(filter(is_note, by_path), lambda path: folded(_name(path), TELLING)),
        _folders=_group(_folder_pages(by_path), lambda path: key(path.split("/")[-2])),
        _withheld=_group(sorted(withheld), lambda path: key(_name(path))),
    )


def _ends_with(path: str, suffix: str) -> bool:
    return path == suffix or path.endswith("/" + suffix)


def _name(path: str) -> str:
    """The last part of a path, without a note's ending."""
    return without_ending(path.rpartition("/")[2])


def _with_folder(path: str) -> str:
    """The last two parts of a path, without a note's ending."""
    return "/".join(without_ending(path).split("/")[-2:])


def _folder_pages(paths: Iterable[str]) -> Iterable[str]:
    """Each folder's page: `index` before `README`."""
    ranks = {name: rank for rank, name in enumerate(INDEX_NAMES)}
    pages: dict[str, tuple[int, str]] = {}
    for path in paths:
        folder, slash, name = path.rpartition("/")
        rank = ranks.get(without_ending(name).casefold()) if slash else None
        if rank is not None:
            pages[folder] = min(pages.get(folder, (rank, path)), (rank, path))
    return (page for _, page in pages.values())


def _in_folder(path: str, folder: str) -> bool:
    return not folder or _ends_with(key(path.rpartition("/")[0]), key(folder))


def _joined(target: str, source: str) -> str:
    """The path that `./x` or `../x` means, from the root, above which nothing is; empty if it is the root."""
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target))
    return path.lstrip("/")


class _Bearers(NamedTuple):
    """The files that bear a name: the shortest path first, then by the alphabet."""

    exact: Sequence[str]
    """Those whose whole path, or whose folder's, is what is asked for, in any case."""
    others: Sequence[str]


@lru_cache(maxsize=1 << 12)
def _bearers(target: str, paths: tuple[str, ...], fits: Callable[[str, str], bool]) -> _Bearers:
    """The paths that fit a target: as it is written, else in normal form, else in any case.

    Kept, since a thousand notes of one name may link to each other by it.
    """
    whole, named = [(path, path) for path in paths], [(without_ending(path), path) for path in paths if is_note(path)]
    has_ending = "." in target.rpartition("/")[2]
    forms = [(target, whole), (without_ending(target), named)]
    for spelled in (str, normal, key):
        for wanted, known in forms if has_ending else reversed(forms):
            if found := [(without_ending(path), path) for name, path in known if fits(spelled(name), spelled(wanted))]:
                return _ordered(found, without_ending(target))
    return _Bearers((), ())


@lru_cache(maxsize=1 << 12)
def _pages_of(target: str, pages: tuple[str, ...]) -> _Bearers:
    """Those of some folders' pages whose folder is the target."""
    named = ((posixpath.dirname(page), page) for page in pages)
    return _ordered([pair for pair in named if _ends_with(key(pair[0]), key(target))], target)


def _ordered(named: Iterable[tuple[str, str]], target: str) -> _Bearers:
    """Of pairs: the path that bears the name, and the file that it stands for."""
    wanted, found = key(target), sorted(named, key=lambda pair: (len(pair[1]), pair[1]))
    exact = [path for name, path in found if key(name) == wanted]
    return _Bearers(exact, [path for name, path in found if key(name) != wanted])


def _nearest(bearers: _Bearers, target: str, source: str) -> Resolution | None:
    """Obsidian's choice: the exact path, then one below the same folder, then the shortest, then the alphabet."""
    exact, others = bearers
    if len(exact) + len(others) < 2:  # noqa: PLR2004  (nothing to choose from)
        return next((Found(path) for path in (*exact, *others)), None)
    home = source[: source.rfind("/") + 1]
    files = (*_nearest_first(exact, home), *_nearest_first(others, home))
    return Found(files[0]) if "/" in target and len(exact) == 1 else Ambiguous(files[0], files)


def _nearest_first(paths: Sequence[str], home: str) -> Sequence[str]:
    below = [path for path in paths if path.startswith(home)]
    return [*below, *(path for path in paths if not path.startswith(home))] if below else paths


def _group(paths: Iterable[str], name: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(name(path), []).append(path)
    return {shared: tuple(group) for shared, group in groups.items()}
