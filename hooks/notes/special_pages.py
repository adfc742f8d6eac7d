"""Special pages: where the pages and files stand that the site adds. In: what they are made of. Out: paths, addresses.

A path is that of the Markdown which such a page would have below the folder of notes, so that notes can be linked to
it, and it to notes; the folder's own files come first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commonmark.marks import TAG_PAGE, WANTED_PAGE
from notes.addresses import folders_above
from notes.review import Flag
from notes.tags import Tags, tags_with_pages
from notes.worklist import Part, parts


@dataclass(frozen=True, slots=True)
class SpecialPages:
    """Where the Markdown of the site's own pages would stand: paths that no note has. Make it with `special_pages`."""

    wanted: str
    tags: str
    tag_pages: Mapping[str, str]
    """Of the tags that many notes bear, by their key."""
    guides: tuple[str, ...]
    """How to write, how to draw."""
    home: str
    """Empty if the folder has a home page of its own."""
    data: str
    """What waits for review, as JSON."""
    schema: str
    """What that holds."""
    feed: str
    """What waits for review, as Atom."""
    parts: tuple[Part, ...]
    """The pages of what waits for review."""

    @property
    def review(self) -> str:
        """The first of them."""
        return self.parts[0].path

    @property
    def addresses(self) -> dict[str, str]:
        """Of the pages, from the site's root."""
        found = {self.wanted: "wanted/", self.tags: "tags/"}
        found |= {part.path: part.address for part in self.parts}
        found |= zip(self.guides, ("guide/writing-notes/", "guide/drawing-diagrams/"), strict=True)
        found |= {path: f"tags/{path.rpartition('/')[2].removesuffix('.md')}/" for path in self.tag_pages.values()}
        return found | ({self.home: ""} if self.home else {})

    @property
    def data_addresses(self) -> dict[str, str]:
        """Of the files for programs."""
        return {path: f"review/{path.rpartition('/')[2]}" for path in (self.data, self.schema, self.feed)}

    @property
    def pages(self) -> frozenset[str]:
        """All that may be linked to."""
        return frozenset((self.wanted, self.review, self.tags, *self.tag_pages.values(), *self.guides, self.home))


def special_pages(files: Iterable[str], tags: Tags, flags: Sequence[Flag]) -> SpecialPages:
    """Find a path for each; `files` are the paths of all notes and other files."""
    paths = {path.casefold() for path in files}
    has_home = bool(paths & {"index.md", "readme.md"})
    taken = paths.union(*map(folders_above, paths))
    return SpecialPages(
        wanted=_free(WANTED_PAGE, taken),
        tags=_free(TAG_PAGE, taken),
        tag_pages={tag: _free(f"tags/{tags[tag].id}.md", taken) for tag in tags_with_pages(tags)},
        guides=(_free("guide/writing notes.md", taken), _free("guide/drawing diagrams.md", taken)),
        home="" if has_home else _free("index.md", taken),
        data=_free("review/review.json", taken),
        schema=_free("review/review.schema.json", taken),
        feed=_free("review/review.xml", taken),
        parts=parts(flags, lambda path: _free(path, taken)),
    )


def _free(path: str, taken: set[str]) -> str:
    """Where neither a file nor a folder is."""
    while path.casefold() in taken:
        path = f"site/{path}"
    return path
