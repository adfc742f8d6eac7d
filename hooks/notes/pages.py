"""Pages: what stage 1 hands on. In: a site. Out: CommonMark for each page, for any generator, and its problems.

The one place that lists the features that edit a note, in order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from commonmark.marks import NOTE_TAGS
from commonmark.spans import Span, union
from notes import backlinks, properties, scenes
from notes.as_written import as_written
from notes.base_views import base_edits
from notes.base_words import Words
from notes.drawings import drawing_edits
from notes.edits import Edit, OverlapError, apply_to, outside
from notes.embeds import Budget, Extent, Place, embed_edits, whole
from notes.html_links import html_edits
from notes.links import link_edits, web_edits
from notes.moved import closing, closing_html, footnotes_elsewhere, kept_apart, moved_edits, without_names
from notes.names import is_base, key
from notes.note import Note
from notes.outgoing import in_text
from notes.own_pages import feed, guide, home, review_page, tags_page, wanted_page
from notes.own_pages.specimens import Specimen, specimens
from notes.parts import part_of, starting_in
from notes.problems import Kind, Position, Problem
from notes.review import Flag, flag_edits
from notes.schemes import refused, scheme_edits
from notes.sentences import first_sentence
from notes.site import Site
from notes.source import NotePath
from notes.tags import tag_edits, tag_link
from notes.titles import title_edits
from notes.unflagged import flag_deletions
from notes.worklist import Part
from notes.writing import count, relative_address
from pictures import count_left

_OF_THE_PLACE = frozenset({Kind.CYCLE, Kind.TOO_MANY})
"""Problems that embeds have because of where they are shown."""
_GUIDE_LEVEL = 2
"""Of the headings that the guide's examples stand under."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, ready for any generator that reads CommonMark."""

    path: str
    """Where its Markdown stands below the folder of notes; of a generated page, where it would."""
    title: str
    description: str
    """One sentence; may be empty."""
    markdown: str
    problems: tuple[Problem, ...] = ()
    badge: int = 0
    """A count to show beside the page in the navigation."""
    aliases: tuple[str, ...] = ()
    """By which a reader may look for it, too."""
    classes: tuple[str, ...] = ()
    """For the element that the page's text stands in."""
    is_searched: bool = True
    is_in_navigation: bool = True


def _note_page(site: Site, path: NotePath) -> Page:
    """The page of a note."""
    note = site.vault.notes[path]
    description = note.front_matter.description or first_sentence(note)
    extent = whole(note)
    try:
        (text,), problems = _texts(site, note, [extent[1:]], Place(path, (extent,), 0, Budget()))
    except OverlapError as error:
        text, problems = note.source.text[extent.start : extent.end].decode(), (_fault(note, error),)
    of_properties = [link for link in site.outgoing[path] if link.link.block < 0]
    links, more = link_edits(note, of_properties, site.vault, site.wanted_addresses, path)
    problems = (*more, *problems, *_left_to_browsers(note, text))
    if note.data_start is not None:
        text = f"{scenes.top(note, note.data_start, site.vault.assets)}\n\n{text}"
    if additions := tuple(filter(None, (properties.foot(note, links), *_additions(site, note)))):
        text = "\n\n".join((text + closing(note, extent.end), *additions))
    else:
        text += closing_html(note, extent.end)
    return Page(
        path,
        note.title,
        description,
        text,
        tuple(problems),
        aliases=note.front_matter.aliases,
        classes=note.front_matter.classes,
    )


def _fault(note: Note, error: OverlapError) -> Problem:
    message = f"{error}: a fault of the site's code, not of this note, which is shown as written"
    return note.source.problem(Kind.FAULT, note.front_matter.body, message, "Report it, with the note.")


def _left_to_browsers(note: Note, text: str) -> Iterator[Problem]:
    if number := count_left(text):
        diagrams = count(number, "diagram", "diagrams")
        yield note.source.problem(
            Kind.MANY_DIAGRAMS,
            note.front_matter.body,
            f"each reader's browser draws {diagrams} of this page, which are large or come after many others",
            "Divide them, or the note, so that they are there without a script.",
        )


