"""Links: what each link of a note leads to, and the CommonMark that says so.

In: a note, the vault. Out: edits that turn `[[wiki links]]` and links by name into links by path, and problems.
Left alone: code, maths, HTML, autolinks, addresses with a scheme, links that are right already.
Source of the rules: Obsidian's help, "Internal links".
"""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

from commonmark import addresses, marks
from commonmark.events import Kind as EventKind
from commonmark.events import parse
from notes.addresses import INDEX_NAMES
from notes.anchors import close_names, is_anchor, named
from notes.edits import Edit, apply
from notes.note import Link, LinkSyntax, Note, displayed_target
from notes.problems import Kind, Problem
from notes.source import NotePath
from notes.vault import Ambiguous, Found, Missing, Resolution, Vault, Withheld, is_note, normal
from notes.writing import encoded, escaped, relative_address, title

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_ATTACHMENT = re.compile(
    r"\.(?:avif|bmp|gif|jpe?g|png|svg|webp|3gp|flac|m4a|mp3|ogg|wav|mkv|mov|mp4|ogv|webm|pdf|canvas|base"
    r"|docx?|xlsx?|pptx?|od[pst]|csv|epub|zip)$",
    re.IGNORECASE,
)
_HTML = frozenset({EventKind.HTML, EventKind.INLINE_HTML})
_LESS_THAN = re.compile(rb"<")
_HOME = "index.md"
"""The page that a site without a home page is given."""
_MOST_CANDIDATES = 20
"""So many files of one name are told; more say nothing more."""
_MOST_ADVISED = 200
"""So many problems of one note are told with close names, which take long to find."""
_BRACKET = re.compile(r"\\.|[\[\]]")
_OF_CODE = re.compile(r"[`\[\]]")
"""Signs that a name may hold, as `photo[1].png` does; in `[[…]]` that names no file they are more likely code."""


class Outgoing(NamedTuple):
    """A link of a note and what it leads to."""

    link: Link
    name: str
    """The target without its `#…` part."""
    subpath: str
    """The part after the first `#`: a heading, a path of headings, or `^` and a block's id."""
    resolution: Resolution
    path: str
    """The file it leads to; empty if there is none."""


def outgoing(note: Note, vault: Vault, generated: Container[str]) -> tuple[Outgoing, ...]:
    """All links and embeds of a note that stay on the site, in order; those in its properties come last.

    `generated` holds the paths of the site's own pages.
    """
    links = (*note.links, *(of_property.link for of_property in note.property_links))
    found = (_outgoing(link, note, vault, generated) for link in links)
    return tuple(link for link in found if link is not None)


def _outgoing(link: Link, note: Note, vault: Vault, generated: Container[str]) -> Outgoing | None:
    if link.syntax is LinkSyntax.WIKI:
        name, subpath, resolution = _resolve_wiki(link.target, note, vault)
        is_text = _is_code(name, resolution) or (
            isinstance(resolution, Missing) and (_is_of_the_web(link) or not wanted_key(name))
        )
        return None if is_text else _leading(link, name, subpath, resolution)
    if not link.target or link.target.startswith("//") or addresses.scheme(link.target):
        return None
    written, _, subpath = link.target.partition("#")
    name, subpath = unquote(written), unquote(subpath)
    if name and not wanted_key(name):
        return _leading(link, name, subpath, _resolve_folder(name, note, vault, generated))
    resolution = _resolve_path(name, note, vault, generated)
    if isinstance(resolution, Missing) and "?" in written:
        # A name may hold a question mark; where none does, it starts a query, of which no page of the site knows.
        named = unquote(written.partition("?")[0])
        found = _resolve_path(named, note, vault, generated)
        if wanted_key(named) and (is_note(named) or not isinstance(found, Missing)):
            return _leading(link, named, subpath, found)
    return _leading(link, name, subpath, resolution)


def _is_code(name: str, resolution: Resolution) -> bool:
    """Whether what stands in `[[…]]` is rather code than the name of something: nothing bears just this name."""
    match resolution:
        case Missing() | Found(_, guessed=True):
            return _OF_CODE.search(name) is not None and not _ATTACHMENT.search(name)
    return False


def _resolve_path(name: str, note: Note, vault: Vault, generated: Container[str]) -> Resolution:
    path = _path(name, note)
    is_path = path in vault.notes or path in vault.assets or path in generated
    return Found(path) if is_path else vault.resolve(name, note.path)


