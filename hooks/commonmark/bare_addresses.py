"""In: text. Out: the addresses in it that no brackets mark, and where each leads; offsets are characters.

Source: GFM, "Autolinks (extension)".
"""

import re
from collections.abc import Iterator
from typing import Final

_NONE_OF_IT = r"\s<>\x00-\x1f«»‹›\u201c-\u201e\u3000-\u303f\uff00-\uff65"
"""Blanks, angle brackets, and what follows an address without a blank: curly quotation marks, CJK punctuation."""
_URL = re.compile(
    rf"(?:(?<![A-Za-z0-9])https?://|(?<![A-Za-z0-9./@+-])www\.)(?=[^\s./])[^{_NONE_OF_IT}]+",
    re.IGNORECASE,
)
# A local part is tried once a run.
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._+/-])(?:mailto:)?[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?<![-_])(?![A-Za-z0-9_-])"
)
_SCHEME = re.compile(r"[a-z]+://", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+")
_ENTITY_END = re.compile(r"&[A-Za-z0-9]+;\Z")
_TRAILING: Final = "?!.,:;*_~'\"’…،؛؟۔।॥"

_BRACKET = re.compile(r"[\[\]]")
_CLOSING = re.compile(r"(?:\*|~~|==)(?=[^\x00-\x7f]|[(\[,;:])")
"""A mark that a sentence goes on after without a blank, and hardly any address."""


def bare_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Give where each address starts and ends, and where it leads."""
    at = 0
    found = sorted([*_URL.finditer(text), *(_EMAIL.finditer(text) if "@" in text else ())], key=re.Match.start)
    for match in found:
        if match.start() < at:
            continue
        address = match[0]
        if match.re is _URL:
            address = _trimmed(address)
            if not _has_host(address):
                continue
        at = match.start() + len(address)
        yield match.start(), at, _destination(address, is_email=match.re is _EMAIL)


def bare_urls(text: str) -> Iterator[tuple[int, int, int]]:
    """Give where each address but those of mail starts and ends, and up to where a mark in it is none.

    What comes after that may close what was opened before the address, as in `**see https://x.org/a**`.
    """
    for match in _URL.finditer(text):
        address = _trimmed(match[0])
        if _has_host(address):
            at = match.start()
            yield at, at + len(address), at + len(_inner(address))


def _inner(address: str) -> str:
    closing = _CLOSING.search(address)
    inner = address[: closing.start()] if closing else address
    return inner.rstrip(f"{_TRAILING}=")


def _balanced_end(address: str) -> int:
    """Where the first `]` is that is not opened within: it ends what is around the address."""
    depth = 0
    for bracket in _BRACKET.finditer(address):
        depth += 1 if bracket[0] == "[" else -1
        if depth < 0:
            return bracket.start()
    return len(address)


def _destination(address: str, *, is_email: bool) -> str:
    if is_email:
        return address if address.startswith("mailto:") else f"mailto:{address}"
    return address if _SCHEME.match(address) else f"http://{address}"


def _trimmed(address: str) -> str:
    """Leave out what ends the sentence, and each `)` and `]` that is not opened within."""
    address = address[: _balanced_end(address)]
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ";" and (entity := _ENTITY_END.search(address, max(0, end - 40), end)):
            end = entity.start()
        elif last in _TRAILING or (last == ")" and surplus > 0):
            end -= 1
            surplus -= last == ")"
        else:
            break
    return address[:end]


def _has_host(address: str) -> bool:
    """GFM: letters, digits, `-`, `_` and points; no underscore in the last two parts."""
    scheme = _SCHEME.match(address)
    host = _HOST.match(address, scheme.end() if scheme else 0)
    if host is None:
        return False
    parts = host[0].split(".")
    return all("_" not in part for part in parts[-2:])
