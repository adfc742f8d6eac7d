"""Site: all that is known of a folder of notes. In: each file's bytes. Out: what each feature found, and all problems.

Pure: the same files give the same site, in any order of reading. `pages` makes pages of it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from maths import Preamble
from notes.addresses import asset_addresses, page_addresses, possible_addresses
from notes.backlinks import Backlink, backlinks
from notes.base_views import PlacedBase, base_problems, find_bases
from notes.base_world import base_world
from notes.bases import World
from notes.diagrams import Declined
from notes.drawings import Drawing, drawing_problems, find_drawings
from notes.history import NO_HISTORY, History, find_since
from notes.history.standing import Since
from notes.names import is_note
from notes.note import Note
from notes.order import by_name
from notes.outgoing import Outgoing, outgoing
from notes.page_files import read_page
from notes.problems import Kind, Position, Problem
from notes.review import Flag, FlagKey, find_flags
from notes.scenes import pictures
from notes.schemes import scheme_problems
from notes.settings import Settings
from notes.source import NotePath
from notes.special_pages import SpecialPages, special_pages
from notes.tags import Tags, collect_tags
from notes.trails import Trail, heading_trails
from notes.vault import Vault, index
from notes.wanted import Wanted, wanted_notes
from notes.worklist import Card, cards


@dataclass(frozen=True, slots=True)
class Site:
    """All that is known of a folder of notes. Make it with `read_site`."""

    settings: Settings
    vault: Vault
    notes: Sequence[Note] = field(repr=False)
    """All, in the order in which Obsidian lists its files."""
    shared_titles: frozenset[str]
    """Those that several notes have."""
    addresses: dict[str, str]
    """Of every note, file and generated page, by path."""
    places: Mapping[str, str]
    """What is at each address, without a slash at its end."""
    outgoing: Mapping[NotePath, Sequence[Outgoing]]
    wanted: Mapping[str, Wanted]
    flags: Mapping[NotePath, Sequence[Flag]]
    drawings: Mapping[NotePath, Sequence[Drawing]]
    bases: Mapping[NotePath, Sequence[PlacedBase]]
    """Of those notes that have some."""
    world: World | None = field(repr=False)
    """What they may ask of; None if there are none."""
    backlinks: Mapping[str, Sequence[Backlink]]
    """To each note, by its path."""
    tags: Tags
    special: SpecialPages
    pictures: Mapping[str, str] = field(repr=False)
    """Of drawings: each SVG by the path that it has on the site."""
    problems: tuple[Problem, ...] = field(repr=False)
    """Of the history, files, addresses and drawings; those of links come with the pages."""
    wanted_addresses: Mapping[str, str] = field(repr=False)
    """Where each name's entry is among the wanted notes, from the root of the notes."""
    history: History = field(repr=False)
    since: Mapping[FlagKey, Since] = field(repr=False)
    cards: Mapping[FlagKey, Card] = field(repr=False)

    def listed(self, note: Note) -> str:
        """What a note is called in a list: its title, with its folder where another note has the same."""
        folder = note.path.rpartition("/")[0]
        return f"{note.title} ({folder})" if folder and note.title in self.shared_titles else note.title

    @property
    def flag_count(self) -> int:
        """How many passages wait for review."""
        return sum(map(len, self.flags.values()))

    def since_of(self, flag: Flag) -> Since:
        """Since when and by whom a flag is set."""
        return self.since[flag.key]

    def empty_sections(self) -> Iterator[tuple[Note, Trail]]:
        """The sections that are not written yet, each by its heading and those above."""
        for note in self.notes:
            for trail in heading_trails(note.headings):
                if trail[-1].is_empty:
                    yield note, trail

    def undrawn(self) -> Iterator[tuple[Drawing, Declined]]:
        """The drawings that stay as drawn, and why."""
        for drawings in self.drawings.values():
            for drawing in drawings:
                if isinstance(drawing.reading, Declined):
                    yield drawing, drawing.reading

    def orphans(self) -> Iterator[Note]:
        """The notes that no other page links to or embeds, but for the home page."""
        reached = {link.path for path, links in self.outgoing.items() for link in links if link.path != path}
        for note in self.notes:
            if note.path not in reached and self.addresses[note.path] and is_note(note.path):
                yield note


