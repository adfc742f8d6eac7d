"""In: the source and its events. Out: the source with emphasis beside Chinese, Japanese and Korean readable; its words.

CommonMark lets no `**` end a word that goes on after a bracket or a full stop, as in `**重点（要点）**的`: it looks for
blanks, which these scripts do not write. Obsidian shows such a text bold. The rule is the one of the amendment
"CJK-friendly emphasis": a sign of these scripts counts as a blank would, and their punctuation as a letter.
Each sign that is in the way gives its place to one that is not; the parser reads that, and the sign comes back.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from .events import Event, Kind, Link
from .spans import Span, character_after, character_before, within

_RUN: Final = re.compile(rb"[*~](?<!\\[*~])(?:(?<=\*)\**|(?<=~)~)")
"""It starts with a set of signs, which Python finds fast."""
_BESIDE: Final = re.compile(rb"[*~](?:(?=[\xe1-\xef])|(?<=[\xe1-\xef][\x80-\xbf]{2}[*~]))")
"""A mark beside a sign of three bytes: where none is, nothing is in the way."""
_WIDTH: Final = 3
"""Bytes of nearly all signs of these scripts; only those are changed, so that no offset moves."""
_CJK: Final = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee]"
)
_LETTERS: Final = range(0xE000, 0xE100)
"""Private use: neither blank nor punctuation."""
_SIGNS: Final = range(0x2E00, 0x2E50)
"""Punctuation of old manuscripts."""


def stumbling_signs(source: bytes, events: Iterable[Event]) -> Mapping[int, str]:
    """Find the signs beside marks of emphasis that are in their way: byte offset, and what may stand there instead."""
    if source.isascii() or not _BESIDE.search(source):
        return {}
    runs = list(_RUN.finditer(source))
    text = source.decode()
    letter, sign = (next((chr(code) for code in codes if chr(code) not in text), "") for codes in (_LETTERS, _SIGNS))
    found: dict[int, str] = {}
    for run in runs:
        for at, instead in _in_the_way(source, run, letter, sign):
            found[at] = instead and found.get(at, instead)
    found.update((at, "") for at in _held_alone(source, runs) if found.get(at) == sign)
    words = _words(events) if found else ()
    return {at: instead for at, instead in found.items() if instead and within(words, at)}


def _held_alone(source: bytes, runs: Sequence[re.Match[bytes]]) -> Iterator[int]:
    """Where one sign is all that two marks hold, as in `字**我**(wǒ)`: beside either, a letter is in nobody's way."""
    is_open = False
    for before, run, after in zip((None, *runs), runs, runs[1:], strict=False):
        if before is None or b"\n" in source[before.end() : run.start()]:
            is_open = False
        must_open = not character_before(source, run.start()).strip()
        must_close = not character_after(source, run.end()).strip()
        if must_open and must_close:
            continue
        is_open = must_open or not (is_open or must_close)
        if is_open and after.start() - run.end() == _WIDTH:
            yield run.end()


def _in_the_way(source: bytes, run: re.Match[bytes], letter: str, sign: str) -> Iterator[tuple[int, str]]:
    """The signs at a run's sides, and what should stand there instead.

    Nothing instead of their full stop beside a Latin bracket, as in `。**[x](y)**`: marks between two signs are read,
    and a letter there, which the marks on its other side may ask for, would be in the way.
    """
    before, after = character_before(source, run.start()), character_after(source, run.end())
    if not before.strip() or not after.strip():
        return
    places = ((run.start() - len(before.encode()), before, after), (run.end(), after, before))
    for at, here, there in places:
        if len(here.encode()) != _WIDTH or not _CJK.match(here):
            continue
        is_beside_sign = _is_punctuation(there) and not _CJK.match(there)
        if _is_punctuation(here):
            yield at, "" if is_beside_sign else letter
        elif is_beside_sign:
            yield at, sign


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _words(events: Iterable[Event]) -> Sequence[Span]:
    """Where the texts are that may be emphasized."""
    words: list[Span] = []
    is_code = False
    for event in events:
        if event.tag == "CodeBlock":
            is_code = event.kind is Kind.START
        elif event.kind is Kind.TEXT and not is_code:
            words.append((event.start, event.end))
    return words


def replaced(source: bytes, signs: Mapping[int, str]) -> bytes:
    """Put the stand-ins in; every offset stays."""
    changed = bytearray(source)
    for at, instead in signs.items():
        changed[at : at + _WIDTH] = instead.encode()
    return bytes(changed)


def restored(events: Iterable[Event], source: bytes, signs: Mapping[int, str]) -> Iterator[Event]:
    """Put the author's signs back into what the events say; `source` is the text before `replaced`."""
    places = sorted(signs)
    stand_ins = re.compile(f"[{''.join(sorted(set(signs.values())))}]")
    for event in events:
        first = bisect_left(places, event.start)
        if first == len(places) or places[first] >= event.end or not isinstance(event.data, (str, Link)):
            yield event
            continue
        last = bisect_left(places, event.end, first)
        characters = iter([source[at : at + _WIDTH].decode() for at in places[first:last]])
        yield event._replace(data=_said(event.data, stand_ins, characters))


def _said(data: str | Link, stand_ins: re.Pattern[str], characters: Iterator[str]) -> str | Link:
    if isinstance(data, str):
        return stand_ins.sub(lambda _: next(characters), data)
    return data._replace(destination=stand_ins.sub(lambda _: next(characters), data.destination))