def _resolve_folder(name: str, note: Note, vault: Vault, generated: Container[str]) -> Resolution:
    """What `.`, `..` and `/` mean: the page of a folder."""
    folder = posixpath.join("/", _path(name, note))
    pages = (vault.named(posixpath.join(folder, page), note.path) for page in INDEX_NAMES)
    home = Found(_HOME) if folder == "/." and _HOME in generated else Missing(name)
    return next((page for page in pages if page), home)


def _leading(link: Link, name: str, subpath: str, resolution: Resolution) -> Outgoing:
    path = resolution.path if isinstance(resolution, (Found, Ambiguous)) else ""
    return Outgoing(link, name, subpath, resolution, path)


def _resolve_wiki(target: str, note: Note, vault: Vault) -> tuple[str, str, Resolution]:
    """The longest name that a file bears: it may hold a `#`, as `C#` does."""
    first, mark, rest = target.partition("#")
    if not first.strip():
        return "", rest.strip(), Found(note.path)
    name, subpath = target, ""
    while mark and name != first:
        if bearer := vault.named(name, note.path):
            return name.strip(), subpath.strip(), bearer
        name, _, last = name.rpartition("#")
        subpath = f"{last}#{subpath}" if subpath else last
    return first.strip(), rest.strip(), vault.resolve(first, note.path)


def _path(name: str, note: Note) -> str:
    """Where a Markdown link leads that is right as a relative path, or as one from the root."""
    if not name:
        return note.path
    return posixpath.normpath(name[1:] if name.startswith("/") else posixpath.join(posixpath.dirname(note.path), name))


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
        if problem := judge(note, link, vault):
            problems.append(problem)
        if missing:
            is_advised = len(problems) < _MOST_ADVISED
            problems.append(missing_heading(note, link, vault.notes[NotePath(link.path)], is_advised=is_advised))
    return tuple(edits), tuple(problems)


def web_edits(note: Note, done: Container[int]) -> Iterator[Edit]:
    """The edits for wiki links to the web, which some write; `done` holds where those are that lead to a note."""
    for link in note.links:
        if link.syntax is LinkSyntax.WIKI and _is_of_the_web(link) and link.start not in done:
            yield from _around_words(note, link, "[", f"](<{addresses.encoded(link.target)}>)")


def _is_of_the_web(link: Link) -> bool:
    return link.target[:8].lower().startswith(("http://", "https://"))


def is_wanted(link: Outgoing) -> bool:
    """Whether a link asks for a note that is not written yet; neither a file that is not there nor a folder is one."""
    return isinstance(link.resolution, Missing) and not _names_a_file(link) and bool(wanted_key(link.name))


def _names_a_file(link: Outgoing) -> bool:
    """Whether it means no note, by the ending: `[[x.png]]`, `[x](x.js)`; but `[[Node.js]]` and `[[v1.2]]` are names."""
    is_name = link.link.syntax is LinkSyntax.WIKI and not link.link.embeds
    pattern = _ATTACHMENT if is_name else _ENDING
    return bool(pattern.search(link.name)) and not is_note(link.name)


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
    if link.syntax is LinkSyntax.WIKI:
        return _around_words(note, link, "", nothing)
    return (
        Edit.deletion(link.start, link.start + 1, "links"),
        Edit.replacement(link.label_end, link.end, nothing, "links"),
    )


def absent(link: Outgoing) -> str:
    """What stands in the place of an embedded file that is not there."""
    return notice(f"{escaped(link.name)} ({_absence(link)})")


def _absence(link: Outgoing) -> str:
    if isinstance(link.resolution, Withheld):
        return "not published"
    return "no such file" if wanted_key(link.name) else "no such page"


def notice(text: str) -> str:
    """Words of ours within the author's, as CommonMark."""
    return f"{marks.NOTICE_START}{text}{marks.NOTICE_END}"


def _rewritten(note: Note, link: Link, target: str) -> tuple[Edit, ...]:
    if link.embeds:
        shown = notice(f"[{_words(link)}]({target})")
        return (Edit.link(note.source.text, link.start, link.end, shown, "links"),)
    if link.syntax is LinkSyntax.WIKI:
        return _around_words(note, link, "[", f"]({target})")
    if not target.endswith(f'"{marks.WANTED_TITLE}"'):
        target += title(link.title)
    return (Edit.replacement(link.label_end, link.end, f"]({target})", "links"),)


