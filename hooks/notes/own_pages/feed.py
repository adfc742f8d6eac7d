"""Feed: what waits for review, for programs. In: a site. Out: `review.json`, its schema, `review.xml`.

The same site gives the same bytes: all dates are git's, and lists are in the order of the review page. What the data
holds, `review.schema.json` says, which is published beside it.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from notes.diagrams import Declined
from notes.drawings import Drawing
from notes.history import Resolved
from notes.history.patches import Author
from notes.history.standing import Since
from notes.note import Note
from notes.review import Flag
from notes.site import Site
from notes.trails import Trail, trail_text
from notes.wanted import Wanted
from notes.writing import encoded

VERSION: Final = 1

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold. Source: XML 1.0, production 2."""

_BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Where a date must stand and git has none."""

Record = dict[str, object]


def data(site: Site) -> str:
    """All that waits, as JSON."""
    records = {
        "$schema": site.addresses[site.special.schema].rpartition("/")[2],
        "version": VERSION,
        "site": site.settings.name,
        "commit": site.history.commit,
        "open": [_open(site, flag) for flag in _flags(site)],
        "resolved": [_resolved(flag) for flag in site.history.resolved],
        "empty_sections": [_empty_section(site, note, trail) for note, trail in site.empty_sections()],
        "wanted": [_wanted(site, entry) for entry in site.wanted.values()],
        "orphans": [{"note": note.path, "address": _address(site, note.path)} for note in site.orphans()],
        "drawings": [_drawing(drawing, declined) for drawing, declined in site.undrawn()],
    }
    return _encodable(f"{{\n{_joined(f'{_json(name)}: {_lines(value)}' for name, value in records.items())}\n}}\n")


def schema() -> str:
    """What the data holds, as JSON Schema."""
    return (Path(__file__).parent / "review.schema.json").read_text(encoding="utf-8")


def _lines(value: object) -> str:
    """A record a line: what changes between two versions is seen at once, and Python's fast encoder serves."""
    return f"[\n{_joined(map(_json, value))}\n]" if isinstance(value, list) and value else _json(value)


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def atom(site: Site) -> str:
    """The flags, as an Atom feed. Source: RFC 4287."""
    base = site.history.newest.time if site.history.newest else _BEFORE_ALL
    times = [since.time for since in site.since.values() if isinstance(since, Author)]
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _add(feed, "id", _iri(site, _address(site, site.special.feed)))
    _add(feed, "title", f"Review: {site.settings.name}")
    _add(feed, "updated", _time(max(times, default=base)))
    _add(SubElement(feed, "author"), "name", site.settings.name)
    if site.settings.address:
        SubElement(feed, "link", {"rel": "self", "href": _address(site, site.special.feed)})
    SubElement(feed, "link", {"href": _from_feed(site, _address(site, site.special.review))})
    for flag in _flags(site):
        _entry(SubElement(feed, "entry"), site, flag, base)
    indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _entry(entry: Element, site: Site, flag: Flag, base: datetime) -> None:
    since = site.since_of(flag)
    address = _address(site, flag.note.path, flag.id)
    _add(entry, "id", _iri(site, address))
    _add(entry, "title", trail_text(flag.note, flag.trail))
    _add(entry, "updated", _time(since.time if isinstance(since, Author) else base))
    if isinstance(since, Author) and since.name:
        _add(SubElement(entry, "author"), "name", since.name)
    SubElement(entry, "link", {"href": _from_feed(site, address)})
    SubElement(entry, "category", {"term": _legal(flag.label.label)})
    _add(entry, "summary", " – ".join(filter(None, (flag.reason, flag.excerpt))))


def _flags(site: Site) -> Iterable[Flag]:
    return (flag for flags in site.flags.values() for flag in flags)


def _open(site: Site, flag: Flag) -> Record:
    return {
        "id": flag.id,
        "note": flag.note.path,
        "section": _texts(flag.trail),
        "line": flag.line,
        "label": flag.label.label,
        "reason": flag.reason,
        "scope": str(flag.scope),
        "excerpt": flag.excerpt,
        "address": _address(site, flag.note.path, flag.id),
        "since": _since(site.since_of(flag)),
    }


def _resolved(flag: Resolved) -> Record:
    return {
        "note": flag.path,
        "label": flag.label.label,
        "reason": flag.reason,
        "excerpt": flag.excerpt,
        "since": _since(flag.since),
        "resolved": {"day": flag.by.day, "by": flag.by.name},
    }


def _empty_section(site: Site, note: Note, trail: Trail) -> Record:
    return {"note": note.path, "section": _texts(trail), "address": _address(site, note.path, trail[-1].id)}


def _wanted(site: Site, entry: Wanted) -> Record:
    return {
        "name": entry.name,
        "notes": sorted({request.note.path for request in entry.requests}),
        "address": _address(site, site.special.wanted, entry.id),
    }


def _drawing(drawing: Drawing, declined: Declined) -> Record:
    at = drawing.position
    return {"note": drawing.note.path, "line": at.line, "column": at.column, "reason": declined.reason}


def _since(since: Since) -> Record:
    if isinstance(since, Author):
        return {"state": "committed", "day": since.day, "by": since.name}
    return {"state": since.value}


def _texts(trail: Trail) -> list[str]:
    return [heading.text for heading in trail]


def _address(site: Site, path: str, fragment: str = "") -> str:
    address = encoded(site.addresses[path]) + (f"#{quote(fragment)}" if fragment else "")
    return urljoin(site.settings.address, address) if site.settings.address else address


def _from_feed(site: Site, address: str) -> str:
    """A reader resolves it against the feed's own address."""
    return address if site.settings.address else f"../{address}"


def _iri(site: Site, address: str) -> str:
    """What a reader knows an entry by: its address, or a name that is good in this site alone."""
    return address if site.settings.address else f"urn:notes:{address or '/'}"


def _time(time: datetime) -> str:
    return time.replace(tzinfo=None).isoformat() + "Z"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _legal(text)


def _encodable(text: str) -> str:
    """A file's name may hold bytes that are no UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _legal(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
