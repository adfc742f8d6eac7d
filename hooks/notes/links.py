"""Links: the CommonMark that says what each link of a note leads to. In: links, the vault. Out: edits, and problems.

`[[Wiki links]]` and links by name become links by path.
Left alone: code, maths, HTML, autolinks, addresses with a scheme, links that are right already.
Source of the rules: Obsidian's help, "Internal links".
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping
from urllib.parse import quote

from commonmark import addresses, marks
from commonmark.events import RAW_HTML, parse
from commonmark.spans import within
from notes.boxes import before_words
from notes.edits import Edit, apply
from notes.link_problems import name_problem, place_problem
from notes.note import Link, LinkSyntax, Note, displayed_target
from notes.outgoing import Outgoing, is_of_the_web, is_wanted, resolve_fragment, wanted_key
from notes.problems import Problem
from notes.source import NotePath
from notes.vault import Vault, Withheld
from notes.writing import encoded, escaped, notice, relative_address, title

_FEATURE = "links"
_LESS_THAN = re.compile(rb"<")
_MOST_ADVISED = 200
"""So many problems of one note are told with close names, which take long to find."""
_BRACKET = re.compile(r"\\.|[\[\]]")


def link_edits(
    note: Note, links: Iterable[Outgoing], vault: Vault, wanted: Mapping[str, str], host: str
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """The edits for all links of a note that are no embeds, and what is wrong with them.

    `wanted` gives the address, from the root of the notes, of the entry of each name that is not written yet;
    `host` is the path of the note on whose page the text stands: another one where it is embedded.
    """
    edits: list[Edit] = []
    problems: list[Problem] = []
    for link in links:
        if link.link.embeds and not is_wanted(link):
            continue
        fragment, missing = resolve_fragment(link, vault)
        edits += _edits(note, link, fragment, wanted, host)
        if problem := name_problem(note, link, vault):
            problems.append(problem)
        if missing:
            is_advised = len(problems) < _MOST_ADVISED
            problems.append(place_problem(note, link, vault.notes[NotePath(link.path)], is_advised=is_advised))
    return tuple(edits), tuple(problems)


def web_edits(note: Note, done: Container[int]) -> Iterator[Edit]:
    """The edits for wiki links to the web, which some write; `done` holds where those are that lead to a note."""
    for link in note.links:
        if link.syntax is LinkSyntax.WIKI and is_of_the_web(link) and link.start not in done:
            yield from _around_words(note, link, "[", f"](<{addresses.encoded(link.target)}>)")


def _edits(note: Note, link: Outgoing, fragment: str, wanted: Mapping[str, str], host: str) -> tuple[Edit, ...]:
    if link.path:
        return _rewritten(note, link.link, destination(link, fragment, host))
    if is_wanted(link):
        address = relative_address(wanted[wanted_key(link.name)], host)
        return _rewritten(note, link.link, f'{address} "{marks.WANTED_TITLE}"')
    return _unlinked(note, link)


def _unlinked(note: Note, outgoing: Outgoing) -> tuple[Edit, ...]:
    """What a link to a file that is not there becomes: its words, and that there is none."""
    link, nothing = outgoing.link, notice(f" ({_absence(outgoing)})")
    if _is_whole(link):
        return _around_words(note, link, before_words(_words(link)), nothing)
    return (
        Edit.replacement(link.start, link.start + 1, before_words(link.label), _FEATURE),
        Edit.replacement(link.label_end, link.end, nothing, _FEATURE),
    )


def absent(link: Outgoing) -> str:
    """What stands in the place of an embedded file that is not there."""
    return notice(f"{escaped(link.name)} ({_absence(link)})")


def _absence(link: Outgoing) -> str:
    if isinstance(link.resolution, Withheld):
        return "not published"
    return "no such file" if wanted_key(link.name) else "no such page"


def _rewritten(note: Note, link: Link, target: str) -> tuple[Edit, ...]:
    if link.embeds:
        is_in_words = within(note.labels_with_embeds, link.start)
        shown = notice(_words(link) if is_in_words else f"[{_words(link)}]({target})")
        return (Edit.link(note.source.text, link.start, link.end, shown, _FEATURE),)
    if _is_whole(link):
        return _around_words(note, link, "[", f"]({target})")
    if not target.endswith(f'"{marks.WANTED_TITLE}"'):
        target += title(link.title)
    return (Edit.replacement(link.label_end, link.end, f"]({target})", _FEATURE),)


def _is_whole(link: Link) -> bool:
    """Whether its words are written anew: in the properties, no HTML is live."""
    return link.syntax is LinkSyntax.WIKI or link.block < 0


def _around_words(note: Note, link: Link, before: str, after: str) -> tuple[Edit, ...]:
    """A wiki link's words between two texts. With a picture among them they stay, since it has an edit of its own."""
    text = note.source.text
    if not _shows_picture(note, link):
        return (Edit.link(text, link.start, link.end, f"{before}{_words(link)}{after}", _FEATURE),)
    words = text.index(b"|", link.start) + 1
    return (
        Edit.link(text, link.start, words, before, _FEATURE),
        Edit.replacement(link.end - len("]]"), link.end, after, _FEATURE),
    )


def _shows_picture(note: Note, link: Link) -> bool:
    """Whether the link before it ends within it: links are in the order of their ends."""
    if "![" not in link.label:
        return False
    at = bisect_left(note.links, link.end, key=lambda other: other.end)
    return at > 0 and note.links[at - 1].start > link.start


def _words(link: Link) -> str:
    """What a wiki link shows, as CommonMark; of an embed, the label is a size or a description."""
    if link.label and not link.embeds:
        is_readable = "[^" not in link.label and _is_balanced(link.label)
        return _without_html(link.label) if is_readable else escaped(link.label)
    return escaped(displayed_target(link.target))


def _without_html(label: str) -> str:
    """A label may hold Markdown; what would be HTML is shown as written, as in Obsidian."""
    if "<" not in label:
        return label
    source = label.encode()
    html = [event for event in parse(source) if event.kind in RAW_HTML]
    signs = {sign.start() for event in html for sign in _LESS_THAN.finditer(source, event.start, event.end)}
    return apply(source, [Edit.insertion(at, "\\", _FEATURE) for at in signs]).decode()


def destination(link: Outgoing, fragment: str, host: str) -> str:
    """The CommonMark destination that leads from the page of the note `host` to a link's file and fragment."""
    if link.path == host and fragment:
        return anchor(fragment)
    return relative_address(encoded(link.path), host) + anchor(fragment)


def anchor(fragment: str) -> str:
    """A fragment as an address ends with it; browsers want to read what is asked of a file, such as `page=3`."""
    return f"#{quote(fragment, safe='=&,')}" if fragment else ""


def _is_balanced(label: str) -> bool:
    depth = 0
    for bracket in _BRACKET.findall(label):
        depth += {"[": 1, "]": -1}.get(bracket, 0)
        if depth < 0:
            return False
    return depth == 0
