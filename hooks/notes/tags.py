"""Tags: `#tag` in the text and in the front matter. In: notes. Out: links to the page that lists each tag's notes.

Source of the rules: Obsidian's help, "Tags": any case is one tag; `#a/b` lies under `#a`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from commonmark.marks import TAG_PREFIX, TAG_TITLE
from notes.addresses import free, ids_of_headings, slug
from notes.edits import Edit
from notes.front_matter import levels
from notes.names import key
from notes.note import Note
from notes.order import by_name
from notes.review import Labels
from notes.writing import encoded, escaped


@dataclass(frozen=True, slots=True)
class TagEntry:
    """One tag and the notes that bear it, or one below it."""

    name: str
    """Without `#`, as most notes write it."""
    id: str
    notes: tuple[Note, ...]


MOST_ENTRIES = 400
"""The page of all tags names so many notes; if they are more, the tags of most notes have pages of their own."""

Tags = Mapping[str, TagEntry]
"""All tags by `key`, in the alphabet's order; flags are none."""


def collect_tags(notes: Iterable[Note], flags: Labels) -> Tags:
    """Gather the tags of all notes."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    bearers: dict[str, dict[str, Note]] = defaultdict(dict)
    for note in notes:
        for name, count in Counter(_names(note, flags)).items():
            for level in _levels(name, flags):
                spellings[key(level)][level] += count
                bearers[key(level)][note.path] = note
    used = ids_of_headings(spellings)
    return {tag: _entry(spellings[tag], bearers[tag].values(), used) for tag in sorted(spellings, key=by_name)}


def tags_with_pages(tags: Tags) -> tuple[str, ...]:
    """The keys of the tags that need a page of their own."""
    named = sum(len(entry.notes) for entry in tags.values())
    apart = set()
    for tag, entry in sorted(tags.items(), key=lambda item: -len(item[1].notes)):
        if named <= MOST_ENTRIES or len(entry.notes) == 1:
            break
        named -= len(entry.notes)
        apart.add(tag)
    return tuple(tag for tag in tags if tag in apart)


def tag_edits(note: Note, tags: Tags, page: str) -> tuple[Edit, ...]:
    """Make each tag in a note's text a link to its entry on the page at `page`."""
    return tuple(
        Edit.link(note.source.text, tag.start, tag.end, tag_link(tag.name, tags[_key(tag.name)], page), "tags")
        for tag in note.tags
        if _key(tag.name) in tags
    )


def _key(name: str) -> str:
    return key(name.strip("/"))


def tag_link(name: str, entry: TagEntry, page: str) -> str:
    """A link to a tag's entry, as stage 2 dresses it."""
    return f'[\\#{escaped(name)}]({page}#{encoded(entry.id)} "{TAG_TITLE}")'


def _names(note: Note, flags: Labels) -> list[str]:
    found = [*note.front_matter.tags, *(tag.name for tag in note.tags)]
    return [name.strip("/") for name in found if key(name) not in flags and name.strip("/")]


def _levels(name: str, flags: Labels) -> Iterator[str]:
    """A tag and those above it; a flag is none, not even above another tag."""
    return (level for level in levels(name) if key(level) not in flags)


def _entry(spellings: Mapping[str, int], notes: Iterable[Note], used: dict[str, int]) -> TagEntry:
    name = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    return TagEntry(name, free(f"{TAG_PREFIX}{slug(name.replace('/', '-'))}", used), tuple(notes))
