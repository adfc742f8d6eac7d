"""The rules by which a name is resolved, a second time: slow, without an index, as one tells them to an author.

In: a target, the note it stands in, all notes with their aliases, all other files. Out: what it may mean, best first.
"""

import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Aliases = Mapping[str, Sequence[str]]
"""The aliases of each note, by its path."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a target may mean."""

    files: tuple[str, ...] = ()
    """None: not written yet. Several: nobody can tell; the first is taken."""
    is_guess: bool = False


def answer(target: str, source: str, notes: Aliases, assets: Sequence[str]) -> Answer:
    """Apply the rules in their order; the first that finds anything decides."""
    target = target.strip()
    if target.startswith(("./", "../")):
        place = _walked(target, source)
        folder = place and f"{place}/"
        files = _whole(place, source, notes, assets) or _by_name(place, source, notes, assets)
        pages = (_whole(f"{folder}{page}", source, notes, assets) for page in ("index", "readme"))
        return Answer(files or next(filter(None, pages), ()))
    if target.startswith("/") and (files := _whole(target.strip("/"), source, notes, assets)):
        return Answer(files)
    name = target.strip("/")
    for rule in (_by_name, _by_alias, _by_folder):
        if files := rule(name, source, notes, assets):
            return Answer(files)
    guesses = _guesses(name, notes)
    return Answer(guesses, is_guess=True) if len(guesses) == 1 and guesses[0] != source else Answer()


def _by_name(name: str, source: str, notes: Aliases, assets: Sequence[str]) -> tuple[str, ...]:
    files = _fitting(name, notes, assets, _is_end)
    return _settled({file: _without_ending(file) for file in files}, _without_ending(name), source)


def _by_alias(name: str, _: str, notes: Aliases, __: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(note for note in notes if _any_case(name) in map(_any_case, notes[note])))


def _by_folder(name: str, source: str, notes: Aliases, _: Sequence[str]) -> tuple[str, ...]:
    folders = {posixpath.dirname(note) for note in notes} - {""}
    pages = {page: folder for folder in folders if (page := _page_of(folder, notes))}
    meant = {page: folder for page, folder in pages.items() if _is_end(_any_case(folder), _any_case(name))}
    return _settled(meant, name, source)


def _page_of(folder: str, notes: Iterable[str]) -> str:
    here = [note for note in sorted(notes) if posixpath.dirname(note) == folder]
    by_name = {name: note for name in ("readme", "index") for note in reversed(here) if _stem(note) == name}
    return by_name.get("index") or by_name.get("readme") or ""


def _stem(path: str) -> str:
    return _without_ending(posixpath.basename(path)).casefold()


def _whole(path: str, source: str, notes: Aliases, assets: Sequence[str]) -> tuple[str, ...]:
    files = _fitting(path, notes, assets, lambda name, wanted: name == wanted) if path else ()
    return _settled({file: _without_ending(file) for file in files}, _without_ending(path), source)


def _walked(target: str, source: str) -> str:
    """Step by step; above the folder of notes there is nothing."""
    here = source.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            here = here[:-1]
        elif step not in ("", "."):
            here.append(step)
    return "/".join(here)


def _fitting(wanted: str, notes: Aliases, assets: Sequence[str], fits: Callable[[str, str], bool]) -> list[str]:
    """As written, else in one normal form, else in any case; a file's whole name before a note's without its ending."""
    whole = [(file, file, wanted) for file in (*notes, *assets)]
    bare = [(_without_ending(note), note, _without_ending(wanted)) for note in notes]
    order = (whole, bare) if "." in posixpath.basename(wanted) else (bare, whole)
    for spelled in (str, _nfc, _any_case):
        for names in order:
            if found := [file for name, file, want in names if want and fits(spelled(name), spelled(want))]:
                return found
    return []


def _settled(meant: Mapping[str, str], name: str, source: str) -> tuple[str, ...]:
    """Exact path, in or below the same folder, fewest characters, alphabet; a path in full settles it."""
    here = source.split("/")[:-1]

    def rank(file: str) -> tuple[bool, bool, int, str]:
        elsewhere = file.split("/")[:-1][: len(here)] != here
        return (_any_case(meant[file]) != _any_case(name), elsewhere, len(file), file)

    exact = [file for file in meant if _any_case(meant[file]) == _any_case(name)]
    return tuple(exact) if "/" in name and len(exact) == 1 else tuple(sorted(meant, key=rank))


def _guesses(name: str, notes: Aliases) -> tuple[str, ...]:
    folder, _, last = _without_ending(name).rpartition("/")
    return tuple(
        note
        for note in notes
        if _sound(last)
        and _sound(_without_ending(posixpath.basename(note))) == _sound(last)
        and (not folder or _is_end(_any_case(posixpath.dirname(note)), _any_case(folder)))
    )


def _sound(name: str) -> str:
    return "".join(_letters(_any_case(name)))


def _letters(name: str) -> Iterator[str]:
    """Blanks, dashes and punctuation go; what makes another word or another language's name (`C++`) stays."""
    for sign in name:
        family = unicodedata.category(sign)[0]
        if family in "LNM" or sign in "+#" or (family == "S" and ord(sign) > 127):
            yield sign


def _is_end(path: str, wanted: str) -> bool:
    return f"/{path}".endswith(f"/{wanted}")


def _without_ending(path: str) -> str:
    for ending in (".md", ".markdown", ".mdown", ".mkdn", ".mkd"):
        if path.casefold().endswith(ending):
            return path[: -len(ending)]
    return path


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _any_case(text: str) -> str:
    return _nfc(text).lower()
