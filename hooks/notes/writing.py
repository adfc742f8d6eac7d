"""Writing CommonMark: small pieces that every generated text is made of. In: plain values. Out: CommonMark."""

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode

from commonmark import marks

_LONGEST = 200
"""Characters of a field that a form's address carries."""
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>&~$=%^#!|@:.](?:(?<![:.])|(?<=www\.)|(?<=http:)(?=//)|(?<=https:)(?=//))", re.IGNORECASE
)
"""What CommonMark may make something of, and what would make an address a link in GFM."""
_IN_TITLE = re.compile(r'[\\"&|]')
"""What would end a title, or the cell that it stands in, or be another sign."""
_LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+])(?=\s|[- ]*$)")


@lru_cache(maxsize=1 << 14)
def escaped(text: str) -> str:
    """Plain text as CommonMark that shows just that text, on one line."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    if line[:1] not in "0123456789-+":
        return line
    return _LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", line)


def link(label: str, destination: str) -> str:
    """A link with a plain text for its label."""
    return f"[{escaped(label)}]({destination})"


def notice(text: str) -> str:
    """Words of ours within the author's, as CommonMark."""
    return f"{marks.NOTICE_START}{text}{marks.NOTICE_END}"


def title(text: str) -> str:
    """The title of a link or a picture, with the blank before it; nothing if it has none."""
    inner = _IN_TITLE.sub(r"\\\g<0>", text)
    return f' "{inner}"' if text else ""


def relative_address(address: str, source: str) -> str:
    """An encoded address from the root of the notes, as seen from the note at `source`."""
    folder = _folder(source)
    if address.startswith(folder):
        return address[len(folder) :]
    name = address.partition("#")[0].rfind("/") + 1
    return _way(folder, address[:name]) + address[name:]


@lru_cache(maxsize=1 << 14)
def _way(source: str, target: str) -> str:
    """The way from one folder to another, each encoded, with a slash at its end; the root of the notes is empty."""
    shared = posixpath.commonprefix((source, target)).rfind("/") + 1
    return "../" * source.count("/", shared) + target[shared:]


@lru_cache(maxsize=1 << 14)
def _folder(path: str) -> str:
    """The encoded folder that a note is in, with a slash at its end; empty at the root."""
    return encoded(path[: path.rfind("/") + 1])


@lru_cache(maxsize=1 << 16)
def encoded(path: str) -> str:
    """A path in percent-encoding; the same few thousand are asked for again and again."""
    return quote(path)


def card(card_id: str, *blocks: str) -> str:
    """Blocks of CommonMark in an element of their own."""
    body = "\n\n".join(block for block in blocks if block)
    return f'<div class="card" id="{card_id}">\n\n{body}\n\n</div>'


def form(repository: str, template: str, fields: Mapping[str, str]) -> str:
    """The address of one of the repository's issue forms, filled in; `fields` are named by the form's ids."""
    filled = {"template": f"{template}.yml", **{name: value[:_LONGEST] for name, value in fields.items() if value}}
    return f"{repository}/issues/new?{urlencode(filled, quote_via=quote, safe='')}"


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"