def read_site(  # noqa: PLR0913, PLR0917 - a folder, and what the generator knows
    files: Mapping[str, bytes],
    assets: Collection[str],
    settings: Settings,
    history: History = NO_HISTORY,
    taken: Collection[str] = (),
    read_page: Callable[[NotePath, bytes, frozenset[str], Preamble], Note] = read_page,
    withheld: Collection[str] = (),
) -> Site:
    """Read all notes and look at each with each feature.

    `files` holds the bytes of all that becomes pages by path, `assets` the paths of all other files; `taken` are the
    addresses at which the generator puts files of its own. A generator that has read a note before may give it by
    `read_page`.
    `withheld` are the paths of what the settings keep off the site.
    """
    flags_of = frozenset(settings.labels)
    read = [read_page(NotePath(path), files[path], flags_of, settings.preamble) for path in sorted(files, key=by_name)]
    notes = [note for note in read if note.front_matter.is_published]
    kept_back = [note.path for note in read if not note.front_matter.is_published]
    drawn = pictures(notes, frozenset(assets))
    vault = index(notes, [*assets, *drawn.drawn], [*kept_back, *withheld])
    drawings = {note.path: find_drawings(note) for note in notes}
    placed = {note.path: found for note in notes if (found := find_bases(note))}
    tags = collect_tags(notes, settings.labels)
    flags = {note.path: find_flags(note, settings.labels) for note in notes}
    special = special_pages((*vault.notes, *vault.assets), tags, [flag for found in flags.values() for flag in found])
    links = {note.path: outgoing(note, vault, special.pages) for note in notes}
    addresses, clashes = _addresses(vault, special, taken)
    wanted = wanted_notes(links, vault.notes)
    return Site(
        settings=settings,
        vault=vault,
        notes=notes,
        shared_titles=frozenset(title for title, count in Counter(note.title for note in notes).items() if count > 1),
        addresses=addresses,
        places={address.rstrip("/"): path for path, address in addresses.items()},
        outgoing=links,
        wanted=wanted,
        flags=flags,
        drawings=drawings,
        bases=placed,
        world=base_world(vault, assets, links, history) if placed else None,
        backlinks=backlinks(links, vault.notes),
        tags=tags,
        special=special,
        pictures=drawn.drawn,
        problems=_problems(
            read,
            (*history.problems, *clashes, *drawn.problems, *base_problems(chain.from_iterable(placed.values()))),
            drawings.values(),
        ),
        wanted_addresses={key: f"{special.wanted}#{entry.id}" for key, entry in wanted.items()},
        history=replace(history, resolved=tuple(flag for flag in history.resolved if flag.path in vault.notes)),
        since=find_since(history, flags, flags_of),
        cards=cards(special.parts),
    )


def _problems(
    read: Iterable[Note], of_files: Iterable[Problem], drawings: Iterable[Sequence[Drawing]]
) -> tuple[Problem, ...]:
    of_notes = (problem for note in read for problem in _problems_of(note))
    of_drawings = (problem for found in drawings for problem in drawing_problems(found))
    return tuple(sorted((*of_notes, *of_files, *of_drawings), key=Problem.sort_key))


def _problems_of(note: Note) -> Iterator[Problem]:
    """Of a note that is left out, only why."""
    if note.front_matter.is_published:
        yield from note.problems
        yield from scheme_problems(note)
    else:
        yield from (problem for problem in note.problems if problem.kind is Kind.FRONT_MATTER)


def _addresses(
    vault: Vault, special: SpecialPages, taken: Collection[str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    own = special.addresses
    pages = page_addresses(vault.notes, own.values())
    data = special.data_addresses
    written = (*taken, *data.values(), *(f"{address}index.html" for address in (*own.values(), *pages.values())))
    return {**own, **pages, **data, **asset_addresses(vault.assets, written)}, tuple(_clashes(pages))


def _clashes(pages: Mapping[str, str]) -> Iterable[Problem]:
    holders = {address.casefold(): path for path, address in pages.items()}
    for path, address in pages.items():
        *_, plain = wishes = possible_addresses(path)
        if address not in wishes:
            holder = holders.get(plain.casefold(), "")
            yield Problem(
                Kind.SAME_ADDRESS,
                Position(path, 1, 1),
                f"{_holder(holder, pages.get(holder, plain))}; this note is at `{address}`",
                "Rename one of them." if holder else "Rename this note.",
            )


def _holder(path: str, address: str) -> str:
    """Who stands where a note would: another note, else a page that the site adds."""
    who = f"`{path}`" if path else "a page of the site's own"
    return f"{who} has the address `{address}`" if address else f"{who} is the home page"