def _around_words(note: Note, link: Link, before: str, after: str) -> tuple[Edit, ...]:
    """A wiki link's words between two texts. With a picture among them they stay, since it has an edit of its own."""
    text = note.source.text
    if not _shows_picture(note, link):
        return (Edit.link(text, link.start, link.end, f"{before}{_words(link)}{after}", "links"),)
    words = text.index(b"|", link.start) + 1
    return (
        Edit.link(text, link.start, words, before, "links"),
        Edit.replacement(link.end - len("]]"), link.end, after, "links"),
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
    html = [event for event in parse(source) if event.kind in _HTML]
    signs = {sign.start() for event in html for sign in _LESS_THAN.finditer(source, event.start, event.end)}
    return apply(source, [Edit.insertion(at, "\\", "links") for at in signs]).decode()


def destination(link: Outgoing, fragment: str, host: str) -> str:
    """The CommonMark destination that leads from the page of the note `host` to a link's file and fragment."""
    if link.path == host and fragment:
        return anchor(fragment)
    return relative_address(encoded(link.path), host) + anchor(fragment)


def anchor(fragment: str) -> str:
    """A fragment as an address ends with it; browsers want to read what is asked of a file, such as `page=3`."""
    return f"#{quote(fragment, safe='=&,')}" if fragment else ""


def resolve_fragment(link: Outgoing, vault: Vault) -> tuple[str, bool]:
    """The id that a link's `#…` part leads to (empty: the page's top), and whether it is missing."""
    target = vault.notes.get(NotePath(link.path))
    if target is None:
        return media_fragment(link) if link.path in vault.assets else link.subpath, False
    if not link.subpath:
        return "", False
    found = named(target, link.subpath)
    if not found and link.link.syntax is LinkSyntax.MARKDOWN and is_anchor(target, link.subpath):
        return link.subpath, False
    return found, not found


def media_fragment(link: Outgoing) -> str:
    """The page of a document or the second of a film: `page=3`, `t=10`."""
    return link.subpath if "=" in link.subpath else ""


def judge(note: Note, link: Outgoing, vault: Vault) -> Problem | None:
    """What is wrong with the name that a link or an embed gives."""
    start = link.link.start
    match link.resolution:
        case Found(_, guessed=False):
            return None
        case Ambiguous(path, candidates):
            names = ", ".join(f"`{candidate}`" for candidate in candidates[:_MOST_CANDIDATES])
            if len(candidates) > _MOST_CANDIDATES:
                names += f" and {len(candidates) - _MOST_CANDIDATES} more"
            return note.source.problem(
                Kind.AMBIGUOUS,
                start,
                f"`{link.name}` may mean {names}; it leads to the first",
                f"Write the path: `[[{vault.settling_name(path)}]]`.",
            )
        case Found(path):
            return note.source.problem(
                Kind.GUESSED,
                start,
                f"no note is called `{link.name}`; the link leads to `{path}`",
                f"Write `[[{vault.settling_name(path).removeprefix('/')}]]`.",
            )
        case Withheld(name):
            return note.source.problem(
                Kind.NOT_PUBLISHED,
                start,
                f"`{name}` is not published; only its name is shown",
                "Take `publish: false` or `draft: true` out of it, or the link away.",
            )
        case Missing(name) if not is_wanted(link) or (link.link.syntax is LinkSyntax.MARKDOWN and is_note(name)):
            wrong, way_out = f"there is no file `{name}`", "Add the file, or correct the name."
            if not wanted_key(name):
                wrong, way_out = f"the folder `{name}` has no page", "Give it an `index.md`, or link to a note."
            return note.source.problem(Kind.NO_FILE, start, wrong, way_out)
    return None


def missing_heading(note: Note, link: Outgoing, target: Note, *, is_advised: bool) -> Problem:
    """The problem of a link to a heading or block that its target has not; with close names, if so many are told."""
    what = "block" if link.subpath.startswith("^") else "heading"
    close = ", ".join(f"`{name}`" for name in close_names(target, link.subpath)) if is_advised else ""
    return note.source.problem(
        Kind.NO_HEADING,
        link.link.start,
        f"`{target.name}` has no {what} `{link.subpath}`; the link opens the page",
        f"Correct the name; close ones: {close}." if close else "Correct the name.",
    )


def wanted_key(name: str) -> str:
    """What makes two missing names the same wanted note: the last part, any case, with or without `.md`.

    Empty for what can be no note's name, such as `..` or `/`.
    """
    return wanted_name(normal(name)).lower()


def wanted_name(name: str) -> str:
    """The last part of a missing name, without `.md`."""
    last = next((part for part in reversed(name.split("/")) if part.strip() and part not in (".", "..")), "").strip()
    return last[: last.rindex(".")] if is_note(last) else last


def _is_balanced(label: str) -> bool:
    depth = 0
    for bracket in _BRACKET.findall(label):
        depth += {"[": 1, "]": -1}.get(bracket, 0)
        if depth < 0:
            return False
    return depth == 0