def not_searched(path: str, most: int) -> Problem:
    """The problem of a page whose HTML is open at too many places at once for the search to read it."""
    message = f"elements of HTML are nested more than {most} deep; the search does not find this page"
    return Problem(Kind.NOT_SEARCHED, Position(path, 1, 1), message, "Close them.")


def generated_pages(site: Site) -> tuple[Page, ...]:
    """The pages that the site adds: home where the folder has none, wanted notes, review, the guide, tags if any."""
    special = site.special
    pages = []
    if special.home:
        text = home.markdown(site)
        pages.append(Page(special.home, home.TITLE, site.settings.description, text, is_searched=False))
    pages.append(Page(special.wanted, wanted_page.TITLE, wanted_page.DESCRIPTION, wanted_page.markdown(site)))
    pages += (_review(site, part) for part in special.parts)
    passages = specimens(site)
    guides = zip(special.guides, guide.TITLES, guide.DESCRIPTIONS, strict=True)
    pages += (_guide(site, passages, *page) for page in guides)
    if site.tags:
        pages.append(Page(special.tags, tags_page.TITLE, tags_page.DESCRIPTION, tags_page.markdown(site)))
    for tag, path in special.tag_pages.items():
        entry = site.tags[tag]
        text = tags_page.markdown_of(site, entry, path)
        pages.append(Page(path, f"#{entry.name}", "", text, is_searched=False, is_in_navigation=False))
    return tuple(pages)


def _review(site: Site, part: Part) -> Page:
    """Out of the search: whoever searches for words of a passage wants its note."""
    return Page(
        part.path,
        review_page.title(part),
        review_page.DESCRIPTION,
        review_page.markdown(site, part),
        badge=site.flag_count if part.is_first else 0,
        is_searched=False,
        is_in_navigation=part.is_first,
    )


def _guide(site: Site, passages: Mapping[str, Specimen], path: str, title: str, description: str) -> Page:
    def show(thing: str, passage: Specimen) -> tuple[str, str]:
        return _shown(site, passage, NotePath(path), shows_flags=thing == "flag")

    text = guide.text(site, passages, title, path, show)
    return Page(path, title, description, text, is_searched=False, is_in_navigation=False)


def _shown(site: Site, passage: Specimen, host: NotePath, *, shows_flags: bool) -> tuple[str, str]:
    """A passage as it is written, and as CommonMark for another page; with the footnotes that it mentions."""
    note = passage.note
    notes = footnotes_elsewhere(note, passage.start, passage.end)
    ranges = [(passage.start, passage.end), *((block.start, block.end) for block in notes)]
    written = "\n\n".join(note.source.text[start:end].decode().rstrip() for start, end in ranges)
    place = Place(host, (Extent(note.path, passage.start, passage.end),), _GUIDE_LEVEL, Budget(), shows_flags)
    try:
        shown = "\n\n".join(text.rstrip() for text in _texts(site, note, ranges, place)[0])
    except OverlapError:
        shown = written  # it is told on the note's own page
    return written.replace("\r\n", "\n"), shown


def generated_files(site: Site) -> dict[str, str]:
    """The other files that the site adds: what waits for review, for programs, and pictures of drawings."""
    special = site.special
    data = {special.data: feed.data(site), special.schema: feed.schema(), special.feed: feed.atom(site)}
    return {**data, **site.pictures}


def note_pages(site: Site) -> dict[str, Page]:
    """The pages of all notes, by path; each problem is told on the first of them that meets it."""
    embedded = {
        link.path for path, links in site.outgoing.items() for link in links if link.link.embeds and link.path != path
    }
    told: set[Problem] = set()
    pages: dict[str, Page] = {}
    for path in site.vault.notes:
        page = _note_page(site, path)
        # Of a chain of embeds that is too long, only the page at its head needs to be told.
        new = [
            problem
            for problem in page.problems
            if problem not in told and not (problem.kind is Kind.TOO_MANY and path in embedded)
        ]
        told.update(new)
        pages[path] = replace(page, problems=tuple(new)) if page.problems else page
    return pages


