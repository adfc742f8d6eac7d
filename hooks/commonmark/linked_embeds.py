"""In: the source. Out: its events with wiki links, and with linked embeds such as `[![[picture]]](address)`.

The parser would give the address to the picture: to CommonMark, `![…](…)` is an image, whatever its brackets hold.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .events import Event, Kind, Link, parse
from .stand_ins import ROUNDS

_EMBED = re.compile(rb"!\[\[(?P<inner>[^\[\]\n]+)\]\]")
_AS_EMBED: Final = Link("", "", {"WikiLink": {"has_pothole": True}})


def parse_wiki_links(source: bytes) -> tuple[Event, ...]:
    """Read wiki links and embeds.

    Each embed that was misread is an image with an address of its own to the next parse, so that the author's is left
    to the link around it.
    """
    changed = bytearray(source)
    seen = tuple(parse(source, wiki_links=True))
    embeds: set[int] = set()
    for _ in range(ROUNDS if b"![[" in source else 0):
        misread = list(_misread(seen, bytes(changed)))
        if not misread:
            break
        for embed in misread:
            embeds.add(embed.start())
            changed[slice(*embed.span())] = b"![](%b)" % (b"x" * len(embed["inner"]))
        seen = tuple(parse(bytes(changed), wiki_links=True))
    return tuple(_as_embed(event, embeds) for event in seen) if embeds else seen


def _misread(seen: Iterable[Event], source: bytes) -> Iterator[re.Match[bytes]]:
    """Find the wiki embeds that the parser took for images with an address in parentheses, or by reference."""
    images = (event for event in seen if event.tag == "Image" and event.kind is Kind.START)
    for image in images:
        embed = _EMBED.match(source, image.start) if isinstance(image.data.kind, str) else None
        if embed:
            yield embed


def _as_embed(event: Event, embeds: set[int]) -> Event:
    return event._replace(data=_AS_EMBED) if event.start in embeds and event.opens("Image") else event
