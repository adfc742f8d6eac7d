"""Narrowing: which files may fit a filter that asks for the one on which the base stands. In: a statement. Out: files.

A template puts such a base into a thousand notes, and each would ask all of them; an index names the few that may fit.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from notes.bases.scope import World
from notes.bases.values import File, Link, Value
from notes.names import key, without_ending

_LINKS_HERE: Final = re.compile(
    r"\s*file\.(?:hasLink\(this(?:\.file(?:\.path)?)?\)|links\.contains\(this(?:\.file)?\))\s*"
)
_PROPERTY: Final = r"(?:note\.)?(?!(?:note|file|formula|this|value|values|index|acc)\b)\w+"
_SAYS_THIS: Final = re.compile(
    rf"\s*(?:(?P<list>{_PROPERTY})\.contains\(this(?:\.file)?\)|list\((?P<some>{_PROPERTY})\)\.contains\(this(?:\.file)?\)"
    rf"|(?P<one>{_PROPERTY})\s*==\s*this(?:\.file)?)\s*"
)
_AROUND: Final = re.compile(r"^\s*\[\[|[#|\]].*$", re.DOTALL)


def may_fit(statement: str, this: File, world: World) -> Sequence[File] | None:
    """All files that fit a statement, and maybe others; None if it may be any."""
    if _LINKS_HERE.fullmatch(statement):
        return world.backlinks.get(this.path, ())
    if found := _SAYS_THIS.fullmatch(statement):
        name = (found["list"] or found["some"] or found["one"]).removeprefix("note.").casefold()
        if name not in world.naming:
            world.naming[name] = _by_names(world.files.values(), name)
        return world.naming[name].get(key(this.name), ())
    return None


def _by_names(files: Iterable[File], name: str) -> Mapping[str, Sequence[File]]:
    """The files whose property names a file, by what it calls that."""
    found: dict[str, dict[str, File]] = defaultdict(dict)
    for file in files:
        for named in _names(file.properties.get(name)):
            found[key(named)][file.path] = file
    return {named: tuple(there.values()) for named, there in found.items()}


def _names(value: Value) -> Iterator[str]:
    match value:
        case tuple():
            for item in value:
                yield from _names(item)
        case Link(target, _, path):
            yield _last(path or _AROUND.sub("", target))
        case str():
            yield _last(_AROUND.sub("", value))


def _last(path: str) -> str:
    return without_ending(path.rpartition("/")[2].strip())