def _texts(site: Site, note: Note, ranges: Sequence[Span], place: Place) -> tuple[Sequence[str], Sequence[Problem]]:
    """Byte ranges of a note as CommonMark, for the place where they are shown: all at once, as a note may have many."""
    is_host = note.path == place.host and len(place.inside) == 1
    shown = union(ranges)  # a passage may stand in a footnote that it mentions
    outgoing = tuple(starting_in(in_text(site.outgoing[note.path]), shown, lambda link: link.link.start))
    if not is_host:
        note = part_of(note, shown)
    is_alone = is_host and not any(link.link.embeds and link.path in site.vault.notes for link in outgoing)

    def expand(target: Note, parts: Sequence[Span], inner: Place) -> tuple[Sequence[str], Sequence[Problem]]:
        texts, problems = _texts(site, target, parts, inner)
        return [text + closing(target, end) for text, (_, end) in zip(texts, parts, strict=True)], problems

    links, link_problems = link_edits(note, outgoing, site.vault, site.wanted_addresses, place.host)
    html, html_problems = html_edits(note, site.vault, site.addresses[note.path], site.places, place.host)
    embeds, embed_problems = embed_edits(note, outgoing, site.vault, place, expand)
    views, base_problems = _base_edits(site, note, shown, place)
    has_pills = is_host or place.shows_flags
    flagged = tuple(starting_in(site.flags[note.path], shown, lambda flag: flag.tag.start))
    flags = _flag_edits(site, site.flags[note.path], place.host) if has_pills else flag_deletions(flagged)
    done = {link.link.start for link in outgoing} | {link.start for link in refused(note)}
    others = [
        *as_written(note),
        *links,
        *web_edits(note, done),
        *html,
        *embeds,
        *tag_edits(note, site.tags, relative_address(site.special.tags, place.host)),
        *drawing_edits(tuple(starting_in(site.drawings[note.path], shown, lambda drawing: drawing.fence.start))),
        *views,
        *scheme_edits(note),
        *(title_edits(note) if is_host else moved_edits(note, shown, place.level, done)),
        *(() if is_alone else kept_apart(note, shown, done)),
    ]
    texts = apply_to(note.source.text, [*flags, *outside(flags, others)], ranges)
    if not is_alone:
        texts = [without_names(text) for text in texts]
    if is_host:
        return texts, (*link_problems, *html_problems, *embed_problems, *base_problems)
    # What is wrong with the embedded note itself is told on its own page.
    return texts, [problem for problem in embed_problems if problem.kind in _OF_THE_PLACE]


def _flag_edits(site: Site, flags: Sequence[Flag], host: str) -> tuple[Edit, ...]:
    def card_of(flag: Flag) -> str:
        card = site.cards[flag.key]
        return f"{relative_address(card.path, host)}#{quote(card.id)}"

    return flag_edits(flags, card_of)


def _base_edits(
    site: Site, note: Note, ranges: Sequence[Span], place: Place
) -> tuple[Sequence[Edit], Sequence[Problem]]:
    """The views of a note's bases; the file of a base stands for nothing itself where a note shows it."""
    placed = site.bases.get(note.path)
    if not placed or site.world is None:
        return (), ()
    this = place.inside[-2].path if is_base(note.path) and len(place.inside) > 1 else note.path
    tags_page = relative_address(site.special.tags, place.host)
    flags = frozenset(site.settings.labels)
    words = Words(place.host, site.vault, site.world, site.wanted_addresses, site.tags, tags_page, flags)
    return base_edits(placed, ranges, this, words, place.budget.steps)


def _additions(site: Site, note: Note) -> Iterator[str]:
    """What stands beneath the author's text: the tags of the front matter, and who links here."""
    page = relative_address(site.special.tags, note.path)
    named = [(name.strip("/"), site.tags.get(key(name.strip("/")))) for name in note.front_matter.tags]
    shown = " ".join(tag_link(name, entry, page) for name, entry in named if entry)
    if shown:
        yield f"{NOTE_TAGS}\n\n{shown}\n\n</div>"
    if foot := backlinks.foot(site.backlinks.get(note.path, ()), note.path):
        yield foot
